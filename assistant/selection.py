"""Which manual a question is about, where several are indexed."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import AnswerKind
from assistant.answering.draft import Draft
from assistant.answering.topical import fitting
from assistant.conversation import Focus
from assistant.library import OpenManual
from assistant.retrieval.confidence import evidence_strength
from assistant.understanding.types import SMALLTALK, Intent, Understanding
from corpus.model import Manual
from corpus.spanish import STOPWORDS, words

_NAMED, _MENTIONED, _SPOKEN_OF, _UNKNOWN = 4.0, 2.0, 1.5, -1.0
_CLEARLY = 0.15
"""By how much the best manual must lead; else it is asked back."""


@dataclass(frozen=True)
class Chosen:
    """The manual for a question, or the ones that it may be about."""

    manual: OpenManual | None
    candidates: tuple[OpenManual, ...] = ()


def choose_manual(question: str, focus: Focus, manuals: Sequence[OpenManual]) -> Chosen:
    """The one manual that a cleaned question is about, by what it names and what is found."""
    if len(manuals) == 1:
        return Chosen(manuals[0])
    scored = [(_score(question, focus, each), each) for each in manuals]
    best = max(score for score, _ in scored)
    leading = tuple(each for score, each in scored if score > best - _CLEARLY)
    if len(leading) == 1 or best <= 0.0:  # nothing tells them apart: a greeting, a refusal
        return Chosen(leading[0])
    return Chosen(None, leading)


def which_manual(question: str, candidates: Sequence[OpenManual]) -> Draft:
    """Asks back which manual is meant; a reading is the question with the manual's code."""
    lines = [f"- {c.record.code}, {c.knowledge.manual.dependency}" for c in candidates]
    text = "\n".join(["¿De qué manual? La pregunta puede ser de varios:", *lines])
    readings = tuple(f"{question} ({c.record.code})" for c in candidates)
    return Draft(text, AnswerKind.CLARIFY, suggestions=readings, grounded=False)


def _score(question: str, focus: Focus, candidate: OpenManual) -> float:
    manual = candidate.knowledge.manual
    asked = candidate.knowledge.interpreter.understand(question, _own(focus, manual))
    score = _NAMED * _is_named(question, manual)
    if focus.manual == manual.code:
        score += _SPOKEN_OF
    if asked.intent in SMALLTALK:
        return score
    return score + _fit(asked, candidate)


def _fit(asked: Understanding, candidate: OpenManual) -> float:
    named = [m for m in asked.mentions if m.candidates and m.exact and m.end - m.start > 1]
    if named:
        return _MENTIONED
    if asked.unknown or any(not m.candidates for m in asked.mentions):
        return _UNKNOWN
    if asked.intent is not Intent.TOPIC:
        return 0.0
    hits = [d.metadata["hit"] for d in candidate.retriever.invoke(asked.question)]
    strength = max(
        (evidence_strength(h, asked.expected) for h in fitting(asked, hits)), default=0.0
    )
    return strength if strength >= 1.0 else 0.0


def _own(focus: Focus, manual: Manual) -> Focus:
    """The focus, if it is of this manual."""
    return focus if focus.manual in (None, manual.code) else Focus()


def _is_named(question: str, manual: Manual) -> bool:
    said = set(words(question))
    code = set(words(manual.code))
    if code <= said:
        return True
    told = [w for w in words(manual.dependency) if w not in STOPWORDS][1:]
    place = [w for w in words(manual.municipality or "") if w not in STOPWORDS]
    return (len(told) > 1 and set(told) <= said) or bool(place and set(place) <= said)
