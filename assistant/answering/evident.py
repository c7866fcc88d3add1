"""The passages that are evidence enough for a question, whatever is made of them."""

from collections.abc import Sequence

from assistant.answering.answer import Citation
from assistant.answering.draft import Evidence
from assistant.retrieval.evidence import FURTHER, weigh
from assistant.retrieval.hybrid import Hit
from assistant.understanding.types import Understanding
from corpus.model import Manual


def evident(
    asked: Understanding, hits: Sequence[Hit], manual: Manual, first: Sequence[Citation] = ()
) -> list[Citation]:
    """Citations to begin with, and those of the hits that are evidence enough, best first."""
    evidence = Evidence(manual, list(first))
    for support in weigh(asked, hits).sure:
        section = manual.section(support.section)
        for chunk in (hit.chunk for hit in support.hits[:FURTHER]):
            if section is not None and not _within(chunk.quote, evidence.citations):
                evidence.cite(section, chunk.quote, chunk.page, chunk.function)
    return evidence.citations


def _within(quote: str, citations: Sequence[Citation]) -> bool:
    return any(quote in c.quote for c in citations)
