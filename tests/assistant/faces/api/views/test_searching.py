"""Search forgives slips, accents and gender, and says how it read the words."""

import pytest

from assistant.answering.knowledge import Knowledge
from assistant.faces.api.views.searching import searched


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("transparensia", "transparencia"), ("vecinale", "vecinal"), ("organigrma", "organigrama")],
)
def test_a_slip_is_set_right_and_said(real: Knowledge, typed: str, meant: str) -> None:
    found = searched(real.manual, typed)
    assert found.count
    assert found.count == searched(real.manual, meant).count
    assert found.read_as.startswith(meant[:6]) or not found.read_as


def test_what_was_read_is_shown_as_the_manual_prints_it(real: Knowledge) -> None:
    assert searched(real.manual, "participasion siudadana").read_as == "participación ciudadana"


def test_accents_and_gender_do_not_matter(real: Knowledge) -> None:
    for typed, meant in (("organizacion", "organización"), ("ciudadanas", "ciudadanos")):
        assert searched(real.manual, typed).count == searched(real.manual, meant).count > 0
        assert searched(real.manual, typed).read_as == ""


def test_where_no_passage_has_all_words_those_with_some_are_shown(real: Knowledge) -> None:
    found = searched(real.manual, "vecinales xyzzyw")
    assert found.only_some
    assert found.count == searched(real.manual, "vecinales").count


def test_sections_are_told_once_each(real: Knowledge) -> None:
    found = searched(real.manual, "juntas vecinales")
    numbers = [each.section.number for each in found.sections]
    assert len(numbers) == len(set(numbers))
    assert found.count >= len(numbers)
    assert not found.only_some


@pytest.mark.parametrize("words", ["", "¿?", "xyzzyw", "<b>"])
def test_what_is_nowhere_near_finds_nothing(real: Knowledge, words: str) -> None:
    assert searched(real.manual, words).count == 0
