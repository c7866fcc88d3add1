"""A manual's contents, what stands around a section in them, and the search for words."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assistant.answering.knowledge import Knowledge
from assistant.faces.api.views.contents import MOST_FOUND, around, contents, search
from corpus.model import PassageKind, SectionKind


def test_the_contents_hold_every_section_in_printed_order(real: Knowledge) -> None:
    assert [entry.section for entry in contents(real.manual)] == list(real.manual.sections)


def test_around_a_sheet_stand_all_chapters_and_the_sheets_of_its_own(real: Knowledge) -> None:
    manual = real.manual
    sheets = [s for s in manual.sections if s.kind is SectionKind.SHEET]
    for sheet in (sheets[0], sheets[-1]):
        there = [entry.section for entry in around(manual, sheet)]
        assert [s for s in there if s.kind is SectionKind.SHEET] == sheets
        assert {s.number for s in there if s not in sheets} == {
            entry.section.number for entry in contents(manual) if entry.level == 0
        }


def test_a_chapter_is_opened_where_one_reads_it(real: Knowledge) -> None:
    chapter = real.manual.section("III")
    assert chapter is not None
    parts = [e.section.number for e in around(real.manual, chapter) if e.level == 1]
    assert parts == ["III.1", "III.2", "III.3"]


@settings(max_examples=25)
@given(data=st.data())
def test_any_word_that_is_printed_is_found_where_it_is_printed(
    real: Knowledge, data: st.DataObject
) -> None:
    section = data.draw(st.sampled_from([s for s in real.manual.sections if s.passages]))
    passage = data.draw(st.sampled_from(section.passages))
    words = [word for word in passage.text.split() if word.isalpha() and len(word) > 6]
    assume(words and passage.kind in (PassageKind.FUNCTION, PassageKind.PARAGRAPH))
    asked = " ".join(data.draw(st.lists(st.sampled_from(words), min_size=1, max_size=3)))
    found = search(real.manual, asked)
    assert all(any(piece.marked for piece in each.pieces) for each in found)
    if len(found) < MOST_FOUND:  # else it may be among those that are left out
        assert (section, passage.text) in [(each.section, each.quote) for each in found]


def test_a_number_finds_its_section_first(real: Knowledge) -> None:
    assert search(real.manual, " 3.2 ")[0].section.number == "3.2"


@pytest.mark.parametrize("words", ["", "  ", "¿?", "xyzzy", "vecinales xyzzy", "<b>"])
def test_words_that_are_not_printed_find_nothing(real: Knowledge, words: str) -> None:
    assert search(real.manual, words) == []


def test_capitals_and_accents_do_not_matter(real: Knowledge) -> None:
    def places(words: str) -> list[tuple[str, int]]:
        return [(each.section.number, each.page) for each in search(real.manual, words)]

    assert places("GEOMATICA") == places("geomática") != []
