"""An answer typeset: what answers stands first, quotes stand apart, long lists are folded.

    laid_out(answer)  # parts, one for each question of the message, of `Element`s; and cards

Nothing is left out but what repeats: a mark that several quotes in a row share stands once, and the
"También" between two quotes of one place goes.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant.answering.answer import Answer, AnswerKind, Citation, Reason
from assistant.answering.blocks import (
    Block,
    Choice,
    Choices,
    Contact,
    Heading,
    Items,
    LeadQuestion,
    Note,
    Paragraph,
    text,
)
from assistant.render.inline import Chip, Inline, Said, inline, unmarked
from assistant.render.plain import choice_lead

_SENTENCE_END = re.compile(r"(?<=[.?!])\s+(?=[A-ZÁÉÍÓÚÑ¿¡«])")
_CONNECTOR = re.compile(r"(?:también|además|y)?", re.I)
_LOOSE = " .,;:"
_FEWEST_WORDS = 4
"""A shorter quote is a name within a sentence."""
_LONG_LEAD = 170
"""Characters from which the first line is set smaller: six lines of a phone."""
_MOST_ITEMS = 8
_FIRST_ITEMS = 6
"""Of a list longer than `_MOST_ITEMS` so many are shown, the others folded."""

ElementKind = Literal["lead", "text", "quote", "bullets", "numbers", "note", "contact"]


_Line = tuple[tuple[Inline, ...], int | None]
"""An item of a list, and its number where it has one."""


@dataclass(frozen=True)
class Item:
    """An item of a list: `head` is what stands before its colon, where it has one."""

    parts: tuple[Inline, ...]
    head: str = ""
    number: int | None = None
    is_verbatim: bool = False
    """Whether it is the manual's own words, whole: a function of a list."""


@dataclass(frozen=True)
class Element:
    """A piece of the page. `parts` are of text, `words` of a quote, `items` of a list."""

    kind: ElementKind
    parts: tuple[Inline, ...] = ()
    words: tuple[Said, ...] = ()
    items: tuple[Item, ...] = ()
    chips: tuple[Chip, ...] = ()
    """Beneath a quote or a list: where all of it stands."""
    shown: int = 0
    """Of a list, how many items stand open."""
    summary: str = ""
    """Of a list that is folded whole, what it is a list of."""

    @property
    def is_long(self) -> bool:
        """Whether a first line is too long to be set large."""
        return len("".join(p for p in self.parts if isinstance(p, str))) > _LONG_LEAD


@dataclass(frozen=True)
class Part:
    """The answer to one question of a message; `question` is empty where there was one only."""

    question: str
    elements: tuple[Element, ...]


@dataclass(frozen=True)
class Card:
    """A reading to choose from: `question` is asked when it is chosen. What merely comes near has
    a quote, and chips that tell where it stands."""

    title: str
    detail: str
    question: str
    quote: str = ""
    chips: tuple[Chip, ...] = ()


@dataclass(frozen=True)
class Layout:
    """A whole reply, typeset."""

    parts: tuple[Part, ...]
    cards: tuple[Card, ...]
    sources: tuple[Chip, ...]
    """Places that are cited without a mark in the text."""


def laid_out(answer: Answer) -> Layout:
    """An answer typeset."""
    cards = _cards(answer)
    blocks = [each for each in answer.told if not (cards and isinstance(each, Choices))]
    is_sure = answer.kind is AnswerKind.ANSWER and answer.reason in (None, Reason.EMERGENCY)
    parts = tuple(_part(asked, of_it, answer.citations, is_sure) for asked, of_it in _split(blocks))
    return Layout(parts, cards, tuple(unmarked(answer)))


def _split(blocks: Sequence[Block]) -> Iterator[tuple[str, list[Block]]]:
    """The blocks beneath each question of the message."""
    question, gathered = "", list[Block]()
    for block in blocks:
        if not isinstance(block, LeadQuestion):
            gathered.append(block)
            continue
        if gathered:
            yield question, gathered
        question, gathered = block.text, []
    if gathered or question:
        yield question, gathered


