"""A manual of any layout: its pages in, what its sections and positions are out.

The steps stand in `read_layout`. What `parser.py` reads by the form of one government, this reads
by evidence: labels that come again, signs that count up, the source's own headings.
"""

from collections.abc import Sequence
from dataclasses import replace

from corpus.model import SectionKind
from ingest.adjustments import Adjustments
from ingest.assembling import Read
from ingest.chapters import find_chapters
from ingest.contents import Contents
from ingest.label_meanings import infer_meanings
from ingest.labels import Tagged
from ingest.layout_sections import FRONT, Body, Writer
from ingest.layouts.words import Words
from ingest.lines import Line, WarningLog
from ingest.listed_units import find_listed
from ingest.outline import Heading
from ingest.pages import Pages
from ingest.regulation import Article, find_articles, find_regulated, read_regulated
from ingest.siblings import with_said
from ingest.tagging import tag_lines
from ingest.text import fold
from ingest.unit_headings import UnitStart
from ingest.unit_reader import UnitRead, read_unit
from ingest.units import find_units
from ingest.wrapped_labels import with_whole_labels

_REGULATED = 0.6
"""Share of the lines from the first article on, and of those up to the last, in a reglamento."""


def read_layout(
    pages: Pages, contents: Contents, adjustments: Adjustments, log: WarningLog
) -> Read:
    """Sections and positions, in these steps: tag, find units, read them, find chapters, number."""
    words = adjustments.words
    listed = pages.lines[: contents.end]
    lines = [*listed, *with_whole_labels(pages.lines[contents.end :], words)]
    tags = _tagged(lines, contents, words)
    meanings = infer_meanings(tags, words)
    if meanings:
        words = replace(words, learned=meanings)
        adjustments = replace(adjustments, words=words)
        tags = _tagged(lines, contents, words)
    found = _units(tags, contents, adjustments)
    titles = frozenset(fold(unit.title) for units in found.values() for unit in units)
    reads = {
        unit.at: read_regulated(unit, tags, words, titles)
        if name == "artículos"
        else read_unit(unit, tags, words, titles, log, in_list=name == "listas")
        for name, units in found.items()
        for unit in units
    }
    by_place = {unit.at: unit for units in found.values() for unit in units}
    pieces = _pieces(tags, contents, by_place, reads, words, titles)
    body = Body()
    Writer(body, tags, contents).write(pieces, reads)
    evidence = {name: len(units) for name, units in found.items()}
    layouts = [name for name, units in found.items() if units] or ["passages"]
    family = layouts[0] if len(layouts) == 1 else "mixed"
    return Read(body, evidence, family, meanings=meanings)


def _tagged(lines: Sequence[Line], contents: Contents, words: Words) -> list[Tagged]:
    """The lines with their labels; those of the table of contents have none."""
    listed = range(contents.start, contents.end)
    tags = tag_lines(lines, words, listed)
    return [replace(tag, hits=(), ends_list=False) if at in listed else tag
            for at, tag in enumerate(tags)]  # fmt: skip


def _units(
    tags: Sequence[Tagged], contents: Contents, adjustments: Adjustments
) -> dict[str, list[UnitStart]]:
    """The units by the kind of evidence that they were found by."""
    words = adjustments.words
    articles = find_articles(tags)
    bare = _without_articles(tags, articles)
    labelled = [u for u in find_units(bare, words)
                if fold(u.title) not in adjustments.no_units]  # fmt: skip
    if _is_regulation(tags, articles):
        labelled = [u for u in labelled if u.is_form]
    labelled = with_said(bare, labelled, adjustments.units)
    taken = [False] * len(tags)
    for unit in labelled:
        end = _content_end(unit)
        taken[unit.at : end] = [True] * (end - unit.at)
    open_lines = [
        not (busy or contents.start <= at < contents.end) for at, busy in enumerate(taken)
    ]
    chapters = find_chapters(tags, open_lines, contents, words)
    regulated: list[UnitStart] = []
    if articles:
        free = [_up_to(a, labelled) for a in articles if not taken[a.at]]
        regulated = find_regulated(free, chapters, words, len(tags))
        for unit in regulated:
            taken[unit.at : unit.end] = [True] * (unit.end - unit.at)
    listed = find_listed(tags, [not t for t in taken], chapters, words)
    bare_said = [u for u in labelled if not u.hits and fold(u.title) in adjustments.units]
    forms = [u for u in labelled if u.is_form]
    headed = [u for u in labelled if not u.is_form and u not in bare_said]
    listed = sorted([*listed, *bare_said], key=lambda unit: unit.at)
    found = {"cédulas": forms, "encabezados": headed, "artículos": regulated, "listas": listed}
    return {
        name: [u for u in units if fold(u.title) not in adjustments.no_units]
        for name, units in found.items()
    }


def _up_to(article: Article, units: Sequence[UnitStart]) -> Article:
    """The article as far as the next unit that has labels."""
    end = next((unit.at for unit in units if unit.at > article.at), article.end)
    return replace(article, end=min(article.end, end))


def _is_regulation(tags: Sequence[Tagged], articles: Sequence[Article]) -> bool:
    """Whether nearly all text stands in articles: then they say what the units are."""
    return (
        bool(articles)
        and (len(tags) - articles[0].at) >= _REGULATED * len(tags)
        and (articles[-1].at - articles[0].at >= _REGULATED * (len(tags) - articles[0].at))
    )


def _content_end(unit: UnitStart) -> int:
    """A place that is surely still the unit's: after its last label."""
    return min(unit.end, max((at for at, _ in unit.hits), default=unit.at) + 1)


def _without_articles(tags: Sequence[Tagged], articles: Sequence[Article]) -> list[Tagged]:
    """The lines with no labels in what begins an article."""
    begins = {article.at for article in articles}
    return [replace(tag, hits=()) if at in begins else tag for at, tag in enumerate(tags)]


def _pieces(
    tags: Sequence[Tagged],
    contents: Contents,
    units: dict[int, UnitStart],
    reads: dict[int, UnitRead],
    words: Words,
    titles: frozenset[str],
) -> list[Heading]:
    """All that opens a section, in order."""
    open_lines = [True] * len(tags)
    for start, end in [*((at, read.end) for at, read in reads.items()),
                       (contents.start, contents.end)]:  # fmt: skip
        open_lines[start:end] = [False] * (end - start)
    pieces = find_chapters(tags, open_lines, contents, words, titles)
    if contents.end > contents.start:
        title = tags[contents.start].line.text.rstrip(" :")
        pieces.append(Heading(contents.start, 1, "", title, SectionKind.UNNUMBERED))
    codes = [read.code for read in reads.values() if read.code]
    distinct = len(set(codes)) == len(codes)
    for at, unit in units.items():
        read = reads[at]
        number = unit.number or (read.code if distinct else "")
        pieces.append(Heading(at, unit.heading, number, unit.title, SectionKind.SHEET))
        end = read.end  # what follows a unit and is none of its, unless something else opens there
        if end < len(tags) and end not in units and all(piece.at != end for piece in pieces):
            title = tags[end].line.text.rstrip(" :.")
            pieces.append(Heading(end, 1, "", title, SectionKind.PART))
    starts = {piece.at for piece in pieces}
    if 0 not in starts and tags:
        pieces.append(Heading(0, 0, FRONT, FRONT, SectionKind.PART))
    return sorted(pieces, key=lambda piece: piece.at)
