"""A unit read: its lines in, the typed Position and its passages out, whatever its layout."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from corpus.model import Passage, PassageKind, Position, Printed
from ingest.labels import TITLES, Hit, Tagged, is_sign
from ingest.layouts.marks import UNORDERED, WORDED, read_marks
from ingest.layouts.words import FIELDS, Kind, Words
from ingest.lines import Line, WarningLog
from ingest.objective import read_objective
from ingest.stated_lines import begins_statement, find_stated
from ingest.text import collapse, ends_sentence, fold, is_cut_short, is_upper_case, starts_lower
from ingest.unit_draft import BULLETS, UnitDraft
from ingest.unit_headings import CORE, UnitStart

_BEGINS_MIDWAY = re.compile(r"(?:de|del|y|e|o|u|para|con|en)\s", re.I)
_CODE_VALUE = re.compile(r"[A-Z0-9][\w./ -]{0,19}")


@dataclass(frozen=True)
class UnitRead:
    """What a unit's lines say."""

    position: Position
    reports: tuple[str, ...]
    """The lines of "Subordinados", each an enumeration or an entry."""
    passages: tuple[Passage, ...]
    end: int
    """Where its text ends among the lines; what follows, up to the next unit, is none of its."""
    code: str = ""
    """The number that a form prints in a row of its own."""


def read_unit(
    unit: UnitStart,
    tags: Sequence[Tagged],
    words: Words,
    titles: frozenset[str],
    log: WarningLog,
    *,
    in_list: bool = False,
) -> UnitRead:
    """The position that a unit's lines describe, and the passages of all of them.

    `titles` are the folded names of the manual's units. Direct reports are left to the caller.
    With `in_list`, the list of functions begins right under the heading, which has its label
    elsewhere.
    """
    reading = UnitDraft(words, titles, in_list=in_list)
    at = unit.at + unit.heading
    last_label = max((place for place, hit in unit.hits if hit.kind in CORE), default=at)
    end = unit.end
    while at < unit.end:
        if at > last_label and _begins_something_else(reading, tags, at):
            end = at
            break
        at = _read_line(reading, tags, at, unit.end)
    reading.flush()
    reading.close_further()
    values: dict[str, Any] = _values(reading, unit.title, log)
    code = reading.fields.get(Kind.CODE)
    position = Position(
        number=unit.number,
        title=unit.title,
        page=_page(unit, tags),
        further=tuple(reading.further),
        functions=tuple(reading.lists.functions),
        functions_heading=reading.heading,
        **values,
    )
    printed_code = code.text if code and _CODE_VALUE.fullmatch(code.text) else ""
    return UnitRead(position, tuple(reading.reports), tuple(reading.passages), end, printed_code)


def _page(unit: UnitStart, tags: Sequence[Tagged]) -> int:
    """The page that prints the unit's name: a form may begin on the one before, or below the name
    of the area that it belongs to."""
    heading = " ".join(tag.line.text for tag in tags[unit.at : unit.at + unit.heading])
    if fold(unit.title) in fold(heading):
        return tags[unit.at].line.page
    named = (
        at for at, hit in unit.hits if hit.kind in TITLES and fold(unit.title) in fold(hit.value)
    )
    return tags[next(named, unit.at)].line.page


def _values(reading: UnitDraft, title: str, log: WarningLog) -> dict[str, Printed]:
    """The fields by name. One whose label stands alone was not read, so that nothing is denied."""
    values: dict[str, Printed] = {}
    for kind, printed in reading.fields.items():
        if kind not in FIELDS:
            continue
        if kind in reading.words.learned.values() and not printed.applies:
            continue  # what was only guessed to be a boss is no ground to say that there is none
        if printed.text:
            values[FIELDS[kind]] = printed
        else:
            log.add(f"De «{title}» no se pudo leer «{printed.row}».", page=printed.page)
    return values


def _begins_something_else(reading: UnitDraft, tags: Sequence[Tagged], at: int) -> bool:
    """Whether a heading of something that is not of the unit stands at a place after its labels."""
    tag = tags[at]
    if tag.ends_list or not tag.may_head:
        return False
    if tag.mark and tag.mark.sign in WORDED:
        return True
    if reading.in_list and not tag.line.level and tag.mark and not is_upper_case(tag.mark.text):
        return False
    return bool(tag.line.level) or (tag.line.stands_off and is_upper_case(tag.body))


