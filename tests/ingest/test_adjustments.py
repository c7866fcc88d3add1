"""`MANUAL.ajustes.toml` beside a source sets right how it is read."""

from pathlib import Path

import pytest

from corpus.codes import BadCodeError
from ingest import parse_manual, read_source
from ingest.adjustments import AdjustmentsError, read_adjustments
from ingest.errors import NotAManualError
from tests.ingest.test_other_layouts import FORMS


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "agua.txt"
    path.write_text(FORMS, "utf-8")
    return path


def adjust(source: Path, text: str) -> None:
    source.with_name("agua.ajustes.toml").write_text(text, "utf-8")


def test_without_the_file_nothing_is_changed(source: Path) -> None:
    assert read_adjustments(source).code == ""


def test_it_gives_code_version_and_dependency(source: Path) -> None:
    adjust(source, 'codigo = "mo-agua-1"\nversion = "3"\ndependencia = "Instituto del Agua"\n')
    manual = parse_manual(read_source(source), read_adjustments(source))
    assert (manual.code, manual.version, manual.dependency) == (
        "MO-AGUA-1", "3", "Instituto del Agua"
    )  # fmt: skip


def test_a_further_label_is_read(source: Path) -> None:
    source.write_text(FORMS.replace("JEFE INMEDIATO", "Va con"), "utf-8")
    adjust(source, '[etiquetas]\njefe = ["va con"]\n')
    boss = parse_manual(read_source(source), read_adjustments(source)).positions[0].reports_to
    assert boss is not None
    assert boss.quote == "Va con: Director General"


def test_a_heading_is_said_to_be_a_unit_or_none(source: Path) -> None:
    text = "I. NORMAS\n\nMESA DE AYUDA\n\n- Contestar.\n- Resolver.\n\nII. FIN\n\nNada más.\n"
    source.write_text(text, "utf-8")
    adjust(source, 'unidades = ["Mesa de ayuda"]\n')
    manual = parse_manual(read_source(source), read_adjustments(source))
    assert [(p.title, len(p.functions)) for p in manual.positions] == [("MESA DE AYUDA", 2)]
    source.write_text(FORMS, "utf-8")
    adjust(source, 'no_unidades = ["Jefe de Cuadrilla"]\n')
    manual = parse_manual(read_source(source), read_adjustments(source))
    assert [p.title for p in manual.positions] == ["Gerente de Redes"]


def test_pages_are_set_off(source: Path) -> None:
    source.write_text("Portada\n\f\nAviso\n\f\n" + FORMS, "utf-8")
    adjust(source, "desfase_paginas = -2\n")
    manual = parse_manual(read_source(source), read_adjustments(source))
    assert manual.positions[0].page == 1


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("codigo = ", "No se pudo leer"),
        ('clave = "X"\n', "clave"),
        ('[etiquetas]\njefazo = ["x"]\n', "jefazo"),
    ],
)
def test_what_is_wrong_in_it_is_told(source: Path, text: str, told: str) -> None:
    adjust(source, text)
    with pytest.raises(AdjustmentsError, match=told):
        read_adjustments(source)


def test_a_code_that_can_be_none_is_told(source: Path) -> None:
    adjust(source, 'codigo = "dos palabras"\n')
    with pytest.raises(BadCodeError, match="--codigo"):
        read_adjustments(source)


def test_a_text_without_structure_is_refused_with_a_way_on_and_taken_with_a_code(
    source: Path,
) -> None:
    source.write_text("Una hoja suelta.\n\nSin nada más.\n", "utf-8")
    with pytest.raises(NotAManualError, match=r"agua\.ajustes\.toml"):
        parse_manual(read_source(source), read_adjustments(source))
    adjust(source, 'codigo = "AGUA"\n')
    manual = parse_manual(read_source(source), read_adjustments(source))
    assert manual.family == "passages"
    assert "Una hoja suelta." in manual.sections[0].text
