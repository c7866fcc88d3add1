"""A section to be read loses no word, and what is cited in it is marked, no more and no less."""

from collections.abc import Iterable
from itertools import chain

from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.knowledge import Knowledge
from assistant.faces.api.views.addresses import abbreviated
from assistant.render.reading import Piece, ShownSection, shown
from corpus.model import Manual, Section, heading_of


def marked(view: ShownSection) -> str:
    """All that is marked, as one text."""
    passages = chain.from_iterable(page.passages for page in view.pages)
    texts = ("".join(p.text for p in passage.pieces if p.marked) for passage in passages)
    return " ".join(" ".join(texts).split())


def pieces(view: ShownSection) -> list[Piece]:
    passages = chain.from_iterable(page.passages for page in view.pages)
    return [piece for passage in passages for piece in passage.pieces]


def sheet(knowledge: Knowledge, number: str) -> tuple[Manual, Section]:
    section = knowledge.manual.section(number)
    assert section is not None
    return knowledge.manual, section


def test_every_word_of_every_section_is_shown_on_its_page(
    real: Knowledge, made_up: Knowledge
) -> None:
    for manual in (real.manual, made_up.manual):
        for section in manual.sections:
            view = shown(manual, section)
            for page in view.pages:
                said = ["".join(p.text for p in passage.pieces) for passage in page.passages]
                printed = [p.text for p in section.passages if p.page == page.page]
                assert said == [text for text in printed if text != heading_of(section)]


@given(data=st.data())
def test_any_words_of_a_section_are_marked_exactly(real: Knowledge, data: st.DataObject) -> None:
    manual = real.manual
    section = data.draw(st.sampled_from([s for s in manual.sections if len(s.text) > 20]))
    start = data.draw(st.integers(0, len(section.text) - 10))
    end = data.draw(st.integers(start + 5, min(len(section.text), start + 600)))
    quote = " ".join(section.text[start:end].split())
    view = shown(manual, section, [quote])
    assert view.missing == 0
    assert marked(view) == quote
    assert sum(piece.first_mark for piece in pieces(view)) == 1


@given(data=st.data())
def test_a_long_quote_is_found_by_its_beginning_and_end(
    real: Knowledge, data: st.DataObject
) -> None:
    functions = [f for p in real.manual.positions for f in p.functions if len(f.text) > 160]
    function = data.draw(st.sampled_from(functions))
    position = next(p for p in real.manual.positions if function in p.functions)
    manual, section = sheet(real, position.number)
    view = shown(manual, section, [abbreviated(function.text)], function.page)
    assert marked(view) == function.text


def test_overlapping_quotes_are_marked_once(real: Knowledge) -> None:
    manual, section = sheet(real, "3.2")
    quotes = ["conformación de juntas vecinales", "juntas vecinales, así como incentivar"]
    view = shown(manual, section, quotes)
    assert marked(view) == "conformación de juntas vecinales, así como incentivar"


def test_what_is_not_in_the_section_is_counted_and_nothing_is_marked(real: Knowledge) -> None:
    manual, section = sheet(real, "3.2")
    view = shown(manual, section, ["<script>alert(1)</script>", "esto no lo dice", " "])
    assert view.missing == 3
    assert marked(view) == ""


def text(pieces: Iterable[Piece]) -> str:
    return "".join(piece.text for piece in pieces).strip()


def test_two_columns_of_a_form_in_one_row_are_two_fields(real: Knowledge) -> None:
    view = shown(*sheet(real, "2.1.5.1"))
    passages = [passage for page in view.pages for passage in page.passages]
    fields = {text(field.label): text(field.value) for p in passages for field in p.fields}
    assert fields["Puesto funcional:"] == "Jefe (a) de Geomática"
    assert fields["Fecha:"] == "31/03/2023"


def test_a_field_has_a_name_and_a_value_and_rubrics_stand_above_fields(real: Knowledge) -> None:
    view = shown(*sheet(real, "3.2"))
    passages = [passage for page in view.pages for passage in page.passages]
    fields = {text(field.label): text(field.value) for p in passages for field in p.fields}
    assert fields["Puesto al que le reporta:"] == "Dirección de Participación Ciudadana"
    rubrics = ["".join(p.text for p in each.pieces) for each in passages if each.is_rubric]
    assert rubrics[:2] == ["Identificación:", "Organización:"]


def test_sections_have_their_neighbours_in_printed_order(real: Knowledge) -> None:
    sections = real.manual.sections
    views = [shown(real.manual, section) for section in sections]
    assert [view.previous for view in views] == [None, *sections[:-1]]
    assert [view.next for view in views] == [*sections[1:], None]
