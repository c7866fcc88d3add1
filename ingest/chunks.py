"""The parsed manual as chunks: the units that are embedded, found and cited."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.model import Chunk, ChunkKind, Manual, Passage, PassageKind, Section, SectionKind
from ingest.contents import is_contents_title

_LONGEST = 1_200
_LABEL_WORDS = 5
"""Words in capitals that say nothing by themselves, at most."""
_SENTENCE_BREAK = re.compile(r"(?<=[.;!?]) (?=[^\W\d_a-záéíóúüñ])")
_NUMBER = re.compile(r"\d[\d.]* ")
_REPORTING = {"reports_to": "reports_to", "direct_reports_printed": "direct_reports"}
"""The rows of a sheet that make a chunk, by the field that they state."""
_KINDS = {
    PassageKind.FUNCTION: ChunkKind.FUNCTION,
    PassageKind.OBJECTIVE: ChunkKind.OBJECTIVE,
    PassageKind.FIELD: ChunkKind.REPORTING,
    PassageKind.PARAGRAPH: ChunkKind.PROSE,
    PassageKind.ITEM: ChunkKind.ITEM,
}


def chunk_manual(manual: Manual) -> list[Chunk]:
    """The chunks of a manual, in printed order.

    One for each function, objective, reporting row, paragraph and list item; what a page break
    cuts is one chunk, at the page where it begins. Headings, the form's fixed wording, the table
    of contents and the lists of names in VIII and IX make none.
    """
    chunks: list[Chunk] = []
    used: Counter[str] = Counter()
    for section in manual.sections:
        if _is_for_looking_up(section, manual):
            continue
        for quote in _quotes(section, _listed_names(section, manual)):
            name = f"{section.number}/{quote.name}"
            used[name] += 1
            again = f"~{used[name]}" if used[name] > 1 else ""
            chunks.append(
                Chunk(
                    id=name + again,
                    manual=manual.code,
                    section=section.number,
                    title=section.title,
                    breadcrumb=manual.breadcrumb(section),
                    page=quote.page,
                    kind=quote.kind,
                    quote=quote.text,
                    function=quote.function,
                )
            )
    return chunks


@dataclass(frozen=True)
class _Quote:
    """A text to quote, and what a chunk has to know of it."""

    name: str
    """Its place within the section: "f3", "objective", "4"."""
    text: str
    page: int
    kind: ChunkKind
    function: int | None


def _listed_names(section: Section, manual: Manual) -> set[tuple[int, str]]:
    """The pages and names of VIII's list, for a chapter that may be that one."""
    if section.kind is not SectionKind.CHAPTER:
        return set()
    return {(unit.page, unit.title) for unit in manual.structure}


def _is_for_looking_up(section: Section, manual: Manual) -> bool:
    """True for the table of contents, and for the charts, whose text is names in boxes."""
    if section.kind is SectionKind.UNNUMBERED:
        return is_contents_title(section.title)
    charts = {(chart.page, chart.title) for chart in manual.chart_headings}
    headings = (p for p in section.passages if p.kind is PassageKind.HEADING)
    return any((p.page, _NUMBER.sub("", p.text, count=1)) in charts for p in headings)


def _quotes(section: Section, listed: set[tuple[int, str]]) -> Iterator[_Quote]:
    """The quotable texts of a section."""
    count = 0
    for run in _runs(section):
        first = run[0]
        kind = _KINDS.get(first.kind)
        is_listed = (first.page, _NUMBER.sub("", first.text, count=1)) in listed
        if kind is None or not first.text or is_listed:
            continue
        name = _name(first)
        if name is None:
            continue
        text = " ".join(passage.text for passage in run)
        if kind is ChunkKind.PROSE and section.kind is SectionKind.SHEET and _says_nothing(text):
            continue
        quote = _Quote(name, text, first.page, kind, first.function)
        if name:
            yield quote
            continue
        for part, page in _parts(run):
            count += 1
            yield replace(quote, name=str(count), text=part, page=page)


def _says_nothing(text: str) -> bool:
    """Whether a line of a sheet is but a label or a box of a chart: "CODIGO", "ALCALDÍA"."""
    return text.isupper() and len(text.split()) <= _LABEL_WORDS and text[-1] not in ".;"


def _runs(section: Section) -> list[list[Passage]]:
    """The passages, with what page breaks cut put together again."""
    runs: list[list[Passage]] = []
    for passage in section.passages:
        if passage.continues and runs and runs[-1][0].kind is passage.kind:
            runs[-1].append(passage)
        else:
            runs.append([passage])
    return runs


def _name(passage: Passage) -> str | None:
    """A passage's name within its section; "" for a running number, None for no chunk at all."""
    match passage.kind:
        case PassageKind.FUNCTION:
            return f"f{passage.function}"
        case PassageKind.OBJECTIVE:
            return "objective"
        case PassageKind.FIELD:
            return _REPORTING.get(passage.field or "")
        case _:
            return ""


def _parts(run: list[Passage]) -> list[tuple[str, int]]:
    """A paragraph, or the pieces of a very long one cut at sentence ends, with their pages."""
    text = " ".join(passage.text for passage in run)
    starts = [0]
    if len(text) > _LONGEST:
        for end, following in _sentence_ends(text):
            if following - starts[-1] > _LONGEST and end > starts[-1]:
                starts.append(end)
    ends = [*(start - 1 for start in starts[1:]), len(text)]
    return [(text[a:b], _page_at(run, a)) for a, b in zip(starts, ends, strict=True)]


def _sentence_ends(text: str) -> list[tuple[int, int]]:
    """Where sentences begin, each with where the next one does."""
    starts = [0, *(match.end() for match in _SENTENCE_BREAK.finditer(text)), len(text)]
    return list(pairwise(starts))


def _page_at(run: list[Passage], offset: int) -> int:
    """The page that the character at an offset of the joined texts is printed on."""
    end = -1
    for passage in run:
        end += len(passage.text) + 1
        if offset <= end:
            return passage.page
    return run[-1].page
