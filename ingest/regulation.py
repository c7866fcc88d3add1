"""A unit of a reglamento read: its articles in, the typed Position and its passages out."""

from collections.abc import Sequence

from corpus.model import Passage, PassageKind, Position, Printed
from ingest.articles import Article, find_articles_in, lists_functions
from ingest.function_lists import FunctionList
from ingest.labels import Tagged
from ingest.layouts.words import Kind, Words
from ingest.lines import Line
from ingest.prose import passages_by_page, read_passages
from ingest.stated_lines import find_stated
from ingest.unit_headings import UnitStart
from ingest.unit_reader import UnitRead


def read_regulated(
    unit: UnitStart, tags: Sequence[Tagged], words: Words, titles: frozenset[str]
) -> UnitRead:
    """The position that a chapter or an article of a reglamento describes.

    Functions are the fractions of the articles that list them; boss and reports are what sentences
    of any of its articles state.
    """
    passages: list[Passage] = []
    lists = FunctionList(words, passages)
    heading: Printed | None = None
    stated: dict[Kind, Printed] = {}
    reports: list[str] = []
    at = unit.at + unit.heading
    articles = {article.at: article for article in find_articles_in(tags, at, unit.end)}
    prose: list[Line] = []

    def keep(made: Sequence[Passage]) -> None:
        for passage in made:
            for each in find_stated(passage.text, words, titles, unit.title):
                if each.kind not in stated:
                    row = each.sentence
                    stated[each.kind] = Printed(text=each.name, page=passage.page, row=row)
                    if each.kind is Kind.DIRECT_REPORTS:
                        reports.append(each.name)
        passages.extend(made)

    def flush() -> None:
        keep(read_passages(prose))
        prose.clear()

    in_list = False
    while at < unit.end:
        tag = tags[at]
        article = articles.get(at)
        if article:
            flush()
            in_list = False
            if lists_functions(article, words):
                at, lead = _lead(tags, article)
                keep(passages_by_page(lead, PassageKind.PARAGRAPH))
                heading = heading or Printed(
                    text=" ".join(line.text for line in lead), page=lead[0].page
                )
                lists.begin()
                in_list = True
                continue
        if not (in_list and lists.take(tag)):
            in_list = False
            prose.append(tag.line)
        at += 1
    flush()
    position = Position(
        number=unit.number,
        title=unit.title,
        page=tags[unit.at].line.page,
        reports_to=stated.get(Kind.REPORTS_TO),
        direct_reports_printed=stated.get(Kind.DIRECT_REPORTS),
        functions=tuple(lists.functions),
        functions_heading=heading,
    )
    return UnitRead(position, tuple(reports), tuple(passages), unit.end)


def _lead(tags: Sequence[Tagged], article: Article) -> tuple[int, list[Line]]:
    """The lines that introduce an article's list, and the place after them."""
    lines = [tags[article.at].line]
    at = article.at + 1
    while at < article.end and not lines[-1].text.endswith((":", ".")) and not tags[at].marks:
        lines.append(tags[at].line)
        at += 1
    return at, lines
