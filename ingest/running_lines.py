"""Running heads and feet, told by their repetition at the edges of pages.

Any head will do: a name, "Página 1 de 605", "Edición 02", a table with the date. A line at a page's
edge is one if it comes again at the same edge of other pages, numbers aside; of what follows it
inwards, so is each next line that repeats too. Lines that are labels of a form are none.
"""

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.labels import find_labels
from ingest.layouts.marks import UNORDERED, Sign, read_marks
from ingest.layouts.words import Kind, Words
from ingest.lines import Line
from ingest.text import ends_sentence, fold

_DEPTH = {"top": 10, "bottom": 5}
"""How many lines from the edge a head and a foot may reach."""
_FEWEST = 3
_SHARE = 0.25
"""Share of the pages from which a repeated line is a running one, wherever they are."""
_SURE_SHARE = 0.6
"""Share from which a whole sentence is a running line; and any line, where headers were found."""
_STREAK = 4
"""On so many pages that nearly follow one another it is one too: the head of a chapter."""
_AT_MOST = 0.6
"""Share of all lines from which on what repeats is the text itself."""
_MOST_BROKEN = 4
_AMID = 0.5
"""A wording that stands amid pages so many times as often as at their edges is none."""
_WITHIN = 2
_SHORT_SENTENCE = 2
"""Words up to which an end like a sentence's says nothing: "No. 12.", "S.A. de C.V."."""
_NUMBER = re.compile(r"\d+")
_COUNTED = re.compile(r"\d+(?:\.\d+)*\s?[.)][-–]?\s*[^\W\d_]")
"""A heading or item that counts: "2. Jefatura 2" rises with the pages as their numbers do."""
_PAGE = re.compile(
    r"(?:(?:p[aá]g(?:ina|s)?|hoja|folio)\b\.?\s*:?\s*(?:n[°º.o]*\s*)?)(\d{1,4})(?:\s*(?:de|/)\s*(\d{1,4}))?"
    r"|(?<![\d/])\b(\d{1,4})\s*(?:de|/)\s*(\d{1,4})(?![\d/])|^\W*(\d{1,4})\W*$|^(\d{1,4})\s*\|"
    r"|(?:\||\s)\s*(\d{1,4})$",
    re.I,
)


@dataclass(frozen=True)
class Running:
    """What runs along: for each page, the places of such lines among its lines, and its number."""

    places: tuple[frozenset[int], ...]
    pages: Mapping[int, int]
    """The printed number by the page's index, where a running line prints one."""
    total: int
    """N of "n de N", 0 where it isn't printed."""


def find_running(
    pages: Sequence[Sequence[Line]], words: Words, *, has_headers: bool = False
) -> Running:
    """The running lines of pages, each given by its printed lines.

    With `has_headers`, headers are known and gone: only what stands on most pages is a running
    line too.
    """
    if sum(1 for page in pages if page) < _FEWEST:
        return Running(tuple(frozenset() for _ in pages), {}, 0)
    taken: list[set[int]] = [set() for _ in pages]
    for edge, depth in _DEPTH.items():
        zones = [_zone(page, edge, depth) for page in pages]
        repeated = _repeated([[_masked(page[at]) for at in zone]
                              for page, zone in zip(pages, zones, strict=True)],
                             has_headers)  # fmt: skip
        for index, (page, zone) in enumerate(zip(pages, zones, strict=True)):
            for at in zone:
                if _masked(page[at]) not in repeated or _is_content(page[at], words, edge):
                    break
                taken[index].add(at)
        if edge == "top":
            _take_broken(pages, taken, repeated)
    _give_back(pages, taken)
    if sum(map(len, taken)) > _AT_MOST * sum(map(len, pages)):
        return Running(tuple(frozenset() for _ in pages), {}, 0)
    numbers, total = _page_numbers(pages, taken)
    return Running(tuple(frozenset(places) for places in taken), numbers, total)


def _give_back(pages: Sequence[Sequence[Line]], taken: Sequence[set[int]]) -> None:
    """Gives back lines whose wording also stands amid pages: labels that a break sets on top."""
    everywhere = Counter(_masked(line) for page in pages for line in page)
    at_edges = Counter(
        _masked(page[at]) for page, places in zip(pages, taken, strict=True) for at in places
    )
    for page, places in zip(pages, taken, strict=True):
        for at in sorted(places):
            text = _masked(page[at])
            if everywhere[text] - at_edges[text] >= _AMID * at_edges[text]:
                places.discard(at)


