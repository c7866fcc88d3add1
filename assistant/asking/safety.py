"""Messages that need care before anything is looked up: danger, and accusations."""

import re
from collections.abc import Sequence

from assistant.answering.answer import Reason
from assistant.answering.draft import Draft, refusal
from assistant.answering.texts import said
from assistant.understanding.aspect_reader import AspectReader
from corpus.model import Manual, PassageKind, Section
from corpus.spanish import fold, joined

EMERGENCY = 0.5
ACCUSATION = 0.5
"""Least probability of each kind; fitted on the dev families of `corpus/finetuning/safety.jsonl`
by `python -m evals.fit_safety`."""
_SENTENCE = re.compile(r"(?<=[.!?;])\s+")
_COMPLAINT = re.compile(r"\b(?:quejas?|denuncias?)\b")
_MOST_PLACES = 3


def judged(message: str, reader: AspectReader) -> Reason | None:
    """EMERGENCY or HARMFUL, where a message as a whole or a sentence of it is; else None."""
    texts = dict.fromkeys([message, *_SENTENCE.split(message)])
    told = [reader.safety(text) for text in texts if text.strip()]
    if any(each.get("emergency", 0.0) >= EMERGENCY for each in told):
        return Reason.EMERGENCY
    if any(each.get("accusation", 0.0) >= ACCUSATION for each in told):
        return Reason.HARMFUL
    return None


def accusation(manuals: Sequence[Manual]) -> Draft:
    """That nobody is pointed at, and where the manuals speak of complaints, by section and page
    and without the name of any office."""
    told = [
        said("refusal", "complaints", manual, places=joined(places))
        for manual in manuals
        if (places := complaint_places(manual))
    ]
    where = told or [said("refusal", "complaints_elsewhere")]
    return refusal(" ".join([said("refusal", "harmful"), *where[:1]]), Reason.HARMFUL)


def complaint_places(manual: Manual) -> list[str]:
    """The sections that speak of complaints, with their pages: "la sección 5.1 (p. 60)"."""
    found = (
        f"la sección {section.number} (p. {page})"
        for section in manual.sections
        if (page := _complaint_page(section)) is not None
    )
    return list(found)[:_MOST_PLACES]


def _complaint_page(section: Section) -> int | None:
    kinds = (PassageKind.FUNCTION, PassageKind.ITEM)
    return next(
        (p.page for p in section.passages if p.kind in kinds and _COMPLAINT.search(fold(p.text))),
        None,
    )
