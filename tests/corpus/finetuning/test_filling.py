"""Placeholders are filled as names are masked when served, and typed as people type."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.embeddings import NAME_MASKS
from corpus.finetuning.filling import Filler, as_said, topic_of
from corpus.finetuning.noise import as_typed, without_accents
from corpus.finetuning.training_data import Pairs

PAIRS = [
    Pairs(
        office="mercados",
        unit=unit,
        function="Asignar los locales vacantes del mercado, conforme al padrón de espera.",
        questions=("quiero un puesto para vender",),
        near_misses=("¿a qué hora cierra el mercado?",),
    )
    for unit in ("Coordinación de Mercados", "Jefatura de Tianguis", "Departamento de Padrones")
]
FILLER = Filler(PAIRS)


@given(st.integers())
def test_no_placeholder_is_left(seed: int) -> None:
    text = "{puesto}, {otro}, {n}, {rango}, {tema}, {capitulo}"
    filled = FILLER.fill(text, random.Random(seed))
    assert "{" not in filled


def test_masked_names_stand_as_they_are_served_whatever_the_noise() -> None:
    filled = [
        FILLER.fill("¿A quién le reporta la {puesto}, y {otro}?", random.Random(seed))
        for seed in range(200)
    ]
    masked = [text for text in filled if set(NAME_MASKS[:2]) <= set(text.strip("?").split())]
    with_comma = [text for text in filled if "X" in text and "Y" in text]
    assert 0.6 < len(with_comma) / len(filled) < 0.8
    assert masked


def test_the_same_seed_fills_the_same() -> None:
    fills = {FILLER.fill("{tema} y {puesto}", random.Random("5")) for _ in range(3)}
    assert len(fills) == 1


def test_a_topic_is_the_first_thing_that_a_function_names() -> None:
    assert topic_of(PAIRS[0].function) == "los locales vacantes del mercado"
    assert topic_of("Supervisar.") is None


def test_a_unit_is_said_whole_short_and_as_a_person() -> None:
    said = {as_said("Coordinación de Mercados", random.Random(seed)) for seed in range(300)}
    assert {"Coordinación de Mercados", "mercados", "Coord. de Mercados"} <= said
    assert "jefa de Mercados" in said


@pytest.mark.parametrize(
    ("accented", "plain"),
    [("¿Qué año es, Ñandú?", "¿Que año es, Ñandu?"), ("pingüino", "pinguino")],
)
def test_accents_go_and_ene_stays(accented: str, plain: str) -> None:
    assert without_accents(accented) == plain


@given(st.text(max_size=60), st.integers())
def test_any_text_can_be_typed(text: str, seed: int) -> None:
    typed = as_typed(text, random.Random(seed))
    assert isinstance(typed, str)
    assert bool(typed.strip()) or not any(char.isalnum() for char in text)
