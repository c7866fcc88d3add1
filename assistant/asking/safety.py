"""Messages that need care before anything is looked up: danger, and accusations.

Two tell them: lists of words, which miss what is said indirectly, and a head of the model, which
was trained on some thousand messages. What either tells is heeded.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib import resources

from assistant.answering.answer import AnswerKind, Reason
from assistant.answering.blocks import paragraphs
from assistant.answering.draft import Draft, refusal
from assistant.answering.texts import said
from corpus.model import Manual, PassageKind, Section
from corpus.spanish import fold, joined

_POINTS = re.compile(
    r"\b(?:quien|quienes|kien|kienes|que|cual|cuales|cuanto|cuanta|donde|como|por que|explicame|"
    r"dime|dame|diganme|es (?:cierto|verdad)|verdad|confirma|son|eres|todos|seguro que|acaso)\b|\?"
)
"""An accusation asks who did it, or takes for granted that somebody did; what was done to the
person who writes, without a question, is a complaint."""
_SENTENCE = re.compile(r"(?<=[.!?;])\s+")
_COMPLAINT = re.compile(r"\b(?:quejas?|denuncias?)\b")
_MOST_PLACES = 3
_READ_AT_ONCE = 200
"""Characters of a message that the model reads at once; it was trained on short ones."""
_HALF = 0.5
_MOST_READ = 6
"""So many pieces of a long message are read."""
LEAST_EMERGENCY, LEAST_ACCUSATION = 0.7, 0.7
"""Probabilities from which the model alone decides, chosen on the `dev` half of
`evals/safety_others.jsonl`, whose author saw nothing of what trained it, and on ordinary questions:
everyday ones, those of the development sets, and wordings of what is asked of a manual."""
LISTED_EMERGENCY = 0.05
"""What the lists take for an emergency is one from this probability on."""
PERHAPS_EMERGENCY = 0.12
"""From this one on, and for what only the lists take for one, whom to call comes first and what was
asked is answered below it: an ordinary question that looks like an emergency loses nothing."""

Tell = Callable[[str], dict[str, float]]
"""Gives how likely a text is an "emergency", an "accusation", or "ordinary", and that it asks for a
manual's "structure"."""


def judged(message: str, tell: Tell | None = None) -> Reason | None:
    """EMERGENCY or HARMFUL, where a sentence of a message is; else None. `tell` is the model's
    reading; without it, the lists alone decide."""
    sentences = [s for s in _SENTENCE.split(message) if s.strip()]
    folded = [fold(s) for s in sentences]
    listed = any(_occurs("emergency", sentence) for sentence in folded)
    if listed and tell is None:
        return Reason.EMERGENCY
    told = [tell(piece) for piece in _pieces(message, sentences)] if tell else []
    least = LISTED_EMERGENCY if listed else LEAST_EMERGENCY
    if any(each["emergency"] >= least for each in told):
        return Reason.EMERGENCY
    if any(_occurs("accusation", sentence) for sentence in folded):
        return Reason.HARMFUL
    if any(each["accusation"] >= LEAST_ACCUSATION for each in told):
        return Reason.HARMFUL
    return None


def perhaps_danger(message: str, tell: Tell) -> bool:
    """Whether a message that is not judged an emergency may be one all the same."""
    sentences = [s for s in _SENTENCE.split(message) if s.strip()]
    if any(_occurs("emergency", fold(sentence)) for sentence in sentences):
        return True
    told = map(tell, _pieces(message, sentences))
    return any(p["emergency"] >= PERHAPS_EMERGENCY and _is_told(p) for p in told)


def _is_told(likely: dict[str, float]) -> bool:
    """Whether a text is no question on a manual's structure, likelier than not."""
    return likely.get("structure", 0.0) < _HALF


def with_whom_to_call(draft: Draft, emergency: str) -> Draft:
    """Whom to call, and below it what was asked, where that has an answer."""
    if draft.kind is not AnswerKind.ANSWER:
        return refusal(emergency, Reason.EMERGENCY)
    return draft.with_blocks(before=paragraphs(emergency))


def _pieces(message: str, sentences: Sequence[str]) -> Iterator[str]:
    """A short message whole; of a long one its sentences, cut where they are long themselves."""
    if len(message) <= _READ_AT_ONCE:
        yield message
        return
    cut = (s[i : i + _READ_AT_ONCE] for s in sentences for i in range(0, len(s), _READ_AT_ONCE))
    for _, piece in zip(range(_MOST_READ), cut, strict=False):
        yield piece


def _occurs(kind: str, sentence: str) -> bool:
    """Whether a folded sentence is of a kind, and in none of the ways in which it would not be."""
    told, not_told = _patterns(kind)
    asks = kind != "accusation" or _POINTS.search(sentence)
    return bool(asks and told.search(sentence)) and not not_told.search(sentence)


@cache
def _patterns(kind: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    source = resources.files(__package__).joinpath("safety.toml").read_text("utf-8")
    lists = tomllib.loads(source)[kind]
    return re.compile("|".join(lists["patterns"])), re.compile("|".join(lists["except"]))


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
