"""`asistente ingerir`, `manuales`, `volver`, `olvidar` and `estado`."""

import json
import sys
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from assistant.desk.limits import limits_of
from assistant.running.settings import Settings
from corpus.catalog import no_index
from corpus.chroma import index_file, remove_set_aside, set_aside
from corpus.codes import canonical_code
from corpus.editions import Edition
from corpus.errors import AsistenteError
from corpus.garbage import kept_garbage
from corpus.prepared_model import (
    DEFAULT_MODEL,
    ModelNotPreparedError,
    prepared_folder,
    read_prepared,
)
from corpus.printed_pages import PrintedPages
from corpus.spanish import joined

if TYPE_CHECKING:
    from corpus.embeddings import OnnxEmbeddings
    from corpus.store import ManualStore
    from ingest.indexing import IngestProgress
    from ingest.limits import Limits
    from ingest.reading_ahead import ReadingAhead
    from ingest.summary import IngestSummary

_MOST_WARNINGS = 20
_FEW_FILES = 10
"""Of so many files one still sees which could not be ingested; of more it is told at the end."""
_COLUMNS = ("Págs.", "Caps.", "Puestos", "Func.", "Fragm.", "Avisos", "Seg.")


class NothingToIngestError(AsistenteError):
    """No file was named and the folder holds none."""


class OneCodeError(AsistenteError):
    """A code was given for several files."""


def ingest(
    paths: Sequence[Path],
    settings: Settings,
    *,
    force: bool = False,
    code: str = "",
    afresh: bool = False,
) -> None:
    """Ingest files, with a progress bar, and show what came of each.

    A `code` goes before the one that a file prints; it is for one file. A file that can't be read
    does not keep the others from being ingested; the exit status is then 1. Interrupted and called
    again, it goes on where it was. `afresh` leaves the index that is there, as for one that is
    damaged, and makes another.
    """
    console = Console()
    files = files_to_read(paths, settings, code)
    found = None if force or afresh else _unchanged(files, settings, code)
    if found is not None:
        _show_summaries(found, console)
        return
    with kept_garbage():
        from assistant.faces.cli.answers import print_error
        from corpus.store import open_store
    limits = limits_of(settings)
    if afresh:
        set_aside(settings.data_dir, settings.chroma_url)
    store = open_store(settings.data_dir, settings.chroma_url)
    printed = _pictures(settings)
    model = _Model(prepared(settings, console))
    summaries = []
    failed: list[Path] = []
    with _reading_ahead(files, store, model.name, limits, force=force) as ahead:
        for at, path in enumerate(files, 1):
            place = f"{at} de {len(files)} · {path.name}" if len(files) > 1 else path.name
            try:
                summary = _ingest_one(
                    path,
                    store,
                    model,
                    console,
                    limits,
                    printed,
                    ahead,
                    force=force,
                    code=code,
                    shown_as=place,
                )
                summaries.append(summary)
                _follow_words(summary.code, store, model, settings, console)
            except AsistenteError as error:
                failed.append(path)
                print_error(str(error), Console(stderr=True))
            except KeyboardInterrupt:
                if len(files) > 1:
                    console.print(
                        f"Se interrumpió en {place}; lo ya ingerido queda. Con la misma orden "
                        "sigue donde iba."
                    )
                raise
    if summaries:
        _show_summaries(summaries, console)
        _note_unchanged(summaries, store, model.name, settings)
    if afresh:
        console.print("El índice es nuevo; los manuales de otras carpetas se ingieren aparte.")
    if failed:
        if len(files) > _FEW_FILES:
            left = f"{len(failed)} de {len(files)} archivos"
            names = joined(path.name for path in failed)
            print_error(f"Sin ingerir quedaron {left}: {names}.", Console(stderr=True))
        raise SystemExit(1)
    if afresh:
        remove_set_aside(settings.data_dir)


def _unchanged(
    files: Sequence[Path], settings: Settings, code: str
) -> "list[IngestSummary] | None":
    """What came of the files, where it is noted that none has changed; else None."""
    from ingest.unchanged import unchanged

    if settings.chroma_url:
        return None
    index, wordings = index_file(settings.data_dir), settings.wordings_dir
    try:
        name = read_prepared(_model_folder(settings)).name
    except ModelNotPreparedError:
        return None
    return unchanged(files, index, name, wordings, _pictures(settings), code)


def _note_unchanged(
    summaries: "Sequence[IngestSummary]", store: "ManualStore", model_name: str, settings: Settings
) -> None:
    from ingest.unchanged import note_unchanged

    if not settings.chroma_url:
        index, codes = index_file(settings.data_dir), [each.code for each in summaries]
        note_unchanged(index, store, codes, model_name, settings.wordings_dir)


def _pictures(settings: Settings) -> PrintedPages | None:
    return PrintedPages(settings.data_dir) if settings.page_pictures else None


def _model_folder(settings: Settings) -> Path:
    return prepared_folder(settings.data_dir, settings.embedding_model or DEFAULT_MODEL)


