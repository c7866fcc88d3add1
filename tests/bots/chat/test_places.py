"""What commands and inline queries name is found in all manuals, or asked back."""

import pytest

from assistant.answering.finding import PositionError
from assistant.asking.core import Assistant
from assistant.asking.library import Library
from bots.chat.offers import offers
from bots.chat.places import (
    UnclearError,
    UnknownSectionError,
    find_place_of_position,
    find_section,
    labels_of,
)
from bots.chat.spans import text


@pytest.fixture(scope="session")
def library(librarian: Assistant) -> Library:
    return librarian.library


def test_a_position_that_one_manual_has_is_found_in_it(library: Library) -> None:
    place = find_place_of_position(library, "coord de geomatica")
    assert (place.opened.record.code, place.section.number) == ("MO-SIG-01", "2.1.5")


def test_a_number_that_both_have_is_asked_back_with_their_codes(library: Library) -> None:
    with pytest.raises(UnclearError, match=r"¿Cuál de estos puestos es «2\.1»\?") as caught:
        find_place_of_position(library, "2.1")
    labels = labels_of(caught.value.places)
    assert [label.rpartition(" · ")[2] for label in labels] == ["MO-SFA-04", "MO-SIG-01"]


def test_for_an_unknown_position_the_nearest_are_offered(library: Library) -> None:
    with pytest.raises(UnclearError, match="no tienen cédula del puesto") as caught:
        find_place_of_position(library, "Jefatura de Soporte Cuántico")
    assert caught.value.places


def test_for_a_position_like_no_other_nothing_is_offered(library: Library) -> None:
    with pytest.raises(PositionError, match="astronauta"):
        find_place_of_position(library, "astronauta")


@pytest.mark.parametrize("named", ["VII.D", "vii d", "§ VII.D.", "Nivel municipal"])
def test_a_section_is_found_however_it_is_written(library: Library, named: str) -> None:
    with pytest.raises(UnclearError) as caught:
        find_section(library, named)
    assert {each.section.number for each in caught.value.places} == {"VII.D"}


def test_an_unknown_section_is_said_to_be(library: Library) -> None:
    with pytest.raises(UnknownSectionError, match=r"no tienen la sección «99\.9»\."):
        find_section(library, "99.9")


def test_the_sheet_that_was_typed_comes_first_and_no_other(library: Library) -> None:
    first, *others = offers(library, "jefatura de geomática")
    assert first.title == "Jefatura de Geomática (2.1.5.1)"
    assert not any(each.description.startswith("MO-SFA-04, p.") for each in others)


def test_passages_are_offered_for_a_topic(library: Library) -> None:
    found = [text(each.lines) for each in offers(library, "juntas vecinales")]
    assert any("Estar presente y activo en la conformación de juntas" in each for each in found)
    assert len(found) <= 50


def test_nothing_typed_offers_the_heads(library: Library) -> None:
    assert any("Participación Ciudadana (3)" in each.title for each in offers(library, "  "))
