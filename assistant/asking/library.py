"""The indexed manuals, opened for questions; follows the index when it is made anew."""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from langchain_core.runnables import Runnable

from assistant.answering.draft import Draft
from assistant.answering.knowledge import Knowledge
from assistant.answering.turn import Turn
from assistant.asking.chain import Taught, build_chain, retrieved
from assistant.retrieval.confidence import BACKGROUND, DEFAULT_SCALE, Scale
from assistant.retrieval.hybrid import Hit, HybridRetriever, HybridSearch
from assistant.retrieval.lexical import LexicalIndex
from assistant.retrieval.taught import OfficeWords, places_of
from assistant.retrieval.thesaurus import Thesaurus
from assistant.understanding.aspect_reader import AspectReader
from assistant.understanding.focus import Focus
from assistant.understanding.types import Understanding
from corpus.catalog import IndexedManual, IndexReplacedError, no_index
from corpus.chroma import StoreUnreachableError
from corpus.flat import MOST_VECTORS, FlatSearch
from corpus.office_words import OfficeWord, Origin, require_known
from corpus.prepared_model import DEFAULT_MODEL
from corpus.store import ManualStore
from corpus.words_store import StoredWord

if TYPE_CHECKING:
    from assistant.writing.writer import Writer
    from corpus.embeddings import OnnxEmbeddings, Vector

log = logging.getLogger(__name__)

_LOOK_AGAIN = 5.0
"""Seconds for which the catalog is taken as unchanged."""
_PATIENCE = 0.25
"""Seconds that a question waits for the catalog where manuals are open: it needs the store no more,
and must not wait for one that hangs."""


@dataclass(frozen=True)
class OpenManual:
    """One manual, ready for questions."""

    record: IndexedManual
    knowledge: Knowledge
    retriever: HybridRetriever
    chain: Runnable[Turn, Turn]
    taught: Taught = lambda _: None
    """Gives the office's wording that a question says again."""

    def search(self, asked: Understanding) -> tuple[Hit, ...]:
        """What is found for a question on a topic."""
        return retrieved(asked, self.retriever)


