"""Reglamentos: the units that chapters are named for, or that articles speak of, found and read.

"CAPÍTULO II / DE LA DIRECCIÓN DE CATASTRO" makes the chapter a unit; in a chapter that names none,
an article does that begins "La Dirección de Catastro tendrá las siguientes atribuciones:".
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from corpus.model import PassageKind, Position, Printed
from ingest.labels import Tagged
from ingest.layouts.marks import Mark, Sign
from ingest.layouts.words import Kind, Words
from ingest.lines import Line
from ingest.outline import Heading
from ingest.prose import passages_by_page
from ingest.text import fold
from ingest.unit_draft import UnitDraft
from ingest.unit_headings import UnitStart
from ingest.unit_reader import UnitRead

_FEWEST_ARTICLES = 3
_SAME_UNIT = 65
_LEAD_LINES = 6
_LEAD_LETTERS = 160
_OF = re.compile(r"(?:de\s+)?(?:la|las|los|el|del)\s+", re.I)


@dataclass(frozen=True)
class Article:
    """An article: its lines, its sign, how it begins, and whether a list follows."""

    at: int
    end: int
    mark: Mark
    lead: str
    has_list: bool

    def subject(self, words: Words) -> str:
        """The unit that the article gives functions to, as printed; "" where it names none."""
        folded = fold(self.lead)
        match = words.lead_before.search(folded, 0, _LEAD_LETTERS) or words.lead_after.match(folded)
        unit = self.lead[match.start("unit") : match.end("unit")] if match else ""
        return unit if unit[:1].isupper() else ""


def find_articles(tags: Sequence[Tagged]) -> list[Article]:
    """The articles, in order; none where there are too few to speak of a reglamento."""
    rising: list[tuple[int, Mark]] = []
    for at, mark in _signs(tags, range(len(tags))):
        if not rising or rising[-1][1].value < mark.value <= rising[-1][1].value + 3:
            rising.append((at, mark))
    return _articles(tags, rising, len(tags)) if len(rising) >= _FEWEST_ARTICLES else []


def find_articles_in(tags: Sequence[Tagged], start: int, end: int) -> list[Article]:
    """The articles in a stretch of lines that is known to be of a reglamento."""
    return _articles(tags, _signs(tags, range(start, end)), end)


def _signs(tags: Sequence[Tagged], places: Iterable[int]) -> list[tuple[int, Mark]]:
    marks = ((at, tags[at].mark) for at in places)
    return [(at, mark) for at, mark in marks if mark and mark.sign is Sign.ARTICLE and mark.text]


def _articles(tags: Sequence[Tagged], signs: Sequence[tuple[int, Mark]], end: int) -> list[Article]:
    ends = [*(at for at, _ in signs[1:]), end]
    return [_article(tags, at, last, mark) for (at, mark), last in zip(signs, ends, strict=True)]


def _article(tags: Sequence[Tagged], at: int, end: int, mark: Mark) -> Article:
    lead = [mark.text]
    place = at + 1
    while place < min(end, at + _LEAD_LINES) and not lead[-1].endswith((":", ".")):
        if tags[place].marks:
            break
        lead.append(tags[place].line.text)
        place += 1
    items = sum(1 for tag in tags[place : min(end, place + 12)] if tag.marks)
    return Article(
        at, end, mark, " ".join(lead), items >= 2 or (items == 1 and lead[-1].endswith(":"))
    )


def find_regulated(
    articles: Sequence[Article], chapters: Sequence[Heading], words: Words, last: int
) -> list[UnitStart]:
    """The units of a reglamento, in order: each begins at a chapter's heading or at an article."""
    borders = [(0, None), *((chapter.at, chapter) for chapter in chapters)]
    ends = [*(at for at, _ in borders[1:]), last]
    found: list[UnitStart] = []
    for (start, chapter), end in zip(borders, ends, strict=True):
        inside = [replace(a, end=min(a.end, end)) for a in articles if start <= a.at < end]
        name = unit_in_title(chapter.title, words) if chapter else ""
        if chapter and not name:
            name = _named_by_articles(chapter.title, inside, words)
        if chapter and name and inside:
            found.append(UnitStart(start, chapter.size, name, chapter.number, end))
        else:
            found += _by_article(inside, words)
    return found


