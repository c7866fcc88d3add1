"""Manuals that the office uploads: read, looked at, published, put back.

    draft = desk.add(name, content, code, by)
    desk.read(draft.id)      # in a child process with limits, as `asistente ingerir` reads
    desk.publish(draft.id)   # as `asistente ingerir` does: a new build, then the catalog's flip

The file waits in the database, so that any process can go on with it. This module and the command
line are the only ones in `assistant` that call `ingest`.
"""

import json
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import delete, insert, select, update

from assistant.desk.errors import DeskError, GoneError
from assistant.desk.limits import limits_of
from assistant.running.settings import Settings
from assistant.running.storage.book import Book
from assistant.running.storage.database import Database, now
from assistant.running.storage.desk_tables import DraftRow
from assistant.structure.comparing import Comparison, compare
from corpus.catalog import IndexedManual, OutdatedIndexError, no_index
from corpus.codes import canonical_code, checked_code
from corpus.editions import Edition
from corpus.errors import AsistenteError
from corpus.prepared_model import DEFAULT_MODEL, prepared_folder, read_prepared
from corpus.printed_pages import PrintedPages
from corpus.store import ManualStore, open_store

if TYPE_CHECKING:
    from corpus.embeddings import OnnxEmbeddings
    from ingest.review import Review

KEPT_DAYS = 30
"""A draft that nobody publishes is deleted after so many days."""
_GIVEN_UP = timedelta(minutes=45)
"""Work that is older was cut short: its process has gone."""
_LONGEST_NAME = 120


class DraftState(StrEnum):
    """How far a draft has come."""

    WAITING = "waiting"
    READING = "reading"
    READ = "read"
    UNREADABLE = "unreadable"
    PUBLISHING = "publishing"
    PUBLISHED = "published"
    UNPUBLISHED = "unpublished"
    """Publishing it failed; it can be tried again."""


STATE_NAMES = {
    DraftState.WAITING: "en espera",
    DraftState.READING: "leyéndose",
    DraftState.READ: "por publicar",
    DraftState.UNREADABLE: "no se pudo leer",
    DraftState.PUBLISHING: "publicándose",
    DraftState.PUBLISHED: "publicado",
    DraftState.UNPUBLISHED: "no se pudo publicar",
}
WORKING = frozenset({DraftState.WAITING, DraftState.READING, DraftState.PUBLISHING})


@dataclass(frozen=True)
class WhatWasRead:
    """What reading a draft gave."""

    review: "Review"
    replaces: IndexedManual | None
    """The one in force under its code."""
    comparison: Comparison | None
    """What it would change of that; None where there is none."""
    loss: str
    """What stands against publishing it, in one sentence; "" if nothing does."""


@dataclass(frozen=True)
class Draft:
    """A manual that was uploaded."""

    id: str
    name: str
    code: str
    state: DraftState
    read: WhatWasRead | None
    message: str
    uploaded_by: str
    updated_at: datetime

    @property
    def is_working(self) -> bool:
        """Whether something is being done with it."""
        return self.state in WORKING

    @property
    def can_be_published(self) -> bool:
        """Whether it was read and is not in force yet."""
        return self.state in (DraftState.READ, DraftState.UNPUBLISHED)