class Library:
    """Opens each indexed manual once, and again when its index was replaced. Safe for threads."""

    def __init__(
        self,
        store: ManualStore,
        embeddings: "OnnxEmbeddings",
        thesaurus: Thesaurus,
        clock: Callable[[], float] = time.monotonic,
        rebuilt: "Callable[[OpenManual], OpenManual]" = lambda opened: opened,
        writer: "Writer | None" = None,
        reader: AspectReader | None = None,
    ) -> None:
        """`reader` tells what is asked; it must be given where the embeddings have no heads.
        `rebuilt` may give an opened manual other parts, as evaluations do that leave one out."""
        self._store = store
        self._embeddings = embeddings
        self._thesaurus = thesaurus
        self._clock = clock
        self._rebuilt = rebuilt
        self._writer = writer
        self._reader = reader or AspectReader(embeddings)
        self._looked = float("-inf")
        self._open: dict[str, OpenManual] = {}
        self._lock = threading.Lock()
        self._words: dict[str, OfficeWords] = {}
        self._no_words = OfficeWords((), embeddings.name)
        self._revision = ""
        self._fault: StoreUnreachableError | None = None
        self._last: tuple[str, Vector | None] = ("", None)
        self._lock_of_last = threading.Lock()

    @property
    def fault(self) -> StoreUnreachableError | None:
        """Why the index can't be followed at this moment, while what is open is still answered."""
        return self._fault

    def check_store(self) -> None:
        """Raise StoreUnreachableError unless the store answers and its catalog can be read."""
        self._store.usable(self._embeddings.name)

    @property
    def reader(self) -> AspectReader:
        """What tells what is asked, whatever the manual."""
        return self._reader

    def manuals(self) -> list[OpenManual]:
        """All indexed manuals, by code.

        What is open is given also while the store doesn't answer. Raises NoIndexError,
        ModelMismatchError, OutdatedIndexError, StoreUnreachableError.
        """
        if not self._open:
            with self._lock:
                if self._is_due():
                    self._refresh()
        elif self._is_due():
            self._look_again()
        opened = self._open
        return [opened[code] for code in sorted(opened)]

    def manual(self, code: str) -> OpenManual:
        """One manual by its code, in any case. Raises NoIndexError and what `manuals` does."""
        wanted = code.strip().casefold()
        for each in self.manuals():
            if each.record.code.casefold() == wanted:
                return each
        raise no_index(code)

    def words(self, code: str) -> tuple[StoredWord, ...]:
        """The office's wordings of a manual, by text."""
        self.manuals()
        return self._words_of(code).stored

    def teach(self, code: str, word: OfficeWord) -> None:
        """Let a wording lead somewhere from now on; other processes follow within seconds.

        Raises WordsError for what leads to nothing of the manual, NoIndexError and
        StoreUnreachableError.
        """
        require_known([word], self.manual(code).knowledge.manual)
        vectors = np.array([self._query_vector(word.text)], np.float32)
        self._store.words.add(
            code, [word], vectors, origin=Origin.OFFICE, model_name=self._embeddings.name
        )
        with self._lock:
            self._read_words()

    def unteach(self, code: str, word: OfficeWord) -> None:
        """Take a wording back. Raises StoreUnreachableError."""
        self._store.words.remove(code, [word])
        with self._lock:
            self._read_words()

    def trial(self, code: str, word: OfficeWord | None = None) -> Callable[[str, Focus], Draft]:
        """Answers questions as they would be with one wording more; nothing is changed, and no
        language model is asked. Raises as `manual` does."""
        opened = self.manual(code)
        words = [w for w in self.words(code) if word is None or w.word.key != word.key]
        if word is not None:
            vector = self._query_vector(word.text)
            words.append(StoredWord(word, Origin.OFFICE, self._embeddings.name, vector))

        tried = OfficeWords(words, self._embeddings.name)

        def taught(question: str) -> OfficeWord | None:
            return tried.leading(question, self._query_vector(question))

        chain = build_chain(opened.knowledge, opened.retriever, None, taught)

        def answer(question: str, focus: Focus) -> Draft:
            draft = chain.invoke(Turn(question, focus, shown=False)).draft
            if draft is None:
                raise AssertionError("the chain drafts an answer")
            return draft

        return answer

    def _words_of(self, code: str) -> OfficeWords:
        return self._words.get(code, self._no_words)

    def _read_words(self) -> None:
        """Follow what the office has taught, here or in another process."""
        revision = self._store.words.revision()
        if revision != self._revision or set(self._words) != set(self._open):
            name = self._embeddings.name
            words = {code: OfficeWords(self._store.words.of(code), name) for code in self._open}
            self._words, self._revision = words, revision

    def _is_due(self) -> bool:
        return self._clock() - self._looked >= _LOOK_AGAIN

    def _look_again(self) -> None:
        """Follow the index, without making anybody wait for a store that hangs."""
        if not self._lock.acquire(blocking=False):
            return  # somebody is looking
        wrong: list[BaseException] = []

        def look() -> None:
            try:
                if self._is_due():
                    self._refresh()
                self._fault = None
            except StoreUnreachableError as error:
                if self._fault is None:
                    log.warning("the index can't be followed: %s", error)
                self._fault, self._looked = error, self._clock()
            except BaseException as error:  # told to who asks, below
                wrong.append(error)
            finally:
                self._lock.release()

        looking = threading.Thread(target=look, name="catalog", daemon=True)
        looking.start()
        looking.join(_PATIENCE)
        if wrong:
            raise wrong[0]

    def _refresh(self) -> None:
        records = self._store.usable(self._embeddings.name)
        self._open = {record.code: self._opened(record) for record in records}
        self._read_words()
        self._looked = self._clock()

    def _query_vector(self, question: str) -> "Vector":
        """The question's vector. Each of several manuals is asked, and the chosen one once more."""
        if self._reader.embeddings is self._embeddings:
            return self._reader.read(question).vector
        with self._lock_of_last:
            asked, vector = self._last
        if vector is None or asked != question:
            vector = self._embeddings.query_vector(question)
            with self._lock_of_last:
                self._last = question, vector
        return vector

    def _scale(self, record: IndexedManual) -> Scale:
        """How near a manual comes to questions on something else, with a model of which that is
        not known."""
        if self._embeddings.facts.model == DEFAULT_MODEL:
            return DEFAULT_SCALE
        best = [
            self._store.search(record, self._embeddings.query_vector(question), 1)[0][1]
            for question in BACKGROUND
        ]
        return Scale(float(np.mean(best)), max(float(np.std(best)), 1e-3))

    def _search_of(
        self, record: IndexedManual, ids: Sequence[str]
    ) -> "Callable[[Vector, int], list[tuple[str, float]]]":
        """Search among a build's vectors: here, unless they are very many."""
        if len(ids) <= MOST_VECTORS:
            return FlatSearch(ids, self._store.vectors(record)).nearest

        def in_chroma(vector: "Vector", k: int) -> list[tuple[str, float]]:
            try:
                return self._store.search(record, vector, k)
            except IndexReplacedError:
                self._looked = float("-inf")  # the next question opens the new build
                raise

        return in_chroma

    def _opened(self, record: IndexedManual) -> OpenManual:
        known = self._open.get(record.code)
        if known is not None and known.record.build == record.build:
            return known
        chunks = self._store.chunks(record)
        places = places_of(chunks)
        search_near = self._search_of(record, [chunk.id for chunk in chunks])

        def nearest(question: str, k: int) -> list[tuple[str, float]]:
            vector = self._query_vector(question)
            return self._words_of(record.code).raised(vector, search_near(vector, k), places)

        knowledge = Knowledge(self._store.manual(record), self._reader)
        lexical = LexicalIndex(chunks, self._thesaurus)
        search = HybridSearch(chunks, lexical, nearest, scale=self._scale(record))
        retriever = HybridRetriever(search=search)

        def taught(question: str) -> OfficeWord | None:
            words = self._words_of(record.code)
            return words.leading(question, self._query_vector(question)) if words.stored else None

        chain = build_chain(knowledge, retriever, self._writer, taught)
        opened = OpenManual(record, knowledge, retriever, chain, taught)
        return self._rebuilt(opened)
