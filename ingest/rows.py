"""The rows of a position sheet: which fields a printed row holds, and with what value.

A row may hold two fields ("Puesto funcional: … Fecha: …"), each label and value in cells of their
own, in one cell, or with no tab between any of them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.layouts.words import Kind
from ingest.text import fold

_LABELS = {
    Kind.IDENTIFICATION: "identificacion",
    Kind.FUNCTIONAL_TITLE: "puesto funcional",
    Kind.NOMINAL_TITLE: "puesto nominal",
    Kind.SECRETARIA: "secretaria",
    Kind.DIRECCION: "direccion",
    Kind.AREA: "area",
    Kind.ORGANISATION: "organizacion",
    Kind.REPORTS_TO: "puestos? al que (?:le )?reportan?",
    Kind.DIRECT_REPORTS: "puestos? que (?:le )?reportan?",
    Kind.OBJECTIVE: "objetivo(?: general)?(?: del puesto)?",
    Kind.VALUE: "valor que aporta(?: al puesto(?: al)? que (?:le )?reporta)?",
    Kind.TYPE: "tipo de puesto",
    Kind.DATE: "fecha",
    Kind.FUNCTIONS: "funciones(?: y responsabilidades)?(?: claves?)?",
}
"""The labels of the form as they are printed, but for case, accents and the colon."""
_UNMISTAKABLE = (Kind.REPORTS_TO, Kind.DIRECT_REPORTS, Kind.OBJECTIVE, Kind.VALUE, Kind.TYPE,
                 Kind.FUNCTIONS)  # fmt: skip
"""What of several words needs no colon."""
_ANY_LABEL = "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _LABELS.items())
_WITH_COLON = re.compile(rf"(?:{_ANY_LABEL})\s*:\s*")
_ALONE = re.compile(rf"(?:{_ANY_LABEL})\s*:?")
_SECOND_FIELD = re.compile(r"(?<=\S) (?=fecha ?:? ?\d|tipo de puesto ?:? ?\S)")
"""Where a label begins that stands behind another field in the same cell."""
_LONGEST_LABEL = 60
_NO_COLON_NEEDED = (Kind.DATE, Kind.TYPE, Kind.IDENTIFICATION)
_FORM_WORDING = re.compile(
    r"(?:funciones y responsabilidades|descripcion de las? funcion|cada funcion integra"
    r"|verbo de accion|¿que hace|¿para que lo hace|(?:no|num|n[°º])[.\s])"
)
_FORM_TEXT = (
    "funciones y responsabilidades clave: descripcion de la funcion: ¿que hace? ¿para que lo hace? "
    "cada funcion integra un conjunto de actividades. verbo de accion+complemento+resultado"
)
_FUNCTION = re.compile(r"(\d{1,3})\s?(?:[.)]|[.)]?[-–])?\s+(\S.*)")
_NUMBER_CELL = re.compile(r"(\d{1,3})\s?[.)]?[-–]?")


@dataclass(frozen=True)
class Field:
    """A field of a row: its label (None: the row goes on with an earlier field) and value."""

    label: Kind | None
    value: str


def split_fields(cells: Sequence[str]) -> list[Field]:
    """The fields that a row holds. A row without any label is one field with label None."""
    fields: list[Field] = []
    for cell in _separated(cells):
        label, value = _labelled(cell, first=not fields, alone=len(cells) == 1)
        if label is not None or not fields:
            fields.append(Field(label, value))
        else:
            last = fields[-1]
            fields[-1] = Field(last.label, f"{last.value} {value}".strip())
    return fields


def _separated(cells: Sequence[str]) -> list[str]:
    """The cells that hold text, a cell with a second field in it cut in two."""
    parts: list[str] = []
    for cell in cells:
        start = 0
        if _WITH_COLON.match(fold(cell)):
            for match in _SECOND_FIELD.finditer(fold(cell)):
                parts.append(cell[start : match.start()])
                start = match.end()
        parts.append(cell[start:])
    return [part for part in parts if part]


def _labelled(cell: str, *, first: bool, alone: bool) -> tuple[Kind | None, str]:
    folded = fold(cell)
    match = _WITH_COLON.match(folded)
    if match:
        return Kind(match.lastgroup or ""), cell[match.end() :]
    whole = _ALONE.fullmatch(folded)
    label = Kind(whole.lastgroup or "") if whole else None
    unmistakable = label in _NO_COLON_NEEDED or (label in _UNMISTAKABLE and " " in cell)
    if label is not None and (unmistakable or (first and not alone)):
        return label, ""
    return _bare_second_field(cell)


def _bare_second_field(cell: str) -> tuple[Kind | None, str]:
    """ "Fecha 31/03/2023" and the like: a label without colon and its value in one cell."""
    match = re.match(r"(?:(fecha) (?=\d)|(tipo de puesto) )", fold(cell))
    if match is None:
        return None, cell
    return (Kind.DATE if match[1] else Kind.TYPE), cell[match.end() :]


def is_form_wording(text: str) -> bool:
    """True for the fixed wording at the head of the table of functions."""
    return _FORM_WORDING.match(fold(text)) is not None


def is_rest_of_form_wording(text: str) -> bool:
    """True for a piece of that wording that a page break may have cut off."""
    return fold(text) in _FORM_TEXT


def is_unknown_label(cells: Sequence[str]) -> bool:
    """True for a row that begins with a label which is none of the form's: "Nivel:"."""
    first = cells[0] if cells else ""
    return 1 < len(first) <= _LONGEST_LABEL and first.endswith(":")


@dataclass(frozen=True)
class FunctionRow:
    """A row that reads like a numbered function."""

    number: int
    text: str
    tabbed: bool
    """The number has a cell of its own: then it can't be part of the text."""


def read_function(cells: Sequence[str]) -> FunctionRow | None:
    """The numbered function that a row holds, if its first text is a number."""
    filled = [cell for cell in cells if cell]
    if not filled:
        return None
    number = _NUMBER_CELL.fullmatch(filled[0])
    if number:
        return FunctionRow(int(number[1]), " ".join(filled[1:]), tabbed=True)
    match = _FUNCTION.fullmatch(" ".join(filled))
    return FunctionRow(int(match[1]), match[2], tabbed=False) if match else None
