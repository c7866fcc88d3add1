"""The indexed manuals, each opened when it is needed; follows the index when it is made anew."""

import logging
import os
import shutil
import threading
import time
import weakref
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

import numpy as np

from assistant.answering.draft import Draft
from assistant.answering.knowledge import Knowledge
from assistant.answering.turn import Turn
from assistant.asking.chain import Taught, build_chain, retrieved
from assistant.asking.routing import FEW, Router
from assistant.asking.steps import Chain
from assistant.retrieval.confidence import BACKGROUND, DEFAULT_SCALE, Scale
from assistant.retrieval.hybrid import Hit, HybridSearch
from assistant.retrieval.lexical import LexicalIndex
from assistant.retrieval.taught import OfficeWords
from assistant.retrieval.thesaurus import Thesaurus
from assistant.running.garbage import LongLived
from assistant.understanding.aspect_reader import AspectReader
from assistant.understanding.focus import Focus
from assistant.understanding.types import Understanding
from corpus.catalog import IndexedManual, IndexReplacedError, no_index
from corpus.chroma import StoreUnreachableError
from corpus.editions import Edition
from corpus.flat import MOST_VECTORS, FlatSearch
from corpus.office_words import OfficeWord, Origin, require_known
from corpus.prepared_model import DEFAULT_MODEL
from corpus.store import ManualStore
from corpus.words_store import StoredWord

if TYPE_CHECKING:
    from assistant.retrieval.retriever import HybridRetriever
    from assistant.writing.writer import Writer
    from corpus.embeddings import OnnxEmbeddings, Vector

log = logging.getLogger(__name__)

_LOOK_AGAIN = 5.0
"""Seconds for which the catalog is taken as unchanged."""
MOST_OPEN = 48
"""Manuals that stay open, of some 11 to 20 MB each."""
_LOOK_EVERY = 1_000
"""Openings after which garbage is looked for among what stays open."""
_PATIENCE = 0.25
"""Seconds that a question waits for the catalog where manuals are open: it needs the store no more,
and must not wait for one that hangs."""


@dataclass(frozen=True)
class ManualParts:
    """What answers of one manual, opened."""

    knowledge: Knowledge
    passages: HybridSearch
    chain: Chain
    taught: Taught = lambda _: None
    """Gives the office's wording that a question says again."""


class OpenManual:
    """One manual, ready for questions: what it is costs nothing, the rest is opened when it is
    asked for, and may raise what reading the store does."""

    def __init__(self, record: IndexedManual, parts: Callable[[], ManualParts]) -> None:
        self.record = record
        self._parts = parts

    @property
    def knowledge(self) -> Knowledge:
        """What answering needs to know of it."""
        return self._parts().knowledge

    @property
    def passages(self) -> HybridSearch:
        """Finds its passages."""
        return self._parts().passages

    @property
    def retriever(self) -> "HybridRetriever":
        """The same as a LangChain retriever."""
        from assistant.retrieval.retriever import HybridRetriever

        return HybridRetriever(search=self.passages)

    @property
    def chain(self) -> Chain:
        """The way of a question to its answer."""
        return self._parts().chain

    @property
    def taught(self) -> Taught:
        """Gives the office's wording that a question says again."""
        return self._parts().taught

    def search(self, asked: Understanding) -> tuple[Hit, ...]:
        """What is found for a question on a topic."""
        return retrieved(asked, self.passages)