def _part(
    question: str, of_it: Sequence[Block], citations: Sequence[Citation], is_sure: bool
) -> Part:
    made: list[Element] = []
    for block in of_it:
        match block:
            case Paragraph():
                made.extend(_paragraph(inline(block.parts, citations)))
            case Note():
                made.append(Element("note", _begun(inline(block.parts, citations))))
            case Items():
                lines = [(inline(each.parts, citations), each.number) for each in block.items]
                made.append(_list(lines, made, citations))
            case Choices():
                told = [text(choice_lead(each), each.parts) for each in block.choices]
                lines = [(inline(each, citations), None) for each in told]
                made.append(_list(lines, made, citations))
            case Contact():
                made.append(Element("contact", (block.text,)))
            case Heading() | LeadQuestion():
                made.append(Element("text", (block.text,)))
    if is_sure and made and made[0].kind == "text":
        made[0:1] = _led(made[0])
    return Part(question, tuple(_joined(made)))


def _paragraph(parts: Sequence[Inline]) -> Iterator[Element]:
    """The sentences of a paragraph, and its quotes apart."""
    run: list[Inline] = []
    at = 0
    while at < len(parts):
        cited = _cited_from(parts, at)
        if cited:
            yield from _text(run)
            run = []
            said = parts[at]
            assert isinstance(said, Said)
            yield Element("quote", words=(said,), chips=cited)
            at += 1
            while at < len(parts) and _is_chip_or_blank(parts[at]):
                at += 1
            continue
        run.append(parts[at])
        at += 1
    yield from _text(run)


def _text(run: Sequence[Inline]) -> Iterator[Element]:
    """A run of text, without the punctuation that the quote before it has left behind."""
    parts = list(run)
    if parts and isinstance(parts[0], str):
        parts[0] = parts[0].lstrip(_LOOSE)
    if parts and isinstance(parts[-1], str):
        parts[-1] = parts[-1].rstrip(" :")
    parts = _without_stray_stop([part for part in parts if part != ""])
    if parts:
        yield Element("text", tuple(parts))


def _without_stray_stop(parts: list[Inline]) -> list[Inline]:
    """Without a full stop that stands alone after the last mark: it belongs to no word there."""
    if len(parts) > 1 and parts[-1] == "." and isinstance(parts[-2], Chip):
        return parts[:-1]
    return parts


def _cited_from(parts: Sequence[Inline], at: int) -> tuple[Chip, ...]:
    """The citations of a quote that stands at `at`; none of what is a name in a sentence."""
    said = parts[at]
    if not isinstance(said, Said) or len(said.words.split()) < _FEWEST_WORDS:
        return ()
    chips = list[Chip]()
    for each in parts[at + 1 :]:
        if isinstance(each, Chip):
            chips.append(each)
        elif not (isinstance(each, str) and not each.strip()):
            break
    return tuple(chips)


def _is_chip_or_blank(part: Inline) -> bool:
    return isinstance(part, Chip) or (isinstance(part, str) and not part.strip())


def _led(text: Element) -> list[Element]:
    """The first sentence large, the rest of its paragraph beneath."""
    first = text.parts[0]
    if not isinstance(first, str):
        return [replace(text, kind="lead")]
    cut = _SENTENCE_END.search(first)
    if cut is None:
        return [replace(text, kind="lead")]
    rest = (first[cut.end() :], *text.parts[1:])
    return [
        Element("lead", (first[: cut.start()],)),
        Element("text", tuple(part for part in rest if part != "")),
    ]


def _joined(made: Sequence[Element]) -> list[Element]:
    """Quotes of one place in a row become one; a connector between them goes."""
    kept: list[Element] = []
    for each in made:
        if each.kind != "quote":
            kept.append(each)
            continue
        if _is_connector(kept):
            kept.pop()
        if kept and kept[-1].kind == "quote" and _labels(kept[-1]) == _labels(each):
            before = kept.pop()
            words, chips = before.words + each.words, _both(before, each)
            kept.append(replace(each, words=words, chips=chips))
        else:
            kept.append(each)
    return kept


def _is_connector(kept: Sequence[Element]) -> bool:
    """Whether the last is a mere "También" after a quote."""
    return [each.kind for each in kept[-2:]] == ["quote", "text"] and _CONNECTOR.fullmatch(
        _plain(kept[-1].parts)
    ) is not None


