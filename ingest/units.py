"""Where the units of a manual begin, by the labels that come again with each of them.

Two kinds of evidence, which one document may mix. A *form* has a label for the unit's own name
("Puesto:", "CARGO NOMINATIVO:"). Otherwise a unit begins at a *heading*, and how such headings look
(their sign, capitals, the source's own level) is learned from what stands before the labels.
"""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median_low

from rapidfuzz import fuzz

from ingest.labels import TITLES, Hit, Tagged
from ingest.layouts.marks import Sign
from ingest.layouts.words import Kind, Words
from ingest.text import fold, is_upper_case

_FORM_OPENERS = (
    *TITLES, Kind.IDENTIFICATION, Kind.NOMINAL_TITLE, Kind.AREA, Kind.SECRETARIA, Kind.DIRECCION,
    Kind.CODE, Kind.DATE, Kind.TYPE, Kind.OTHER, Kind.ORGANISATION,
)  # fmt: skip
CORE = (Kind.REPORTS_TO, Kind.DIRECT_REPORTS, Kind.OBJECTIVE, Kind.FUNCTIONS)
_NEAR = 3
_FAR = 40
"""Lines between a unit's heading and its first label: next to it, or after a description."""
_SAME_NAME = 80
_HEADING_LINES = 3
_FEWEST_ALIKE = 2
_PLURAL = ("es", "as", "os")
"""So ends the first word of a heading of several units: "ÓRGANOS DE APOYO"."""
Style = tuple[int, Sign | None, bool]


@dataclass
class UnitStart:
    """A unit: where it begins, how many lines its heading takes, and the labels that make it one."""

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


def find_units(tags: Sequence[Tagged], words: Words) -> list[UnitStart]:
    """The units in lines, in order; each one's `end` is where the next begins, or the last line.

    A stretch with labels but no name, and a name without labels that say more, are no units.
    """
    hits = [(at, hit) for at, tag in enumerate(tags) for hit in tag.hits if hit.kind is not Kind.OTHER]
    if not hits:
        return []
    forms = _form_starts(tags, hits)
    gaps = _gaps(hits)
    before_forms = _learn_style(tags, [gap for gap in gaps if gap[1] in forms], words)
    style = _learn_style(tags, [gap for gap in gaps if gap[1] not in forms], words)
    units: list[UnitStart] = []
    previous = -1
    for at, hit in hits:
        first = next((place for place in range(previous + 1, at + 1) if place in forms), None)
        if first is not None:
            start = _form(tags, (previous, first), forms[first], before_forms, words)
        elif at in forms:
            start = None
        else:
            start = _start(tags, units, (previous, at), hit, style, words)
        if start and not (units and units[-1].at >= start.at):
            if units:
                units[-1].end = start.at
            units.append(start)
        if units:
            units[-1].hits.append((at, hit))
        previous = at
    if units:
        units[-1].end = len(tags)
    sure = [u for u in units if _is_unit(u)]
    return _with_siblings(tags, units, sure, words)


def with_said(
    tags: Sequence[Tagged], units: Sequence[UnitStart], said: Container[str]
) -> list[UnitStart]:
    """The units, and those whose folded headings somebody said are units' too."""
    found = {unit.at: unit for unit in units}
    for at, tag in enumerate(tags):
        name = tag.mark.text if tag.mark else tag.line.text
        if at not in found and fold(name).rstrip(" :.") in said:
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