def _take_broken(
    pages: Sequence[Sequence[Line]], taken: Sequence[set[int]], repeated: set[str]
) -> None:
    """Takes the heads that some pages break over lines: the same words, in two to four lines."""
    wholes = {tuple(sorted(text.split())) for text in repeated}
    for page, places in zip(pages, taken, strict=True):
        if places:
            continue
        for count in range(2, min(_MOST_BROKEN, len(page)) + 1):
            tokens = " ".join(_masked(line) for line in page[:count]).split()
            if tuple(sorted(tokens)) in wholes:
                places.update(range(count))
                break


def _zone(page: Sequence[Line], edge: str, depth: int) -> list[int]:
    """The places of the lines at an edge, from the edge inwards."""
    order = range(len(page)) if edge == "top" else range(len(page) - 1, -1, -1)
    return list(order)[:depth]


def _masked(line: Line) -> str:
    return _NUMBER.sub("#", fold(line.text))


def _repeated(zones: Sequence[Sequence[str]], has_headers: bool) -> set[str]:
    where: defaultdict[str, list[int]] = defaultdict(list)
    for index, zone in enumerate(zones):
        for text in set(zone):
            where[text].append(index)
    filled = sum(1 for zone in zones if zone)
    return {
        text
        for text, indexes in where.items()
        if len(indexes) >= _FEWEST and _is_often(text, indexes, filled, has_headers)
    }


def _is_often(text: str, indexes: Sequence[int], filled: int, has_headers: bool) -> bool:
    if has_headers or (ends_sentence(text) and len(text.split()) > _SHORT_SENTENCE):
        return len(indexes) >= _SURE_SHARE * filled
    return len(indexes) >= _SHARE * filled or _streak(indexes) >= _STREAK


def _streak(indexes: Sequence[int]) -> int:
    """The most pages in a row, one left out now and then."""
    best = run = 1
    for before, after in itertools.pairwise(indexes):
        run = run + 1 if after - before <= _WITHIN else 1
        best = max(best, run)
    return best


def _is_content(line: Line, words: Words, edge: str) -> bool:
    """Whether a repeated line is more than a head or foot: a form's label, an item of a list."""
    if _COUNTED.match(line.text):
        return True
    if _PAGE.search(line.text) or _states_document(line, words):
        return False
    hits = find_labels(line, words)
    if any(hit.kind is not Kind.OTHER or not (hit.value or len(line.filled) > 1) for hit in hits):
        return True
    if edge == "bottom" and len(line.filled) > 1:
        return True
    marks = read_marks(line.text)
    if not marks or marks[0].sign is Sign.CODE:
        return False
    return marks[0].sign in UNORDERED or bool(_NUMBER.match(line.text))


def _states_document(line: Line, words: Words) -> bool:
    """Whether it has an entry of a header: "Versión: 01"."""
    return any(
        pattern.fullmatch(fold(cell).split(":")[0].strip())
        for cell in line.cells
        if ":" in cell or len(line.cells) > 1
        for pattern in words.header.values()
    )


def _page_numbers(
    pages: Sequence[Sequence[Line]], taken: Sequence[set[int]]
) -> tuple[dict[int, int], int]:
    """The printed page numbers by page index, where they rise by one from page to page."""
    series: defaultdict[str, dict[int, tuple[int, int]]] = defaultdict(dict)
    for index, places in enumerate(taken):
        for at in places:
            match = _PAGE.search(pages[index][at].text)
            if match:
                series[_masked(pages[index][at])][index] = _numbers(match)
    numbers: dict[int, int] = {}
    totals: Counter[int] = Counter()
    for found in series.values():
        steps = Counter(number - index for index, (number, _) in found.items())
        offset, count = steps.most_common(1)[0]
        if count >= _FEWEST and count * 2 >= len(found):
            numbers |= {i: n for i, (n, _) in found.items() if n - i == offset and i not in numbers}
            totals.update(total for _, total in found.values() if total)
    return numbers, (totals.most_common(1)[0][0] if totals else 0)


def _numbers(match: re.Match[str]) -> tuple[int, int]:
    number = next(int(match[group]) for group in (1, 3, 5, 6, 7) if match[group])
    total = match[2] or match[4]
    return number, int(total) if total else 0
