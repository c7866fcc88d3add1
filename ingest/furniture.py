"""Page headers: where they stand in the text, and what they say about the manual and the page.

A header is, in this order and each part optional but the second: the logo ("Gobierno / de / — /
City") and "MANUAL DE ORGANIZACIÓN"; the code block (CÓDIGO, VERSIÓN, EMISIÓN, PÁGINA, or what
`layouts/words.toml` has for them); the dependency's name. Headers of other kinds are told by
their repetition, in `running_lines.py`.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from ingest.labels import find_labels
from ingest.layouts.words import HeaderEntry, standard_words
from ingest.lines import Line
from ingest.text import collapse, fold, is_upper_case, strip_marks

_PAGE = re.compile(r"(\d+)(?:\s*(?:de|/)\s*(\d+))?")
_TITLE = re.compile(r"manual de organizacion\b.{0,20}")
_LOGO = re.compile(r"(?:gobierno|ayuntamiento|municipio)\b.{0,80}")
_MAX_BLANKS = 2
"""Blank lines inside a header; from three on they are a page break."""
_LOGO_LINES = 8


@dataclass(frozen=True)
class Header:
    """A page header: the indexes of its first and last line, and its entries."""

    first: int
    last: int
    entries: dict[str, str] = field(default_factory=dict)

    @property
    def page(self) -> int | None:
        """n of "PÁGINA: n de N"."""
        return self._page_part(1)

    @property
    def total(self) -> int | None:
        """N of "PÁGINA: n de N"."""
        return self._page_part(2)

    def _page_part(self, group: int) -> int | None:
        match = _PAGE.match(self.entries.get("pagina", ""))
        return int(match[group]) if match and match[group] else None


@dataclass(frozen=True)
class Furniture:
    """All the headers of a text, in order, and the dependency's name as they print it."""

    headers: tuple[Header, ...]
    dependency: str
    example: tuple[tuple[int, int, str], ...] = ()
    """The code block of the first header that tells its page: page, line number from 1, text."""

    def most_printed(self, label: str) -> str:
        """The commonest value of a header entry ("codigo", "version", "emision"), or ""."""
        values = Counter(h.entries[label] for h in self.headers if h.entries.get(label))
        return values.most_common(1)[0][0] if values else ""


def find_furniture(lines: Sequence[str]) -> Furniture:
    """The page headers in the lines of a text (marks and all), and what they have in common."""
    rows = [collapse(strip_marks(line)) for line in lines]
    blocks = _code_blocks(rows)
    dependency = _repeated_name(rows, blocks)
    headers = (
        Header(_first_line(rows, block.first, dependency), _last_line(rows, block, dependency),
               block.entries)
        for block in blocks
    )  # fmt: skip
    return Furniture(tuple(headers), " ".join(dependency), _example(rows, blocks))


def _example(rows: Sequence[str], blocks: Sequence[Header]) -> tuple[tuple[int, int, str], ...]:
    """The printed code block that the document's own facts can be quoted from."""
    for block in blocks:
        if block.page is not None:
            lines = range(block.first, block.last + 1)
            return tuple((block.page, at + 1, rows[at]) for at in lines if rows[at])
    return ()


def _code_blocks(rows: Sequence[str]) -> list[Header]:
    """The runs of lines with CÓDIGO, VERSIÓN, EMISIÓN, PÁGINA."""
    blocks: list[Header] = []
    at = 0
    while at < len(rows):
        entries = _entries(rows[at])
        if not entries:
            at += 1
            continue
        first = last = at
        at += 1
        while (found := _next_printed(rows, at, 1)) is not None:
            more = _entries(rows[found])
            if not more or more.keys() & entries.keys():
                break
            entries |= more
            last, at = found, found + 1
        if {"codigo", "pagina"} & entries.keys() and len(entries) > 1:
            blocks.append(Header(first, last, entries))
    return blocks


def _entries(row: str) -> dict[str, str]:
    if ":" not in row:
        return {}
    folded = fold(row)
    pattern = _entry_pattern()
    if not pattern.match(folded):
        return {}
    found = list(pattern.finditer(folded))
    ends = [*(match.start() for match in found[1:]), len(row)]
    return {
        HeaderEntry(match.lastgroup or ""): row[match.end() : end].strip()
        for match, end in zip(found, ends, strict=True)
    }


@lru_cache(maxsize=1)
def _entry_pattern() -> re.Pattern[str]:
    entries = "|".join(
        f"(?P<{entry}>{pattern.pattern})" for entry, pattern in standard_words().header.items()
    )
    return re.compile(rf"(?<![^\W_])(?:{entries})\s*:\s*")


def _repeated_name(rows: Sequence[str], blocks: Sequence[Header]) -> tuple[str, ...]:
    """The lines after the code blocks that are the same again and again: the dependency.

    It may be broken in two lines. Nothing is taken for it that follows just one header.
    """
    followers: Counter[tuple[str, ...]] = Counter()
    for block in blocks:
        first = _next_printed(rows, block.last + 1, _MAX_BLANKS)
        if first is None or find_labels(Line(0, 0, (rows[first],)), standard_words()):
            continue
        followers[rows[first],] += 1
        if first + 1 < len(rows) and is_upper_case(rows[first + 1]) and is_upper_case(rows[first]):
            followers[rows[first], rows[first + 1]] += 1
    singles = {
        name: count
        for name, count in followers.items()
        if len(name) == 1 and count > 1 and (is_upper_case(name[0]) or count * 5 >= len(blocks) * 2)
    }
    if not singles:
        return ()
    name = max(singles, key=lambda n: singles[n])
    wrapped = {n: c for n, c in followers.items() if len(n) == 2 and n[:1] == name}
    longer = max(wrapped, key=lambda n: wrapped[n], default=name)
    return longer if followers[longer] * 5 >= singles[name] * 4 else name


def _first_line(rows: Sequence[str], block_first: int, dependency: tuple[str, ...]) -> int:
    """Where the header begins that has its code block at `block_first`."""
    first = block_first
    while (above := _previous_printed(rows, first - 1)) is not None:
        row = rows[above]
        if is_upper_case(row) and (_TITLE.fullmatch(fold(row)) or row in dependency):
            first = above
            continue
        logo = _logo_start(rows, above)
        return first if logo is None else logo
    return first


def _logo_start(rows: Sequence[str], last: int) -> int | None:
    """The first line of the logo that ends at `last`, if that is a logo."""
    for first in range(last, max(-1, last - _LOGO_LINES), -1):
        if not rows[first]:
            return None
        if _LOGO.fullmatch(fold(rows[first])):
            logo = fold(" ".join(rows[first : last + 1]))
            return first if re.search(r"\bde\b|[—–-]", logo) and len(logo) <= 80 else None
    return None


def _last_line(rows: Sequence[str], block: Header, dependency: tuple[str, ...]) -> int:
    """Where the header ends: at its code block, or at the dependency's name after it."""
    following = _next_printed(rows, block.last + 1, _MAX_BLANKS)
    if following is None or not dependency:
        return block.last
    name = tuple(rows[following : following + len(dependency)])
    return following + len(dependency) - 1 if name == dependency else block.last


def _next_printed(rows: Sequence[str], start: int, max_blanks: int) -> int | None:
    """The first line from `start` on that isn't blank, if it is within reach."""
    for at in range(start, min(len(rows), start + max_blanks + 1)):
        if rows[at]:
            return at
    return None


def _previous_printed(rows: Sequence[str], start: int) -> int | None:
    for at in range(start, max(-1, start - _MAX_BLANKS - 1), -1):
        if rows[at]:
            return at
    return None
