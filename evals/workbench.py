"""What all methods work with: an index of the evaluation's own, the model, and the manuals."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.asking.conversation import ConversationStore, MemoryConversations
from assistant.asking.core import Assistant
from assistant.asking.library import Library, ManualParts
from assistant.retrieval.thesaurus import default_thesaurus
from assistant.running.settings import Settings
from corpus.catalog import IndexedManual
from corpus.embeddings import OnnxEmbeddings
from corpus.model import Chunk, Manual
from corpus.office_words import WORDS_FOLDER
from corpus.prepared_model import DEFAULT_MODEL, prepared_folder
from corpus.store import ManualStore, open_store
from evals.generated_manuals import GeneratedManual
from ingest import parse_manual, read_source
from ingest.indexing import index_manual
from ingest.office_words import follow_words

if TYPE_CHECKING:
    from assistant.writing.writer import Writer

Rebuilt = Callable[[ManualParts], ManualParts]
"""An opened manual in, the same with other parts out."""


@dataclass(frozen=True)
class Source:
    """A manual of a gold set: its file as text, and what the parser makes of it."""

    path: Path
    text: str
    manual: Manual
    chunks: tuple[Chunk, ...]


class Workbench:
    """An index beside the one in use, so that what is indexed there changes no figure."""

    def __init__(
        self,
        folder: Path,
        embeddings: OnnxEmbeddings,
        question_limit: int,
        wordings: Path = WORDS_FOLDER,
    ) -> None:
        """`folder` is kept from one evaluation to the next: what didn't change isn't made anew.
        `wordings` holds the offices' own words."""
        self.folder = folder
        self.embeddings = embeddings
        self.limit = question_limit
        self._wordings = wordings
        self._store = open_store(folder)

    @property
    def store(self) -> ManualStore:
        """Where the manuals are indexed."""
        return self._store

    def ingest(self, path: Path) -> Source:
        """Index a manual unless it is indexed already. Raises IngestError."""
        name = self.embeddings.name
        code = index_manual(path, self._store, name, lambda: self.embeddings).code
        follow_words(code, self._store, self._wordings, name, lambda: self.embeddings)
        source = read_source(path)
        manual = parse_manual(source)
        return Source(path, source.text, manual, tuple(self._store.chunks(manual.code)))

    def made_up(self, name: str, manual: GeneratedManual) -> tuple["Workbench", Source]:
        """A made-up manual on a workbench of its own: two seeds may give the same code."""
        folder = self.folder / name
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{manual.truth.code}.txt"
        path.write_text(manual.text, "utf-8")
        own = Workbench(folder, self.embeddings, self.limit)
        return own, own.ingest(path)

    def assistant(
        self,
        rebuilt: Rebuilt = lambda opened: opened,
        writer: "Writer | None" = None,
        conversations: ConversationStore | None = None,
    ) -> Assistant:
        """The assistant over this index; its manuals may have other parts put in, a language model
        may write its answers, and conversations may be shared with another assistant."""
        library = Library(
            self._store, self.embeddings, default_thesaurus(), rebuilt=rebuilt, writer=writer
        )
        return Assistant(library, conversations or MemoryConversations(), self.limit)

    def record(self, code: str) -> IndexedManual:
        """The record of an indexed manual."""
        found = self._store.indexed(code)
        if found is None:
            raise LookupError(code)
        return found

    @cached_property
    def cache(self) -> Path:
        """A folder for what is slow to compute, by the model that it was computed with."""
        safe = "".join(c if c.isalnum() else "-" for c in self.embeddings.name)
        path = self.folder / "cache" / safe
        path.mkdir(parents=True, exist_ok=True)
        return path


def open_workbench(settings: Settings) -> Workbench:
    """The workbench in the data folder, with the model that is prepared there.

    Raises ModelNotPreparedError.
    """
    folder = settings.data_dir / "evals"
    folder.mkdir(parents=True, exist_ok=True)
    return Workbench(folder, served_embeddings(settings), settings.question_limit)


def served_embeddings(settings: Settings) -> OnnxEmbeddings:
    """The model that is prepared in the data folder. Raises ModelNotPreparedError."""
    model = settings.embedding_model or DEFAULT_MODEL
    return OnnxEmbeddings(prepared_folder(settings.data_dir, model))
