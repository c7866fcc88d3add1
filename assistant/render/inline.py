"""A text of an answer as what a page or a chat is made of: its places can be touched.

inline(paragraph.parts, answer.citations)  # strings, `Said`s and `Chip`s
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from assistant.answering.answer import Answer, Citation
from assistant.answering.blocks import Place, Quote, Text, inlines
from assistant.render.places import chip_label
from assistant.render.plain import words_of


@dataclass(frozen=True)
class Chip:
    """A place to be opened, with what is cited there."""

    citations: tuple[Citation, ...]

    @property
    def label(self) -> str:
        """ "§ 3.2 · p. 47"."""
        return chip_label(self.citations[0])

    @property
    def title(self) -> str:
        """Of the section."""
        return self.citations[0].title


@dataclass(frozen=True)
class Said:
    """A passage of the manual, whole, with its quotation marks."""

    words: str


Inline = str | Said | Chip


def inline(text: Text, citations: Sequence[Citation]) -> tuple[Inline, ...]:
    """A text with its places as chips. A name within a sentence is no passage, though quoted."""
    made: list[Inline] = []
    since = ""  # what was said since the last place
    for part in text:
        match part:
            case Place():
                made.append(Chip(_cited(citations[part.citations[0]], since, citations)))
                since = ""
                continue
            case Quote(bare=False) if part.words == citations[part.citation].quote:
                made.append(Said(words_of(part)))
                since += part.words
                continue
            case Quote():
                said = words_of(part)
            case _:
                said = part
        since += said
        if made and isinstance(made[-1], str):
            made[-1] += said
        else:
            made.append(said)
    return tuple(made)


def unmarked(answer: Answer) -> list[Chip]:
    """A chip for each place that is cited and that no block names."""
    named = {
        _at(answer.citations[at])
        for part in inlines(answer.blocks)
        if isinstance(part, Place)
        for at in part.citations
    }
    places = groupby(sorted(answer.citations, key=_at), key=_at)
    return [Chip(tuple(cited)) for place, cited in places if place not in named]


def _at(citation: Citation) -> tuple[str, int]:
    return citation.section, citation.page


def _cited(citation: Citation, since: str, citations: Sequence[Citation]) -> tuple[Citation, ...]:
    """What a place opens: what was just quoted of it, else all that the answer cites there."""
    there = tuple(c for c in citations if _at(c) == _at(citation))
    return tuple(c for c in there if c.quote in since) or there
