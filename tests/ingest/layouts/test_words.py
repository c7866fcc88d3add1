"""Labels are told whatever their case, accents, gender and number; other words are none."""

import pytest

from ingest.layouts.words import Kind, standard_words, words_with

WORDS = standard_words()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Jefe inmediato", Kind.REPORTS_TO),
        ("JEFA INMEDIATA SUPERIOR:", Kind.REPORTS_TO),
        ("Puesto al que le reporta", Kind.REPORTS_TO),
        ("Puestos que le reportan:", Kind.DIRECT_REPORTS),
        ("Subordinados(as)", Kind.DIRECT_REPORTS),
        ("Personal a su cargo", Kind.DIRECT_REPORTS),
        ("Misión del puesto", Kind.OBJECTIVE),
        ("OBJETIVO GENERAL", Kind.OBJECTIVE),
        ("Función básica", Kind.OBJECTIVE),
        ("Funciones básicas", Kind.FUNCTIONS),
        ("Tareas o funciones del puesto", Kind.FUNCTIONS),
        ("Atribuciones y obligaciones", Kind.FUNCTIONS),
        ("Cargo nominativo", Kind.FUNCTIONAL_TITLE),
        ("Denomina- ción del puesto", Kind.FUNCTIONAL_TITLE),
        ("Requisitos mínimos", Kind.OTHER),
    ],
)
def test_a_label_is_told_in_any_wording(text: str, kind: Kind) -> None:
    assert WORDS.label(text) is kind


@pytest.mark.parametrize(
    "text",
    ["Objetivo del manual", "Nombre", "Útiles y equipo", "Funciones que nadie pidió hoy", ""],
)
def test_other_words_are_no_labels(text: str) -> None:
    assert WORDS.label(text) is None


def test_a_label_in_its_own_cell_may_be_misspelt() -> None:
    assert WORDS.label("RERPORTA A") is None
    assert WORDS.misprinted("RERPORTA A") is Kind.REPORTS_TO
    assert WORDS.misprinted("Horas de oficina") is None


def test_a_label_and_its_value_may_share_a_cell() -> None:
    assert WORDS.split("Jefe inmediato.- Tesorería") == (
        Kind.REPORTS_TO, "Jefe inmediato.-", "Tesorería"
    )  # fmt: skip
    assert WORDS.split("Asunto: el que sea") is None


def test_an_office_adds_its_own_labels() -> None:
    words = words_with({"reports_to": ["rinde parte a"], "functions": ["quehacer"]})
    assert words.label("Rinde parte a:") is Kind.REPORTS_TO
    assert words.label("QUEHACERES") is Kind.FUNCTIONS
    assert WORDS.label("QUEHACERES") is None


@pytest.mark.parametrize(
    ("sentence", "unit"),
    [
        ("la dirección de catastro tendrá las siguientes atribuciones:", "direccion de catastro"),
        ("el director general, además de lo que dice la ley, tendrá:", "director general"),
    ],
)
def test_the_unit_of_a_sentence_that_gives_functions(sentence: str, unit: str) -> None:
    from ingest.text import fold

    match = WORDS.lead_after.match(fold(sentence))
    assert match is not None
    assert match["unit"] == unit
