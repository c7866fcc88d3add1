"""The positions of two versions: which is which, and what of their sheets changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from assistant.structure.comparing.change import Change, Kind, Place
from assistant.structure.comparing.pairing import REWORDED, likeness, pairs, pieces, plain, telling
from assistant.structure.naming import Name, NameIndex
from corpus.model import Function, Manual, Position, Printed

_SAME_POSITION = 50.0
"""Least score, in 0…100, of two sheets with different titles to be the same position renamed."""
_OF_FUNCTIONS, _OF_OBJECTIVE, _OF_TITLE, _OF_NUMBER = 0.55, 0.2, 0.15, 0.1
_MOVED = 88.0
"""Least likeness of a function that another position has now."""
_TEXTS = ("objective", "value", "type", "direccion", "area")
_TITLES = ("functional_title", "nominal_title")


@dataclass(frozen=True)
class Pair:
    """A position in both versions."""

    before: Position
    after: Position


@dataclass(frozen=True)
class _Owned:
    """A function with its position."""

    position: Position
    function: Function


def changes_of_positions(before: Manual, after: Manual) -> list[Change]:
    """All changes of positions, their functions and their fields."""
    found = _paired(before, after)
    paired_before = {p.before.number for p in found}
    paired_after = {p.after.number for p in found}
    gone = [p for p in before.positions if p.number not in paired_before]
    new = [p for p in after.positions if p.number not in paired_after]
    changes = [
        *(Change(kind=Kind.POSITION_REMOVED, before=_heading(p)) for p in gone),
        *(Change(kind=Kind.POSITION_ADDED, after=_heading(p)) for p in new),
    ]
    lines = _Lines(before, after, found)
    for pair in found:
        changes += lines.changes(pair)
    changes += _functions(found, gone, new)
    for pair in found:
        changes += lines.fields(pair)
    return changes


def _paired(before: Manual, after: Manual) -> list[Pair]:
    old, new = before.positions, after.positions
    found = pairs(old, new, lambda p: plain(p.title), _likely_same, _SAME_POSITION)
    return [Pair(old[i], new[j]) for i, j in found]


def _likely_same(one: Position, other: Position) -> float:
    """How likely two sheets are of one position, in 0…100."""
    own = {telling(f.text) for f in one.functions} - {""}
    others = {telling(f.text) for f in other.functions} - {""}
    functions = 100.0 * len(own & others) / max(1, min(len(own), len(others)))
    objective = (
        likeness(one.objective.text, other.objective.text)
        if one.objective and other.objective
        else 0.0
    )
    title = float(fuzz.token_sort_ratio(telling(one.title), telling(other.title)))
    return (
        _OF_FUNCTIONS * functions
        + _OF_OBJECTIVE * objective
        + _OF_TITLE * title
        + _OF_NUMBER * 100.0 * (one.number == other.number)
    )


def _functions(
    found: Sequence[Pair], gone: Sequence[Position], new: Sequence[Position]
) -> Iterator[Change]:
    """The functions of all positions: reworded where they stayed, moved, gone or new."""
    removed: list[_Owned] = []
    added: list[_Owned] = []
    for pair in found:
        old, young = pair.before.functions, pair.after.functions
        together = pairs(
            old, young, lambda f: plain(f.text), lambda a, b: likeness(a.text, b.text), REWORDED
        )
        for i, j in together:
            if plain(old[i].text) != plain(young[j].text):
                yield Change(
                    kind=Kind.FUNCTION_REWORDED,
                    before=_function(pair.before, old[i]),
                    after=_function(pair.after, young[j]),
                    pieces=pieces(old[i].text, young[j].text),
                )
        stayed, came = {i for i, _ in together}, {j for _, j in together}
        removed += [_Owned(pair.before, f) for i, f in enumerate(old) if i not in stayed]
        added += [_Owned(pair.after, f) for j, f in enumerate(young) if j not in came]
    # a sheet that is gone or new takes its functions with it; only what another has is told
    lost = [_Owned(p, f) for p in gone for f in p.functions]
    made = [_Owned(p, f) for p in new for f in p.functions]
    yield from _moved([*removed, *lost], [*added, *made], len(removed), len(added))


def _moved(
    removed: Sequence[_Owned], added: Sequence[_Owned], told_removed: int, told_added: int
) -> Iterator[Change]:
    def alike(one: _Owned, other: _Owned) -> float:
        return likeness(one.function.text, other.function.text)

    together = [
        (i, j)
        for i, j in pairs(removed, added, lambda o: plain(o.function.text), alike, _MOVED)
        if i < told_removed or j < told_added
    ]
    for i, j in together:
        old, young = removed[i], added[j]
        same = plain(old.function.text) == plain(young.function.text)
        yield Change(
            kind=Kind.FUNCTION_MOVED,
            before=_function(old.position, old.function),
            after=_function(young.position, young.function),
            pieces=() if same else pieces(old.function.text, young.function.text),
        )
    left, came = {i for i, _ in together}, {j for _, j in together}
    for i, owned in enumerate(removed[:told_removed]):
        if i not in left:
            place = _function(owned.position, owned.function)
            yield Change(kind=Kind.FUNCTION_REMOVED, before=place)
    for j, owned in enumerate(added[:told_added]):
        if j not in came:
            place = _function(owned.position, owned.function)
            yield Change(kind=Kind.FUNCTION_ADDED, after=place)


class _Lines:
    """What changed of paired sheets' titles, numbers, bosses and fields. That a field names a
    position by its new name, or says where a position that moved belongs now, is no change of its
    own."""

    def __init__(self, before: Manual, after: Manual, found: Sequence[Pair]) -> None:
        self._old, self._new = NameIndex(before), NameIndex(after)
        self._now = {p.before.number: p.after.number for p in found}

    def changes(self, pair: Pair) -> Iterator[Change]:
        """Renamed, moved or renumbered."""
        old, new = pair.before, pair.after
        if plain(old.title) != plain(new.title):
            yield Change(kind=Kind.POSITION_RENAMED, before=_heading(old), after=_heading(new))
        if self._moved(pair):
            before, after = _stated(old, old.reports_to), _stated(new, new.reports_to)
            yield Change(kind=Kind.POSITION_MOVED, before=before, after=after)
        if old.number != new.number and old.printed_number and new.printed_number:
            yield Change(kind=Kind.POSITION_RENUMBERED, before=_heading(old), after=_heading(new))

    def fields(self, pair: Pair) -> Iterator[Change]:
        """Fields that say something else."""
        old, new = pair.before, pair.after
        renamed = plain(old.title) != plain(new.title)
        moved = self._moved(pair)
        names = [*_TEXTS, *(() if renamed else _TITLES)]
        for name in names:
            one, other = getattr(old, name), getattr(new, name)
            if name in ("direccion", "area") and (moved or self._names_the_same(one, other, pair)):
                continue
            if _says(one) == _says(other):
                continue
            word_by_word = (
                pieces(one.text, other.text) if name == "objective" and one and other else ()
            )
            yield Change(
                kind=Kind.FIELD_CHANGED,
                before=_stated(old, one) if one else None,
                after=_stated(new, other) if other else None,
                field=name,
                pieces=word_by_word,
            )
        if self._staff(old, self._old) != self._staff(new, self._new):
            yield Change(
                kind=Kind.FIELD_CHANGED,
                before=_stated(old, old.direct_reports_printed),
                after=_stated(new, new.direct_reports_printed),
                field="direct_reports",
            )

    def _moved(self, pair: Pair) -> bool:
        one, other = pair.before.reports_to, pair.after.reports_to
        return _says(one) != _says(other) and not self._names_the_same(one, other, pair)

    def _names_the_same(self, one: Printed | None, other: Printed | None, pair: Pair) -> bool:
        """Whether two fields name one position, whatever it is called in each version."""
        if one is None or other is None:
            return one is other
        old = self._old.resolve_boss(one.text, pair.before)
        new = self._new.resolve_boss(other.text, pair.after)
        if old is None or new is None:
            return old is new and telling(one.text) == telling(other.text)
        return self._now.get(old.number) == new.number

    def _staff(self, position: Position, names: NameIndex) -> list[tuple[str, int | None]]:
        """Those who report to it and have no sheet, whom no other change tells of."""
        return sorted(
            ((telling(report.name), report.count) for report in position.direct_reports
             if Name.parse(report.name).rank is None and not names.candidates(report.name)),
            key=str,
        )  # fmt: skip


def _says(printed: Printed | None) -> str:
    return plain(printed.text) if printed is not None and printed.applies else ""


def _heading(position: Position) -> Place:
    return Place(
        section=position.number, title=position.title, page=position.page, text=position.title
    )


def _stated(position: Position, printed: Printed | None) -> Place:
    text, page = (printed.text, printed.page) if printed else ("", position.page)
    return Place(section=position.number, title=position.title, page=page, text=text)


def _function(position: Position, function: Function) -> Place:
    return Place(
        section=position.number,
        title=position.title,
        page=function.page,
        text=function.text,
        function=function.number,
    )
