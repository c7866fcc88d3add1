"""Which line of the list in VIII, and which chart page of IX, stands for which sheet."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from assistant.reports.audit.comparison import Wording
from assistant.structure.naming import NameIndex
from corpus.model import Manual, NumberedTitle, Position
from corpus.spanish import fold, words

_DASH = re.compile(r"\s+[-–—]\s+")
_PLURAL_RANK = re.compile(r"(?:sub)?direcciones|coordinaciones|jefaturas|secretarias|unidades")


@dataclass(frozen=True)
class Pairing:
    """Which line of VIII, and which heading of IX, stands for which sheet."""

    listed: tuple[tuple[NumberedTitle, Position], ...]
    unmatched: tuple[NumberedTitle, ...]
    """Lines of VIII without a sheet."""
    unlisted: tuple[Position, ...]
    """Sheets that VIII leaves out."""
    charted: tuple[tuple[NumberedTitle, str, Position], ...]
    """Headings of IX, with the part of each that names the unit."""
    uncharted: tuple[NumberedTitle, ...]
    """Headings of IX that stand for no sheet."""


def pair_units(manual: Manual, names: NameIndex) -> Pairing:
    """Pair VIII and IX with the sheets: by number and title, then by either, then by likeness."""
    entries = list(manual.structure)
    left = list(manual.positions)
    pairs: list[tuple[NumberedTitle, Position]] = []
    for is_same in _ways(names):
        for entry in list(entries):
            same = [p for p in left if is_same(entry, p)]
            if len(same) == 1:
                pairs.append((entry, same[0]))
                entries.remove(entry)
                left.remove(same[0])
    charted, uncharted = _pair_charts(manual, names)
    return Pairing(tuple(pairs), tuple(entries), tuple(left), charted, uncharted)


def _ways(names: NameIndex) -> Iterable[Callable[[NumberedTitle, Position], bool]]:
    def same_number(entry: NumberedTitle, position: Position) -> bool:
        return entry.number == position.number

    def same_title(entry: NumberedTitle, position: Position) -> bool:
        return words(entry.title) == words(position.title)

    def same_branch(entry: NumberedTitle, position: Position) -> bool:
        return entry.number.rpartition(".")[0] == position.number.rpartition(".")[0]

    def alike(entry: NumberedTitle, position: Position) -> bool:
        return names.resolve(entry.title) == position

    return (
        lambda e, p: same_number(e, p) and same_title(e, p),
        lambda e, p: same_title(e, p) and same_branch(e, p),
        lambda e, p: same_number(e, p) and alike(e, p),
        same_title,
        same_number,
        alike,
    )


def _pair_charts(
    manual: Manual, names: NameIndex
) -> tuple[tuple[tuple[NumberedTitle, str, Position], ...], tuple[NumberedTitle, ...]]:
    charted, uncharted = [], []
    for entry in manual.chart_headings:
        position = manual.position(entry.number)
        title = _unit_part(entry.title)
        if position is None or _names_no_part(position, entry.title):
            position = names.resolve(title)
        if position is None:
            uncharted.append(entry)
        else:
            charted.append((entry, title, position))
    return tuple(charted), tuple(uncharted)


def _unit_part(title: str) -> str:
    """The unit that a chart page is of: "A – B" draws B of A, "A – Direcciones" draws A."""
    parts = _DASH.split(title)
    while len(parts) > 1 and _PLURAL_RANK.fullmatch(fold(parts[-1])):
        parts.pop()
    return parts[-1]


def _names_no_part(position: Position, title: str) -> bool:
    """Whether a heading has nothing to do with the sheet that bears its number."""
    own = set(Wording.parse(position.title).content)
    return not own & {w for part in _DASH.split(title) for w in Wording.parse(part).content}
