"""Slips of spelling are set right by words that are known, and nothing else is touched."""

import pytest

from assistant.understanding.spelling import Speller

SPELLER = Speller(
    manual_words={"archivo", "capitulo", "pagina", "trabaja", "poda", "arboles"},
    name_words={"estadistica", "catastro", "presupuesto"},
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("las funsiones de catastro", "las funciones de catastro"),
        ("kien lleva estadsitica", "quien lleva estadistica"),
        ("dnde esta la oficna", "donde esta la oficina"),
        ("el prsupuesto", "el presupuesto"),
    ],
)
def test_slips_are_set_right(typed: str, meant: str) -> None:
    assert SPELLER.correct(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "¿cuánto le pagan?",  # not a "página" that lost a letter
        "quiere trabajar aquí",  # another form of a known word
        "según el capítulo X",  # a number, no "por"
        "una canción sobre el cerro",
    ],
)
def test_what_is_no_slip_stays(typed: str) -> None:
    assert SPELLER.correct(typed) == typed
