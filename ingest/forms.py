"""A position sheet read: its rows in, the typed Position and its passages out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from corpus.model import Function, Passage, PassageKind, Position, Printed
from ingest.layouts.words import FIELDS, Kind
from ingest.lines import Line, WarningLog
from ingest.objective import read_objective
from ingest.outline import Block
from ingest.prose import extend_last
from ingest.rows import (
    Field,
    FunctionRow,
    is_form_wording,
    is_rest_of_form_wording,
    is_unknown_label,
    read_function,
    split_fields,
)
from ingest.text import ends_sentence, is_cut_short, starts_lower

_FORM_LABELS = (Kind.IDENTIFICATION, Kind.ORGANISATION, Kind.FUNCTIONS)
_SKIPPED_NUMBERS = 5
"""How many numbers a row without a tab may skip and still be a function, not text."""


@dataclass
class _Sheet:
    """A sheet as far as it is read."""

    fields: dict[Kind, Printed] = field(default_factory=dict)
    functions: list[Function] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    row_labels: list[Kind] = field(default_factory=list)
    """The labels of the last row that had any."""
    in_functions: bool = False
    functions_heading: Printed | None = None

    def set_field(self, label: Kind, value: str, line: Line) -> None:
        """Sets a field, or adds to it what another row or page holds of it."""
        known = self.fields.get(label)
        if known and known.text:
            row = f"{known.row} {line.text}" if line.page == known.page else ""
            text = f"{known.text} {value}".strip()
            self.fields[label] = Printed(text=text, page=known.page, row=row)
        else:
            end = line.text.find(value) + len(value) if value else len(line.text)
            row = f"{known.row} {line.text[:end]}" if known and known.row else line.text[:end]
            self.fields[label] = Printed(text=value, page=line.page, row=row)

    def add_passage(
        self,
        line: Line,
        kind: PassageKind,
        text: str | None = None,
        *,
        of: str | None = None,
        continues: bool = False,
    ) -> None:
        """Adds a passage with the line's text, or with the part of it that is given."""
        is_function = kind is PassageKind.FUNCTION and self.functions
        function = self.functions[-1].number if is_function else None
        made = line.passage(kind, text, continues=continues, function=function, of=of)
        self.passages.append(made)

    def extend_passage(self, line: Line, kind: PassageKind) -> None:
        """Adds a line to the passage before it, or goes on with it on a new page."""
        last = self.passages[-1]
        if last.kind is not kind or last.page != line.page:
            self.add_passage(line, kind, of=last.field, continues=last.kind is kind)
            return
        extend_last(self.passages, line.text)


def read_form(block: Block, log: WarningLog) -> tuple[Position, tuple[Passage, ...]]:
    """The position that a sheet describes, and the passages of all of its rows.

    Direct reports are left to the caller, who knows the manual's other positions. Warns of rows
    that are no part of the form.
    """
    sheet = _Sheet()
    at = 0
    while at < len(block.lines):
        line = block.lines[at]
        fields = split_fields(line.cells)
        if fields[0].label is Kind.OBJECTIVE and Kind.OBJECTIVE not in sheet.fields:
            end = _objective_end(block.lines, at)
            objective, passages = read_objective(block.lines[at:end], fields[0].value)
            sheet.passages += passages
            if objective:
                sheet.fields[Kind.OBJECTIVE] = objective
            at = end
            continue
        if _is_in_functions(sheet, line, fields):
            _read_function_row(sheet, line, fields, log)
        else:
            _read_field_row(sheet, line, fields, log)
        at += 1
    return _position(block, sheet), tuple(sheet.passages)


def _objective_end(lines: Sequence[Line], start: int) -> int:
    """Index after the objective's rows: those up to the next field or the functions."""
    for at in range(start + 1, len(lines)):
        row = read_function(lines[at].cells)
        if (
            split_fields(lines[at].cells)[0].label is not None
            or is_form_wording(lines[at].text)
            or (row is not None and row.tabbed)
        ):
            return at
    return len(lines)


def _is_in_functions(sheet: _Sheet, line: Line, fields: Sequence[Field]) -> bool:
    """Whether the table of functions has begun, be it with this line."""
    if not sheet.in_functions and fields[0].label in (None, Kind.FUNCTIONS):
        row = read_function(line.cells)
        begins = fields[0].label is Kind.FUNCTIONS or is_form_wording(line.text)
        sheet.in_functions = begins or (row is not None and row.tabbed)
    return sheet.in_functions


