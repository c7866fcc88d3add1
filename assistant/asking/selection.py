"""Which manual a question is about, where several are indexed."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answering.answer import AnswerKind
from assistant.answering.blocks import Choice, Choices, Heading, paragraphs
from assistant.answering.draft import Draft, joined_drafts, question_back
from assistant.asking.library import OpenManual
from assistant.retrieval.evidence import Outcome, weigh
from assistant.understanding.focus import Focus
from assistant.understanding.types import SMALLTALK, Intent, Understanding
from corpus.catalog import IndexedManual
from corpus.model import Manual
from corpus.spanish import STOPWORDS, words

_NAMED, _MENTIONED, _SPOKEN_OF, _UNKNOWN = 4.0, 2.0, 1.5, -1.0
_FOUND = 1.0
_TOGETHER = 3
"""Manuals of a municipality that answer a topic together, the likeliest first."""
_LONGEST_REPLY = 9
"""Words of a reply that only says which manual; a longer one is a question of its own."""
_ORDINALS = {"primer": 0, "segund": 1, "tercer": 2, "cuart": 3}
_LEAST, _ODDS_SCALE = 1e-3, 10.0
_CLEARLY = 0.15
"""By how much the best manual must lead, of a topic by 1.5 in log-odds; else it is asked back."""


@dataclass(frozen=True)
class Chosen:
    """The manual for a question, or the ones that it may be about."""

    manual: OpenManual | None
    candidates: tuple[OpenManual, ...] = ()
    each: bool = False
    """Whether all candidates answer: several may handle the topic, and that is said."""


@dataclass(frozen=True)
class _Weighed:
    """What speaks for a manual."""

    asked: Understanding
    standing: float
    """That the question names it, that it was spoken of, that the office taught it."""
    fit: float
    """What is found in it."""
    outcome: Outcome | None
    """Of a topic, how sure that is."""

    @property
    def score(self) -> float:
        return self.standing + self.fit

    @property
    def is_topical(self) -> bool:
        return self.asked.intent is Intent.TOPIC and not self.asked.mentions


def choose_manual(
    question: str,
    focus: Focus,
    manuals: Sequence[OpenManual],
    asked_of_it: str | None = None,
    *,
    near: bool = False,
) -> Chosen:
    """The manual that a cleaned question is about, by what it names and what is found; or those of
    a municipality that have the topic. `asked_of_it` is the question without what names a manual.
    Of manuals that are `near`, likeliest first, all that have something answer a topic."""
    if len(manuals) == 1:
        return Chosen(manuals[0])
    weighed = [_weighed(question, asked_of_it or question, focus, each) for each in manuals]
    best = max(range(len(manuals)), key=lambda i: weighed[i].score)
    leading = [i for i, w in enumerate(weighed) if w.score > weighed[best].score - _CLEARLY]
    if near and weighed[best].is_topical:
        standing = weighed[best].standing
        leading = [i for i, w in enumerate(weighed) if w.is_topical and w.standing == standing]
    answerable = weighed[best].score > 0.0 or any(
        _is_of_any_manual(weighed[i].asked) for i in leading
    )
    if len(leading) == 1 or not answerable:  # nothing tells them apart: a greeting, a refusal
        return Chosen(manuals[leading[0]])
    if all(weighed[i].is_topical for i in leading):
        found = [i for i in leading if weighed[i].outcome is not Outcome.FAR]
        if len(found) < 2:  # where none is: the likeliest one says that it isn't in it
            return Chosen(manuals[found[0] if found else leading[0]])
        if len({manuals[i].record.municipality for i in found}) == 1:
            first = found if near else sorted(found, key=lambda i: -weighed[i].score)
            return Chosen(None, tuple(manuals[i] for i in first[:_TOGETHER]), True)
    return Chosen(None, tuple(manuals[i] for i in leading))


def _is_of_any_manual(asked: Understanding) -> bool:
    """Whether every manual answers such a question: its mission, its head, how many positions."""
    return asked.intent is not Intent.TOPIC and asked.intent not in SMALLTALK


def placed_by_reply(
    reply: str, focus: Focus, manuals: Sequence[OpenManual]
) -> tuple[str, Focus, OpenManual | None]:
    """What a turn asks, of which focus and which manual, where the last turn asked back which
    manual is meant: with a reply that says so, the question of then; else just this turn. A reply
    that names several of them ("los de Corregidora") narrows the question."""
    if focus.unplaced is None:
        return reply, focus, None
    settled = replace(focus, unplaced=None, offered=())
    said = words(reply)
    if len(said) > _LONGEST_REPLY:
        return reply, settled, None
    ordinal = next((at for w in said for s, at in _ORDINALS.items() if w.startswith(s)), None)
    by_code = {each.record.code: each for each in manuals}
    offered = [by_code[code] for code in focus.offered if code in by_code] or list(manuals)
    if ordinal is not None and ordinal < len(offered):
        return focus.unplaced, settled, offered[ordinal]
    for among in (offered, manuals):
        scores = [_named_by(said, each.record) for each in among]
        best = max(scores)
        if best and scores.count(best) == 1:
            return focus.unplaced, settled, among[scores.index(best)]
    if best:
        return f"{focus.unplaced.rstrip()} ({reply.strip(' .')})", settled, None
    return reply, settled, None


def _named_by(said: Sequence[str], manual: IndexedManual) -> int:
    """How many of the words of a reply name a manual, all of them being of its name."""
    own = set(words(f"{manual.code} {manual.dependency} {manual.municipality}"))
    told = [w for w in said if w not in STOPWORDS and w not in {"manual", "secretaria"}]
    return len(told) if set(told) <= own else 0


def which_manual(question: str, candidates: Sequence[OpenManual], more: int = 0) -> Draft:
    """Asks back which manual is meant; a reading is the question with the manual's code. `more` are
    others that it may be about, which are not listed."""
    names = [c.record.dependency for c in candidates]
    places = {c.record.municipality for c in candidates}
    told_apart = len(set(names)) == len(names) and len(places) == 1
    readings = [
        Choice(
            c.record.code,
            f"{question} ({c.record.code})",
            c.record.short_name if told_apart else c.record.name,
        )
        for c in candidates
    ]
    asked = question_back(
        "¿De qué manual? La pregunta puede ser de varios:", choices=Choices(tuple(readings))
    )
    if not more:
        return asked
    left = f"Y puede ser de {more} más: escriba el nombre de la dependencia o del municipio."
    return asked.with_blocks(after=paragraphs(left))


def named_source(draft: Draft, record: IndexedManual) -> Draft:
    """An answer that tells whose manual it is from, for where several are indexed."""
    if not draft.citations:
        return draft
    return draft.with_blocks(after=paragraphs(f"Según el manual {record.code}, {record.name}."))


def answered_together(drafts: Sequence[Draft], records: Sequence[IndexedManual]) -> Draft:
    """The answers of several manuals to one question, each under the name of its dependency, and
    what they suggest with the code of its manual. Of those that have no answer nothing is said."""
    told = [
        (draft, record)
        for draft, record in zip(drafts, records, strict=True)
        if draft.kind is not AnswerKind.ABSTAIN
    ]
    if len(told) < 2:
        return named_source(*(told[0] if told else (drafts[0], records[0])))
    own = [
        replace(
            draft.with_blocks(before=[Heading(f"{record.name} ({record.code})")]),
            suggestions=tuple(f"{s} ({record.code})" for s in draft.suggestions[:2]),
        )
        for draft, record in told
    ]
    lead = "Puede tocarle a más de una dependencia; la más probable va primero."
    return joined_drafts(own).with_blocks(before=paragraphs(lead))


def _weighed(question: str, asked_of_it: str, focus: Focus, candidate: OpenManual) -> _Weighed:
    """How much speaks for a manual, and what is found in it for a topic."""
    manual = candidate.knowledge.manual
    asked = candidate.knowledge.interpreter.understand(asked_of_it, _own(focus, manual))
    standing = _NAMED * _is_named(question, manual)
    if focus.manual == manual.code:
        standing += _SPOKEN_OF
    if asked.intent in SMALLTALK:
        return _Weighed(asked, standing, 0.0, None)
    if candidate.taught(question) is not None:
        return _Weighed(asked, standing + _MENTIONED, 0.0, None)
    return _Weighed(asked, standing, *_fit(asked, candidate))


def _fit(asked: Understanding, candidate: OpenManual) -> tuple[float, Outcome | None]:
    named = [m for m in asked.mentions if m.candidates and m.exact and m.end - m.start > 1]
    if named:
        return _MENTIONED, None
    if asked.unknown or any(not m.candidates for m in asked.mentions):
        return _UNKNOWN, None
    if asked.intent is not Intent.TOPIC:
        return 0.0, None
    weighed = weigh(asked, candidate.search(asked))
    if weighed.outcome is Outcome.FAR:
        return 0.0, weighed.outcome
    sure = weighed.outcome is Outcome.SURE
    return _FOUND * sure + _likely(weighed.supports[0].chance), weighed.outcome


def _likely(chance: float) -> float:
    """A probability as what speaks for a manual, in 0…1: by its odds, since 0.98 against 0.87 is
    clearer than 0.6 against 0.5."""
    odds = math.log(max(chance, _LEAST) / max(1.0 - chance, _LEAST))
    return min(1.0, max(0.0, 0.5 + odds / _ODDS_SCALE))


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