def unit_in_title(title: str, words: Words) -> str:
    """The unit that a chapter's title names: "DE LA DIRECCIÓN DE CATASTRO", "" for none."""
    match = _OF.match(title)
    name = title[match.end() :] if match else title
    return name if words.is_unit(name) and not _is_general(name) else ""


def _named_by_articles(title: str, articles: Sequence[Article], words: Words) -> str:
    """The chapter's title without its article, if an article gives functions to just that."""
    match = _OF.match(title)
    name = fold(title[match.end() :] if match else title)
    given = any(name in fold(a.lead) and lists_functions(a, words) and words.names_functions.search(
        fold(a.lead)) for a in articles)  # fmt: skip
    return title[len(title) - len(name) :] if given and name else ""


def _is_general(name: str) -> bool:
    """Whether the name speaks of units in general: "UNIDADES ADMINISTRATIVAS"."""
    first = fold(name).split(" ")[0]
    return first.endswith(("es", "as", "os"))


def _by_article(articles: Sequence[Article], words: Words) -> list[UnitStart]:
    found: list[UnitStart] = []
    for article in articles:
        subject = article.subject(words) if article.has_list else ""
        if not subject or _is_general(subject):
            continue
        before = found[-1] if found else None
        if before and before.end == article.at and _same(before.title, subject):
            before.end = article.end
        else:
            number = f"Art. {article.mark.address}"
            found.append(UnitStart(article.at, 0, subject, number, article.end))
    return found


def _same(one: str, other: str) -> bool:
    return fuzz.token_set_ratio(fold(one), fold(other)) >= _SAME_UNIT


def lists_functions(article: Article, words: Words) -> bool:
    """Whether the article's list is one of functions of the unit, not of parts or definitions."""
    folded = fold(article.lead)
    if not article.has_list:
        return False
    if words.lists_parts.search(folded):
        return False
    return (
        words.names_functions.search(folded) is not None
        or bool(article.subject(words))
        or "siguientes" in folded
    )


def read_regulated(
    unit: UnitStart, tags: Sequence[Tagged], words: Words, titles: frozenset[str]
) -> UnitRead:
    """The position that a chapter or an article of a reglamento describes.

    Functions are the fractions of the articles that list them; boss and reports are what sentences
    of any of its articles state.
    """
    draft = UnitDraft(words, titles, unit.title)
    at = unit.at + unit.heading
    articles = {article.at: article for article in find_articles_in(tags, at, unit.end)}
    while at < unit.end:
        article = articles.get(at)
        if article:
            draft.end_row()
        if article and lists_functions(article, words):
            at, lead = _lead(tags, article)
            draft.keep(passages_by_page(lead, PassageKind.PARAGRAPH))
            text = " ".join(line.text for line in lead)
            draft.heading = draft.heading or Printed(text=text, page=lead[0].page)
            draft.lists.begin()
            draft.in_list = True
            continue
        if not (draft.in_list and draft.lists.take(tags[at])):
            draft.in_list = False
            draft.prose.append(tags[at].line)
        at += 1
    draft.flush()
    position = Position(
        number=unit.number,
        title=unit.title,
        page=tags[unit.at].line.page,
        reports_to=draft.fields.get(Kind.REPORTS_TO),
        direct_reports_printed=draft.fields.get(Kind.DIRECT_REPORTS),
        functions=tuple(draft.lists.functions),
        functions_heading=draft.heading,
    )
    return UnitRead(position, tuple(draft.reports), tuple(draft.passages), unit.end)


def _lead(tags: Sequence[Tagged], article: Article) -> tuple[int, list[Line]]:
    """The lines that introduce an article's list, and the place after them."""
    lines = [tags[article.at].line]
    at = article.at + 1
    while at < article.end and not lines[-1].text.endswith((":", ".")) and not tags[at].marks:
        lines.append(tags[at].line)
        at += 1
    return at, lines
