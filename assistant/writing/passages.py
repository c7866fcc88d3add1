"""What a model is given: numbered passages, a question, and what was spoken of before."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.answer import AnswerKind, Citation
from assistant.answering.blocks import Paragraph
from assistant.answering.draft import Draft
from assistant.answering.evident import evident
from assistant.answering.knowledge import Knowledge
from assistant.answering.turn import Turn
from assistant.render.places import on_page, where
from assistant.render.plain import plain
from assistant.running.privacy import mask_personal_data
from assistant.understanding.smalltalk import split_injection
from assistant.understanding.types import Expected, Intent, Understanding
from corpus.model import Manual
from corpus.spanish import fold

MOST_PASSAGES = 4
"""Given at first: with more, a small model loses its way; it reads sixty words a second."""
_SPOKEN_OF = 3
_TAGS = str.maketrans("<>", "‹›")
"""So that no text of a manual or a question can close the tag that it stands in."""


@dataclass(frozen=True)
class Passage:
    """A numbered passage, and the citations that it is evidence of."""

    number: int
    label: str
    """Title, number and page of its section; empty for a fact."""
    text: str
    citations: tuple[Citation, ...]

    @property
    def sections(self) -> frozenset[str]:
        """The numbers of the sections that it is printed in."""
        return frozenset(c.section for c in self.citations)


@dataclass(frozen=True)
class Assignment:
    """What a model is to write: an answer from passages, or given facts in other words."""

    question: str
    passages: tuple[Passage, ...]
    expected: Expected
    spoken_of: str = ""
    """What the conversation was about, in a few words."""
    facts: bool = False
    """Whether the passages are exact facts, of which nothing may be lost."""

    def given(self) -> str:
        """The text that the model is given."""
        lines = [f"[{p.number}] {f'{p.label}: ' if p.label else ''}{p.text}" for p in self.passages]
        parts = ["<pasajes>", *(line.translate(_TAGS) for line in lines), "</pasajes>"]
        if self.spoken_of:
            parts.append(f"<antes>{self.spoken_of.translate(_TAGS)}</antes>")
        parts.append(f"<pregunta>{self.question.translate(_TAGS)}</pregunta>")
        return "\n".join(parts)


def passage_of(number: int, citation: Citation) -> Passage:
    """A citation as a passage."""
    # an unnumbered part is called by its title alone
    own = citation.section != citation.title
    place = where(citation) if own else on_page(citation.page)
    return Passage(number, f"{citation.title} ({place})", citation.quote, (citation,))


def assignment(turn: Turn, knowledge: Knowledge, *, phrase_facts: bool) -> Assignment | None:
    """What to let a model write for a drafted turn; None where the draft is best left as it is.

    Only what the draft would answer is written: refusals and questions back are decided before.
    """
    asked, draft = turn.understanding, turn.draft
    if asked is None or draft is None or draft.kind is not AnswerKind.ANSWER:
        return None
    if any(_tells_what_to_do(c) for c in draft.citations):
        return None
    question = mask_personal_data(asked.question)
    before = mask_personal_data(_spoken_of(turn, knowledge.manual))
    if draft.rewritable:
        passages = _topical(asked, turn, draft, knowledge)
        return Assignment(question, passages, asked.expected, before)
    if asked.intent is Intent.TOPIC or not phrase_facts or not draft.citations:
        return None
    if len(draft.blocks) > 1 or not isinstance(draft.blocks[0], Paragraph):
        return None  # a list is best read as a list
    fact = Passage(1, "", plain(draft.blocks, None), draft.citations)
    return Assignment(question, (fact,), asked.expected, before, facts=True)


def _topical(
    asked: Understanding, turn: Turn, draft: Draft, knowledge: Knowledge
) -> tuple[Passage, ...]:
    """The passages that the draft quotes, then the next best that are evidence enough."""
    citations = evident(asked, turn.hits, knowledge.manual, draft.citations)
    told = [c for c in citations if not _tells_what_to_do(c)]
    return numbered_passages(told[:MOST_PASSAGES])


def _tells_what_to_do(citation: Citation) -> bool:
    """Whether a passage speaks to a model, as none of a manual should: it may be quoted, but a
    model is not tempted with it."""
    return split_injection(citation.quote, fold(citation.quote))[1]


def numbered_passages(citations: Sequence[Citation], start: int = 1) -> tuple[Passage, ...]:
    """Citations as passages, numbered from `start`."""
    return tuple(passage_of(number, c) for number, c in enumerate(citations, start))


def _spoken_of(turn: Turn, manual: Manual) -> str:
    """The conversation made short: what was asked last, and of which positions."""
    before = turn.focus.understanding
    if before is None:
        return ""
    positions = (manual.position(number) for number in turn.focus.positions[:_SPOKEN_OF])
    names = "; ".join(p.title for p in positions if p is not None)
    return f"Antes preguntó: {before.question}" + (f" Se habló de: {names}." if names else "")