def _read_line(reading: UnitDraft, tags: Sequence[Tagged], at: int, end: int) -> int:
    """Reads the line at a place, or several that belong together; gives the next place."""
    tag = tags[at]
    if tag.hits:
        if tag.hits[0].kind is Kind.OBJECTIVE and Kind.OBJECTIVE not in reading.fields:
            return _read_objective(reading, tags, at, end)
        _read_labelled(reading, tag)
    elif tag.ends_list and begins_statement(tag.line.text, reading.words):
        reading.end_row()
        reading.prose.append(tag.line)
    elif tag.ends_list:
        reading.end_row()
        reading.resumable = reading.resumable and tag.line.opens_page
        reading.add(tag.line, PassageKind.FIELD, tag.line.text)
        _open_learned(reading, tag.line)
    elif _takes(reading, tag):
        return at + 1
    elif reading.open_field and _continues_field(reading, reading.open_field, tag):
        _continue_field(reading, reading.open_field, tag)
    else:
        reading.in_list = False
        reading.open_field = None
        if _is_part_heading(tag):
            reading.resumable = False
        reading.prose.append(tag.line)
    return at + 1


def _takes(reading: UnitDraft, tag: Tagged) -> bool:
    """Reads a line into the list of functions, if it is a part of it, or counts on from it after
    something else has interrupted it."""
    if reading.in_list and reading.lists.take(tag):
        return True
    mark = reading.lists.counts_on(tag) if reading.resumable else None
    if mark is None:
        return False
    reading.flush()
    reading.lists.resume(mark)
    reading.in_list, reading.open_field = True, None
    return reading.lists.take(tag)


def _open_learned(reading: UnitDraft, line: Line) -> None:
    """The fields of a row whose labels no list knows: "Grupo | A1 | Nivel | 22", "Grupo: A1"."""
    cells = line.filled
    row = line.text if len(cells) < 3 else ""
    if len(cells) == 1:
        label, _, value = cells[0].partition(":")
        cells = (label, value.strip())
    for at in range(0, len(cells), 2):
        label, value = cells[at], " ".join(cells[at + 1 : at + 2])
        reading.close_further()
        printed = Printed(text=value, page=line.page, row=row or collapse(f"{label} {value}"))
        reading.open_further(_bare_label(label), printed)


def _bare_label(printed: str) -> str:
    """A label without the sign before it and the colon behind."""
    marks = read_marks(printed)
    return (marks[0].text if marks and marks[0].text else printed).strip(" :.-–—")


def _read_labelled(reading: UnitDraft, tag: Tagged) -> None:
    reading.end_row()
    reading.resumable = False
    functions = tag.hit(Kind.FUNCTIONS)
    if functions and tag.hits[0] is functions:
        _open_list(reading, tag, functions)
        return
    line = tag.line
    begun = False
    for hit in tag.hits:
        row = _row(line, hit)
        if hit.kind is Kind.ORGANISATION:
            for stated in find_stated(hit.value, reading.words, reading.titles):
                reading.state(stated, line.page)
        else:
            value = _stated_value(reading, line, hit) or hit.value
            begun = reading.begin_field(hit.kind, value, line.page, row)
    last = tag.hits[-1].kind
    reading.open_field = last if begun and last in FIELDS else None
    stated_by = next((hit.kind for hit in tag.hits if hit.kind in FIELDS), None)
    reading.add(line, PassageKind.FIELD, line.text, stated_by)
    for hit in tag.hits:
        reading.close_further()
        if hit.kind in (Kind.OTHER, Kind.CODE, Kind.NOMINAL_TITLE):
            printed = Printed(text=hit.value, page=line.page, row=_row(line, hit))
            reading.open_further(_bare_label(hit.printed), printed)


def _row(line: Line, hit: Hit) -> str:
    """A label with its value as they stand in the line."""
    start = 0 if hit.above else max(line.text.find(hit.printed), 0)
    end = line.text.find(hit.value, start + len(hit.printed) * (not hit.above))
    return line.text[start : end + len(hit.value)] if hit.value and end >= 0 else line.text[start:]


