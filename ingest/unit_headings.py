"""What units' headings look like: where one begins and ends, and whether two are alike."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from ingest.labels import TITLES, Hit, Tagged
from ingest.layouts.marks import Sign
from ingest.layouts.words import Kind, Words
from ingest.text import fold, is_upper_case

CORE = (Kind.REPORTS_TO, Kind.DIRECT_REPORTS, Kind.OBJECTIVE, Kind.FUNCTIONS)
NEAR = 3
FAR = 40
"""Lines between a unit's heading and its first label: next to it, or after a description."""
SAME_NAME = 80
_HEADING_LINES = 3
_COUNT = re.compile(r"(?<=\w)\s*\([^()]*\d[^()]*\)$")
"""What a heading says of the posts behind the name: "(Nº CAP 104-105)", "(2 plazas)"."""
Style = tuple[int, Sign | None, bool]


@dataclass
class UnitStart:
    """A unit: where it begins, the lines of its heading, and the labels that make it one."""

    at: int
    heading: int
    """Lines of the heading; 0 for a form whose first row is its beginning."""
    title: str
    number: str = ""
    """As printed in the heading or the form, "" where it prints none."""
    end: int = 0
    hits: list[tuple[int, Hit]] = field(default_factory=list)

    def has(self, *kinds: Kind) -> bool:
        return any(hit.kind in kinds for _, hit in self.hits)

    @property
    def is_form(self) -> bool:
        """Whether a label names the unit, above those that say something of it."""
        first = next((at for at, hit in self.hits if hit.kind in CORE), self.at)
        return any(hit.kind in TITLES and at <= first for at, hit in self.hits)


def learn_style(
    tags: Sequence[Tagged], gaps: Sequence[tuple[int, int]], words: Words
) -> Style | None:
    """The style of the headings that stand before labels, if they agree on one."""
    weights: defaultdict[Style, float] = defaultdict(float)
    for start, end in gaps:
        nearest: dict[Style, int] = {}
        for at in range(end - 1, max(start, end - FAR - 1), -1):
            if may_name(tags[at], words):
                nearest.setdefault(tags[at].style, at)
        for style, at in nearest.items():
            near = 1.0 if end - at <= NEAR else 0.4
            named = 1.5 if words.is_unit(tags[at].body) else 1.0
            weights[style] += near * named * _distinction(style)
    return max(weights, key=lambda s: weights[s]) if weights else None


def may_name(tag: Tagged, words: Words) -> bool:
    """Whether a line may be a unit's heading: not "VII. FUNCIONES POR UNIDAD"."""
    if not tag.may_head:
        return False
    if words.sentences[Kind.REPORTS_TO].search(fold(tag.body)):
        return False
    return words.is_unit(tag.body) or words.names_functions.search(fold(tag.body)) is None


def _distinction(style: Style) -> float:
    """How much a style sets a line apart as a heading."""
    level, sign, upper = style
    if level:
        return 2.0
    if sign is not None:
        return 1.6 if upper or sign in (Sign.CODE, Sign.DECIMAL) else 1.1
    return 1.4 if upper else 0.5


def alike(tag: Tagged, style: Style | None, words: Words) -> bool:
    """Whether a heading is of the style; "2. Dirección" is like "2.1 Jefatura"."""
    if style is None or tag.style == style:
        return style is not None
    level, sign, upper = tag.style
    counted = sign is Sign.ARABIC and style == (level, Sign.DECIMAL, upper)
    return counted and tag.mark is not None and words.is_unit(tag.mark.text)


def sets_apart(style: Style) -> bool:
    """Whether a style can be a heading's only: items of lists don't look like that."""
    level, sign, upper = style
    return bool(level) or upper or sign in (Sign.DECIMAL, Sign.CODE)


def from_repeated(tags: Sequence[Tagged], unit: UnitStart, previous: int) -> UnitStart:
    """The unit from a numbered heading on that says its name above a description of it."""
    if unit.number:
        return unit
    for place in range(unit.at - 1, max(previous, unit.at - FAR - 1), -1):
        tag = tags[place]
        if tag.ends_list:
            break
        if tag.may_head and tag.mark and sets_apart(tag.style):
            above = headed_at(tags, place, unit.at)
            one, other = fold(above.title), fold(unit.title)
            alike = fuzz.token_sort_ratio(one, other) >= SAME_NAME or other.startswith(one)
            return above if alike else unit
    return unit


def headed_at(tags: Sequence[Tagged], place: int, before: int) -> UnitStart:
    """The unit whose heading begins, or ends, at a place."""
    first = place
    while (
        place - first < _HEADING_LINES - 1
        and first > 0
        and not tags[first].mark
        and _is_one_heading(tags[first - 1], tags[first])
    ):
        first -= 1
    last = place
    while (
        last + 1 < before
        and last - first < _HEADING_LINES - 1
        and _is_one_heading(tags[last], tags[last + 1])
    ):
        last += 1
    mark = tags[first].mark
    numbered = mark is not None and mark.text != ""
    texts = [mark.text if mark and numbered else tags[first].line.text]
    texts += [tags[at].line.text for at in range(first + 1, last + 1)]
    number = mark.address if mark and numbered else ""
    title = _COUNT.sub("", " ".join(texts)).rstrip(" :.")
    return UnitStart(first, last - first + 1, title, number)


def _is_one_heading(tag: Tagged, following: Tagged) -> bool:
    """Whether a heading goes on in the line below it."""
    if following.line.stands_off or following.marks or following.hits or not tag.may_head:
        return False
    if tag.line.level or following.line.level or not following.may_head:
        return False
    return is_upper_case(tag.body) and is_upper_case(following.line.text)
