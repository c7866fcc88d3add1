"""Units found by others: headings that look the same amid them, and those that somebody said."""

import itertools
from collections import Counter
from collections.abc import Container, Iterable, Sequence

from ingest.labels import TITLES, Tagged
from ingest.layouts.marks import Sign
from ingest.layouts.words import Kind, Words
from ingest.text import fold
from ingest.unit_headings import CORE, FAR, Style, UnitStart, alike, headed_at, sets_apart

_FEWEST_ALIKE = 2
_PLURAL = ("es", "as", "os")
"""So ends the first word of a heading of several units: "ÓRGANOS DE APOYO"."""


def with_said(
    tags: Sequence[Tagged], units: Sequence[UnitStart], said: Container[str]
) -> list[UnitStart]:
    """The units, and those whose folded headings somebody said are units' too."""
    found = {unit.at: unit for unit in units}
    for at, tag in enumerate(tags):
        if at not in found and fold(tag.body).rstrip(" :.") in said:
            found[at] = headed_at(tags, at, len(tags))
    ordered = [found[at] for at in sorted(found)]
    ends = [unit.at for unit in ordered[1:]] + [len(tags)] * bool(ordered)
    for unit, end in zip(ordered, ends, strict=True):
        if unit not in units:
            unit.hits = [(at, hit) for at in range(unit.at, end) for hit in tags[at].hits
                         if hit.kind is not Kind.OTHER]  # fmt: skip
        unit.end = min(unit.end or end, end)
        unit.hits = [each for each in unit.hits if each[0] < unit.end]
    return ordered


def with_siblings(
    tags: Sequence[Tagged], units: Sequence[UnitStart], sure: Sequence[UnitStart], words: Words
) -> list[UnitStart]:
    """The units that are sure, and those without labels amid them whose headings look the same."""
    headed = [u for u in sure if u.heading]
    styles = Counter(tags[u.at].style for u in headed)
    common = [style for style, count in styles.items() if count >= _FEWEST_ALIKE]
    if not common:
        return list(sure)
    begins = {u.at: u for u in units}
    names = {fold(u.title) for u in sure}
    found = {u.at: u for u in sure}
    for at in range(_first_sibling(tags, headed[0].at, common), headed[-1].end):
        tag = tags[at]
        if at in found or not tag.may_head or not any(alike(tag, s, words) for s in common):
            continue
        if _is_sibling(tag, words) and not _is_within(found.values(), at):
            unit = begins.get(at) or headed_at(tags, at, headed[-1].end)
            if fold(unit.title) not in names and _says_something(tags, unit):
                found[at] = unit
    ordered = [found[at] for at in sorted(found)]
    for unit, following in itertools.pairwise(ordered):
        unit.hits = [each for each in unit.hits if each[0] < following.at]
        unit.end = min(unit.end or following.at, following.at)
    for unit in ordered[-1:]:
        unit.end = unit.end or headed[-1].end
    return ordered


def _first_sibling(tags: Sequence[Tagged], first: int, common: Sequence[Style]) -> int:
    """From where on siblings are looked for: right after the heading above the first unit."""
    at = first
    while at > 0 and first - at < FAR:
        tag = tags[at - 1]
        labelled = any(hit.kind is not Kind.OBJECTIVE for hit in tag.hits)
        apart = tag.may_head and sets_apart(tag.style) and tag.style not in common
        if labelled or apart:
            break
        at -= 1
    return at


def _is_sibling(tag: Tagged, words: Words) -> bool:
    """Whether a heading that looks like units' is one too, by its sign or its words."""
    if fold(tag.body).split(" ")[0].endswith(_PLURAL):
        return False
    apart = tag.line.stands_off or tag.style[2] or tag.line.level
    coded = tag.mark is not None and tag.mark.sign is Sign.CODE
    return coded or (words.is_unit(tag.body) and bool(apart))


def _says_something(tags: Sequence[Tagged], unit: UnitStart) -> bool:
    """Whether text follows a heading: in an organisation chart, only other names do."""
    at = unit.at + unit.heading
    return at < len(tags) and (bool(tags[at].hits) or not tags[at].may_head)


def _is_within(units: Iterable[UnitStart], at: int) -> bool:
    """Whether a place is amid a unit's heading, or between labels of one."""
    for unit in units:
        if unit.at < at < unit.at + unit.heading:
            return True
        before = any(place < at for place, hit in unit.hits if hit.kind in (*CORE, *TITLES))
        if unit.at < at < unit.end and before:
            return any(place > at for place, hit in unit.hits if hit.kind in CORE)
    return False