def _with_siblings(
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
        if at in found or not tag.may_head or not any(_alike(tag, s, words) for s in common):
            continue
        if _is_sibling(tag, words) and not _is_within(found.values(), at):
            unit = begins.get(at) or headed_at(tags, at, headed[-1].end)
            if fold(unit.title) not in names and _says_something(tags, unit):
                found[at] = unit
    ordered = [found[at] for at in sorted(found)]
    for unit, following in zip(ordered, ordered[1:], strict=False):
        unit.hits = [each for each in unit.hits if each[0] < following.at]
        unit.end = min(unit.end or following.at, following.at)
    for unit in ordered[-1:]:
        unit.end = unit.end or headed[-1].end
    return ordered


def _first_sibling(tags: Sequence[Tagged], first: int, common: Sequence[Style]) -> int:
    """From where on siblings are looked for: right after the heading above the first unit."""
    at = first
    while at > 0 and first - at < _FAR:
        tag = tags[at - 1]
        if tag.hits or (tag.may_head and sets_apart(tag.style) and tag.style not in common):
            break
        at -= 1
    return at


def _is_sibling(tag: Tagged, words: Words) -> bool:
    """Whether a heading that looks like units' is one too, by its sign or its words."""
    name = tag.mark.text if tag.mark else tag.line.text
    if fold(name).split(" ")[0].endswith(_PLURAL):
        return False
    apart = tag.line.stands_off or tag.style[2] or tag.line.level
    coded = tag.mark is not None and tag.mark.sign is Sign.CODE
    return coded or (words.is_unit(name) and bool(apart))


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


def _form_starts(tags: Sequence[Tagged], hits: Sequence[tuple[int, Hit]]) -> dict[int, str]:
    """Where forms begin, each with the name that it states for its unit."""
    counts = Counter(hit.kind for _, hit in hits)
    usual = median_low([counts[kind] for kind in CORE if counts[kind]] or [0])
    title = next((kind for kind in TITLES if counts[kind] and counts[kind] * 2 >= usual), None)
    if title is None:
        return {}
    starts: dict[int, str] = {}
    named = [(place, at, hit) for place, (at, hit) in enumerate(hits) if hit.kind is title]
    for order, (place, at, hit) in enumerate(named):
        following = named[order + 1][0] if order + 1 < len(named) else len(hits)
        if not any(h.kind in CORE for _, h in hits[place + 1 : following]):
            continue
        first = at
        while first > 0 and _opens_form(tags, first - 1, title):
            first -= 1
        while first < at and not (tags[first].heads_columns or tags[first].hit(*_FORM_OPENERS)):
            first += 1
        starts[first] = hit.value or _value_below(tags, at)
    return starts


def _opens_form(tags: Sequence[Tagged], at: int, title: Kind) -> bool:
    """Whether the line belongs to the first rows of the form that goes on below it."""
    tag = tags[at]
    if tag.heads_columns:
        return True
    if tag.hit(title) or tag.hit(*CORE):
        return False
    return tag.hit(*_FORM_OPENERS) is not None and tag.hit(Kind.OTHER) is None


def _value_below(tags: Sequence[Tagged], at: int) -> str:
    below = tags[at + 1] if at + 1 < len(tags) else None
    return below.line.text if below and not below.hits else ""


def _gaps(hits: Sequence[tuple[int, Hit]]) -> list[tuple[int, int]]:
    """The stretches without labels before each label."""
    places = sorted({at for at, _ in hits})
    gaps = zip([-1, *places], places, strict=False)
    return [(start, end) for start, end in gaps if end - start > 1]


def _learn_style(
    tags: Sequence[Tagged], gaps: Sequence[tuple[int, int]], words: Words
) -> Style | None:
    """The style of the headings that stand before labels, if they agree on one."""
    weights: defaultdict[Style, float] = defaultdict(float)
    for start, end in gaps:
        nearest: dict[Style, int] = {}
        for at in range(end - 1, max(start, end - _FAR - 1), -1):
            if _may_name(tags[at], words):
                nearest.setdefault(tags[at].style, at)
        for style, at in nearest.items():
            name = tags[at].mark.text if tags[at].mark else tags[at].line.text  # type: ignore[union-attr]
            near = 1.0 if end - at <= _NEAR else 0.4
            weights[style] += near * (1.5 if words.is_unit(name) else 1.0) * _distinction(style)
    return max(weights, key=lambda s: weights[s]) if weights else None


def _may_name(tag: Tagged, words: Words) -> bool:
    """Whether a line may be a unit's heading: not "VII. FUNCIONES POR UNIDAD"."""
    if not tag.may_head:
        return False
    name = tag.mark.text if tag.mark else tag.line.text
    if words.sentences[Kind.REPORTS_TO].search(fold(name)):
        return False
    return words.is_unit(name) or words.names_functions.search(fold(name)) is None


def _distinction(style: Style) -> float:
    """How much a style sets a line apart as a heading."""
    level, sign, upper = style
    if level:
        return 2.0
    if sign is not None:
        return 1.6 if upper or sign in (Sign.CODE, Sign.DECIMAL) else 1.1
    return 1.4 if upper else 0.5


def _start(
    tags: Sequence[Tagged],
    units: Sequence[UnitStart],
    gap: tuple[int, int],
    hit: Hit,
    style: Style | None,
    words: Words,
) -> UnitStart | None:
    """The unit that begins with this label, or None where it goes on with the one before."""
    previous, at = gap
    if at == previous:
        return None
    current = units[-1] if units else None
    in_form = current is not None and current.has(*TITLES)
    if in_form and hit.kind not in CORE:
        return None
    complete = current is None or current.has(hit.kind) or current.has(Kind.FUNCTIONS)
    for place in range(at - 1, max(previous, at - _FAR - 1), -1):
        tag = tags[place]
        if not tag.may_head:
            continue
        if not _may_name(tag, words) or not _alike(tag, style, words):
            if sets_apart(tag.style) and at - place > 1:
                break
            continue
        mark = tag.mark
        sure = words.is_unit(mark.text if mark else tag.line.text) or tag.line.level or mark
        sure = sure and not in_form
        plain = in_form and not mark and not tag.line.level
        if plain and not words.is_unit(tag.line.text):
            continue
        if complete or (sure and at - place <= _NEAR):
            return _from_repeated(tags, headed_at(tags, place, at), previous)
    if hit.unit and complete:
        return UnitStart(at, 0, hit.unit)
    if current is None or current.has(hit.kind):
        return _by_any_heading(tags, gap, words, surely=in_form)
    return None


def _form(
    tags: Sequence[Tagged], gap: tuple[int, int], title: str, style: Style | None, words: Words
) -> UnitStart:
    """The unit of a form: it begins at a heading right before it, or at its first row."""
    previous, at = gap
    for place in range(at - 1, max(previous, at - _FAR - 1), -1):
        tag = tags[place]
        if tag.ends_list:
            break
        if not tag.may_head:
            continue
        headed = headed_at(tags, place, at)
        if fuzz.token_sort_ratio(fold(headed.title), fold(title)) >= _SAME_NAME:
            headed.title = headed.title if headed.number or not title else title
            return headed
        if sets_apart(tag.style):
            numbered = tag.mark is not None or tag.line.level > 0
            near = at - place <= _NEAR and tag.style == style and numbered
            return headed if near and words.is_unit(headed.title) else UnitStart(at, 0, title)
    return UnitStart(at, 0, title)


def _alike(tag: Tagged, style: Style | None, words: Words) -> bool:
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


def _from_repeated(tags: Sequence[Tagged], unit: UnitStart, previous: int) -> UnitStart:
    """The unit from a numbered heading on that says its name above a description of it."""
    if unit.number:
        return unit
    for place in range(unit.at - 1, max(previous, unit.at - _FAR - 1), -1):
        tag = tags[place]
        if tag.ends_list:
            break
        if tag.may_head and tag.mark and sets_apart(tag.style):
            above = headed_at(tags, place, unit.at)
            one, other = fold(above.title), fold(unit.title)
            alike = fuzz.token_sort_ratio(one, other) >= _SAME_NAME or other.startswith(one)
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
    while last + 1 < before and last - first < _HEADING_LINES - 1 and _is_one_heading(
        tags[last], tags[last + 1]
    ):
        last += 1
    mark = tags[first].mark
    numbered = mark is not None and mark.text != ""
    texts = [mark.text if mark and numbered else tags[first].line.text]
    texts += [tags[at].line.text for at in range(first + 1, last + 1)]
    number = mark.address if mark and numbered else ""
    return UnitStart(first, last - first + 1, " ".join(texts).rstrip(" :."), number)


def _is_one_heading(tag: Tagged, following: Tagged) -> bool:
    """Whether a heading goes on in the line below it."""
    if following.line.stands_off or following.marks or following.hits or not tag.may_head:
        return False
    if tag.line.level or following.line.level or not following.may_head:
        return False
    body = tag.mark.text if tag.mark else tag.line.text
    return is_upper_case(body) and is_upper_case(following.line.text)


def _by_any_heading(
    tags: Sequence[Tagged], gap: tuple[int, int], words: Words, *, surely: bool
) -> UnitStart | None:
    """The unit whose heading looks unlike the others', but names a unit right before a label.

    Capitals alone will do, unless it must be so `surely`.
    """
    previous, at = gap
    for place in range(at - 1, max(previous, at - _NEAR - 1), -1):
        tag = tags[place]
        name = tag.mark.text if tag.mark else tag.line.text
        if _may_name(tag, words) and (words.is_unit(name) or (is_upper_case(name) and not surely)):
            return headed_at(tags, place, at)
    return None


def _is_unit(unit: UnitStart) -> bool:
    """Whether it has a name, and says something that only a unit's text says."""
    if not any(c.isalpha() for c in unit.title):
        return False
    kinds = {hit.kind for _, hit in unit.hits}
    form = bool(kinds & set(TITLES)) and len(kinds & set(CORE)) >= 1
    return Kind.FUNCTIONS in kinds or form or len(kinds & set(CORE)) >= 2
