"""Where the units of a manual begin, by the labels that come again with each of them.

Two kinds of evidence, which one document may mix. A *form* has a label for the unit's own name
("Puesto:", "CARGO NOMINATIVO:"). Otherwise a unit begins at a *heading*, and how such headings look
(their sign, capitals, the source's own level) is learned from what stands before the labels.
"""

from collections import Counter
from collections.abc import Sequence
from statistics import median_low

from rapidfuzz import fuzz

from ingest.labels import TITLES, Hit, Tagged
from ingest.layouts.words import Kind, Words
from ingest.siblings import with_siblings
from ingest.text import fold, is_upper_case
from ingest.unit_headings import (
    CORE,
    FAR,
    NEAR,
    SAME_NAME,
    Style,
    UnitStart,
    alike,
    from_repeated,
    headed_at,
    learn_style,
    may_name,
    sets_apart,
)

_FORM_OPENERS = (
    *TITLES, Kind.IDENTIFICATION, Kind.NOMINAL_TITLE, Kind.AREA, Kind.SECRETARIA, Kind.DIRECCION,
    Kind.CODE, Kind.DATE, Kind.TYPE, Kind.OTHER, Kind.ORGANISATION,
)  # fmt: skip
_NEAR_LABEL = 6
"""Lines between the name in a form and what it says of it."""
_FEWEST_FORMS = 3
_MOSTLY = 0.8


def find_units(tags: Sequence[Tagged], words: Words) -> list[UnitStart]:
    """The units in lines, in order; each one's `end` is where the next begins, or the last line.

    A stretch with labels but no name, and a name without labels that say more, are no units.
    """
    hits = [
        (at, hit) for at, tag in enumerate(tags) for hit in tag.hits if hit.kind is not Kind.OTHER
    ]
    if not hits:
        return []
    forms = _form_starts(tags, hits)
    gaps = _gaps(hits)
    before_forms = learn_style(tags, [gap for gap in gaps if gap[1] in forms], words)
    style = learn_style(tags, [gap for gap in gaps if gap[1] not in forms], words)
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
    return with_siblings(tags, units, sure, words)


def _form_starts(tags: Sequence[Tagged], hits: Sequence[tuple[int, Hit]]) -> dict[int, str]:
    """Where forms begin, each with the name that it states for its unit."""
    counts = Counter(hit.kind for _, hit in hits)
    usual = median_low([counts[kind] for kind in CORE if counts[kind]] or [0])
    title = next(
        (kind for kind in TITLES
         if counts[kind] and (counts[kind] * 2 >= usual or _heads_forms(hits, kind))),
        None,
    )  # fmt: skip
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


def _heads_forms(hits: Sequence[tuple[int, Hit]], title: Kind) -> bool:
    """Whether a label of names comes again, nearly always right above what forms say: so it does
    in a manual that has forms for some of its units only."""
    places = [place for place, (_, hit) in enumerate(hits) if hit.kind is title]
    above = sum(
        any(hit.kind in CORE and at - hits[place][0] <= _NEAR_LABEL
            for at, hit in hits[place + 1 : place + 4])
        for place in places
    )  # fmt: skip
    return len(places) >= _FEWEST_FORMS and above >= _MOSTLY * len(places)


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
    for place in range(at - 1, max(previous, at - FAR - 1), -1):
        tag = tags[place]
        if not tag.may_head:
            continue
        if not may_name(tag, words) or not alike(tag, style, words):
            if sets_apart(tag.style) and at - place > 1:
                break
            continue
        sure = (words.is_unit(tag.body) or tag.line.level or tag.mark) and not in_form
        plain = in_form and not tag.mark and not tag.line.level
        if plain and not words.is_unit(tag.line.text):
            continue
        if complete or (sure and at - place <= NEAR):
            return from_repeated(tags, headed_at(tags, place, at), previous)
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
    for place in range(at - 1, max(previous, at - FAR - 1), -1):
        tag = tags[place]
        if tag.ends_list:
            break
        if not tag.may_head:
            continue
        headed = headed_at(tags, place, at)
        if fuzz.token_sort_ratio(fold(headed.title), fold(title)) >= SAME_NAME:
            wrapped = fold(title).startswith(f"{fold(headed.title)} ")
            headed.title = headed.title if title == "" or (headed.number and not wrapped) else title
            return headed
        if sets_apart(tag.style):
            numbered = tag.mark is not None or tag.line.level > 0
            near = at - place <= NEAR and tag.style == style and numbered
            return headed if near and words.is_unit(headed.title) else UnitStart(at, 0, title)
    return UnitStart(at, 0, title)


def _by_any_heading(
    tags: Sequence[Tagged], gap: tuple[int, int], words: Words, *, surely: bool
) -> UnitStart | None:
    """The unit whose heading looks unlike the others', but names a unit right before a label.

    Capitals alone will do, unless it must be so `surely`.
    """
    previous, at = gap
    for place in range(at - 1, max(previous, at - NEAR - 1), -1):
        tag = tags[place]
        named = words.is_unit(tag.body) or (is_upper_case(tag.body) and not surely)
        if may_name(tag, words) and named:
            return headed_at(tags, place, at)
    return None


def _is_unit(unit: UnitStart) -> bool:
    """Whether it has a name, and says something that only a unit's text says."""
    if not any(c.isalpha() for c in unit.title):
        return False
    kinds = {hit.kind for _, hit in unit.hits}
    form = bool(kinds & set(TITLES)) and len(kinds & set(CORE)) >= 1
    return Kind.FUNCTIONS in kinds or form or len(kinds & set(CORE)) >= 2
