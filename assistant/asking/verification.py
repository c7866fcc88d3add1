"""Nothing leaves without evidence: every citation is checked against the manual."""

from collections.abc import Sequence

from assistant.answering.answer import AnswerKind, Citation
from assistant.answering.blocks import Quote, inlines
from assistant.answering.draft import Draft
from corpus.model import Manual, Section


def holds(citation: Citation, manual: Manual) -> bool:
    """Whether a citation's section exists and prints the quote on that very page.

    A numbered function must be that function.
    """
    section = manual.section(citation.section)
    if section is None or citation.manual != manual.code:
        return False
    quote = _collapsed(citation.quote)
    if not quote or not _begins_on(quote, section, citation.page):
        return False
    on_page = (p for p in section.passages if p.page == citation.page)
    return citation.function is None or any(
        p.function == citation.function and quote in p.text for p in on_page
    )


def _begins_on(quote: str, section: Section, page: int) -> bool:
    """Whether the section prints the quote, and its beginning on that page (a page break may cut
    a paragraph)."""
    if quote in section.text_on(page):
        return True
    following = f"{section.text_on(page)} {section.text_on(page + 1)}"
    return quote in following and quote not in section.text_on(page + 1)


def misquoted(draft: Draft) -> list[Citation]:
    """The citations that don't print what a block quotes of them."""
    quotes = (part for part in inlines(draft.blocks) if isinstance(part, Quote))
    cited = ((_collapsed(quote.words), draft.citations[quote.citation]) for quote in quotes)
    return [each for words, each in cited if words not in _collapsed(each.quote)]


def _collapsed(text: str) -> str:
    return " ".join(text.split())


def verified(draft: Draft, manual: Manual) -> tuple[Draft | None, Sequence[Citation]]:
    """The draft if every citation holds and prints what its blocks quote of it, else None; and the
    citations that do not.

    A draft that states something of the manual and cites nothing does not pass either.
    """
    broken = [c for c in draft.citations if not holds(c, manual)] + misquoted(draft)
    if broken:
        return None, broken
    if draft.grounded and draft.kind is AnswerKind.ANSWER and not draft.citations:
        return None, []
    return draft, []
