"""An office sees what would be read before anything is indexed."""

from pathlib import Path

import pytest

from ingest.review import Review, review
from tests.ingest.test_other_layouts import FORMS, NOBODYS_LABELS, STAFF


def reviewed(tmp_path: Path, text: str, code: str = "") -> Review:
    path = tmp_path / "agua.txt"
    path.write_text(text, "utf-8")
    return review(path, code)


def test_it_tells_units_bosses_reports_and_functions(tmp_path: Path) -> None:
    found = reviewed(tmp_path, FORMS)
    boss, gang = found.units
    assert (boss.title, boss.boss, boss.reports, boss.functions) == (
        "Gerente de Redes", "Director General", ("Jefe de Cuadrilla",), 2
    )  # fmt: skip
    assert gang.no_reports
    assert found.evidence == {"cédulas": 2}
    assert found.certainty == "alta"


def test_it_tells_where_the_code_is_from(tmp_path: Path) -> None:
    assert reviewed(tmp_path, FORMS).code_from == "el nombre del archivo"
    given = reviewed(tmp_path, FORMS, "MO-1")
    assert (given.code, given.code_from) == ("MO-1", "los ajustes")


def test_it_is_less_sure_of_labels_that_it_had_to_guess(tmp_path: Path) -> None:
    text = "I. PLAZAS\n\n" + "".join(NOBODYS_LABELS[0].format(*person) for person in STAFF)
    found = reviewed(tmp_path, text)
    assert ("da cuentas con", "jefe") in found.deduced
    assert found.certainty == "media"


def test_it_is_not_sure_of_a_text_without_units(tmp_path: Path) -> None:
    found = reviewed(tmp_path, "I. ALCANCE\n\nSirve.\n\nII. VIGENCIA\n\nHasta hoy.\n")
    assert found.certainty == "baja"
    assert [chapter.number for chapter in found.chapters] == ["I", "II"]


def test_what_could_not_be_read_is_told_with_its_page(tmp_path: Path) -> None:
    found = reviewed(tmp_path, FORMS.replace("\tDirector General", ""))
    assert any("JEFE INMEDIATO" in warning.message for warning in found.unplaced)


def test_the_terminal_shows_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from rich.console import Console

    from assistant.faces.cli.reviewing import show_review

    show_review(reviewed(tmp_path, FORMS), Console(width=120))
    shown = capsys.readouterr().out
    assert "Gerente de Redes" in shown
    assert "agua.ajustes.toml" in shown


def test_the_terminal_says_what_to_write_for_what_was_not_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from rich.console import Console

    from assistant.faces.cli.reviewing import show_review

    unread = FORMS.replace("JEFE INMEDIATO", "CADENA")
    show_review(reviewed(tmp_path, unread), Console(width=120))
    shown = capsys.readouterr().out
    assert 'jefe = ["Jefe inmediato"]' in shown
    assert "subordinados =" not in shown
    assert "todo el documento: " in shown
    assert "página 0" not in shown
