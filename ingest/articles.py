"""Reglamentos: the units that chapters are named for, or that articles speak of.

"CAPÍTULO II / DE LA DIRECCIÓN DE CATASTRO" makes the chapter a unit; in a chapter that names none,
an article does that begins "La Dirección de Catastro tendrá las siguientes atribuciones:".
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from ingest.chapters import ChapterHeading
from ingest.labels import Tagged
from ingest.layouts.marks import Mark, Sign
from ingest.layouts.words import Words
from ingest.text import fold

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


@dataclass(frozen=True)
class RegulatedUnit:
    """A unit of a reglamento: its lines, from a chapter's heading or an article on."""

    at: int
    end: int
    title: str
    chapter: ChapterHeading | None
    """The chapter that is the unit's; None where an article is."""
    articles: tuple[Article, ...]


def find_articles(tags: Sequence[Tagged]) -> list[Article]:
    """The articles, in order; none where there are too few to speak of a reglamento."""
    starts = [
        (at, tag.mark)
        for at, tag in enumerate(tags)
        if tag.mark and tag.mark.sign is Sign.ARTICLE and tag.mark.text
    ]
    rising: list[tuple[int, Mark]] = []
    for at, mark in starts:
        if not rising or rising[-1][1].value < mark.value <= rising[-1][1].value + 3:
            rising.append((at, mark))
    if len(rising) < _FEWEST_ARTICLES:
        return []
    ends = [*(at for at, _ in rising[1:]), len(tags)]
    return [_article(tags, at, end, mark) for (at, mark), end in zip(rising, ends, strict=True)]


def find_articles_in(tags: Sequence[Tagged], start: int, end: int) -> list[Article]:
    """The articles in a stretch of lines that is known to be of a reglamento."""
    starts = [
        (at, mark)
        for at in range(start, end)
        for mark in tags[at].marks[:1]
        if mark.sign is Sign.ARTICLE and mark.text
    ]
    ends = [*(at for at, _ in starts[1:]), end]
    return [_article(tags, at, last, mark) for (at, mark), last in zip(starts, ends, strict=True)]


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
    articles: Sequence[Article], chapters: Sequence[ChapterHeading], words: Words, last: int
) -> list[RegulatedUnit]:
    """The units of a reglamento, in order."""
    borders = [(0, None), *((chapter.at, chapter) for chapter in chapters)]
    ends = [*(at for at, _ in borders[1:]), last]
    found: list[RegulatedUnit] = []
    for (start, chapter), end in zip(borders, ends, strict=True):
        inside = tuple(a for a in articles if start <= a.at < end)
        inside = tuple(replace(a, end=min(a.end, end)) for a in inside)
        name = unit_in_title(chapter.title, words) if chapter else ""
        if chapter and not name:
            name = _named_by_articles(chapter.title, inside, words)
        if chapter and name and inside:
            found.append(RegulatedUnit(start, end, name, chapter, inside))
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


def _by_article(articles: Sequence[Article], words: Words) -> list[RegulatedUnit]:
    found: list[RegulatedUnit] = []
    for article in articles:
        subject = article.subject(words) if article.has_list else ""
        if not subject or _is_general(subject):
            continue
        before = found[-1] if found else None
        goes_on = before and before.end == article.at and _same(before.title, subject)
        if before and goes_on:
            both = (*before.articles, article)
            found[-1] = RegulatedUnit(before.at, article.end, before.title, None, both)
        else:
            found.append(RegulatedUnit(article.at, article.end, subject, None, (article,)))
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
