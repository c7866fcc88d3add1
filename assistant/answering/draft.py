"""The draft of an answer: its blocks, and the citations behind them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from assistant.answering.answer import AnswerKind, Citation, Reason
from assistant.answering.blocks import (
    Block,
    Choices,
    Inline,
    LeadQuestion,
    Place,
    changed,
    paragraphs,
    quote,
    stacked,
)
from corpus.model import Function, Manual, Passage, PassageKind, Position, Printed, Section


@dataclass(frozen=True)
class Draft:
    """What an answerer hands over to verification."""

    blocks: tuple[Block, ...]
    kind: AnswerKind = AnswerKind.ANSWER
    citations: tuple[Citation, ...] = ()
    suggestions: tuple[str, ...] = ()
    positions: tuple[str, ...] = ()
    """Numbers of the sheets that the answer speaks of, the main one first."""
    listed: tuple[str, ...] = ()
    """What it lists, in its order, for a follow-up to point at ("la segunda"): numbers of sheets,
    names of what has none."""
    grounded: bool = True
    """Whether it states something of the manual, and so needs citations."""
    rewritable: bool = False
    """Whether a language model may answer in its place, from the passages that it quotes and
    others as good."""
    reason: Reason | None = None
    """Why it is no plain answer; None for one."""

    def with_blocks(self, *, before: Iterable[Block] = (), after: Iterable[Block] = ()) -> "Draft":
        """The same between other blocks, which cite nothing; no language model may write it."""
        return replace(self, blocks=stacked([*before, *self.blocks, *after]), rewritable=False)


def refusal(text: str, reason: Reason, suggestions: Iterable[str] = ()) -> Draft:
    """A reply that states nothing of the manual but why there is no answer."""
    return Draft(
        paragraphs(text),
        AnswerKind.ABSTAIN,
        suggestions=tuple(suggestions),
        grounded=False,
        reason=reason,
    )


def question_back(text: str, readings: Iterable[str] = (), choices: Choices | None = None) -> Draft:
    """A question back, with the readings to choose from: questions alone, or what tells each from
    the others too."""
    told = [each.question for each in choices.choices] if choices else readings
    return Draft(
        stacked([*paragraphs(text), choices]),
        AnswerKind.CLARIFY,
        suggestions=tuple(told),
        grounded=False,
        reason=Reason.AMBIGUOUS,
    )


@dataclass
class Evidence:
    """Collects the citations of one answer, and gives the place of each."""

    manual: Manual
    citations: list[Citation] = field(default_factory=list)

    def cite(self, section: Section, words: str, page: int, function: int | None = None) -> Place:
        """Note a citation and return its place."""
        citation = Citation(
            manual=self.manual.code,
            section=section.number,
            title=section.title,
            page=page,
            function=function,
            quote=words,
        )
        if citation not in self.citations:
            self.citations.append(citation)
        return Place((self.citations.index(citation),))

    def passage(self, section: Section, passage: Passage) -> Place:
        """Cite a whole passage."""
        return self.cite(section, passage.text, passage.page, passage.function)

    def function(self, position: Position, function: Function) -> Place:
        """Cite a numbered function."""
        return self.cite(self.sheet(position), function.text, function.page, function.number)

    def row(self, position: Position, printed: Printed) -> Place:
        """Cite the row of a sheet that a field is printed in: label and value."""
        return self.cite(self.sheet(position), printed.quote, printed.page)

    def heading(self, section: Section) -> Place:
        """Cite a section by its printed heading."""
        heading = next((p for p in section.passages if p.kind is PassageKind.HEADING), None)
        if heading is None:
            return self.cite(section, section.title, section.page)
        return self.passage(section, heading)

    def named(self, name: str, place: Place) -> Inline:
        """A number and title in quotation marks: a quote where the place prints it letter by
        letter, else how it is called."""
        is_printed = name in self.citations[place.citations[0]].quote
        return quote(name, place) if is_printed else f"«{name}»"

    def draft(
        self,
        blocks: Iterable[Block | None],
        suggestions: Iterable[str] = (),
        positions: Iterable[str] = (),
        *,
        listed: Iterable[str] = (),
        rewritable: bool = False,
    ) -> Draft:
        """An answer that rests on these citations."""
        return Draft(
            stacked(blocks),
            citations=tuple(self.citations),
            suggestions=tuple(suggestions),
            positions=tuple(positions),
            listed=tuple(listed),
            rewritable=rewritable,
        )

    def sheet(self, position: Position) -> Section:
        """The section of a position."""
        section = self.manual.section(position.number)
        if section is None:  # the parser makes a section for every sheet
            raise LookupError(position.number)
        return section


def joined_drafts(drafts: Sequence[Draft], leads: Sequence[LeadQuestion] = ()) -> Draft:
    """One draft of several, one below the other, each under its lead where leads are given.

    It is an answer if any of them is; else a question back, if any is.
    """
    kinds = [AnswerKind.ANSWER, AnswerKind.CLARIFY, AnswerKind.ABSTAIN]
    first = min(drafts, key=lambda d: kinds.index(d.kind))
    citations = list(dict.fromkeys(c for d in drafts for c in d.citations))
    blocks: list[Block] = []
    for at, draft in enumerate(drafts):
        counted = [citations.index(c) for c in draft.citations]
        blocks += leads[at : at + 1]
        blocks += (changed(block, citation=counted.__getitem__) for block in draft.blocks)
    return replace(
        first,
        blocks=stacked(blocks),
        citations=tuple(citations),
        suggestions=tuple(dict.fromkeys(s for d in drafts for s in d.suggestions))[:4],
        positions=tuple(dict.fromkeys(p for d in drafts for p in d.positions)),
        grounded=any(d.grounded for d in drafts),
        rewritable=False,
    )