def _read_field_row(sheet: _Sheet, line: Line, fields: Sequence[Field], log: WarningLog) -> None:
    """A row of the form: labelled fields, or the rest of the row before it."""
    if fields[0].label is None and is_unknown_label(line.cells):
        log.add("La cédula tiene un campo que no es del formato conocido.", line)
        sheet.add_passage(line, PassageKind.FIELD)
        sheet.row_labels = []
        return
    labels = [entry.label for entry in fields if entry.label is not None]
    for entry in fields:
        label = entry.label or _continued_label(sheet, line)
        if label is None:
            log.add("Esta línea de la cédula no corresponde a ningún campo.", line)
        elif label not in _FORM_LABELS:
            sheet.set_field(label, entry.value, line)
    if fields[0].label is None and sheet.row_labels:
        sheet.extend_passage(line, PassageKind.FIELD)
    else:
        kind = PassageKind.FIELD if labels else PassageKind.PARAGRAPH
        form = fields[0].label in _FORM_LABELS
        named = (FIELDS.get(label) for label in labels if label is not Kind.OBJECTIVE)
        of = next(filter(None, named), None)
        sheet.add_passage(line, PassageKind.BOILERPLATE if form else kind, of=of)
    sheet.row_labels = labels or sheet.row_labels


def _continued_label(sheet: _Sheet, line: Line) -> Kind | None:
    """The field that a row without a label goes on with: by its column, the first or the last."""
    if not sheet.row_labels:
        return None
    in_last_column = len(line.cells) > 2 and not any(line.cells[:2])
    return sheet.row_labels[-1 if in_last_column else 0]


def _read_function_row(sheet: _Sheet, line: Line, fields: Sequence[Field], log: WarningLog) -> None:
    """A row of the table of functions: its head, a function, or the rest of one."""
    label = fields[0].label
    row = read_function(line.cells)
    heads = label is Kind.FUNCTIONS or is_form_wording(line.text)
    if heads and sheet.functions_heading is None and not sheet.functions:
        sheet.functions_heading = Printed(text=line.text, page=line.page)
    if row is not None and _is_function(row, sheet):
        sheet.functions.append(Function(number=row.number, text=row.text, page=line.page))
        sheet.add_passage(line, PassageKind.FUNCTION, row.text)
    elif is_form_wording(line.text) or (not sheet.functions and is_rest_of_form_wording(line.text)):
        sheet.add_passage(line, PassageKind.BOILERPLATE)
    elif label is not None and label not in sheet.fields:
        _read_field_row(sheet, line, fields, log)
    elif _continues_function(sheet, line):
        extend_last(sheet.functions, line.text)
        sheet.extend_passage(line, PassageKind.FUNCTION)
    else:
        log.add("Esta línea de la tabla de funciones no tiene número de función.", line)
        sheet.add_passage(line, PassageKind.PARAGRAPH)


def _is_function(row: FunctionRow, sheet: _Sheet) -> bool:
    """A number in a cell of its own is a function's; one in the text may be part of the text."""
    last = sheet.functions[-1] if sheet.functions else None
    if not row.text:
        return row.number == (last.number if last else 0) + 1
    if row.tabbed or last is None:
        return True
    if starts_lower(row.text):
        return row.number == last.number + 1 and not is_cut_short(last.text)
    return last.number <= row.number <= last.number + _SKIPPED_NUMBERS


def _continues_function(sheet: _Sheet, line: Line) -> bool:
    if not sheet.functions:
        return False
    unfinished = not ends_sentence(sheet.functions[-1].text)
    if line.opens_page:
        return unfinished or starts_lower(line.text)
    return line.gap == 0 or starts_lower(line.text)


def _position(block: Block, sheet: _Sheet) -> Position:
    fields: dict[str, Any] = {FIELDS[kind]: printed for kind, printed in sheet.fields.items()}
    return Position(
        number=block.number,
        title=block.title,
        page=block.heading[0].page,
        functions=tuple(sheet.functions),
        functions_heading=sheet.functions_heading,
        **fields,
    )
