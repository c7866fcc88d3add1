"""An answer: its text with the places it stands on, and what can be done with it."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, takewhile

from assistant.answering.answer import Answer, AnswerKind, Citation
from assistant.answering.wording import capital
from assistant.render import places as shown
from assistant.render.inline import Chip, Inline, Said, inline
from assistant.render.plain import lines
from bots.chat.screens import AnswerScreen
from bots.chat.spans import BLANK, Line, Span, Style, bold, pages
from bots.chat.view import Button, Row, Verb, View, pager, rows_of

_OF_THE = re.compile(r"(?:del? |la |el |las |los )+", re.I)
_MOST_PASSAGES = 9
"""Buttons for passages; an answer that cites more shows its first places."""
_PASSAGES_A_ROW = 3


def answer_view(screen: AnswerScreen) -> View:
    """A page of the answer; below it passages, suggestions or readings, and thumbs."""
    answer = screen.answer
    asked = [bold(screen.asked), BLANK] if screen.asked else []
    all_pages = pages([*asked, *_lines(answer)])
    page = min(screen.page, len(all_pages) - 1)
    rows = [
        *pager(page, len(all_pages)),
        *rows_of(
            [Button(label, Verb.PASSAGE, at) for at, (label, _) in enumerate(places(answer))],
            _PASSAGES_A_ROW,
        ),
        *_questions(answer),
    ]
    if answer.kind is not AnswerKind.CLARIFY and not screen.rated:
        rows.append((Button("👍", Verb.GOOD), Button("👎", Verb.BAD)))
    return View(tuple(all_pages[page]), tuple(rows))


def places(answer: Answer) -> list[tuple[str, list[Citation]]]:
    """The places that an answer cites, each once, with a label: "§ 3.2, p. 47"."""

    def place(cited: Citation) -> tuple[str, str, int]:
        return cited.manual, cited.section, cited.page

    order = {place(each): at for at, each in reversed(list(enumerate(answer.citations)))}
    sorted_citations = sorted(answer.citations, key=lambda each: order[place(each)])
    grouped = [list(each) for _, each in groupby(sorted_citations, key=place)]
    return [(shown.label(each[0]), each) for each in grouped[:_MOST_PASSAGES]]


def marked_line(parts: Sequence[Inline]) -> Line:
    """A line of an answer's text: quotes as they are, places in italics."""
    return tuple(_span(part) for part in parts)


def _span(part: Inline) -> Span:
    match part:
        case Chip():
            return Span(f"({shown.label(part.citations[0])})", Style.ITALIC)
        case Said():
            return Span(part.words)
        case _:
            return Span(part)


def _lines(answer: Answer) -> Iterator[Line]:
    """Its blocks, apart from one another."""
    for at, block in enumerate(answer.told):
        if at:
            yield BLANK
        for sign, parts in lines(block):
            if parts:
                bullet = [Span(f"{'•' if sign == '-' else sign} ")] if sign else []
                yield (*bullet, *marked_line(inline(parts, answer.citations)))


def _questions(answer: Answer) -> Iterator[Row]:
    """What can be asked next; of readings, only what tells them apart fits on a button."""
    asked = answer.suggestions
    labels = told_apart(asked) if answer.kind is AnswerKind.CLARIFY else asked
    for at, label in enumerate(labels):
        yield (Button(label, Verb.ASK, at),)


def told_apart(readings: Sequence[str]) -> list[str]:
    """Readings of a question without the words that all of them begin or end with."""
    if len(readings) < 2:
        return list(readings)
    worded = [reading.split() for reading in readings]
    start = _shared(worded)
    end = _shared([words[start:][::-1] for words in worded])
    kept = (" ".join(words[start : len(words) - end]).strip("¿?,. ") for words in worded)
    named = (_OF_THE.sub("", label, count=1) if _OF_THE.match(label) else label for label in kept)
    return [capital(label) or whole for label, whole in zip(named, readings, strict=True)]


def _shared(sequences: Sequence[Sequence[str]]) -> int:
    """How many items all sequences have in common at their beginning."""
    columns = zip(*sequences, strict=False)
    return sum(1 for _ in takewhile(lambda column: len(set(column)) == 1, columns))
