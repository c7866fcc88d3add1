"""The text of a manual cut into its printed pages, without the page headers.

A page begins at a form feed, at three or more blank lines, or at a page header. Not every page
prints its number, and not every run of blank lines is a page break (the cover and the chart
pages, whose pictures are lost, have such runs inside). So the pieces of text are reconciled with
the printed "PÁGINA: n de N": those between two printed numbers share the pages between them.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from ingest.furniture import Furniture, Header, find_furniture
from ingest.layouts.words import Words, standard_words
from ingest.lines import Line, WarningLog, split_cells
from ingest.running_lines import find_running
from ingest.text import fold, is_upper_case, roman_value

_BREAK_BLANKS = 3
_PAGE_OF = re.compile(r"\b(?:hoja|pagina|pag\.?|folio)\s*:?\s*(\d{1,4})\s*(?:de|/)\s*(\d{1,4})\s*$")
_COVER_TOP = 20
"""Lines within which the first page prints its number, where numbers stand at the top."""
_HEADING = re.compile(r"(?:([IVXLC]+)\.?\s+\S|\d+(?:\.\d+)*\.?\s+[^\W\d_])")


@dataclass(frozen=True)
class Pages:
    """The pages of a manual: their lines in order, and what the page headers say."""

    lines: tuple[Line, ...]
    count: int
    """How many pages the manual has, by its own "n de N" if it prints that."""
    furniture: Furniture
    running: tuple[Line, ...] = ()
    """Running heads and feet, each wording once, where it stands first."""
    physical: Mapping[int, int] = field(default_factory=dict)
    """The printed page of each physical one, where the source tells its pages apart."""


@dataclass(frozen=True)
class _Segment:
    """A piece of text between two possible page breaks."""

    lines: tuple[Line, ...]
    header: Header | None
    anchor: int | None = None
    """Its page, where a header tells it and no other header contradicts that."""
    page: int | None = None
    """The page that a running head or foot prints."""
    running: tuple[Line, ...] = ()

    @property
    def printed_page(self) -> int | None:
        return (self.header.page if self.header else None) or self.page


def split_pages(
    text: str,
    log: WarningLog,
    headings: Mapping[int, int] | None = None,
    words: Words | None = None,
    offset: int | None = None,
) -> Pages:
    """Cuts the text of a manual into its printed pages.

    `headings` are the levels of the lines that the source says are headings. With an `offset`, a
    page's number is its place in the source plus that, whatever is printed. Warns of page numbers
    that are out of order, of pages that are missing, and of a last page that is not reached.
    """
    source = _with_breaks(text.split("\n"))
    furniture = find_furniture([line.replace("\f", " ") for line in source])
    total = _total(furniture)
    segments = _segments(source, furniture.headers, headings or {})
    segments, running, printed_total = _without_running(segments, words or standard_words())
    total = total or printed_total
    segments = _anchored(segments, total, log)
    numbers = _number(segments, total, log)
    if offset is not None and "\f" in text:
        numbers = [max(1, at + offset) for at in range(1, len(segments) + 1)]
    last = max(numbers, default=0)
    if total and last < total:
        log.add(f"El manual dice tener {total} páginas, pero el texto llega a la {last}.")
    lines: list[Line] = []
    for number, segment in zip(numbers, segments, strict=True):
        starts = not lines or lines[-1].page != number
        lines += (
            replace(line, page=number, opens_page=starts and at == 0)
            for at, line in enumerate(segment.lines)
        )
    first = {line.number: number for number, segment in zip(numbers, segments, strict=True)
             for line in segment.running}  # fmt: skip
    heads = tuple(replace(line, page=first[line.number]) for line in running)
    physical = dict(enumerate(numbers, start=1)) if "\f" in text else {}
    return Pages(tuple(lines), max(total, last), furniture, heads, physical)


def _with_breaks(source: list[str]) -> list[str]:
    """The lines with page breaks, where a text has none but prints "Hoja 2 de 9" on every page."""
    blank = "\n".join("x" if line.strip() else "" for line in source)
    if any("\f" in line for line in source) or "\n" * (_BREAK_BLANKS + 1) in blank:
        return source
    found = [(at, m) for at, line in enumerate(source) if (m := _PAGE_OF.search(fold(line)))]
    numbers, totals = [int(m[1]) for _, m in found], {m[2] for _, m in found}
    if len(found) < 2 or numbers != list(range(1, len(found) + 1)) or totals != {str(numbers[-1])}:
        return source
    heads = found[0][0] < _COVER_TOP
    starts = {at for at, _ in found[1:]} if heads else {at + 1 for at, _ in found[:-1]}
    return [f"\f{line}" if at in starts else line for at, line in enumerate(source)]


def _without_running(
    segments: Sequence[_Segment], words: Words
) -> tuple[list[_Segment], list[Line], int]:
    """The segments without running heads and feet, these once each, and the pages' total."""
    headed = sum(1 for segment in segments if segment.header)
    found = find_running(
        [segment.lines for segment in segments], words, has_headers=headed * 2 >= len(segments)
    )
    kept: dict[str, Line] = {}
    cleaned: list[_Segment] = []
    for index, (segment, places) in enumerate(zip(segments, found.places, strict=True)):
        gone = tuple(segment.lines[at] for at in sorted(places))
        for line in gone:
            kept.setdefault(re.sub(r"\d+", "#", line.text), line)
        lines = tuple(line for at, line in enumerate(segment.lines) if at not in places)
        page = None if segment.header and segment.header.page else found.pages.get(index)
        cleaned.append(replace(segment, lines=lines, page=page, running=gone))
    return cleaned, list(kept.values()), found.total


