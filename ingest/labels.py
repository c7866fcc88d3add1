"""The labels in a manual's lines: "Jefe inmediato: Tesorería", "OBJETIVO", "FUNCIONES".

Besides the labels that `layouts/words.toml` knows, those that a manual uses again and again are
learned: whatever they mean, they end the list of functions above them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from corpus.model import Printed
from ingest.layouts.marks import UNORDERED, WORDED, Mark, Sign, read_marks
from ingest.layouts.words import Kind, Words
from ingest.lines import Line
from ingest.text import fold, is_upper_case, starts_lower

TITLES = (Kind.FUNCTIONAL_TITLE, Kind.UNIT_TITLE)
_WEAK = frozenset(
    [*TITLES, Kind.NOMINAL_TITLE, Kind.SECRETARIA, Kind.DIRECCION, Kind.AREA, Kind.TYPE, Kind.DATE,
     Kind.VALUE, Kind.CODE]
)  # fmt: skip
"""Without a colon or a value beside them these words are just words: "PUESTO", "DIRECCIÓN"."""
_LONGEST_HEADING = 130
_LONGEST_BARE = 110
_MIDWAY = re.compile(r"(?:del?|y|e|o|para|en)\s", re.I)
"""What no list of functions begins with."""
_FIELD = re.compile(r"((?:[^\W\d_][^\s:]*)(?:\s+[^\s:]+){0,5}\s*:)\s*(\S.*)")
"""A label of a few words, and its value."""


@dataclass(frozen=True)
class Hit:
    """A label found in a line."""

    kind: Kind
    printed: str
    """The label as printed, with its colon and the number before it."""
    value: str
    unit: str = ""
    """The unit that the label names itself: "FUNCIONES DE LA DIRECCIÓN DE CATASTRO"."""
    above: bool = False
    """The label stands in the row above, at the head of a column."""


@dataclass(frozen=True)
class Tagged:
    """A line with what is told from it alone."""

    line: Line
    hits: tuple[Hit, ...] = ()
    marks: tuple[Mark, ...] = ()
    heads_columns: bool = False
    """It is the head of a table whose one row is below it."""
    ends_list: bool = False
    """It begins with a label, one of the known ones or one that this manual repeats."""

    def hit(self, *kinds: Kind) -> Hit | None:
        """The first of its labels that is of one of these kinds."""
        return next((hit for hit in self.hits if hit.kind in kinds), None)

    @property
    def mark(self) -> Mark | None:
        return self.marks[0] if self.marks else None

    @property
    def body(self) -> str:
        """Its text without the sign before it."""
        return self.marks[0].text if self.marks else self.line.text

    @cached_property
    def may_head(self) -> bool:
        """Whether it may be a heading: short, no row of a table, no item, no end of a sentence."""
        text = self.line.text
        if self.line.level:
            return True
        in_own_cell = len(self.line.filled) == 2 and self.line.filled[1] == self.body
        if self.ends_list or len(self.line.filled) != (2 if self.mark and in_own_cell else 1):
            return False
        if self.mark and self.mark.sign in WORDED and not self.mark.text:
            return True
        body = self.body
        small = self.mark and self.mark.sign in (*UNORDERED, Sign.SMALL_LETTER, Sign.SMALL_ROMAN)
        if small or not 2 < len(text) <= _LONGEST_HEADING or not body or starts_lower(body):
            return False
        if not any(c.isalpha() for c in body) or not Printed(text=body, page=0).applies:
            return False
        if not self.mark and not is_upper_case(body) and not self.line.stands_off:
            return False
        return text[-1] not in ".;,:" or (is_upper_case(body) and text[-1] != ";")

    @cached_property
    def style(self) -> tuple[int, Sign | None, bool]:
        """How it is printed: its level, its sign, whether in capitals."""
        sign = self.mark.sign if self.mark else None
        if sign is Sign.ARABIC and is_upper_case(self.body):
            sign = Sign.DECIMAL  # "2. DIRECCIÓN" is one of "2.1 JEFATURA"
        return (self.line.level, sign, is_upper_case(self.body))


def find_labels(line: Line, words: Words) -> tuple[Hit, ...]:
    """The labels of a line, each with the value that stands beside it in the line."""
    cells = line.filled
    if len(cells) > 1 and is_sign(cells[0]):
        cells = (f"{cells[0]} {cells[1]}", *cells[2:])
    if not cells or heads_columns_only(cells, words):
        return ()
    hits: list[Hit] = []
    for at, cell in enumerate(cells):
        waits = bool(hits) and not hits[-1].value and ":" not in cell
        hit = None if waits else _label_of(cell, words, first=at == 0, alone=len(cells) == 1)
        if hit:
            hits.append(hit)
        elif hits and (other := _other_field(hits[-1], cell)):
            hits.append(other)
        elif hits:
            last = hits[-1]
            hits[-1] = Hit(last.kind, last.printed, f"{last.value} {cell}".strip(), last.unit)
        elif ": " not in cell:
            return ()
    if hits and hits[0].kind is Kind.FUNCTIONS and _MIDWAY.match(hits[0].value):
        return ()  # "ACTIVIDADES  DEL SISTEMA": spaced text, no label with its value
    return tuple(hits)


def _other_field(last: Hit, cell: str) -> Hit | None:
    """A cell with a label that no list knows and its value, beside one that has both too."""
    field = _FIELD.fullmatch(cell)
    if field is None or not last.value or ":" not in last.printed:
        return None
    return Hit(Kind.OTHER, field[1], field[2])


def _label_of(cell: str, words: Words, *, first: bool, alone: bool) -> Hit | None:
    start = _body_start(cell)
    body = cell[start:]
    kind = words.label(body)
    if kind is None and first and not alone:
        kind = words.misprinted(body)
    if kind:
        bare = alone and not cell.rstrip().endswith(":")
        in_text = bare and (starts_lower(body) or (body.endswith(".") and not is_upper_case(body)))
        return None if in_text or (bare and kind in _WEAK) else Hit(kind, cell, "")
    split = words.split(body)
    if split:
        return Hit(split[0], cell[:start] + split[1], split[2])
    return _named(cell, body, words) or (_without_colon(cell, start, words) if first else None)


def _named(cell: str, body: str, words: Words) -> Hit | None:
    """ "FUNCIONES DE LA DIRECCIÓN DE CATASTRO": a label that names its unit."""
    if len(body) > _LONGEST_HEADING or body[-1:] in ".;,":
        return None
    match = words.functions_of.fullmatch(fold(body).rstrip(" :"))
    if not match:
        return None
    kind = Kind.FUNCTIONS if match["functions"] else Kind.OBJECTIVE
    return Hit(kind, cell, "", body[match.start("unit") : match.end("unit")])


def _without_colon(cell: str, start: int, words: Words) -> Hit | None:
    """ "Jefe inmediato Dirección General": where a name follows, no colon is needed."""
    body = cell[start:]
    match = words.starts.match(fold(body)) if len(body) <= _LONGEST_BARE else None
    if not match or not match.lastgroup:
        return None
    value = body[match.end() :]
    label = body[: match.end()].rstrip()
    named = value[:1].isupper() and words.is_unit(value) and " " in label
    return Hit(Kind(match.lastgroup), cell[: start + len(label)], value) if named else None


def _body_start(cell: str) -> int:
    """Where the text begins after a sign such as "2." or "III.-"."""
    marks = read_marks(cell)
    return len(cell) - len(marks[0].text) if marks and marks[0].text else 0


def is_sign(cell: str) -> bool:
    marks = read_marks(f"{cell} X")
    return bool(marks) and marks[0].text == "X" and len(cell) <= 8


def heads_columns_only(cells: Sequence[str], words: Words) -> bool:
    """Whether the row is the head of a table with a column for each label."""
    labels = [cell for cell in cells if words.label(cell)]
    colons = sum(cell.endswith(":") for cell in cells)
    return len(cells) > 1 and len(labels) == len(cells) and colons in (0, len(cells))
