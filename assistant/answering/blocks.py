"""What an answer consists of, as data: texts, quotes and places, in paragraphs, lists and notes.

    paragraph("De eso se encarga la Coordinación: ", quoted(function.text, place), ".")

How they look is said in `assistant/render/`.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from corpus.spanish import and_before


@dataclass(frozen=True)
class Quote:
    """Words of the manual, verbatim."""

    type: Literal["quote"] = field(default="quote", kw_only=True, repr=False)
    words: str
    citation: int
    """Which of the answer's citations prints them, counted from 0."""
    bare: bool = False
    """Whether they stand without quotation marks: an item that is nothing else."""


@dataclass(frozen=True)
class Place:
    """Where the manual says what was just said."""

    type: Literal["place"] = field(default="place", kw_only=True, repr=False)
    citations: tuple[int, ...]
    """Which of the answer's citations, counted from 0; all are of one section and page."""


Inline = str | Quote | Place
Text = tuple[Inline, ...]


@dataclass(frozen=True)
class Paragraph:
    """Some sentences."""

    type: Literal["paragraph"] = field(default="paragraph", kw_only=True, repr=False)
    parts: Text


@dataclass(frozen=True)
class Heading:
    """What the blocks below it have in common."""

    type: Literal["heading"] = field(default="heading", kw_only=True, repr=False)
    text: str


@dataclass(frozen=True)
class Note:
    """A warning beside the answer: the manual contradicts itself, or not all could be read."""

    type: Literal["note"] = field(default="note", kw_only=True, repr=False)
    parts: Text
    contradiction: bool = False

    @property
    def said(self) -> Text:
        """Its text, begun with a word of warning."""
        return text("Ojo, " if self.contradiction else "Ojo: ", self.parts)


@dataclass(frozen=True)
class Item:
    """One of a list."""

    parts: Text
    number: int | None = None


@dataclass(frozen=True)
class Items:
    """A list, numbered or not."""

    type: Literal["list"] = field(default="list", kw_only=True, repr=False)
    items: tuple[Item, ...]

    @property
    def is_numbered(self) -> bool:
        """Whether its items have numbers; all of them do, or none."""
        return self.items[0].number is not None


@dataclass(frozen=True)
class Choice:
    """A reading of a question, or what comes near it."""

    name: str
    question: str
    """What to ask to choose it."""
    detail: str = ""
    """What tells it from the others."""
    parts: Text = ()
    """What the manual says of it, where that is told."""


@dataclass(frozen=True)
class Choices:
    """What a question may mean."""

    type: Literal["choices"] = field(default="choices", kw_only=True, repr=False)
    choices: tuple[Choice, ...]
    more: str = ""
    """Said of those that are not listed."""


@dataclass(frozen=True)
class LeadQuestion:
    """One of the questions of a message, above its answer."""

    type: Literal["question"] = field(default="question", kw_only=True, repr=False)
    text: str


@dataclass(frozen=True)
class Contact:
    """Whom to ask instead, as the office has set it."""

    type: Literal["contact"] = field(default="contact", kw_only=True, repr=False)
    text: str


Block = Paragraph | Heading | Note | Items | Choices | LeadQuestion | Contact


def text(*pieces: Inline | Text) -> Text:
    """Pieces as one text; strings that stand side by side become one, empty ones go."""
    made: list[Inline] = []
    for part in (p for piece in pieces for p in (piece if isinstance(piece, tuple) else (piece,))):
        if isinstance(part, str) and made and isinstance(made[-1], str):
            made[-1] += part
        elif part != "":
            made.append(part)
    return tuple(made)


def paragraph(*pieces: Inline | Text) -> Paragraph:
    """A paragraph of pieces."""
    return Paragraph(text(*pieces))


def paragraphs(plain: str) -> tuple[Paragraph, ...]:
    """A text that quotes nothing, line by line."""
    return tuple(paragraph(line) for line in plain.split("\n"))


def note(*pieces: Inline | Text) -> Note:
    """A warning of pieces."""
    return Note(text(*pieces))


def contradiction(*pieces: Inline | Text) -> Note:
    """A note that the manual contradicts itself."""
    return Note(text("el manual se contradice: ", *pieces), contradiction=True)


def item(*pieces: Inline | Text, number: int | None = None) -> Items:
    """A list of one item; those that follow one another become one list (`stacked`)."""
    return Items((Item(text(*pieces), number),))


def quote(words: str, place: Place) -> Quote:
    """Words of what a place cites."""
    return Quote(words, place.citations[-1])


def bare(words: str, place: Place) -> Quote:
    """The same without quotation marks, where an item says nothing else."""
    return replace(quote(words, place), bare=True)


def quoted(words: str, place: Place) -> Text:
    """Words of what a place cites, and the place."""
    return quote(words, place), " ", place


def enumerated(texts: Sequence[Text]) -> Text:
    """Texts as a Spanish enumeration: "a, b y c"."""
    if len(texts) < 2:
        return text(*texts)
    *others, last = texts
    begun = last[0] if isinstance(last[0], str) else ""
    listed = [others[0], *(piece for each in others[1:] for piece in (", ", each))]
    return text(*listed, f" {and_before(begun)} ", last)


def stacked(blocks: Iterable[Block | None]) -> tuple[Block, ...]:
    """Blocks one below the other, without what is None; lists of a kind in a row become one."""
    made: list[Block] = []
    for block in blocks:
        before = made[-1] if made else None
        if block is None:
            continue
        if (
            isinstance(block, Items)
            and isinstance(before, Items)
            and block.is_numbered == before.is_numbered
        ):
            made[-1] = Items(before.items + block.items)
        else:
            made.append(block)
    return tuple(made)


def inlines(blocks: Iterable[Block]) -> Iterator[Inline]:
    """All texts, quotes and places of some blocks, in order."""
    for block in blocks:
        match block:
            case Paragraph(parts=parts) | Note(parts=parts):
                yield from parts
            case Items(items=told) | Choices(choices=told):
                yield from (part for each in told for part in each.parts)
            case _:
                yield block.text


def changed(
    block: Block,
    words: Callable[[str], str] = lambda said: said,
    citation: Callable[[int], int] = lambda at: at,
) -> Block:
    """A block with other words where they are not the manual's, or with citations counted anew."""

    def part(one: Inline) -> Inline:
        match one:
            case Quote():
                return replace(one, citation=citation(one.citation))
            case Place():
                return replace(one, citations=tuple(map(citation, one.citations)))
            case _:
                return words(one)

    def parts(of: Text) -> Text:
        return tuple(map(part, of))

    match block:
        case Paragraph() | Note():
            return replace(block, parts=parts(block.parts))
        case Items():
            return Items(tuple(replace(each, parts=parts(each.parts)) for each in block.items))
        case Choices():
            told = [
                Choice(words(c.name), words(c.question), words(c.detail), parts(c.parts))
                for c in block.choices
            ]
            return Choices(tuple(told), block.more)
        case _:
            return replace(block, text=words(block.text))
