"""Teaching: from a question asked in vain to the function that answers it, tried before."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.answering.answer import AnswerKind, Reason
from assistant.answering.draft import Draft
from assistant.asking.library import Library, OpenManual
from assistant.desk.outcomes import OUTCOME_NAMES, Outcome
from assistant.desk.questions import KeptQuestion
from assistant.render.plain import plain
from assistant.running.storage.focus_record import read_focus
from assistant.understanding.focus import NOTHING
from corpus.model import Manual
from corpus.office_words import OfficeWord, Origin

_LONGEST = 160


@dataclass(frozen=True)
class Taught:
    """A wording that was taught, and where it leads."""

    key: str
    text: str
    section: str | None
    function: int | None
    off_topic: bool
    told: str
    by_office: bool


@dataclass(frozen=True)
class Different:
    """A kept question that would be answered differently."""

    question: KeptQuestion
    before: str
    after: str


def taught(library: Library, opened: OpenManual) -> list[Taught]:
    """What was taught of a manual, by text."""
    manual = opened.knowledge.manual
    return [
        Taught(
            each.word.key,
            each.word.text,
            each.word.section,
            each.word.function,
            each.word.off_topic,
            _told(each.word, manual),
            each.origin is Origin.OFFICE,
        )
        for each in library.words(opened.record.code)
    ]


def different(
    library: Library,
    code: str,
    word: OfficeWord,
    questions: Sequence[KeptQuestion],
    find: Callable[[str], Manual | None],
) -> list[Different]:
    """Which kept questions would be answered differently with a wording; nothing is changed."""
    now, then = library.trial(code), library.trial(code, word)
    found, seen = [], set()
    for each in questions:
        if each.question in seen:
            continue
        seen.add(each.question)
        focus = read_focus(each.focus, find) if each.focus else NOTHING
        before, after = now(each.question, focus), then(each.question, focus)
        if _sign(before) != _sign(after):
            found.append(Different(each, _summary(before), _summary(after)))
    return found


def _sign(draft: Draft) -> tuple[object, ...]:
    """What makes two answers the same to who asks: its kind and where it stands."""
    return draft.kind, draft.reason, tuple((c.section, c.function) for c in draft.citations)


def _summary(draft: Draft) -> str:
    if draft.kind is AnswerKind.ABSTAIN:
        return OUTCOME_NAMES[Outcome.REFUSED]
    places = ", ".join(
        dict.fromkeys(
            f"§ {c.section}" + (f", función {c.function}" if c.function else "")
            for c in draft.citations
        )
    )
    if draft.kind is AnswerKind.CLARIFY:
        nearest = draft.reason is Reason.NEAREST
        name = OUTCOME_NAMES[Outcome.NEAREST if nearest else Outcome.ASKED_BACK]
        return f"{name}: {places}" if places else name
    return places or plain(draft.blocks, draft.citations)[:_LONGEST]


def _told(word: OfficeWord, manual: Manual) -> str:
    if word.section is None:
        return ""
    section, position = manual.section(word.section), manual.position(word.section)
    if section is None:
        return "ya no está en esta versión"
    if word.function is None or position is None:
        return section.title
    return next(
        (f.text for f in position.functions if f.number == word.function),
        "ya no está en esta versión",
    )
