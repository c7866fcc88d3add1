"""Word's automatic numbers and bullets, as it prints them.

A paragraph names a list (`numId`) and a level, itself or by its style; `numbering.xml` says how
the numbers of each level look. They are counted here in the order of the document.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ingest.readers.docx.styles import Styles, value, w
from ingest.text import to_letters, to_roman

_LEVELS = 9
_PLAIN_BULLETS = ("-", "–", "—", "*")
_HIGHEST = 32_767
"""Word's own highest number."""


@dataclass(frozen=True)
class _Level:
    """How the numbers of a level look."""

    start: int
    form: str
    text: str
    """Such as "%1.%2)"."""
    is_legal: bool
    """All its numbers are arabic."""
    restarts: bool
    style: str | None
    """The paragraph style that stands for this level."""


class Numbering:
    """The lists of a document, and how far each has been counted."""

    def __init__(self, root: Any, styles: Styles) -> None:
        """`root` is the element of numbering.xml, or None where the document has none."""
        self._styles = styles
        self._levels: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, str] = {}
        self._starts: dict[str, dict[int, int]] = {}
        self._own: dict[str, dict[int, _Level]] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[str] = set()
        if root is not None:
            self._read(root)

    def label(self, paragraph: Any) -> str:
        """The number or bullet that Word prints before a paragraph, or "". Counts it."""
        number, level = self._place(paragraph)
        if number not in self._lists:
            return ""
        levels = self._levels_of(number)
        if level not in levels:
            return ""
        counts = self._count(number, level, levels)
        return _printed(levels, level, counts)

    def _read(self, root: Any) -> None:
        linked: dict[str, str] = {}
        named: dict[str, str] = {}
        for abstract in root.iterchildren(w("abstractNum")):
            id_ = abstract.get(w("abstractNumId"))
            self._levels[id_] = _read_levels(abstract)
            if link := value(abstract.find(w("numStyleLink"))):
                linked[id_] = link
            if name := value(abstract.find(w("styleLink"))):
                named[name] = id_
        for id_, name in linked.items():
            if name in named:
                self._levels[id_] = self._levels[named[name]]
        for number in root.iterchildren(w("num")):
            self._read_list(number)

    def _read_list(self, number: Any) -> None:
        id_ = number.get(w("numId"))
        abstract = value(number.find(w("abstractNumId")))
        if abstract not in self._levels:
            return
        self._lists[id_] = abstract
        self._own[id_] = {}
        for override in number.iterchildren(w("lvlOverride")):
            level = _integer(override.get(w("ilvl")), 0)
            start = value(override.find(w("startOverride")))
            if start is not None:
                self._starts.setdefault(id_, {})[level] = _integer(start, 1)
            self._own[id_].update(_read_levels(override))

    def _levels_of(self, number: str) -> Mapping[int, _Level]:
        return {**self._levels[self._lists[number]], **self._own[number]}

    def _place(self, paragraph: Any) -> tuple[str, int]:
        """The list and level of a paragraph; the list is "0" where it has none."""
        style = value(paragraph.find(f"{w('pPr')}/{w('pStyle')}")) or self._styles.default
        number, level = None, None
        own = paragraph.find(f"{w('pPr')}/{w('numPr')}")
        for properties in (own, *self._styles.numberings(style)):
            if properties is None:
                continue
            number = number if number is not None else value(properties.find(w("numId")))
            level = level if level is not None else value(properties.find(w("ilvl")))
        if number is None or number not in self._lists:
            return "0", 0
        if level is None:
            level = self._level_of_style(number, style)
        return number, _integer(level, 0)

    def _level_of_style(self, number: str, style: str | None) -> str:
        levels = self._levels_of(number)
        return str(next((at for at, each in levels.items() if style and each.style == style), 0))

    def _count(self, number: str, level: int, levels: Mapping[int, _Level]) -> list[int]:
        """Counts a paragraph; the counts of all levels down to its own."""
        abstract = self._lists[number]
        counts = self._counts.setdefault(abstract, [None] * _LEVELS)
        if number not in self._begun:
            self._begun.add(number)
            for at, start in self._starts.get(number, {}).items():
                if at < _LEVELS:
                    counts[at] = start - 1
        for at in range(level):
            if counts[at] is None:
                counts[at] = levels[at].start if at in levels else 1
        now = counts[level]
        counts[level] = levels[level].start if now is None else now + 1
        for below in range(level + 1, _LEVELS):
            if below not in levels or levels[below].restarts:
                counts[below] = None
        return [count or 0 for count in counts[: level + 1]]


def _read_levels(parent: Any) -> dict[int, _Level]:
    levels: dict[int, _Level] = {}
    for element in parent.iterchildren(w("lvl")):
        at = _integer(element.get(w("ilvl")), 0)
        if not 0 <= at < _LEVELS:
            continue
        legal = element.find(w("isLgl"))
        levels[at] = _Level(
            start=_integer(value(element.find(w("start"))), 0),
            form=value(element.find(w("numFmt"))) or "decimal",
            text=value(element.find(w("lvlText"))) or "",
            is_legal=legal is not None and value(legal) not in ("0", "false"),
            restarts=value(element.find(w("lvlRestart"))) != "0",
            style=value(element.find(w("pStyle"))),
        )
    return levels


def _integer(text: str | None, otherwise: int) -> int:
    try:
        number = int(text) if text is not None else otherwise
    except ValueError:
        return otherwise
    return min(max(number, 0), _HIGHEST)


def _printed(levels: Mapping[int, _Level], level: int, counts: list[int]) -> str:
    own = levels[level]
    if own.form == "bullet":
        return own.text if own.text in _PLAIN_BULLETS else "•"
    text = own.text
    for at, count in enumerate(counts):
        form = "decimal" if own.is_legal or at not in levels else levels[at].form
        text = text.replace(f"%{at + 1}", _number(count, form))
    return text.strip()


def _number(count: int, form: str) -> str:
    """A number in one of Word's forms; in arabic numerals where the form is not known."""
    if form == "none":
        return ""
    if form in ("upperRoman", "lowerRoman", "upperLetter", "lowerLetter") and count > 0:
        printed = to_roman(count) if form.endswith("Roman") else to_letters(count)
        return printed if form.startswith("upper") else printed.lower()
    if form == "decimalZero":
        return f"{count:02}"
    return f"{count}.º" if form == "ordinal" else str(count)
