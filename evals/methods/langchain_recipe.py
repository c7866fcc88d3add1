"""The recipe that tutorials give: a recursive splitter, vectors in Chroma, the nearest four.

The splitter cuts the file's text wherever 1,000 characters end, and knows no section or page. So
that its answers can be judged at all, each piece is credited, generously, with the section that
most of it stands in, and with all the passages of that section that it holds whole.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from uuid import uuid4

from assistant.answering.answer import Citation
from corpus.model import Manual, Passage, Section
from evals.methods.base import Method
from evals.methods.chunk_search import FirstPassage, Found
from evals.workbench import Source, Workbench

_SIZE, _OVERLAP, _TOP = 1_000, 200, 4


@dataclass(frozen=True)
class Piece:
    """What the splitter cut, and what of the manual stands in it."""

    text: str
    sections: tuple[str, ...]
    """Best first: those that more of the piece stands in."""
    citations: tuple[Citation, ...]


def open_recipe(workbench: Workbench, source: Source) -> Method:
    """The recipe over one manual, with the model that the assistant uses."""
    import chromadb
    from chromadb.config import Settings

    pieces = list(pieces_of(source.text, source.manual))
    # in memory, and all such clients of a process share it: so the collection's name is unique
    client = chromadb.EphemeralClient(Settings(anonymized_telemetry=False))
    name = f"recipe-{uuid4().hex}"
    collection = client.create_collection(
        name, embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
    )
    vectors = workbench.embeddings.passage_vectors([piece.text for piece in pieces])
    collection.add([str(i) for i in range(len(pieces))], vectors)

    def search(question: str) -> list[Found]:
        vector = workbench.embeddings.query_vector(question)
        nearest = collection.query(vector[None], n_results=_TOP, include=["distances"])
        distances = (nearest["distances"] or [[]])[0]
        return [
            Found(piece.text, piece.citations, piece.sections, 1.0 - far)
            for piece, far in zip(
                (pieces[int(i)] for i in nearest["ids"][0]), distances, strict=True
            )
        ]

    return FirstPassage(search)


def pieces_of(text: str, manual: Manual) -> Iterator[Piece]:
    """The splitter's pieces of a manual's text, each with what is printed on its lines."""
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(
        chunk_size=_SIZE, chunk_overlap=_OVERLAP, add_start_index=True
    )
    starts = [0, *accumulate(len(line) for line in text.splitlines(keepends=True))]
    printed = [(section, passage) for section in manual.sections for passage in section.passages]
    for document in splitter.create_documents([text]):
        start = document.metadata["start_index"]
        end = start + len(document.page_content)
        inside = [
            (section, passage)
            for section, passage in printed
            if start <= starts[passage.line - 1] < end
        ]
        yield _piece(document.page_content, inside, manual)


def _piece(text: str, inside: list[tuple[Section, Passage]], manual: Manual) -> Piece:
    extent: Counter[str] = Counter()
    for section, passage in inside:
        extent[section.number] += len(passage.text)
    sections = tuple(number for number, _ in extent.most_common())
    shown = " ".join(text.split())
    citations = tuple(
        Citation(
            manual=manual.code,
            section=section.number,
            title=section.title,
            page=passage.page,
            function=passage.function,
            quote=passage.text,
        )
        for section, passage in inside
        if section.number == sections[0] and passage.text in shown
    )
    return Piece(shown, sections, citations)
