"""A reply as the page shows it: typeset, with its heading, and the text that is copied of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode

from assistant.answering.answer import Answer, AnswerKind, Citation, Reason
from assistant.asking.library import OpenManual
from assistant.faces.api.views.addresses import manual_address, quoted_address
from assistant.faces.api.views.related import related_to
from assistant.render.headings import heading
from assistant.render.layout import Layout, laid_out
from corpus.model import heading_of

_LEADS_ON = frozenset([Reason.NOT_IN_MANUAL, Reason.NOT_UNDERSTOOD, Reason.NOT_READ])
"""Refusals after which somebody may look for themselves."""


@dataclass(frozen=True)
class Lead:
    """A section that prints a word of a question that was refused."""

    heading: str
    word: str
    address: str


@dataclass(frozen=True)
class Leads:
    """Where a refusal leads on: such sections, and the search in the manual."""

    sections: tuple[Lead, ...]
    search: str
    search_name: str


@dataclass(frozen=True)
class Reply:
    """All that the template of a reply needs."""

    question: str
    answer: Answer
    heading: str
    layout: Layout
    copied: str
    """The answer as text, with manual, version, sections and pages; the page adds its address."""
    link: str
    """Where the same question is asked again."""
    leads: Leads | None = None
    """Of a refusal."""

    @property
    def tone(self) -> str:
        """How sure it is, as a class of the page: what is no plain answer looks unlike one."""
        if self.answer.reason in (Reason.EMERGENCY, Reason.NEAREST):
            return str(self.answer.reason.value)
        return str(self.answer.kind.value)

    @property
    def offers(self) -> str:
        """What stands above the suggestions."""
        if self.answer.kind is AnswerKind.CLARIFY:
            return "Elija una:"
        if self.answer.kind is AnswerKind.ABSTAIN:
            return "Esto sí lo puedo responder:"
        return "También puede preguntar:"


def reply_of(
    question: str,
    answer: Answer,
    manuals: Sequence[OpenManual],
    code: str | None = None,
) -> Reply:
    """A reply to be shown. `manuals` tell the versions; `code` is the manual that was asked, where
    one was chosen.

    Raises what reading the store does, for a refusal about a manual that is not open.
    """
    return Reply(
        question,
        answer,
        heading(answer),
        laid_out(answer),
        _copied(question, answer, manuals),
        f"/?{urlencode({'pregunta': question})}",
        _leads(question, manuals, code) if answer.reason in _LEADS_ON else None,
    )


def _leads(question: str, manuals: Sequence[OpenManual], code: str | None) -> Leads:
    """On in the manual that was asked; where that was any of several, to the list of them."""
    asked = [each for each in manuals if code in (each.record.code, None)]
    if len(asked) != 1:
        return Leads((), "/manual", "Ver los manuales")
    manual = asked[0].knowledge.manual
    sections = [
        Lead(
            heading_of(each.found.section),
            each.word,
            quoted_address(
                manual.code, each.found.section.number, each.found.page, [each.found.quote]
            ),
        )
        for each in related_to(manual, question)
    ]
    return Leads(tuple(sections), manual_address(manual.code), "Buscar en el manual")


def _copied(question: str, answer: Answer, manuals: Sequence[OpenManual]) -> str:
    versions = {each.record.code: each.record.version for each in manuals}
    lines = [question, "", answer.answer]
    cited = sorted(answer.citations, key=lambda c: c.manual)
    for code, of_it in groupby(cited, key=lambda c: c.manual):
        version = f", versión {versions[code]}" if versions.get(code) else ""
        lines += ["", f"Manual de organización {code}{version}: {_places(list(of_it))}."]
    return "\n".join(lines)


def _places(citations: list[Citation]) -> str:
    return "; ".join(dict.fromkeys(f"{c.section}, página {c.page}" for c in citations))
