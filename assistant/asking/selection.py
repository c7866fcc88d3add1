"""Which manual a question is about, where several are indexed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answering.draft import Draft, question_back
from assistant.asking.library import OpenManual
from assistant.retrieval.evidence import Outcome, weigh
from assistant.understanding.focus import Focus
from assistant.understanding.types import SMALLTALK, Intent, Understanding
from corpus.model import Manual
from corpus.spanish import STOPWORDS, words

_NAMED, _MENTIONED, _SPOKEN_OF, _UNKNOWN = 4.0, 2.0, 1.5, -1.0
_FOUND = 1.0
_LONGEST_REPLY = 9
"""Words of a reply that only says which manual; a longer one is a question of its own."""
_ORDINALS = {"primer": 0, "segund": 1, "tercer": 2, "cuart": 3}
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
    understood = [
        each.knowledge.interpreter.understand(question, _own(focus, each.knowledge.manual))
        for each in manuals
    ]
    scores = [
        _score(question, asked, focus, each)
        for asked, each in zip(understood, manuals, strict=True)
    ]
    best = max(scores)
    leading = [i for i, score in enumerate(scores) if score > best - _CLEARLY]
    answerable = best > 0.0 or any(_is_of_any_manual(understood[i]) for i in leading)
    if len(leading) == 1 or not answerable:  # nothing tells them apart: a greeting, a refusal
        return Chosen(manuals[leading[0]])
    return Chosen(None, tuple(manuals[i] for i in leading))


def _is_of_any_manual(asked: Understanding) -> bool:
    """Whether every manual answers such a question: its mission, its head, how many positions."""
    return asked.intent is not Intent.TOPIC and asked.intent not in SMALLTALK


def placed_by_reply(
    reply: str, focus: Focus, manuals: Sequence[OpenManual]
) -> tuple[str, Focus, OpenManual | None]:
    """What a turn asks, of which focus and which manual, where the last turn asked back which
    manual is meant: with a reply that says so, the question of then; else just this turn."""
    if focus.unplaced is None:
        return reply, focus, None
    settled = replace(focus, unplaced=None)
    said = words(reply)
    if len(said) > _LONGEST_REPLY:
        return reply, settled, None
    ordinal = next((at for w in said for s, at in _ORDINALS.items() if w.startswith(s)), None)
    if ordinal is not None and ordinal < len(manuals):
        return focus.unplaced, settled, manuals[ordinal]
    scores = [_named_by(said, each.knowledge.manual) for each in manuals]
    best = max(scores)
    if best and scores.count(best) == 1:
        return focus.unplaced, settled, manuals[scores.index(best)]
    return reply, settled, None


def _named_by(said: Sequence[str], manual: Manual) -> int:
    """How many of the words of a reply name a manual, all of them being of its name."""
    own = set(words(f"{manual.code} {manual.dependency} {manual.municipality or ''}"))
    told = [w for w in said if w not in STOPWORDS and w not in {"manual", "secretaria"}]
    return len(told) if set(told) <= own else 0


def which_manual(question: str, candidates: Sequence[OpenManual]) -> Draft:
    """Asks back which manual is meant; a reading is the question with the manual's code."""
    lines = [f"- {c.record.code}, {c.knowledge.manual.name}" for c in candidates]
    text = "\n".join(["¿De qué manual? La pregunta puede ser de varios:", *lines])
    readings = tuple(f"{question} ({c.record.code})" for c in candidates)
    return question_back(text, readings)


def _score(question: str, asked: Understanding, focus: Focus, candidate: OpenManual) -> float:
    manual = candidate.knowledge.manual
    score = _NAMED * _is_named(question, manual)
    if focus.manual == manual.code:
        score += _SPOKEN_OF
    if asked.intent in SMALLTALK:
        return score
    if candidate.taught(question) is not None:
        return score + _MENTIONED
    return score + _fit(asked, candidate)


def _fit(asked: Understanding, candidate: OpenManual) -> float:
    named = [m for m in asked.mentions if m.candidates and m.exact and m.end - m.start > 1]
    if named:
        return _MENTIONED
    if asked.unknown or any(not m.candidates for m in asked.mentions):
        return _UNKNOWN
    if asked.intent is not Intent.TOPIC:
        return 0.0
    weighed = weigh(asked, candidate.search(asked))
    if weighed.outcome is Outcome.FAR:
        return 0.0
    return _FOUND * (weighed.outcome is Outcome.SURE) + weighed.supports[0].chance


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
