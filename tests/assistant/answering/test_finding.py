"""The position that a person names, and what is offered where none or several fit."""

from collections.abc import Callable

import pytest

from assistant.answering.finding import (
    AmbiguousPositionError,
    PositionError,
    UnknownPositionError,
    find_position,
)
from assistant.answering.knowledge import Knowledge
from corpus.errors import AsistenteError
from evals.generated_manuals import generate


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("2.1.5", "2.1.5"),
        ("2.1.5.", "2.1.5"),
        ("§ 2.1.5", "2.1.5"),
        ("3", "3"),
        ("Coordinación de Ciencia de Datos", "2.1.3"),
        ("Coordinación Ciencia de Datos", "2.1.3"),
        ("coord de datos", "2.1.3"),
        ("Coodinación de sistemas", "2.2.1"),
        ("Coordinacon de Geomatica", "2.1.5"),
        ("jefatura de geomática", "2.1.5.1"),
        ("Dirección de Gobierno Gobierno Digital", "2.1"),
        ("Coordinación de Juntas Vecinales y Mesas Directivas", "3.2"),
        ("juntas vecinales", "3.2"),
        ("soporte técnico", "2.2.2.1"),
        ("jefe de oficina de la Dirección de Participación", "3.5"),
        ("Jefatura de Oficina (2.1.7)", "2.1.7"),
        ("2.1.7 Jefatura de Oficina", "2.1.7"),
        ("la Secretaria", "1"),
        ("  4.1\u200b ", "4.1"),
    ],
)
def test_a_position_is_found_by_number_and_by_name(real: Knowledge, said: str, number: str) -> None:
    assert find_position(real, said).number == number


@pytest.mark.parametrize(
    ("said", "readings"),
    [
        ("Jefatura de Oficina", ["1.1", "2.1.7", "3.5"]),
        ("geomática", ["2.1.5", "2.1.5.1"]),
    ],
)
def test_several_readings_are_listed(real: Knowledge, said: str, readings: list[str]) -> None:
    with pytest.raises(AmbiguousPositionError) as raised:
        find_position(real, said)
    assert [p.number for p in raised.value.positions] == readings
    message = str(raised.value)
    assert all(f"({number})" in message for number in readings)
    assert message.startswith(f"«{said}» puede ser")


def test_a_rank_that_many_have_is_not_listed_without_end(real: Knowledge) -> None:
    with pytest.raises(AmbiguousPositionError, match="y 8 más"):
        find_position(real, "coordinador")


@pytest.mark.parametrize(
    ("said", "nearest"),
    [
        ("2.1.5.9", "2.1.5.1"),
        ("Jefatura de Proyectos Urbanos", "2.1.1.1"),
        ("Analista de Desarrollo", "2.1.6"),
        ("Dirección de Obras Públicas", "4"),
        ("99", None),
    ],
)
def test_an_unknown_position_gets_the_nearest(
    real: Knowledge, said: str, nearest: str | None
) -> None:
    with pytest.raises(UnknownPositionError) as raised:
        find_position(real, said)
    offered = raised.value.positions
    assert 1 <= len({p.number for p in offered}) <= 3
    assert nearest is None or offered[0].number == nearest
    message = str(raised.value)
    assert said in message
    assert all(p.title in message for p in offered)
    assert isinstance(raised.value, AsistenteError)


@pytest.mark.parametrize("said", ["asdf", "xxx", "jirafa", "<script>", "hola"])
def test_what_is_like_no_position_gets_no_suggestion(real: Knowledge, said: str) -> None:
    with pytest.raises(UnknownPositionError) as raised:
        find_position(real, said)
    assert raised.value.positions == ()
    assert str(raised.value) == f"El manual no tiene cédula del puesto «{said}»."


@pytest.mark.parametrize("said", ["", "  ", "¿?", "x" * 400])
def test_what_can_be_no_name_is_refused_in_a_sentence(real: Knowledge, said: str) -> None:
    with pytest.raises(PositionError, match=r"Diga el nombre de un puesto"):
        find_position(real, said)


@pytest.mark.parametrize("seed", [2, 9])
def test_every_sheet_of_any_manual_is_found_by_its_number_and_its_title(
    parsed: Callable[[str], Knowledge], seed: int
) -> None:
    knowledge = parsed(generate(seed, 30).text)
    titles = [p.title for p in knowledge.manual.positions]
    for position in knowledge.manual.positions:
        assert find_position(knowledge, position.number) is position
        if titles.count(position.title) == 1:
            assert find_position(knowledge, position.title) is position
        else:
            with pytest.raises(AmbiguousPositionError):
                find_position(knowledge, position.title)
