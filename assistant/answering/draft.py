"""The draft of an answer: text with citation marks, and the citations behind them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from assistant.answering.answer import AnswerKind, Citation, Reason
from corpus.model import Function, Manual, Passage, PassageKind, Position, Printed, Section


@dataclass(frozen=True)
class Draft:
    """What an answerer hands over to verification."""

    text: str
    kind: AnswerKind = AnswerKind.ANSWER
    citations: tuple[Citation, ...] = ()
    suggestions: tuple[str, ...] = ()
    positions: tuple[str, ...] = ()
    """Numbers of the sheets that the answer speaks of, the main one first."""
    grounded: bool = True
    """Whether the text states something of the manual, and so needs citations."""
    rewritable: bool = False
    """Whether a language model may answer in its place, from the passages that it quotes and
    others as good."""
    reason: Reason | None = None
    """Why it is no plain answer; None for one."""


def refusal(text: str, reason: Reason, suggestions: Iterable[str] = ()) -> Draft:
    """A reply that states nothing of the manual but why there is no answer."""
    kind = AnswerKind.ABSTAIN
    return Draft(text, kind, suggestions=tuple(suggestions), grounded=False, reason=reason)


def question_back(text: str, readings: Iterable[str], reason: Reason = Reason.AMBIGUOUS) -> Draft:
    """A question back, with the readings to choose from."""
    kind = AnswerKind.CLARIFY
    return Draft(text, kind, suggestions=tuple(readings), grounded=False, reason=reason)


def mark(citation: Citation) -> str:
    """How a citation shows in the text: "[3.2, p. 47]"."""
    return f"[{citation.section}, p. {citation.page}]"


@dataclass
class Evidence:
    """Collects the citations of one answer, and gives the mark of each."""

    manual: Manual
    citations: list[Citation] = field(default_factory=list)

    def cite(self, section: Section, quote: str, page: int, function: int | None = None) -> str:
        """Note a citation and return its mark."""
        citation = Citation(
            manual=self.manual.code,
            section=section.number,
            title=section.title,
            page=page,
            function=function,
            quote=quote,
        )
        if citation not in self.citations:
            self.citations.append(citation)
        return mark(citation)

    def passage(self, section: Section, passage: Passage) -> str:
        """Cite a whole passage."""
        return self.cite(section, passage.text, passage.page, passage.function)

    def function(self, position: Position, function: Function) -> str:
        """Cite a numbered function."""
        return self.cite(self.sheet(position), function.text, function.page, function.number)

    def row(self, position: Position, printed: Printed) -> str:
        """Cite the row of a sheet that a field is printed in: label and value."""
        return self.cite(self.sheet(position), printed.quote, printed.page)

    def heading(self, section: Section) -> str:
        """Cite a section by its printed heading."""
        heading = next((p for p in section.passages if p.kind is PassageKind.HEADING), None)
        if heading is None:
            return self.cite(section, section.title, section.page)
        return self.passage(section, heading)

    def sheet(self, position: Position) -> Section:
        """The section of a position."""
        section = self.manual.section(position.number)
        if section is None:  # the parser makes a section for every sheet
            raise LookupError(position.number)
        return section


def paragraphs(lines: Iterable[str]) -> str:
    """Lines as one text, empty ones left out."""
    return "\n".join(line for line in lines if line)


def joined_drafts(drafts: Sequence[Draft], leads: Sequence[str] = ()) -> Draft:
    """One draft of several, one below the other, each under its lead where leads are given.

    It is an answer if any of them is; else a question back, if any is.
    """
    kinds = [AnswerKind.ANSWER, AnswerKind.CLARIFY, AnswerKind.ABSTAIN]
    first = min(drafts, key=lambda d: kinds.index(d.kind))
    texts = [d.text for d in drafts]
    lines = [line for pair in zip(leads, texts, strict=True) for line in pair] if leads else texts
    return replace(
        first,
        text=paragraphs(lines),
        citations=tuple(dict.fromkeys(c for d in drafts for c in d.citations)),
        suggestions=tuple(dict.fromkeys(s for d in drafts for s in d.suggestions))[:4],
        positions=tuple(dict.fromkeys(p for d in drafts for p in d.positions)),
        grounded=any(d.grounded for d in drafts),
        rewritable=False,
    )
