"""`asistente respaldar`, `restaurar` and `verificar`: what is kept, safe and sound."""

import json
import os
import zipfile
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from pydantic import SecretStr
from rich.console import Console
from rich.table import Table

from assistant.faces.cli.checking import checked_index
from assistant.running.settings import Settings, revealed
from assistant.running.storage import open_database
from assistant.running.storage.backup import all_rows, is_empty, put_rows_back
from corpus.backup import (
    BrokenBackupError,
    as_files,
    from_files,
    kept_manuals,
    put_back,
    put_words_back,
    words_as_json,
)
from corpus.errors import AsistenteError
from corpus.prepared_model import DEFAULT_MODEL, prepared_folder
from corpus.store import open_store

_WORDS = "palabras.json"
_INDEX, _ROWS, _SETTINGS, _MODEL = "indice", "conversaciones.json", "ajustes.env", "modelo"
_FORMAT_FILE, _FORMAT = "formato", b"asistente-respaldo 1"
_MOST_BYTES = 4 << 30
"""Unpacked, of a backup that is put back: what says more is none of ours."""


class BackupTargetError(AsistenteError):
    """There is no place for a backup, or something is in its way."""


def back_up(target: Path, settings: Settings, *, with_model: bool) -> None:
    """Write index, conversations and settings, without secrets, into one file.

    Raises BackupTargetError, StoreUnreachableError, DatabaseError.
    """
    store = open_store(settings.data_dir, settings.chroma_url)
    database = open_database(settings.data_dir, revealed(settings.database_url))
    partial = target.with_name(f".{target.name}.parcial")
    count = 0
    try:
        # only its owner may read it: it holds what people asked
        descriptor = os.open(partial, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
        with (
            os.fdopen(descriptor, "wb") as file,
            zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive,
        ):
            archive.writestr(_FORMAT_FILE, _FORMAT)
            for count, kept in enumerate(kept_manuals(store), 1):
                for name, data in as_files(kept).items():
                    archive.writestr(f"{_INDEX}/{count:05}/{name}", data)
            archive.writestr(_WORDS, words_as_json(store))
            archive.writestr(_ROWS, json.dumps(all_rows(database), ensure_ascii=False))
            archive.writestr(_SETTINGS, _settings_as_lines(settings))
            if with_model:
                folder = _model_folder(settings)
                for path in sorted(each for each in folder.rglob("*") if each.is_file()):
                    name = f"{_MODEL}/{path.relative_to(folder).as_posix()}"
                    archive.write(path, name, zipfile.ZIP_STORED)  # weights hardly shrink
        partial.replace(target)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise BackupTargetError(
            f"No se puede escribir «{target}»; elija otra carpeta o libere espacio."
        ) from error
    finally:
        database.close()
    Console().print(f"Respaldo de {count} manuales y de las conversaciones en «{target}».")


def restore(source: Path, settings: Settings, *, force: bool) -> None:
    """Put back what a backup holds.

    Where something is kept already, nothing is done unless `force`; what the backup does not hold
    of the index then stays, and the conversations are replaced. Raises BrokenBackupError,
    BackupTargetError, StoreUnreachableError, DatabaseError.
    """
    files = _files_of(source)
    rows = _rows_of(files)
    manuals = [from_files(each) for each in _manuals_of(files)]
    store = open_store(settings.data_dir, settings.chroma_url)
    database = open_database(settings.data_dir, revealed(settings.database_url))
    try:
        if not force and (store.catalog() or not is_empty(database)):
            raise BackupTargetError(
                "Ya hay un índice o conversaciones donde se restauraría; con «--forzar» se "
                "reemplazan por los del respaldo."
            )
        for kept in manuals:
            put_back(kept, store)
        put_words_back(files.get(_WORDS, b"[]").decode(errors="replace"), store)
        put_rows_back(database, rows)
    except (ValueError, TypeError) as error:
        raise BrokenBackupError("las conversaciones") from error
    finally:
        database.close()
    _restore_model(files, settings)
    told = settings.data_dir / _SETTINGS
    told.write_bytes(files.get(_SETTINGS, b""))
    told.chmod(0o600)
    console = Console()
    console.print(f"Se restauraron {len(manuals)} manuales y las conversaciones.")
    console.print(f"Los ajustes del respaldo, sin sus secretos, están en «{told}».")


def verify(settings: Settings, sources: list[Path]) -> None:
    """Check the index against its sources, and tell what was found; exit status 1 for a fault."""
    table = Table(title="Verificación del índice")
    for column in ("Manual", "Fuente", "Registros", "Texto", "Vectores"):
        table.add_column(column)
    found = list(checked_index(settings, sources))
    for each in found:
        table.add_row(each.code, each.source, each.counts, each.text, each.vectors)
    Console().print(table)
    if not all(each.is_sound for each in found):
        raise SystemExit(1)


def _settings_as_lines(settings: Settings) -> str:
    """What is set otherwise than by default, as lines of `.env`; secrets by their names only."""
    lines = [f"# Respaldo del {datetime.now(UTC):%Y-%m-%d %H:%M} UTC"]
    for name in sorted(settings.model_fields_set):
        value = getattr(settings, name)
        setting = f"ASISTENTE_{name.upper()}"
        if isinstance(value, SecretStr):
            lines.append(f"# {setting} es secreto: póngalo de nuevo")
        elif value is not None:
            lines.append(f"{setting}={json.dumps(str(value), ensure_ascii=False)}")
    return "\n".join(lines) + "\n"


def _files_of(source: Path) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(source) as archive:
            if sum(each.file_size for each in archive.infolist()) > _MOST_BYTES:
                raise BrokenBackupError("es demasiado grande")
            files = {each: archive.read(each) for each in archive.namelist()}
    except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise BrokenBackupError(f"«{source.name}» no está o está dañado") from error
    if files.get(_FORMAT_FILE) != _FORMAT:
        raise BrokenBackupError(f"«{source.name}» no es un respaldo de este asistente")
    return files


def _rows_of(files: dict[str, bytes]) -> dict[str, list[dict[str, object]]]:
    try:
        rows: dict[str, list[dict[str, object]]] = json.loads(files[_ROWS])
    except (KeyError, ValueError) as error:
        raise BrokenBackupError("las conversaciones") from error
    return rows


def _manuals_of(files: dict[str, bytes]) -> list[dict[str, bytes]]:
    found: dict[str, dict[str, bytes]] = defaultdict(dict)
    for name, data in files.items():
        match PurePosixPath(name).parts:
            case (first, place, file) if first == _INDEX:
                found[place][file] = data
            case _:
                pass
    return [found[place] for place in sorted(found)]


def _restore_model(files: dict[str, bytes], settings: Settings) -> None:
    """Put the model back, unless one is there."""
    folder = _model_folder(settings)
    held = {PurePosixPath(n): data for n, data in files.items() if n.startswith(f"{_MODEL}/")}
    if not held or folder.exists():
        return
    for name, data in held.items():
        inner = PurePosixPath(*name.parts[1:])
        if inner.is_absolute() or ".." in inner.parts:
            raise BrokenBackupError("nombres de archivo que no se admiten")
        path = folder / inner
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def _model_folder(settings: Settings) -> Path:
    return prepared_folder(settings.data_dir, settings.embedding_model or DEFAULT_MODEL)
