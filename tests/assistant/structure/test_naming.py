"""A printed or typed name leads to the right sheet, or to none."""

import pytest

from assistant.answering.knowledge import Knowledge
from assistant.structure.naming import Name, NameIndex, Rank, leading_rank, same_word
from corpus.model import Position
from corpus.spanish import words


@pytest.fixture
def names(real: Knowledge) -> NameIndex:
    return real.names


def numbers(positions: list[Position]) -> list[str]:
    return [p.number for p in positions]


@pytest.mark.parametrize(
    ("printed", "rank", "topic"),
    [
        ("Coordinador (a) de Ciencia de Datos", Rank.COORDINATION, ("ciencia", "datos")),
        ("Jefe(a) de Transparencia Proactiva", Rank.HEADSHIP, ("transparencia", "proactiva")),
        ("Director (a) General de Gobierno Digital", Rank.GENERAL_DIRECTORATE, None),
        ("Titular de la Dirección de Enlace Municipal", Rank.DIRECTORATE, ("enlace", "municipal")),
        ("Secretaria (o) de Innovación y Gobierno Abierto", Rank.HEAD, None),
        ("Coordinación General", Rank.GENERAL_COORDINATION, ()),
        ("Analista de Procesos", None, ("analista", "procesos")),
    ],
)
def test_a_name_is_a_rank_and_a_topic(
    printed: str, rank: Rank | None, topic: tuple[str, ...] | None
) -> None:
    name = Name.parse(printed)
    assert name.rank is rank
    if topic is not None:
        assert name.topic == topic


def test_the_rank_says_how_many_words_it_takes() -> None:
    assert leading_rank(words("Dirección General de Hacienda")) == (Rank.GENERAL_DIRECTORATE, 2)
    assert leading_rank(words("Auxiliar de Datos")) == (None, 0)
    assert leading_rank([]) == (None, 0)


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("geomatica", "geomatcia", True),
        ("coordinacion", "coodinacion", True),
        ("vecinal", "vecinales", True),
        ("tecnologico", "tecnologica", True),
        ("soporte", "reporte", False),
        ("digital", "municipal", False),
        ("mesas", "datos", False),
    ],
)
def test_words_are_the_same_through_inflection_and_slips(a: str, b: str, same: bool) -> None:
    assert same_word(a, b) is same
    assert same_word(b, a) is same


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("Coordinación Ciencia de Datos", "2.1.3"),  # heading without "de"
        ("coordinadora de ciencia de datos", "2.1.3"),
        ("COORDINACION DE CIENCIA DE DATOS", "2.1.3"),
        ("Coordinación de Ciensia de Datos", "2.1.3"),
        ("coord de geomatica", "2.1.5"),
        ("jefa de geomática", "2.1.5.1"),
        ("Dirección de Gobierno Gobierno Digital", "2.1"),
        ("Dirección General de Gobierno Digital y Soporte Técnico", "2"),
        ("director general de gobierno digital", "2"),
        ("Coordinación de Juntas Vecinales y Mesas Directivas", "3.2"),
        ("Coodinación de Gobierno Abierto", "3.1"),
        ("Coordinación de Evaluación y Seguimiento", "4.1"),
        ("Coordinador (a) Administrativo", "5.2"),
        ("Jefatura de Soporte Técnico y Comunicaciones", "2.2.2.1"),  # as VIII has it
        ("Jefatura de Sistemas de Institucionales", "2.2.1.1"),  # as VIII has it
        ("Jefe de Aseguramiento de Calidad", "2.1.8"),
        ("jefa jurídica", "5.3"),
        ("Secretario de Innovación y Gobierno Abierto", "1"),
        ("directora de mejora regulatoria", "4"),
        ("coordinadora de mejora regulatoria", "4.2"),
    ],
)
def test_a_name_leads_to_its_sheet(names: NameIndex, printed: str, number: str) -> None:
    resolved = names.resolve(printed)
    assert resolved is not None
    assert resolved.number == number


@pytest.mark.parametrize(
    "printed",
    [
        "Coordinación General",
        "Titular de la Administración Pública Municipal",
        "Analista de Ciencia de Datos",
        "Auxiliar de Infraestructura",
        "Coordinación de Participación Ciudadana",  # there is only a Dirección of that
        "Jefatura de Implementación de Proyectos",
        "Jefatura de Comunicación",
        "Asistente",
        "Dirección de Tránsito",
    ],
)
def test_what_has_no_sheet_leads_nowhere(names: NameIndex, printed: str) -> None:
    assert names.resolve(printed) is None


def test_three_sheets_are_called_jefatura_de_oficina(names: NameIndex) -> None:
    assert numbers(names.candidates("Jefatura de Oficina")) == ["1.1", "2.1.7", "3.5"]
    assert names.resolve("Jefe de Oficina") is None


@pytest.mark.parametrize(
    ("superior", "number"), [("1", "1.1"), ("2.1", "2.1.7"), ("3", "3.5"), ("2.2", None)]
)
def test_the_branch_tells_which_jefatura_de_oficina(
    real: Knowledge, superior: str, number: str | None
) -> None:
    boss = real.manual.position(superior)
    assert boss is not None
    resolved = real.names.resolve("Jefe (a) de Oficina", near=boss)
    assert (resolved.number if resolved else None) == number


def test_every_sheet_is_found_by_each_of_its_names(real: Knowledge, made_up: Knowledge) -> None:
    for knowledge in (real, made_up):
        for position in knowledge.manual.positions:
            titles = (position.functional_title, position.nominal_title)
            for printed in [position.title, *(t.text for t in titles if t)]:
                assert position in knowledge.names.candidates(printed), printed


def test_the_nearest_names_are_suggested(names: NameIndex) -> None:
    assert names.nearest("Coordinación de Cartografía y Geomática")[0].number == "2.1.5"
    assert len(names.nearest("Jefatura de Comunicación Social", 3)) <= 3
    assert names.nearest("zzz") == []
