"""Blocks as text: what the terminal, the API's `answer`, OpenAI's clients and MCP's show.

plain(blocks, citations)  # "De eso se encarga … [3.2, p. 47]."

Its lists are Markdown's.
"""

from collections.abc import Iterable, Iterator, Sequence

from assistant.answering.answer import Citation
from assistant.answering.blocks import (
    Block,
    Choice,
    Choices,
    Heading,
    Items,
    LeadQuestion,
    Note,
    Paragraph,
    Place,
    Quote,
    Text,
    text,
)
from assistant.render.places import marks


def plain(blocks: Iterable[Block], citations: Sequence[Citation] | None) -> str:
    """The blocks, a line each; without the citations, places are left out."""
    return "\n".join(
        f"{sign} {plain_text(parts, citations)}" if sign else plain_text(parts, citations)
        for block in blocks
        for sign, parts in lines(block)
    )


def lines(block: Block) -> Iterator[tuple[str, Text]]:
    """The lines of a block, each with what stands before it: "-" or "3." of an item, or nothing."""
    match block:
        case Paragraph(parts=parts) | Note(said=parts):
            yield "", parts
        case Items():
            for item in block.items:
                yield "-" if item.number is None else f"{item.number}.", item.parts
        case Choices():
            for choice in block.choices:
                yield "-", text(choice_lead(choice), choice.parts)
            if block.more:
                yield "-", (block.more,)
        case Heading():
            yield from (("", ()), ("", (block.text,)))
        case LeadQuestion():
            yield "", (f"— {block.text}",)
        case _:
            yield "", (block.text,)


def plain_text(parts: Text, citations: Sequence[Citation] | None) -> str:
    """A text in one line, in the same way."""
    said = ""
    for part in parts:
        match part:
            case Place():
                if citations is None:
                    said = said.removesuffix(" ")
                else:
                    said += marks(citations[at] for at in part.citations)
            case Quote():
                said += words_of(part)
            case _:
                said += part
    return said


def words_of(quote: Quote) -> str:
    """A quote as it is printed in a text."""
    return quote.words if quote.bare else f"«{quote.words}»"


def choice_lead(choice: Choice) -> str:
    """What a choice begins with."""
    told = f", {choice.detail}" if choice.detail else ""
    return f"{choice.name}{told}{': ' if choice.parts else ''}"
