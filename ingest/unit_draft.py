"""A unit as far as it is read: its fields, its lists, its passages."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.model import Passage, PassageKind, Printed, SheetField
from ingest.function_lists import FunctionList
from ingest.layouts.words import FIELDS, Kind, Words
from ingest.lines import Line
from ingest.prose import read_passages
from ingest.stated_lines import Stated, find_stated
from ingest.text import collapse, is_cut_short, starts_lower

BULLETS = re.compile(r"[•·●▪◦■□➢➤►✓✔❖◆♦∙\uf0b7\uf0a7\uf0d8\uf0fc\uf076]\s*")
_FULL_LINE = 75
"""From so many letters on a line may well have been wrapped."""


@dataclass
class UnitDraft:
    """A unit as far as it is read."""

    words: Words
    titles: frozenset[str]
    title: str = ""
    """The unit's own, where sentences may say by name who depends on it."""
    fields: dict[Kind, Printed] = field(default_factory=dict)
    by_sentence: set[Kind] = field(default_factory=set)
    """The fields that running text stated, without a label."""
    reports: list[str] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    lists: FunctionList = field(init=False)
    in_list: bool = False
    resumable: bool = False
    """The list of functions ended without another field's label, and may go on."""
    heading: Printed | None = None
    open_field: Kind | None = None
    """The field that a row without a label goes on with."""
    bulleted: bool = False
    """A row of that field began with a bullet, so that each that does so lists on."""
    prose: list[Line] = field(default_factory=list)
    further: list[SheetField] = field(default_factory=list)
    """The fields without a name here: what the labels of the kind OTHER say, and learned ones."""
    open_label: str = ""
    """The label of the further field that is being read, with what stands beside it."""
    beside: tuple[Printed, ...] = ()
    below: int = 0
    """Where among the passages what stands below that label begins."""

    def __post_init__(self) -> None:
        self.lists = FunctionList(self.words, self.passages)

    def begin_field(self, kind: Kind, value: str, page: int, row: str) -> bool:
        """Sets a field by its label: what a sentence said before, or an empty row, gives way.

        False where the field was read already, by a label of the same kind.
        """
        known = self.fields.get(kind)
        if known and known.text and kind not in self.by_sentence:
            return False
        self.by_sentence.discard(kind)
        self.fields.pop(kind, None)
        self.bulleted = BULLETS.match(value) is not None
        if kind is Kind.DIRECT_REPORTS:
            self.reports.clear()
        self.set_field(kind, value, page, row)
        return True

    def set_field(self, kind: Kind, value: str, page: int, row: str, *, anew: bool = False) -> None:
        """Sets a field, or goes on with it; with `anew`, by another entry that has a bullet."""
        value = BULLETS.sub("", value.strip(), count=1) if BULLETS.match(value) else value.strip()
        known = self.fields.get(kind)
        text = " ".join(part for part in (known.text if known else "", value) if part)
        whole = collapse(f"{known.row} {row}") if known and known.row != row else row
        page = known.page if known and known.text else page
        self.fields[kind] = Printed(text=text, page=page, row=whole)
        if kind is Kind.DIRECT_REPORTS and value:
            self._add_report(value, anew=anew)

    def _add_report(self, value: str, *, anew: bool) -> None:
        """Another line of the field: an entry of its own, or the rest of the line above."""
        bulleted = [piece.strip() for piece in BULLETS.split(value) if piece.strip()]
        if len(bulleted) > 1:
            self.reports += bulleted
            return
        last = self.reports[-1] if self.reports else ""
        enumerates = any(sign in last for sign in ",;")
        broken = is_cut_short(last) or starts_lower(value) or len(last) >= _FULL_LINE
        if last and not anew and (enumerates or broken):
            self.reports[-1] = f"{last} {value}"
        else:
            self.reports.append(value)

    def open_further(self, label: str, value: Printed | None) -> None:
        """A further field begins; the one before it is closed by `close_further`."""
        self.open_label, self.below = label, len(self.passages)
        self.beside = (value,) if value is not None and value.text else ()

    def close_further(self) -> None:
        """The further field that is open ends here, with the passages that were read since."""
        if self.open_label:
            below = [Printed(text=p.text, page=p.page) for p in self.passages[self.below :]]
            lines = (*self.beside, *below)
            if lines:
                self.further.append(SheetField(label=self.open_label, lines=lines))
        self.open_label = ""

    def end_row(self) -> None:
        """Something else begins: running text, list and field are over."""
        self.flush()
        self.close_further()
        self.in_list, self.open_field = False, None

    def flush(self) -> None:
        """The running text gathered so far, as passages; reporting lines that it states."""
        made = read_passages(self.prose)
        self.prose = []
        self.keep(made)

    def keep(self, made: Sequence[Passage]) -> None:
        """Passages of running text, with the reporting lines that they state."""
        for passage in made:
            for stated in find_stated(passage.text, self.words, self.titles, self.title):
                self.state(stated, passage.page)
        self.passages += made

    def state(self, stated: Stated, page: int) -> None:
        if stated.kind not in self.fields:
            self.by_sentence.add(stated.kind)
            self.set_field(stated.kind, stated.name, page, stated.sentence)

    def add(self, line: Line, kind: PassageKind, text: str, of: Kind | None = None) -> None:
        self.passages.append(line.passage(kind, text, of=FIELDS.get(of) if of else None))
