"""A list of functions read: numbered, lettered, with roman numerals, bullets, dashes or nothing.

The first item sets the list's sign. Items with another sign are inside the function before them
and belong to its text. A function may be cut by a page break, and several may stand in one cell.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpus.model import Function, Passage, PassageKind, Printed
from ingest.labels import Tagged
from ingest.layouts.marks import UNORDERED, WORDED, Mark, Sign, read_marks
from ingest.layouts.words import Words
from ingest.lines import Line
from ingest.prose import extend_last
from ingest.text import ends_sentence, fold, is_cut_short, is_upper_case, starts_lower

_INLINE = re.compile(r"\s+(?=[•·●▪◦■□➢➤►✓✔❖◆♦∙\uf0b7\uf0a7\uf0d8\uf0fc\uf076]\s*\S)")
_SKIPPED = 5
"""How many numbers a list may skip and still be the same list."""
_LONGEST_HEADING = 90
_ORDERED_WITH_TEXT = (Sign.ARABIC, Sign.DECIMAL, Sign.ROMAN, Sign.SMALL_ROMAN, Sign.LETTER,
                      Sign.SMALL_LETTER)  # fmt: skip


@dataclass
class FunctionList:
    """The functions of a unit as far as they are read, in one list or several."""

    words: Words
    passages: list[Passage]
    """Where the passages go: those of the whole unit."""
    functions: list[Function] = field(default_factory=list)
    sign: Sign | None = None
    """The list's sign; None before the first item, and for a list without signs."""
    usual_sign: Sign | None = None
    """That of the last function that had one, in whatever list."""
    last_value: int = 0
    unsigned: bool = False
    fresh: bool = True
    """No item of the present list was read yet: nothing goes on with one."""

    def begin(self) -> None:
        """Another list of the same unit begins."""
        self.sign, self.unsigned, self.last_value, self.fresh = None, False, 0, True

    def counts_on(self, tag: Tagged) -> Mark | None:
        """The sign of a line that counts on from the last function, after something that is no
        part of the list: a page's head, a stamp."""
        mark = next((m for m in tag.marks if m.sign in _ORDERED_WITH_TEXT and m.text), None)
        next_number = self.functions[-1].number + 1 if self.functions else 0
        if mark is None or mark.value != next_number or mark.sign is not self.usual_sign:
            return None
        return None if is_upper_case(mark.text) else mark

    def resume(self, mark: Mark) -> None:
        """Goes on where the list was interrupted, with an item of this sign."""
        self.sign, self.last_value = mark.sign, mark.value - 1
        self.unsigned = self.fresh = False

    def take_headed(self, line: Line, heading: str, text: str) -> None:
        """Reads a function that has a heading of its own ("Función principal 1: …"); a list of
        further ones may follow."""
        self._add(line, heading, PassageKind.BOILERPLATE)
        self.functions.append(
            Function(number=len(self.functions) + 1, text=text, page=line.page, mark=heading)
        )
        self._add(line, text, PassageKind.FUNCTION)

    def take(self, tag: Tagged) -> bool:
        """Reads a line into the list; False where the line is no part of it."""
        line = tag.line
        if self._is_table_head(line):
            self._add(line, line.text, PassageKind.BOILERPLATE)
            return True
        pieces = list(_pieces(line))
        for text in pieces:
            marks = tag.marks if len(pieces) == 1 else read_marks(text)
            if not self._take_piece(line, text, tag, marks):
                return False
        return True

    def _take_piece(self, line: Line, text: str, tag: Tagged, marks: Sequence[Mark]) -> bool:
        mark = self._item(marks)
        if mark:
            self._add_function(line, mark)
        elif self._goes_on(line, text, tag, marks):
            self._extend(line, text)
        elif self.functions and not self.unsigned:
            return False
        elif not self.functions and not Printed(text=text, page=line.page).applies:
            self._add(line, text, PassageKind.PARAGRAPH)
        elif self._is_plain_item(text, tag):
            self.unsigned = True
            self._add_function(line, Mark(Sign.BULLET, 0, "", text))
        elif self.functions:
            return False
        else:
            self._add(line, text, PassageKind.PARAGRAPH)
        return True

    def _item(self, marks: Sequence[Mark]) -> Mark | None:
        """The sign of a new function, if one of those that a text begins with is this list's."""
        if self.unsigned:
            return None
        for mark in marks:
            if not mark.text or not (mark.sign in UNORDERED or mark.sign in _ORDERED_WITH_TEXT):
                continue
            if self.sign is None:
                if mark.sign in UNORDERED or mark.value <= _SKIPPED + 1 or mark.text[0].isupper():
                    return mark
            elif mark.sign is self.sign and self._in_turn(mark):
                return mark
        return None

    def _in_turn(self, mark: Mark) -> bool:
        if mark.sign in (*UNORDERED, Sign.DECIMAL):
            return True
        if mark.sign is Sign.ARABIC and starts_lower(mark.text) and is_cut_short(self._last_text):
            return False
        in_turn = self.last_value <= mark.value <= self.last_value + _SKIPPED
        anew = mark.value == 1 and ends_sentence(self._last_text)
        return in_turn or anew

    @property
    def _last_text(self) -> str:
        return self.functions[-1].text if self.functions else ""

    def _goes_on(self, line: Line, text: str, tag: Tagged, marks: Sequence[Mark]) -> bool:
        """Whether the text is the rest of the function before it."""
        if not self.functions or self.fresh:
            return False
        last = self._last_text
        if marks and marks[0].sign in WORDED:
            return False
        if marks and self.sign is not None and not self.unsigned:
            return not is_upper_case(marks[0].text)
        if starts_lower(text) or is_cut_short(last):
            return True
        unfinished = not ends_sentence(last.rstrip(",")) or last.endswith(":")
        if not line.opens_page and line.gap > 0:
            return False
        if tag.may_head and is_upper_case(text) and line.stands_off:
            return False
        return unfinished and not (self.unsigned and line.stands_off)

    def _is_plain_item(self, text: str, tag: Tagged) -> bool:
        """Whether the text is a function without a sign: a paragraph that is no introduction."""
        if self.sign is not None or text.endswith(":") or starts_lower(text):
            return False
        if is_upper_case(text) and len(text) <= _LONGEST_HEADING:
            return False
        return not tag.line.level

    def _is_table_head(self, line: Line) -> bool:
        heads = (self.words.table_heads.fullmatch(fold(cell)) for cell in line.filled)
        return len(line.filled) > 1 and all(heads)

    def _add_function(self, line: Line, mark: Mark) -> None:
        self.fresh = False
        if mark.printed:
            self.sign = self.usual_sign = mark.sign
            self.last_value = mark.value
        plain = mark.sign is Sign.ARABIC
        number = mark.value if mark.value and mark.sign is not Sign.DECIMAL else 0
        self.functions.append(
            Function(
                number=number or len(self.functions) + 1,
                text=mark.text,
                page=line.page,
                mark=None if plain else mark.printed,
            )
        )
        self._add(line, mark.text, PassageKind.FUNCTION)

    def _extend(self, line: Line, text: str) -> None:
        extend_last(self.functions, text)
        last = self.passages[-1]
        if last.page == line.page and last.kind is PassageKind.FUNCTION:
            extend_last(self.passages, text)
        else:
            self._add(line, text, PassageKind.FUNCTION, continues=True)

    def _add(self, line: Line, text: str, kind: PassageKind, *, continues: bool = False) -> None:
        function = self.functions[-1].number if kind is PassageKind.FUNCTION else None
        self.passages.append(line.passage(kind, text, continues=continues, function=function))


def _pieces(line: Line) -> Iterator[str]:
    """The texts of a line that may each be a function: bulleted ones in one cell, parted."""
    return (piece.strip() for piece in _INLINE.split(line.text) if piece.strip())
