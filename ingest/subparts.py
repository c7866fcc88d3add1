"""A chapter of running text cut into its parts, by the source's levels, articles or numbers."""

from collections.abc import Iterator, Sequence

from corpus.model import SectionKind
from ingest.labels import Tagged
from ingest.layouts.marks import Sign
from ingest.outline import Block
from ingest.parts import cut_parts

_FEWEST = 2


def cut_subparts(block: Block, tags: Sequence[Tagged]) -> Iterator[Block]:
    """The block with its own lines, then its parts.

    Parts are told by headings of the source, by articles, by decimal numbers ("4.2"), or by what
    `cut_parts` knows. `tags` are the block's lines.
    """
    places = _levels(tags) or _articles(tags) or _decimals(tags)
    if not places:
        yield from _by_signs(block)
        return
    block.lines = [tag.line for tag in tags[: places[0]]]
    yield block
    for at, end in zip(places, [*places[1:], len(tags)], strict=True):
        yield _part(block, tags, at, end)


def _levels(tags: Sequence[Tagged]) -> list[int]:
    return [at for at, tag in enumerate(tags) if tag.line.level]


def _articles(tags: Sequence[Tagged]) -> list[int]:
    return [at for at, tag in enumerate(tags)
             if tag.mark and tag.mark.sign is Sign.ARTICLE and tag.mark.text]  # fmt: skip


def _decimals(tags: Sequence[Tagged]) -> list[int]:
    found = [
        at
        for at, tag in enumerate(tags)
        if tag.mark and tag.mark.sign is Sign.DECIMAL and tag.may_head and tag.line.stands_off
    ]
    return found if len(found) >= _FEWEST else []


def _part(block: Block, tags: Sequence[Tagged], at: int, end: int) -> Block:
    mark = tags[at].mark
    lines = [tag.line for tag in tags[at + 1 : end]]
    text = tags[at].line.text
    if mark and mark.sign is Sign.ARTICLE:
        number, title = f"Art. {mark.address}", mark.printed
    elif mark and mark.text:
        number, title = mark.address, mark.text.rstrip(" :.")
    else:
        number, title = "", text.rstrip(" :.")
    return Block(number, title, SectionKind.PART, (tags[at].line,), lines, parent=block.number)


def _by_signs(block: Block) -> Iterator[Block]:
    """The parts that are marked 1, A or I, where the chapter has a number to go before theirs."""
    parts: list[Block] = []
    if block.kind is SectionKind.CHAPTER and block.heading:
        own, *parts = cut_parts(block)
        block.lines = own.lines
    yield block
    yield from parts