class Library:
    """The manuals by their codes. Few are all open; of many, those that were used last, and they
    are opened again when their index was replaced. Safe for threads."""

    def __init__(
        self,
        store: ManualStore,
        embeddings: "OnnxEmbeddings",
        thesaurus: Thesaurus,
        clock: Callable[[], float] = time.monotonic,
        rebuilt: Callable[[ManualParts], ManualParts] = lambda parts: parts,
        writer: "Writer | None" = None,
        reader: AspectReader | None = None,
        *,
        most_open: int = MOST_OPEN,
        atlas_folder: Path | None = None,
    ) -> None:
        """`reader` tells what is asked; it must be given where the embeddings have no heads.
        `rebuilt` may give an opened manual other parts, as evaluations do that leave one out.
        `atlas_folder` keeps the search over all manuals from one process to the next; without it,
        one that needs it makes its own."""
        self._store = store
        self._embeddings = embeddings
        self._thesaurus = thesaurus
        self._clock = clock
        self._rebuilt = rebuilt
        self._writer = writer
        self._reader = reader or AspectReader(embeddings)
        self._looked = float("-inf")
        self._most_open = most_open
        self._atlas_folder = atlas_folder
        self._manuals: dict[str, OpenManual] = {}
        self._by_code: list[OpenManual] = []
        self._open: OrderedDict[str, ManualParts] = OrderedDict()
        self._opening: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()
        self._lock_of_open = threading.Lock()
        self._long_lived = LongLived(_LOOK_EVERY)
        self._words: dict[str, OfficeWords] = {}
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
        if not self._by_code:
            with self._lock:
                if self._is_due():
                    self._refresh()
        elif self._is_due():
            self._look_again()
        return self._by_code

    def manual(self, code: str) -> OpenManual:
        """One manual by its code, in any case. Raises NoIndexError and what `manuals` does."""
        self.manuals()
        found = self._manuals.get(code.strip().casefold())
        if found is None:
            raise no_index(code)
        return found

    def opened(self, record: IndexedManual) -> OpenManual:
        """A manual of this very build, such as that of a version that is not in force.

        Raises ModelMismatchError.
        """
        record.require_model(self._embeddings.name)
        found = self._manuals.get(record.code.casefold())
        return found if found and found.record.build == record.build else self._handle(record)

    def editions(self, code: str) -> list[Edition]:
        """The versions of a manual that are kept. Raises NoIndexError."""
        return self._store.editions(code)

    def likely(self, question: str) -> Sequence[OpenManual]:
        """The manuals that a question may be about, the likeliest first: all of them where there
        are few. Raises as `manuals` does."""
        return self.router.route(question, self.manuals()).manuals

    @cached_property
    def router(self) -> Router:
        """Tells which of many manuals to open for a question."""
        folder = self._atlas_folder
        if folder is None or not _is_writable(folder):
            folder = Path(mkdtemp(prefix="asistente-atlas-"))
            weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        return Router(folder, self._store, self._query_vector, self._thesaurus)

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

        chain = build_chain(opened.knowledge, opened.passages, None, taught)

        def answer(question: str, focus: Focus) -> Draft:
            draft = chain.invoke(Turn(question, focus, shown=False)).draft
            if draft is None:
                raise AssertionError("the chain drafts an answer")
            return draft

        return answer

    def _read_words(self) -> None:
        """Follow what the office has taught, here or in another process."""
        revision = self._store.words.revision()
        if revision != self._revision:
            self._words = {code: self._words_in_store(code) for code in list(self._words)}
            self._revision = revision

    def _words_of(self, code: str) -> OfficeWords:
        """The wordings of a manual, read once and again when any change."""
        known = self._words.get(code)
        if known is None:
            known = self._words[code] = self._words_in_store(code)
        return known

    def _words_in_store(self, code: str) -> OfficeWords:
        return OfficeWords(self._store.words.of(code), self._embeddings.name)

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
        known = {each.record.build: each for each in self._by_code}
        self._read_words()  # first: what is opened below needs them
        handles = [known.get(record.build) or self._handle(record) for record in records]
        if handles == self._by_code:  # the same list says that nothing has changed
            handles = self._by_code
        if len(records) <= FEW:  # few are open at all times, whatever the store does then
            for record in records:
                self._parts_of(record)
        self._manuals = {each.record.code.casefold(): each for each in handles}
        self._by_code = handles
        self._looked = self._clock()

    def _handle(self, record: IndexedManual) -> OpenManual:
        return OpenManual(record, lambda: self._parts_of(record))

    def _parts_of(self, record: IndexedManual) -> ManualParts:
        """The parts of a build, opened now if they aren't; the longest unused ones are closed."""
        build = record.build
        with self._lock_of_open:
            known = self._open.get(build)
            if known is not None:
                self._open.move_to_end(build)
                return known
            opening = self._opening.setdefault(build, threading.Lock())
        with opening:
            with self._lock_of_open:
                known = self._open.get(build)
            if known is None:
                known = self._opened(record)
                if self._are_many():
                    self._long_lived.keep()
            with self._lock_of_open:
                self._open[build] = known
                self._opening.pop(build, None)
                while len(self._open) > self._most_open:
                    self._open.popitem(last=False)
        return known

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

    def _are_many(self) -> bool:
        """Whether there are so many manuals that they come and go."""
        return len(self._by_code) > FEW

    def _search_of(
        self, record: IndexedManual, ids: Sequence[str]
    ) -> "Callable[[Vector, int], list[tuple[str, float]]]":
        """Search among a build's vectors: here, unless they are very many."""
        if len(ids) <= MOST_VECTORS:
            near = self.router.vectors(record) if self._are_many() else None
            return FlatSearch(ids, self._store.vectors(record) if near is None else near).nearest

        def in_chroma(vector: "Vector", k: int) -> list[tuple[str, float]]:
            try:
                return self._store.search(record, vector, k)
            except IndexReplacedError:
                self._looked = float("-inf")  # the next question opens the new build
                raise

        return in_chroma

    def _opened(self, record: IndexedManual) -> ManualParts:
        copy = self.router.copy(record) if self._are_many() else None
        chunks = copy.chunks if copy else self._store.chunks(record)
        manual = copy.manual if copy else self._store.manual(record)
        self._words_of(record.code)  # now: a question must not wait for the store
        search_near = self._search_of(record, [chunk.id for chunk in chunks])

        def nearest(question: str, k: int) -> list[tuple[str, float]]:
            return search_near(self._query_vector(question), k)

        knowledge = Knowledge(manual, self._reader)
        lexical = LexicalIndex(chunks, self._thesaurus)
        search = HybridSearch(chunks, lexical, nearest, scale=self._scale(record))

        def taught(question: str) -> OfficeWord | None:
            words = self._words_of(record.code)
            return words.leading(question, self._query_vector(question)) if words.stored else None

        chain = build_chain(knowledge, search, self._writer, taught)
        return self._rebuilt(ManualParts(knowledge, search, chain, taught))


def _is_writable(folder: Path) -> bool:
    """Whether files can be put into a folder, which is made if it isn't there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK)
