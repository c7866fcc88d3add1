"""What is cited is found on the picture of its page, however the page breaks its lines."""

from assistant.answering.knowledge import Knowledge
from assistant.render.printed_page import marked_areas, printed_page
from corpus.printed_pages import PageWord

LINES = (
    "3 Estar presente y activo en la conforma",
    "ción de juntas vecinales, así como",
    "4 Otra.",
)


def words_of(*lines: str) -> list[PageWord]:
    """Words of equal width, twenty thousandths high, line by line."""
    return [
        PageWord(word, 100 * at, 20 * row, 100 * at + 90, 20 * row + 15)
        for row, line in enumerate(lines)
        for at, word in enumerate(line.split())
    ]


def test_a_quote_over_two_lines_is_two_marks_also_where_a_word_is_broken() -> None:
    quote = "Estar presente y activo en la conformación de juntas vecinales"
    first, second = marked_areas(words_of(*LINES), [quote])
    assert (first.left, first.top, first.left + first.width) == (100, 0, 790)
    assert (second.left, second.top, second.left + second.width) == (0, 20, 390)


def test_a_quote_that_differs_in_a_letter_is_found_and_a_strange_one_is_not() -> None:
    assert marked_areas(words_of(*LINES), ["presente y actibo en la conformación de juntas"])
    assert marked_areas(words_of(*LINES), ["Vigilar el presupuesto de egresos"]) == []
    assert marked_areas([], ["Estar presente"]) == []


def test_a_page_without_picture_has_its_whole_text_with_the_quote_marked(real: Knowledge) -> None:
    quote = "Organizar la planeación y registro de las juntas vecinales"
    page = printed_page(real.manual, 47, None, {"3.2": [quote]})
    assert page.picture is None
    (sheet,) = page.sections
    assert sheet.begins
    pieces = [piece for passage in sheet.passages for piece in passage.pieces]
    assert [piece.text for piece in pieces if piece.marked] == [quote]
    assert "Fecha:" in [piece.text for piece in pieces if piece.label]


def test_every_page_of_the_manual_can_be_shown(real: Knowledge) -> None:
    printed = "".join(
        piece.text
        for number in range(1, real.manual.page_count + 1)
        for on_page in printed_page(real.manual, number).sections
        for passage in on_page.passages
        for piece in passage.pieces
    )
    for position in real.manual.positions:
        for function in position.functions[:2]:
            assert function.text[:30] in printed