class _Model:
    """The embedding model of an ingest, opened with the first text and once for all files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.name = read_prepared(folder).name

    def opened(self) -> "OnnxEmbeddings":
        return self._embeddings

    @cached_property
    def _embeddings(self) -> "OnnxEmbeddings":
        from corpus.embeddings import OnnxEmbeddings

        return OnnxEmbeddings(self._folder)


def _reading_ahead(
    files: Sequence[Path], store: "ManualStore", model_name: str, limits: "Limits", *, force: bool
) -> "ReadingAhead":
    """Reads what of several files is to be indexed."""
    from ingest.indexing import changed
    from ingest.reading_ahead import ReadingAhead

    if len(files) == 1:
        return ReadingAhead((), limits)
    return ReadingAhead(files if force else changed(files, store, model_name), limits)


def _follow_words(
    code: str, store: "ManualStore", model: _Model, settings: Settings, console: Console
) -> None:
    from ingest.office_words import follow_words

    came = follow_words(code, store, settings.wordings_dir, model.name, model.opened)
    if came.added or came.removed:
        console.print(f"Palabras de {code}: {came.added} nuevas, {came.removed} quitadas.")
    for word in came.nowhere[:_MOST_WARNINGS]:
        place = f"{word.section}, función {word.function}" if word.function else word.section
        console.print(f"  «{word.text}» lleva a {place}, que {code} no tiene: no cuenta.")


def files_to_read(paths: Sequence[Path], settings: Settings, code: str) -> list[Path]:
    """The files that were named, those of folders that were, or all of the manuals' folder.

    Raises OneCodeError and NothingToIngestError.
    """
    named = (_files_in(path) if path.is_dir() else [path] for path in paths)
    files = [file for files in named for file in files] or _files_in(settings.manuals_dir)
    if code and len(files) > 1:
        raise OneCodeError("Con «--codigo» indique un solo archivo: es el código de un manual.")
    return files


def _files_in(folder: Path) -> list[Path]:
    from ingest.readers import SUFFIXES

    found = sorted(p for p in folder.glob("*") if p.suffix.lower() in SUFFIXES)
    if not found:
        raise NothingToIngestError(
            f"No hay manuales en «{folder}»; ponga ahí archivos .txt, .pdf, .docx, .md o .html, o "
            "diga cuáles."
        )
    return found


def prepared(settings: Settings, console: Console) -> Path:
    """The folder of the embedding model, prepared now if it is not yet."""
    model = settings.embedding_model or DEFAULT_MODEL
    folder = _model_folder(settings)
    try:
        read_prepared(folder, model)
    except ModelNotPreparedError:
        from corpus.model_setup.prepare import prepare_model

        with console.status("Preparando el modelo de embeddings (sólo la primera vez)…") as status:
            return prepare_model(settings.data_dir, model, on_progress=status.update)
    return folder


def _ingest_one(
    path: Path,
    store: "ManualStore",
    model: _Model,
    console: Console,
    limits: "Limits",
    printed: PrintedPages | None,
    ahead: "ReadingAhead",
    *,
    force: bool,
    code: str,
    shown_as: str,
) -> "IngestSummary":
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from ingest.indexing import index_manual

    progress = Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed}/{task.total}"),
        TimeElapsedColumn(),
        console=console,
        transient=True,
    )
    with progress:
        task = progress.add_task(shown_as, total=1)

        def show(step: "IngestProgress") -> None:
            description = f"{shown_as}: {step.stage}"
            progress.update(task, description=description, completed=step.done, total=step.total)

        return index_manual(
            path,
            store,
            model.name,
            model.opened,
            show,
            force=force,
            code=code,
            limits=limits,
            printed=printed,
            read=ahead.read,
        )


def _show_summaries(summaries: Sequence["IngestSummary"], console: Console) -> None:
    table = Table(
        title="Manuales ingeridos", box=SIMPLE_HEAD, pad_edge=False, collapse_padding=True
    )
    table.add_column("Manual", style="bold", no_wrap=True)
    for column in _COLUMNS:
        table.add_column(column, justify="right", no_wrap=True, min_width=len(column))
    table.add_column("Estado", no_wrap=True, min_width=11)
    for s in summaries:
        counts = (s.pages, s.chapters, s.positions, s.functions, s.chunks)
        warnings = "–" if s.unchanged else str(len(s.warnings))
        state = "sin cambios" if s.unchanged else "indexado" if s.in_force else "conservada"
        table.add_row(s.code, *map(str, counts), warnings, f"{s.seconds:.1f}", state)
    console.print(table)
    for summary in summaries:
        if summary.pictures:
            told = f"De {summary.code} se guardaron imágenes de {summary.pictures} páginas, "
            console.print(Text(f"{told}para mostrarlas junto al texto.", style="dim"))
        _show_warnings(summary, console)


def _show_warnings(summary: "IngestSummary", console: Console) -> None:
    if not summary.warnings:
        return
    console.print(Text(f"Avisos de {summary.code}", style="bold yellow"))
    for w in summary.warnings[:_MOST_WARNINGS]:
        shown = w.text if len(w.text) <= 80 else f"{w.text[:79]}…"
        console.print(Text(f"  línea {w.line}, página {w.page}: {w.message} «{shown}»"))
    left = len(summary.warnings) - _MOST_WARNINGS
    if left > 0:
        console.print(Text(f"  … y {left} avisos más", style="dim"))


def show_manuals(settings: Settings, *, as_json: bool = False) -> None:
    """A table of the indexed manuals with all of their versions, or the same as JSON."""
    from corpus.store import open_store

    editions = open_store(settings.data_dir, settings.chroma_url).all_editions()
    if not editions:
        raise no_index()
    if as_json:
        sys.stdout.write(json.dumps([_listed(each) for each in editions], ensure_ascii=False))
        sys.stdout.write("\n")
        return
    table = Table(title="Manuales indexados", box=SIMPLE_HEAD, pad_edge=False)
    for column in ("Código", "Versión", "Fecha", "Estado"):
        table.add_column(column, no_wrap=True)
    table.add_column("Dependencia", overflow="fold")
    for column in ("Págs.", "Puestos", "Fragm."):
        table.add_column(column, justify="right", no_wrap=True)
    table.add_column("Ingerido", no_wrap=True)
    for edition in editions:
        r = edition.record
        when = f"{r.ingested_at.astimezone():%Y-%m-%d %H:%M}"
        emitted = str(r.emission_date or "–")
        sizes = (str(r.pages), str(r.positions), str(r.chunks))
        named = Text(r.name if r.dependency else "–")
        table.add_row(Text(r.code), Text(r.version), emitted, edition.state, named, *sizes, when)
    Console().print(table)


def _listed(edition: Edition) -> dict[str, object]:
    r = edition.record
    return {
        "code": r.code,
        "version": r.version,
        "emission_date": str(r.emission_date) if r.emission_date else None,
        "state": "in_force" if edition.in_force else "former",
        "dependency": r.dependency,
        "municipality": r.municipality or None,
        "pages": r.pages,
        "positions": r.positions,
        "functions": r.functions,
        "chunks": r.chunks,
        "ingested_at": r.ingested_at.isoformat(),
    }


def go_back(code: str, version: str, settings: Settings) -> None:
    """Put a version that is kept in force."""
    from corpus.store import open_store

    edition = open_store(settings.data_dir, settings.chroma_url).put_in_force(code, version)
    record = edition.record
    Console().print(f"Está en vigor la versión {record.edition_name} de {record.code}.")


def forget(code: str, version: str | None, settings: Settings) -> None:
    """Take a manual out of the index, or one of its versions."""
    from corpus.store import open_store

    store = open_store(settings.data_dir, settings.chroma_url)
    if not store.forget(code, version):
        raise no_index(code)
    PrintedPages(settings.data_dir).sweep(canonical_code(code), keep=store.sources(code))
    told = f"la versión «{version}» de «{code}»" if version else f"«{code}»"
    Console().print(f"Se quitó {told} del índice.")


def show_state(settings: Settings) -> None:
    """Whether the store, the index and the embedding model answer; exit status 1 if one doesn't."""
    console = Console()
    checks = [
        ("Almacén", _store_state),
        ("Modelo de embeddings", _model_state),
        ("Índice", _index_state),
        ("Modelo de lenguaje", _language_model_state),
    ]
    table = Table(title="Estado")
    for column in ("Parte", "Responde", "Detalle"):
        table.add_column(column)
    healthy = True
    for part, check in checks:
        try:
            table.add_row(part, "sí", check(settings))
        except AsistenteError as error:
            healthy = False
            table.add_row(part, "no", str(error))
    console.print(table)
    if not healthy:
        raise SystemExit(1)


def _store_state(settings: Settings) -> str:
    from corpus.store import open_store

    open_store(settings.data_dir, settings.chroma_url).check()
    return settings.chroma_url or str(settings.data_dir / "chroma")


def _model_state(settings: Settings) -> str:
    from corpus.embeddings import OnnxEmbeddings

    model = settings.embedding_model or DEFAULT_MODEL
    embeddings = OnnxEmbeddings(prepared_folder(settings.data_dir, model))
    embeddings.query_vector("¿Responde?")
    return f"{embeddings.name}, {embeddings.dimension} dimensiones"


def _language_model_state(settings: Settings) -> str:
    if settings.llm is None:
        return "ninguno: se responde sin él"
    from assistant.writing.model import probe

    return probe(settings)


def _index_state(settings: Settings) -> str:
    from corpus.store import open_store

    model = settings.embedding_model or DEFAULT_MODEL
    name = read_prepared(prepared_folder(settings.data_dir, model), model).name
    records = open_store(settings.data_dir, settings.chroma_url).usable(name)
    return ", ".join(f"{r.code} (versión {r.version}, {r.chunks} fragmentos)" for r in records)