def _stated_value(reading: UnitDraft, line: Line, hit: Hit) -> str:
    """The name in a sentence that is a row too: "Depende del Concejo, ejerce autoridad sobre …"."""
    if hit.kind not in (Kind.REPORTS_TO, Kind.DIRECT_REPORTS) or ":" in hit.printed:
        return ""
    if len(line.cells) > 1:
        return ""
    stated = find_stated(line.text, reading.words, reading.titles)
    return next((each.name for each in stated if each.kind is hit.kind), "")


def _open_list(reading: UnitDraft, tag: Tagged, hit: Hit) -> None:
    """A list of functions begins, or another one of the same unit."""
    lists = reading.lists
    lists.begin()
    reading.in_list = reading.resumable = True
    line = tag.line
    if hit.value and reading.words.is_counted(hit.printed):
        reading.heading = reading.heading or Printed(text=hit.printed, page=line.page)
        lists.take_headed(line, hit.printed, hit.value)
        return
    label = line.text
    if hit.value:
        label = line.text[: len(line.text) - len(hit.value)].rstrip()
    if reading.heading is None:
        reading.heading = Printed(text=label, page=line.page)
    reading.add(line, PassageKind.BOILERPLATE, label)
    if hit.value:
        value = replace(line, cells=(hit.value,))
        lists.take(replace(tag, line=value, hits=(), marks=read_marks(hit.value)))


def _is_part_heading(tag: Tagged) -> bool:
    """Whether a line is the heading of a part of a sheet: "II. ÁREA FUNCIONAL"."""
    mark = tag.mark
    return mark is not None and mark.sign not in UNORDERED and is_upper_case(mark.text)


def _continues_field(reading: UnitDraft, kind: Kind, tag: Tagged) -> bool:
    """Whether a line without a label goes on with the field above it."""
    line = tag.line
    known = reading.fields.get(kind)
    if not line.cells[0]:
        return True
    if line.level or _is_part_heading(tag):
        return False
    if known is None or not known.text:
        return True
    beside = reading.passages and reading.passages[-1].kind is PassageKind.FIELD
    if not beside or len(line.cells) - is_sign(line.cells[0]) > 1:
        return False
    if _BEGINS_MIDWAY.match(line.text) or (reading.bulleted and BULLETS.match(line.text)):
        return True
    if line.opens_page:
        return starts_lower(line.text) and not ends_sentence(known.text)
    return line.gap == 0


def _continue_field(reading: UnitDraft, kind: Kind, tag: Tagged) -> None:
    line = tag.line
    bulleted = BULLETS.match(line.text) is not None
    text = BULLETS.sub("", line.text, count=1) if bulleted else line.text
    if not text:  # a bullet alone
        reading.prose.append(line)
        return
    known = reading.fields.get(kind)
    stated = [] if known and known.text else find_stated(text, reading.words, reading.titles)
    name = next((each.name for each in stated if each.kind is kind), "")
    row = text if name else collapse(f"{known.row if known else ''} {text}")
    if known:
        reading.fields[kind] = known.model_copy(update={"row": row})
    reading.bulleted = reading.bulleted or bulleted
    reading.set_field(kind, name or text, line.page, row, anew=bulleted)
    made = line.passage(PassageKind.FIELD, text, continues=True, of=FIELDS.get(kind))
    reading.passages.append(made)


def _read_objective(reading: UnitDraft, tags: Sequence[Tagged], at: int, end: int) -> int:
    """The objective, from its label to the next label, list or heading."""
    reading.end_row()
    reading.resumable = False
    last = at + 1
    while last < end and not tags[last].ends_list and not _heads_off(tags, last, at):
        begun = last > at + 1 or tags[at].hits[0].value
        if begun and begins_statement(tags[last].line.text, reading.words):
            break
        last += 1
    objective, passages = read_objective(
        [tag.line for tag in tags[at:last]], tags[at].hits[0].value
    )
    reading.passages += passages
    if objective:
        reading.fields[Kind.OBJECTIVE] = objective
    elif len(tags[at:last]) == 1:
        reading.fields.pop(Kind.OBJECTIVE, None)
    return last


def _heads_off(tags: Sequence[Tagged], at: int, label: int) -> bool:
    """Whether a heading stands at a place below the objective, with text between them."""
    tag = tags[at]
    if tag.line.level or (tag.mark and tag.mark.sign in WORDED):
        return True
    if is_cut_short(tags[at - 1].line.text.lower()):
        return False
    return at > label + 1 and tag.may_head and tag.line.stands_off and is_upper_case(tag.line.text)
