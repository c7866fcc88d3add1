"""The hybrid search as a LangChain retriever."""

from collections.abc import Sequence
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from assistant.retrieval.hybrid import Hit, HybridSearch
from assistant.retrieval.terms import Term


class HybridRetriever(BaseRetriever):
    """The hybrid search as a LangChain retriever: a question in, documents out.

    A document's page content is the verbatim passage; its metadata hold the section, the title,
    the page, the kind, the function number and the `hit` with its scores.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    search: HybridSearch

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002  (LangChain's signature)
        terms: Sequence[Term] | None = None,
        **_: Any,
    ) -> list[Document]:
        return [as_document(hit) for hit in self.search.hits(query, terms)]


def as_document(hit: Hit) -> Document:
    """A hit as a LangChain document."""
    chunk = hit.chunk
    return Document(
        page_content=chunk.quote,
        id=chunk.id,
        metadata={
            "manual": chunk.manual,
            "section": chunk.section,
            "title": chunk.title,
            "breadcrumb": chunk.breadcrumb,
            "page": chunk.page,
            "kind": chunk.kind.value,
            "function": chunk.function,
            "hit": hit,
        },
    )
