"""The manual's lines cut into its chapters and unnumbered parts.

Headings repeat: in the table of contents, in running text, and as numerals that start anew
inside a chapter. A line is a chapter's heading if its numeral goes on from the last chapter's
and its title is the one in the table of contents, give or take some words; or, where the table
says nothing better, if it is in capitals and the next in sequence.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from corpus.model import SectionKind
from ingest.contents import Contents, split_numeral
from ingest.layouts.marks import Sign
from ingest.lines import Line, WarningLog
from ingest.text import fold, is_upper_case, to_roman

_USUAL_UNNUMBERED = ("HOJA DE FORMALIZACIÓN", "DIRECTORIO", "CONTROL DE CAMBIOS")
_SAME_TITLE = 75
"""Likeness (0 to 100) from which two wordings are the same title."""
_LONGEST_TITLE = 140


@dataclass
class Block:
    """A stretch of lines under a heading, not yet read."""

    number: str
    title: str
    kind: SectionKind
    heading: tuple[Line, ...]
    lines: list[Line] = field(default_factory=list)
    parent: str | None = None


@dataclass(frozen=True)
class Heading:
    """A recognised heading: where it starts, how many lines it takes, and what it opens."""

    at: int
    size: int
    number: str
    """As printed, "" where there is none."""
    title: str
    kind: SectionKind
    sign: Sign | None = None


def cut_outline(
    lines: Sequence[Line], contents: Contents, log: WarningLog
) -> tuple[list[Line], list[Block]]:
    """The lines before the first heading, and the blocks under each heading in printed order.

    Warns of what the table of contents lists and the text does not have.
    """
    headings = _headings(lines, contents)
    borders = [*(heading.at for heading in headings), len(lines)]
    blocks = [
        Block(h.number, h.title, h.kind, tuple(lines[h.at : h.at + h.size]),
              list(lines[h.at + h.size : end]))
        for h, end in zip(headings, borders[1:], strict=True)
    ]  # fmt: skip
    _warn_not_found(contents, blocks, log)
    return list(lines[: borders[0]]), blocks


def _headings(lines: Sequence[Line], contents: Contents) -> list[Heading]:
    found: list[Heading] = []
    if contents.end > contents.start:
        title = lines[contents.start].text.rstrip(" :")
        found.append(Heading(contents.start, 1, title, title, SectionKind.UNNUMBERED))
    found += _chapter_headings(lines, contents)
    found += _unnumbered_headings(lines, contents)
    return sorted(found, key=lambda h: h.at)


def _chapter_headings(lines: Sequence[Line], contents: Contents) -> list[Heading]:
    """The chapters' headings, in sequence."""
    titles = contents.chapter_titles()
    listed = _listed_candidates(lines, contents)
    found: list[Heading] = []
    last = 0
    for at, line in enumerate(lines):
        if contents.start <= at < contents.end:
            continue
        numeral, title = split_numeral(line.text)
        if numeral is None or numeral <= last or len(title) > _LONGEST_TITLE:
            continue
        if at not in listed:
            better_later = any(value == numeral for i, value in listed.items() if i > at)
            skips = numeral > last + 1 and (bool(titles) or numeral > last + 3)
            if not (line.stands_off and is_upper_case(title)) or better_later or skips:
                continue
        size = _heading_size(lines, at, titles.get(numeral))
        title = " ".join([title, *(ln.text for ln in lines[at + 1 : at + size])])
        found.append(Heading(at, size, to_roman(numeral), title, SectionKind.CHAPTER))
        last = numeral
    return found


def _listed_candidates(lines: Sequence[Line], contents: Contents) -> dict[int, int]:
    """The lines that read like a chapter of the table of contents: index → numeral."""
    titles = contents.chapter_titles()
    candidates: dict[int, int] = {}
    for at, line in enumerate(lines):
        if contents.start <= at < contents.end:
            continue
        numeral, title = split_numeral(line.text)
        if numeral in titles and _alike(title, titles[numeral]):
            candidates[at] = numeral
    return candidates


def _alike(printed: str, listed: str) -> bool:
    """The same title, perhaps reworded a bit, or broken off where the line ends."""
    one, other = fold(printed), fold(listed)
    broken_off = len(one) >= 12 and other.startswith(one)
    return broken_off or fuzz.ratio(one, other) >= _SAME_TITLE


def _heading_size(lines: Sequence[Line], at: int, listed: str | None) -> int:
    """How many lines the heading takes: two where the second one goes on with the title."""
    if at + 1 >= len(lines) or lines[at + 1].stands_off:
        return 1
    first, second = lines[at], lines[at + 1]
    goes_on = is_upper_case(first.text) and is_upper_case(second.text)
    if not goes_on or split_numeral(second.text)[0] or second.text[:1] in "-•":
        return 1
    _, title = split_numeral(first.text)
    both = f"{title} {second.text}"
    if listed and fuzz.ratio(fold(both), fold(listed)) < fuzz.ratio(fold(title), fold(listed)):
        return 1
    return 2


def _unnumbered_headings(lines: Sequence[Line], contents: Contents) -> list[Heading]:
    """The headings without a number: those of the table of contents, and the usual ones.

    Of several lines that read like one, the one nearest to the page in the table is it.
    """
    pages = {fold(entry.title): entry.printed_page for entry in contents.entries}
    titles = {fold(t): t for t in (*_USUAL_UNNUMBERED, *contents.unnumbered_titles())}
    nearest: dict[str, tuple[int, int]] = {}
    for at, line in enumerate(lines):
        text = line.text.rstrip(" :.")
        title = fold(text)
        if contents.start <= at < contents.end or title not in titles:
            continue
        if is_upper_case(text) or text == titles[title]:
            distance = abs(line.page - pages.get(title, line.page))
            nearest[title] = min(nearest.get(title, (distance, at)), (distance, at))
    return [
        Heading(at, 1, title, title, SectionKind.UNNUMBERED)
        for _, at in nearest.values()
        for title in (lines[at].text.rstrip(" :."),)
    ]


def _warn_not_found(contents: Contents, blocks: Sequence[Block], log: WarningLog) -> None:
    numbers = {b.number for b in blocks}
    printed = {fold(n) for n in numbers}
    for value, title in contents.chapter_titles().items():
        if to_roman(value) not in numbers:
            log.add(
                f"El índice anuncia el capítulo {to_roman(value)}. {title}, "
                "pero no se encontró en el texto."
            )
    for title in contents.unnumbered_titles():
        if fold(title) not in printed:
            log.add(f"El índice anuncia «{title}», pero no se encontró en el texto.")
    if not contents.entries:
        log.add("No se encontró el índice: los capítulos se reconocieron por su numeración.")