def _labels(element: Element) -> list[str]:
    return [chip.label for chip in element.chips]


def _both(one: Element, other: Element) -> tuple[Chip, ...]:
    pairs = zip(one.chips, other.chips, strict=True)
    return tuple(Chip(tuple(dict.fromkeys(a.citations + b.citations))) for a, b in pairs)


def _list(lines: Sequence[_Line], before: list[Element], citations: Sequence[Citation]) -> Element:
    """A list; what leads to it ("También lo mencionan:") becomes the name of the fold."""
    quotes = frozenset(" ".join(each.quote.split()) for each in citations)
    items = [_item(parts, number, quotes) for parts, number in lines]
    chips, items = _shared_chip(items)
    summary = ""
    if len(before) > 1 and before[-1].kind == "text" and not _chips(before[-1].parts):
        summary = _plain(before.pop().parts)
    shown = 0 if summary else len(items) if len(items) <= _MOST_ITEMS else _FIRST_ITEMS
    kind: ElementKind = "bullets" if lines[0][1] is None else "numbers"
    return Element(kind, items=tuple(items), chips=chips, shown=shown, summary=summary)


def _item(parts: tuple[Inline, ...], number: int | None, quotes: frozenset[str]) -> Item:
    if " ".join(_plain(parts).split()) in quotes:
        return Item(parts, "", number, is_verbatim=True)
    first = parts[0] if parts else ""
    if len(parts) > 1 and isinstance(first, str) and first.rstrip().endswith(":"):
        return Item(parts[1:], _begin(first.rstrip(" :")), number)
    return Item(parts, "", number)


def _shared_chip(items: list[Item]) -> tuple[tuple[Chip, ...], list[Item]]:
    """The mark that all items share, or that the last bears for all; and the items without it."""
    marks = [[p for p in each.parts if isinstance(p, Chip)] for each in items]
    chips = [chip for of_item in marks for chip in of_item]
    is_of_all = [len(of_item) for of_item in marks] in (
        [1] * len(items),
        [0] * (len(items) - 1) + [1],
    )
    if len(items) < 2 or not is_of_all or len({chip.label for chip in chips}) > 1:
        return (), items
    cited = tuple(dict.fromkeys(c for chip in chips for c in chip.citations))
    return (Chip(cited),), [replace(each, parts=_unmarked(each.parts)) for each in items]


def _unmarked(parts: Sequence[Inline]) -> tuple[Inline, ...]:
    return tuple(part for part in parts if not isinstance(part, Chip))


def _cards(answer: Answer) -> tuple[Card, ...]:
    """The readings of a question that is asked back, each with what tells it from the others."""
    if answer.kind is not AnswerKind.CLARIFY:
        return ()
    told = [block for block in answer.blocks if isinstance(block, Choices)]
    choices = [each for block in told for each in block.choices]
    if any(block.more for block in told) or len(choices) != len(answer.suggestions):
        return tuple(Card(each, "", each) for each in answer.suggestions)
    return tuple(_card(each, answer.citations) for each in choices)


def _card(choice: Choice, citations: Sequence[Citation]) -> Card:
    parts = inline(choice.parts, citations)
    quote, chips = _plain(parts), tuple(_chips(parts))
    return Card(choice.name, _begin(choice.detail), choice.question, quote, chips)


def _begun(parts: Sequence[Inline]) -> tuple[Inline, ...]:
    """Begun with a capital: what leads to a note in a text, "Ojo", is told by its look."""
    first = parts[0]
    begun = [_begin(first), *parts[1:]] if isinstance(first, str) else list(parts)
    return tuple(_without_stray_stop(begun))


def _begin(text: str) -> str:
    return text[:1].upper() + text[1:]


def _chips(parts: Sequence[Inline]) -> list[Chip]:
    return [part for part in parts if isinstance(part, Chip)]


def _plain(parts: Sequence[Inline]) -> str:
    said = (p if isinstance(p, str) else p.words if isinstance(p, Said) else "" for p in parts)
    return "".join(said).strip()