def _total(furniture: Furniture) -> int:
    totals = [h.total for h in furniture.headers if h.total]
    return max(set(totals), key=totals.count) if totals else 0


def _segments(
    source: Sequence[str], headers: Sequence[Header], headings: Mapping[int, int]
) -> list[_Segment]:
    """The pieces of text between page breaks, each with its header and its printed lines."""
    by_first = {h.first: h for h in headers}
    inside = {at for h in headers for at in range(h.first, h.last + 1)}
    paged = sum(line.count("\f") for line in source) >= max(1, len(headers) // 2)
    segments: list[_Segment] = []
    lines: list[Line] = []
    header: Header | None = None
    blanks = _BREAK_BLANKS

    def close(*, keep_empty: bool = False) -> None:
        nonlocal lines, header
        if lines or header or keep_empty:
            segments.append(_Segment(tuple(lines), header))
        lines, header = [], None

    for at, printed in enumerate(source):
        for _ in range(printed.count("\f")):
            close(keep_empty=True)
            blanks = _BREAK_BLANKS
        if at in by_first:
            if not paged or header:
                close()
            header = by_first[at]
        if at in inside:
            blanks = 0
            continue
        cells = split_cells(printed.replace("\f", " "))
        if not cells:
            blanks += 1
            continue
        if blanks >= _BREAK_BLANKS and not paged and lines:
            close()
        level = headings.get(at + 1, 0)
        lines.append(Line(at + 1, 0, cells, gap=blanks, printed=printed, level=level))
        blanks = 0
    close()
    return segments


def _anchored(segments: Sequence[_Segment], total: int, log: WarningLog) -> list[_Segment]:
    """The segments with the page numbers that can be relied on: the longest rising run."""
    printed = [(at, s.printed_page) for at, s in enumerate(segments) if s.printed_page]
    rising = _longest_rising([(at, page) for at, page in printed if page <= (total or page)])
    for at, page in printed:
        if (at, page) not in rising:
            line = segments[at].lines[:1]
            log.add(
                f"El encabezado dice página {page}, pero está fuera de orden: "
                "se numeró por su lugar en el texto.",
                line[0] if line else None,
                page=page,
            )
    anchors = dict(rising)
    return [replace(s, anchor=anchors.get(at)) for at, s in enumerate(segments)]


def _longest_rising(printed: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest subsequence in which the page numbers rise; of two, the one that ends lower."""
    best: list[tuple[int, int]] = []  # (length, previous) for each
    for at, (_, page) in enumerate(printed):
        before = [(best[b][0], -b) for b in range(at) if printed[b][1] < page]
        length, previous = max(before, default=(0, 1))
        best.append((length + 1, -previous))
    run: list[tuple[int, int]] = []
    at = max(range(len(best)), key=lambda b: (best[b][0], -printed[b][1]), default=-1)
    while at >= 0:
        run.append(printed[at])
        at = best[at][1]
    return run[::-1]


def _number(segments: Sequence[_Segment], total: int, log: WarningLog) -> list[int]:
    """The page of each segment.

    Between two anchors, segments and pages are counted: where there are too many segments the
    least page-like breaks are taken for blank space within a page, where there are too few the
    last pages are missing.
    """
    anchors = [(at, s.anchor) for at, s in enumerate(segments) if s.anchor is not None]
    if not anchors:
        log.add(
            "Ninguna página trae impreso su número: se numeraron en el orden del texto, "
            "y pueden no coincidir con las impresas."
        )
    spans = _spans(anchors, len(segments), total)
    numbers: list[int] = []
    for (start, first), (end, after) in spans:
        count = min(after - first, end - start)
        starts = _page_starts(segments[start:end], count)
        page = first - 1
        for at in range(end - start):
            page += at in starts
            numbers.append(max(page, 1))
        if end <= len(segments) and page < after - 1 and anchors and after <= total:
            _warn_missing(page + 1, after - 1, log)
    return numbers


def _spans(
    anchors: Sequence[tuple[int, int]], segments: int, total: int
) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Pairs of (segment, page) borders between which segments share pages.

    After the last anchor the pages go up to the total, or, where the manual prints none, are as
    many as there are segments.
    """
    borders: list[tuple[int, int]] = list(anchors)
    if not borders or borders[0][0] > 0 or borders[0][1] > 1:
        borders.insert(0, (0, 1))
    at, page = borders[-1]
    borders.append((segments, max(total, page) + 1 if total else page + segments - at))
    return [(a, b) for a, b in pairwise(borders) if a[0] < b[0] or a[1] < b[1]]


def _page_starts(segments: Sequence[_Segment], count: int) -> set[int]:
    """Which of the segments begin a page, if they share `count` pages; the first one does."""
    if not segments or count <= 0:
        return set()
    ranked = sorted(range(1, len(segments)), key=lambda at: (-_pageness(segments[at]), at))
    return {0, *ranked[: count - 1]}


def _pageness(segment: _Segment) -> int:
    """How much a segment looks like the top of a page rather than a piece of one."""
    if segment.header:
        return 10_000
    if not segment.lines:
        return 0
    first = segment.lines[0].text
    match = _HEADING.match(first)
    numbered = match is not None and (match[1] is None or roman_value(match[1]) is not None)
    heading = numbered or (is_upper_case(first) and len(first) > 3)
    return min(len(segment.lines), 100) + (1_000 if heading and len(segment.lines) > 1 else 0)


def _warn_missing(first: int, last: int, log: WarningLog) -> None:
    if first == last:
        log.add(f"Falta la página {first}: no hay texto entre las páginas vecinas.", page=first)
    else:
        log.add(f"Faltan las páginas {first} a {last}.", page=first)
