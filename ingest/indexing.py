"""A source file in, an indexed manual out: the steps stand in `index_manual`."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import file_digest, sha256
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from corpus.catalog import IndexedManual, OutdatedIndexError
from corpus.codes import checked_code
from corpus.editions import Edition
from corpus.model import Manual, ParseWarning
from corpus.printed_pages import PrintedPages
from corpus.store import ManualStore
from ingest import chunk_manual, parse_manual
from ingest.adjustments import Adjustments, adjustments_path, read_adjustments
from ingest.errors import SourceNotFoundError
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.readers import SourceText, read_guarded
from ingest.readers.pdf.drawing import draw_pages
from ingest.replacing import require_no_loss

if TYPE_CHECKING:
    from corpus.embeddings import OnnxEmbeddings


class Stage(StrEnum):
    """What is being done, as it is shown to people."""

    READING = "Leyendo el archivo"
    PARSING = "Interpretando el manual"
    CHUNKING = "Separando los fragmentos"
    EMBEDDING = "Calculando los vectores"
    DRAWING = "Dibujando las páginas"
    STORING = "Guardando el índice"


@dataclass(frozen=True)
class IngestProgress:
    """How far a stage has come; `total` is 1 where a stage is a single step."""

    stage: Stage
    done: int
    total: int


@dataclass(frozen=True)
class IngestSummary:
    """What came of a source file. Of an unchanged one no warnings are told again."""

    code: str
    path: Path
    unchanged: bool
    pages: int
    chapters: int
    positions: int
    functions: int
    chunks: int
    warnings: tuple[ParseWarning, ...]
    seconds: float
    pictures: int = 0
    """Pages of which pictures were kept now."""
    version: str = ""
    in_force: bool = True
    """Whether answers come from it: not where a newer version is in force."""
    embedded: int = 0
    """Chunks that had to be embedded; the others stood in a version that is indexed."""


OnProgress = Callable[[IngestProgress], None]


def index_manual(
    path: Path,
    store: ManualStore,
    model_name: str,
    embeddings_factory: "Callable[[], OnnxEmbeddings]",
    on_progress: OnProgress = lambda _: None,
    *,
    force: bool = False,
    code: str = "",
    limits: Limits = DEFAULT_LIMITS,
    printed: PrintedPages | None = None,
    read: Callable[[Path, Limits], SourceText] = read_guarded,
) -> IngestSummary:
    """Read, parse, chunk, embed and store a manual, unless the store has it from this very file.

    What `MANUAL.ajustes.toml` beside the file sets right is heeded; `code` goes before the code
    there and the printed one. `model_name` is the identity of the model that `embeddings_factory`
    gives; the factory is called only if there is something to embed: what a version of this manual
    has in the same words isn't embedded again. With `force`, an unchanged file is indexed anew too,
    all of it, and a manual is replaced by one that has far less. `limits` are for reading the file;
    pictures of a PDF's pages go into `printed`; `read` gives a file's text. Raises IngestError for
    the source, or WouldLoseError for what the index would lose, BadCodeError for the manual's code,
    StoreUnreachableError for the store, and what the factory raises; the index then stays as it
    was.
    """
    started, pictures = time.perf_counter(), 0
    on_progress(IngestProgress(Stage.READING, 0, 1))
    source_sha256 = identity_of(path, code)
    edition = None if force else _already_indexed(store, source_sha256, model_name)
    if edition is not None:
        lacks = printed is not None and printed.of(source_sha256) is None
        if printed is not None and lacks and _has_pages(path):
            on_progress(IngestProgress(Stage.DRAWING, 0, 1))
            pictures = _draw(path, source_sha256, store.manual(edition.record), printed, limits)
        on_progress(IngestProgress(Stage.READING, 1, 1))
        return replace(_summary(edition, path, (), started, unchanged=True), pictures=pictures)
    source = read(path, limits)
    on_progress(IngestProgress(Stage.PARSING, 0, 1))
    manual = parse_manual(source, adjusted(path, code))
    if not force:
        require_no_loss(manual, store, path.name)
    on_progress(IngestProgress(Stage.CHUNKING, 0, 1))
    chunks = chunk_manual(manual)
    texts = [chunk.indexed_text for chunk in chunks]
    known = {} if force else store.embedded(manual.code, model_name)
    new = [text for text in dict.fromkeys(texts) if text not in known]
    on_progress(IngestProgress(Stage.EMBEDDING, 0, len(new)))
    if new:
        made = embeddings_factory().passage_vectors(
            new, lambda done, total: on_progress(IngestProgress(Stage.EMBEDDING, done, total))
        )
        known |= dict(zip(new, made, strict=True))
    vectors = np.stack([known[text] for text in texts]) if texts else np.empty((0, 0), np.float32)
    before = store.sources(manual.code)
    if printed is not None and _has_pages(path):
        on_progress(IngestProgress(Stage.DRAWING, 0, 1))
        pictures = _draw(path, source_sha256, manual, printed, limits)
    on_progress(IngestProgress(Stage.STORING, 0, 1))
    record = store.replace(
        manual, chunks, vectors, source_sha256=source_sha256, model_name=model_name
    )
    if printed is not None:  # the earlier ones stay for who is reading them
        printed.sweep(record.code, keep=[source_sha256, *before])
    on_progress(IngestProgress(Stage.STORING, 1, 1))
    made_edition = _edition_of(store, record)
    summary = _summary(made_edition, path, manual.warnings, started, embedded=len(new))
    return replace(summary, pictures=pictures)


def _edition_of(store: ManualStore, record: IndexedManual) -> Edition:
    current = store.indexed(record.code)
    return Edition(record, current is not None and current.edition == record.edition)


def _draw(
    path: Path, source_sha256: str, manual: Manual, printed: PrintedPages, limits: Limits
) -> int:
    """Keep pictures of the pages, each under its printed number; gives how many."""
    folder = printed.scratch(source_sha256)
    drawn = draw_pages(path, folder, limits)
    pages: dict[int, tuple[int, int, int]] = {}
    for physical, page in enumerate(manual.physical_pages, start=1):
        if physical in drawn:
            pages.setdefault(page, (physical, *drawn[physical]))
    if pages:
        printed.keep(source_sha256, manual.code, pages)
    else:
        printed.drop(source_sha256)
    return len(pages)


def _has_pages(path: Path) -> bool:
    """Whether a source has pages that can be drawn."""
    return path.suffix.lower() == ".pdf"


def changed(paths: Sequence[Path], store: ManualStore, model_name: str) -> list[Path]:
    """The files, or those that can't be opened, that the store doesn't have as they are now.

    Raises StoreUnreachableError.
    """
    try:
        made = {(e.record.source_sha256, e.record.model_name) for e in store.all_editions()}
    except OutdatedIndexError:
        return list(paths)

    def is_known(path: Path) -> bool:
        try:
            return (identity_of(path), model_name) in made
        except SourceNotFoundError:
            return False

    return [path for path in paths if not is_known(path)]


def adjusted(path: Path, code: str = "") -> Adjustments:
    """How a file is to be read: its adjustments, and the code that goes before theirs.

    Raises AdjustmentsError and BadCodeError.
    """
    found = read_adjustments(path)
    return replace(found, code=checked_code(code)) if code else found


def identity_of(path: Path, code: str = "") -> str:
    """What tells a source apart, as the catalog records it.

    Its digest, with what else decides how it is read: adjustments, a given code. Raises
    SourceNotFoundError.
    """
    digest = _sha256(path)
    beside = adjustments_path(path)
    if not code and not beside.is_file():
        return digest
    more = _sha256(beside) if beside.is_file() else ""
    return sha256(f"{digest} {more} {code}".encode()).hexdigest()


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise SourceNotFoundError(
            f"No se pudo abrir «{path}»: revise que exista y que tenga permiso de lectura."
        ) from error


def _already_indexed(store: ManualStore, source_sha256: str, model_name: str) -> Edition | None:
    """The version that was made from these bytes with this model, in the present format."""
    try:
        editions = store.all_editions()
    except OutdatedIndexError:
        return None
    made = (source_sha256, model_name)
    return next(
        (e for e in editions if (e.record.source_sha256, e.record.model_name) == made), None
    )


def _summary(
    edition: Edition,
    path: Path,
    warnings: tuple[ParseWarning, ...],
    started: float,
    *,
    unchanged: bool = False,
    embedded: int = 0,
) -> IngestSummary:
    record = edition.record
    return IngestSummary(
        code=record.code,
        path=path,
        unchanged=unchanged,
        pages=record.pages,
        chapters=record.chapters,
        positions=record.positions,
        functions=record.functions,
        chunks=record.chunks,
        warnings=warnings,
        seconds=time.perf_counter() - started,
        version=record.version,
        in_force=edition.in_force,
        embedded=embedded,
    )