class DraftBook(Book):
    """The drafts, and what is done with them. Raises DatabaseError and StoreUnreachableError."""

    def __init__(self, database: Database, settings: Settings) -> None:
        super().__init__(database)
        self._settings = settings

    def add(self, name: str, content: bytes, code: str, by: str) -> Draft:
        """Take a file in. Raises DeskError for one that can't be read at all or is too big, and
        BadCodeError."""
        from ingest.readers import SUFFIXES

        safe = _file_name(name)
        if Path(safe).suffix.lower() not in SUFFIXES:
            raise DeskError(
                f"«{safe}» no es un formato que se lea; suba un PDF, DOCX, TXT, MD o HTML."
            )
        if not content:
            raise DeskError(f"«{safe}» está vacío; elija otro archivo.")
        if len(content) > self._settings.source_max_mb * 1_000_000:
            raise DeskError(f"«{safe}» pasa de {self._settings.source_max_mb} MB.")
        draft_id = secrets.token_hex(8)
        row = {
            "id": draft_id,
            "name": safe,
            "code": checked_code(code) if code.strip() else "",
            "content": content,
            "state": DraftState.WAITING.value,
            "message": "",
            "uploaded_by": by,
            "updated_at": now(),
        }
        self._change(insert(DraftRow).values(**row))
        return self.find(draft_id)

    def find(self, draft_id: str) -> Draft:
        """A draft. Raises GoneError."""
        row = self._first(_SHOWN.where(DraftRow.id == draft_id))
        if row is None:
            raise GoneError("Ese borrador ya no está; vuelva a la lista de manuales.")
        return _draft(row)

    def all(self) -> list[Draft]:
        """All drafts, the newest first."""
        return [_draft(row) for row in self._all(_SHOWN.order_by(DraftRow.updated_at.desc()))]

    def discard(self, draft_id: str) -> Draft:
        """Delete a draft. Raises GoneError."""
        draft = self.find(draft_id)
        self._change(delete(DraftRow).where(DraftRow.id == draft_id))
        return draft

    def read(self, draft_id: str) -> Draft:
        """Read a draft within the limits; what is wrong with the file becomes its message.

        Raises GoneError.
        """
        draft = self.find(draft_id)
        self._set(draft_id, DraftState.READING)
        try:
            with self._file(draft_id) as path:
                read = self._read(path, draft.code)
        except AsistenteError as error:
            return self._set(draft_id, DraftState.UNREADABLE, message=str(error))
        except Exception:
            self._set(draft_id, DraftState.UNREADABLE, message=_UNEXPECTED)
            raise
        return self._set(draft_id, DraftState.READ, read=_as_json(read))

    def claim(self, draft_id: str) -> Draft:
        """Note that a draft is about to be published: then nobody else begins the same.

        Raises GoneError, and DeskError for a draft that was not read.
        """
        self.find(draft_id)
        ready = DraftRow.state.in_([DraftState.READ.value, DraftState.UNPUBLISHED.value])
        cut_short = (DraftRow.state == DraftState.PUBLISHING.value) & (
            DraftRow.updated_at < now() - _GIVEN_UP
        )
        mine = update(DraftRow).where(DraftRow.id == draft_id, ready | cut_short)
        values = {"state": DraftState.PUBLISHING.value, "message": "", "updated_at": now()}
        if self._change(mine.values(**values)) != 1:
            raise DeskError("Este borrador no se puede publicar ahora; vuelva a cargarlo.")
        return self.find(draft_id)

    def publish(self, draft_id: str, *, anyway: bool = False) -> Draft:
        """Put a claimed draft in force; running processes follow within seconds. With `anyway`,
        also where the index loses much. What went wrong becomes its message, and the index stays as
        it was; so does that a newer version stays in force. Raises GoneError.
        """
        draft = self.find(draft_id)
        try:
            with self._file(draft_id) as path:
                in_force = self._publish(path, draft.code, anyway=anyway)
        except AsistenteError as error:
            return self._set(draft_id, DraftState.UNPUBLISHED, message=str(error))
        except Exception:
            self._set(draft_id, DraftState.UNPUBLISHED, message=_UNEXPECTED)
            raise
        message = "" if in_force else _KEPT_BESIDE
        return self._set(draft_id, DraftState.PUBLISHED, message, content=None)

    def editions(self) -> dict[str, list[Edition]]:
        """By code, the versions of each manual: that in force first, then from the newest on."""
        found: dict[str, list[Edition]] = {}
        with suppress(OutdatedIndexError):
            for each in self._store().all_editions():
                found.setdefault(each.record.code, []).append(each)
        return found

    def uncorrected(self) -> dict[str, IndexedManual]:
        """By code, what was in force before under the same version: a file of it was published
        again, which left no version of its own."""
        return self._store().undoable()

    def put_in_force(self, code: str, version: str) -> IndexedManual:
        """Let answers come from another version that is kept. Raises as the store does."""
        return self._store().put_in_force(code, version).record

    def reinstate(self, code: str) -> IndexedManual:
        """Put what was in force before in force again. Raises NoFormerError and NoIndexError."""
        return self._store().reinstate(code)

    def forget(self, code: str, version: str | None = None) -> None:
        """Take a manual out of the index, or one version of it. Raises as the store does, and
        NoIndexError where it isn't there."""
        store = self._store()
        if not store.forget(code, version):
            raise no_index(code)
        self._printed().sweep(canonical_code(code), keep=store.sources(code))

    def forget_old(self) -> int:
        """Delete drafts that nobody published; how many there were."""
        oldest = now() - timedelta(days=KEPT_DAYS)
        return self._change(delete(DraftRow).where(DraftRow.updated_at < oldest))

    def _read(self, path: Path, code: str) -> WhatWasRead:
        from ingest.errors import WouldLoseError
        from ingest.identity import adjusted
        from ingest.parser import read_manual
        from ingest.readers import read_guarded
        from ingest.replacing import require_no_loss
        from ingest.review import review_of

        source = read_guarded(path, limits_of(self._settings))
        reading = read_manual(source, adjusted(path, code))
        store, loss, record = self._store(), "", None
        comparison: Comparison | None = None
        try:
            require_no_loss(reading.manual, store, path.name)
        except WouldLoseError as error:
            loss = str(error)
        try:
            record = store.indexed(reading.manual.code)
            if record is not None:
                comparison = compare(store.manual(record), reading.manual)
        except OutdatedIndexError:
            record = None
        return WhatWasRead(review_of(reading, path.name), record, comparison, loss)

    def _publish(self, path: Path, code: str, *, anyway: bool) -> bool:
        """Whether it is in force then."""
        from ingest.indexing import index_manual

        model = self._settings.embedding_model or DEFAULT_MODEL
        folder = prepared_folder(self._settings.data_dir, model)

        def embeddings() -> "OnnxEmbeddings":
            from corpus.embeddings import OnnxEmbeddings

            return OnnxEmbeddings(folder)

        summary = index_manual(
            path,
            self._store(),
            read_prepared(folder, model).name,
            embeddings,
            force=anyway,
            code=code,
            limits=limits_of(self._settings),
            printed=self._printed() if self._settings.page_pictures else None,
        )
        return summary.in_force

    def _printed(self) -> PrintedPages:
        return PrintedPages(self._settings.data_dir)

    def _store(self) -> ManualStore:
        return open_store(self._settings.data_dir, self._settings.chroma_url)

    @contextmanager
    def _file(self, draft_id: str) -> Iterator[Path]:
        """The file of a draft, under its own name, in a folder that goes at the end."""
        of_id = select(DraftRow.name, DraftRow.content).where(DraftRow.id == draft_id)
        row = self._first(of_id)
        if row is None or row.content is None:
            raise GoneError("El archivo de ese borrador ya no está; súbalo otra vez.")
        with tempfile.TemporaryDirectory(prefix="borrador-") as folder:
            path = Path(folder) / row.name
            path.write_bytes(row.content)
            yield path

    def _set(self, draft_id: str, state: DraftState, message: str = "", **more: Any) -> Draft:
        values = {"state": state.value, "message": message, "updated_at": now(), **more}
        self._change(update(DraftRow).where(DraftRow.id == draft_id).values(**values))
        return self.find(draft_id)


