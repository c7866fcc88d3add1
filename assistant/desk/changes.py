"""What an edition of a manual changes against the one in force, by unit, as an office reads it."""

from collections.abc import Iterator
from difflib import SequenceMatcher
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from corpus.model import Manual, Position, Printed, Section, SectionKind
from corpus.spanish import fold

_SAME = 0.6
"""Likeness from which a function is the same with other words, rather than another one."""


class ChangeKind(StrEnum):
    """What is different."""

    UNIT_ADDED = "unit_added"
    UNIT_REMOVED = "unit_removed"
    UNIT_RENAMED = "unit_renamed"
    BOSS = "boss"
    FUNCTION_ADDED = "function_added"
    FUNCTION_REMOVED = "function_removed"
    FUNCTION_REWORDED = "function_reworded"
    OBJECTIVE = "objective"
    CHAPTER = "chapter"


CHANGE_NAMES = {
    ChangeKind.UNIT_ADDED: "Unidades nuevas",
    ChangeKind.UNIT_REMOVED: "Unidades que ya no están",
    ChangeKind.UNIT_RENAMED: "Unidades con otro nombre",
    ChangeKind.BOSS: "Superiores distintos",
    ChangeKind.FUNCTION_ADDED: "Funciones nuevas",
    ChangeKind.FUNCTION_REMOVED: "Funciones que ya no están",
    ChangeKind.FUNCTION_REWORDED: "Funciones con otras palabras",
    ChangeKind.OBJECTIVE: "Objetivos distintos",
    ChangeKind.CHAPTER: "Capítulos distintos",
}


class Change(BaseModel):
    """One difference; `before` or `after` is empty where something is new or gone."""

    model_config = ConfigDict(frozen=True)

    kind: ChangeKind
    section: str
    title: str
    before: str = ""
    after: str = ""


def changes(before: Manual, after: Manual) -> list[Change]:
    """What is different in the later edition."""
    return [*_units(before, after), *_chapters(before, after)]


def _units(before: Manual, after: Manual) -> Iterator[Change]:
    old = {p.number: p for p in before.positions}
    new = {p.number: p for p in after.positions}
    for number, unit in new.items():
        if number not in old:
            yield _of(ChangeKind.UNIT_ADDED, unit, after=unit.title)
    for number, unit in old.items():
        if number not in new:
            yield _of(ChangeKind.UNIT_REMOVED, unit, before=unit.title)
        else:
            yield from _unit(unit, new[number])


def _unit(old: Position, new: Position) -> Iterator[Change]:
    for kind, was, now in (
        (ChangeKind.UNIT_RENAMED, old.title, new.title),
        (ChangeKind.BOSS, _text(old.reports_to), _text(new.reports_to)),
        (ChangeKind.OBJECTIVE, _text(old.objective), _text(new.objective)),
    ):
        if _plain(was) != _plain(now):
            yield _of(kind, new, was, now)
    yield from _functions(old, new)


def _functions(old: Position, new: Position) -> Iterator[Change]:
    was = {_plain(f.text): f.text for f in old.functions}
    now = {_plain(f.text): f.text for f in new.functions}
    gone = [text for key, text in was.items() if key not in now]
    come = [text for key, text in now.items() if key not in was]
    for text in gone:
        likest = max(come, key=lambda other: _likeness(text, other), default=None)
        if likest is not None and _likeness(text, likest) >= _SAME:
            come.remove(likest)
            yield _of(ChangeKind.FUNCTION_REWORDED, new, text, likest)
        else:
            yield _of(ChangeKind.FUNCTION_REMOVED, new, text)
    yield from (_of(ChangeKind.FUNCTION_ADDED, new, after=text) for text in come)


def _chapters(before: Manual, after: Manual) -> Iterator[Change]:
    def told(manual: Manual) -> dict[str, Section]:
        return {s.number: s for s in manual.sections if s.kind is not SectionKind.SHEET}

    old, new = told(before), told(after)
    for number in dict.fromkeys([*old, *new]):
        was, now = old.get(number), new.get(number)
        if was is not None and now is not None and _plain(was.text) == _plain(now.text):
            continue
        section = now or was
        if section is not None:
            yield Change(
                kind=ChangeKind.CHAPTER,
                section=number,
                title=section.title,
                before="" if was is None else f"{len(was.text.split())} palabras",
                after="" if now is None else f"{len(now.text.split())} palabras",
            )


def _of(kind: ChangeKind, unit: Position, before: str = "", after: str = "") -> Change:
    return Change(kind=kind, section=unit.number, title=unit.title, before=before, after=after)


def _text(printed: Printed | None) -> str:
    return printed.text if printed is not None else ""


def _plain(text: str) -> str:
    return " ".join(fold(text).split())


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, _plain(one), _plain(other), autojunk=False).ratio()
