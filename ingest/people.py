"""The unnumbered parts with people and changes: formalisation sheet, directory, change control."""

import re
from collections.abc import Sequence

from corpus.model import Change, Officer, Passage, PassageKind
from ingest.lines import Line, WarningLog
from ingest.prose import extend_last, passages_by_page
from ingest.text import fold, is_cut_short, is_upper_case, starts_lower

_SIGNED = re.compile(r"\s*[-–—]?\s*\(?\s*r[uú]brica\s*\)?\.?\s*$", re.I)
_LONGEST_ROLE = 40
_INCOMPLETE = "A esta persona le falta el nombre o el cargo."
_ROLE_VERBS = ("elabor", "revis", "administr", "expid", "autoriz", "aprob", "valid", "dictamin")
_CHANGE = re.compile(r"(\S{1,12})\s+(\d{1,2}\s*[-/.]\s*\d{1,2}\s*[-/.]\s*\d{2,4})\s+(\S.*)")
_TABLE_HEAD = re.compile(r"(?:no\.?|num\.?|version|revision)\b.*\bfecha\b.*")


def read_formalisation(
    lines: Sequence[Line], log: WarningLog
) -> tuple[list[Officer], list[Passage]]:
    """The officers who sign: a role in capitals, then a name, then an office, each in a line."""
    first = next((at for at, line in enumerate(lines) if _is_role(line, after=0)), len(lines))
    groups: list[list[Line]] = []
    for line in lines[first:]:
        if not groups or _is_role(line, after=len(groups[-1])):
            groups.append([])
        groups[-1].append(line)
    officers: list[Officer] = []
    passages = [p for line in lines[:first] for p in passages_by_page([line], PassageKind.ITEM)]
    for group in groups:
        if len(group) < 3:
            log.add(_INCOMPLETE, group[0])
        else:
            role, name, *office = (line.text for line in group)
            officers.append(
                Officer(name=name, office=_SIGNED.sub("", " ".join(office)),
                        role=role.rstrip(" :"), page=group[0].page)
            )  # fmt: skip
        passages += passages_by_page(group, PassageKind.ITEM)
    return officers, passages


def _is_role(line: Line, *, after: int) -> bool:
    """A role is in capitals, but so may be a name: that comes second in its group."""
    text = line.text
    if not is_upper_case(text) or len(text) > _LONGEST_ROLE:
        return False
    known = fold(text).startswith(_ROLE_VERBS)
    return known or (line.stands_off and (after == 0 or after >= 3))


def read_directory(lines: Sequence[Line], log: WarningLog) -> tuple[list[Officer], list[Passage]]:
    """The officers of the directory: a name and an office, in two lines or two cells."""
    officers: list[Officer] = []
    passages: list[Passage] = []
    for group in _pairs(lines):
        parts = [cell for line in group for cell in line.filled]
        if len(parts) < 2:
            log.add(_INCOMPLETE, group[0])
        else:
            office = " ".join(parts[1:])
            officers.append(Officer(name=parts[0], office=office, role=None, page=group[0].page))
        passages.extend(passages_by_page(group, PassageKind.ITEM))
    return officers, passages


def _pairs(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines grouped by entry: rows of a table, or lines between blank ones, or twos."""
    groups: list[list[Line]] = []
    for line in lines:
        after_row = groups and len(groups[-1][-1].cells) > 1
        if groups and not line.stands_off and not after_row and len(line.cells) == 1:
            groups[-1].append(line)
        else:
            groups.append([line])
    if all(len(group) == 1 and len(group[0].cells) == 1 for group in groups):
        return _by_twos([group[0] for group in groups])
    return _rejoined([pair for group in groups for pair in _unpacked(group)])


def _by_twos(lines: Sequence[Line]) -> list[list[Line]]:
    return [list(lines[at : at + 2]) for at in range(0, len(lines), 2)]


def _unpacked(group: list[Line]) -> list[list[Line]]:
    """Several entries that no blank line separates, or one entry whose office is wrapped."""
    wrapped = any(starts_lower(line.text) or is_cut_short(line.text) for line in group)
    several = len(group) > 2 and len(group) % 2 == 0 and not wrapped
    return _by_twos(group) if several else [group]


def _rejoined(groups: list[list[Line]]) -> list[list[Line]]:
    """Puts together a name and an office that a page break separates."""
    joined: list[list[Line]] = []
    for group in groups:
        alone = joined and len(joined[-1]) == 1 and len(joined[-1][0].cells) == 1
        if alone and len(group) == 1 and group[0].opens_page:
            joined[-1].extend(group)
        else:
            joined.append(list(group))
    return joined


def read_changes(lines: Sequence[Line], log: WarningLog) -> tuple[list[Change], list[Passage]]:
    """The rows of the change control: version, date and reason."""
    changes: list[Change] = []
    passages: list[Passage] = []
    for line in lines:
        kind = PassageKind.ITEM
        row = _change(line)
        if _TABLE_HEAD.fullmatch(fold(line.text)):
            kind = PassageKind.BOILERPLATE
        elif row:
            changes.append(row)
        elif changes:
            reason = f"{changes[-1].reason} {line.text}"
            changes[-1] = changes[-1].model_copy(update={"reason": reason})
            if line.page == passages[-1].page:
                extend_last(passages, line.text)
                continue
        else:
            kind = PassageKind.PARAGRAPH
            log.add("Esta línea del control de cambios no se reconoce como un cambio.", line)
        continues = bool(changes) and row is None and kind is PassageKind.ITEM
        passages.append(line.passage(kind, continues=continues))
    return changes, passages


def _change(line: Line) -> Change | None:
    match = _CHANGE.fullmatch(line.text)
    if len(line.filled) == 3 and line.cells[0]:
        version, printed, reason = line.filled
    elif match:
        version, printed, reason = match.groups()
    else:
        return None
    if _TABLE_HEAD.fullmatch(fold(line.text)):
        return None
    return Change(version=version, date=printed, reason=reason, page=line.page)
