"""A prepared model as LangChain's embeddings, for LangChain's stores and retrievers."""

from langchain_core.embeddings import Embeddings

from corpus.embeddings import OnnxEmbeddings


class LangChainEmbeddings(Embeddings):
    """The same vectors as lists of numbers. It stands apart, as LangChain takes long to import."""

    def __init__(self, model: OnnxEmbeddings) -> None:
        self._model = model

    def embed_query(self, text: str) -> list[float]:
        """The question's vector, `dimension` numbers."""
        numbers: list[float] = self._model.query_vector(text).tolist()
        return numbers

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """The passages' vectors."""
        rows: list[list[float]] = self._model.passage_vectors(texts).tolist()
        return rows