_UNEXPECTED = "Ocurrió un error que no se esperaba; avise a quien opera el servidor."
_KEPT_BESIDE = (
    "Se guardó junto a la vigente, que es más nueva. Si quiere que se responda con ésta, "
    "póngala en vigor en la lista de manuales."
)
_SHOWN = select(*(c for c in DraftRow.__table__.c if c.name != "content"))


def _file_name(name: str) -> str:
    """The last part of a name, without what a file system may trip over."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1].strip()
    kept = "".join(c for c in last if c.isprintable() and c not in '<>:"|?*').lstrip(".")
    stem, dot, suffix = kept.rpartition(".")
    return f"{stem[:_LONGEST_NAME]}{dot}{suffix[:8]}" or "manual"


def _as_json(read: WhatWasRead) -> str:
    from ingest.review import Review

    return json.dumps(
        {
            "review": TypeAdapter(Review).dump_python(read.review, mode="json"),
            "replaces": read.replaces.model_dump(mode="json") if read.replaces else None,
            "comparison": read.comparison.model_dump(mode="json") if read.comparison else None,
            "loss": read.loss,
        },
        ensure_ascii=False,
    )


def _what_was_read(written: str | None) -> WhatWasRead | None:
    if not written:
        return None
    from ingest.review import Review

    plain = json.loads(written)
    try:
        return WhatWasRead(
            TypeAdapter(Review).validate_python(plain["review"]),
            IndexedManual.model_validate(plain["replaces"]) if plain["replaces"] else None,
            Comparison.model_validate(plain["comparison"]) if plain["comparison"] else None,
            plain["loss"],
        )
    except (KeyError, ValidationError):  # of another version of this program
        return None


def _draft(row: Any) -> Draft:
    state, message = DraftState(row.state), row.message
    if state in WORKING and row.updated_at < now() - _GIVEN_UP:
        stopped = state is DraftState.PUBLISHING
        state = DraftState.UNPUBLISHED if stopped else DraftState.UNREADABLE
        message = "Se interrumpió; inténtelo otra vez."
    return Draft(
        row.id, row.name, row.code, state, _what_was_read(row.read), message,
        row.uploaded_by, row.updated_at,
    )  # fmt: skip
