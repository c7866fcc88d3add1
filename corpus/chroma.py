"""Opens Chroma, in a folder or as a server, and words its failures for people."""

import importlib
import shutil
import sqlite3
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from corpus.errors import AsistenteError
from corpus.garbage import kept_garbage
from corpus.up_to_date import carry_over, up_to_date

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.config import Settings

_FILE = "chroma.sqlite3"
_ANSWER_SECONDS = 5
"""How long a server may take to say that it is there; its client itself waits for ever."""
_TURN_SECONDS = 30
"""How long to wait for other processes that open the folder; each takes a tenth of a second."""
_LOCK_FILE = "opening.lock"
_ASIDE = "chroma.apartado"
_OURS = "asistente-"
"""What the names of all our collections begin with."""
_PANIC = "PanicException"
_importing = threading.Lock()
_DAMAGE = ("malformed", "not a database", "(code: 11)", "(code: 26)", "corrupt")
"""How SQLite and Chroma say that a file isn't what it was."""


class StoreUnreachableError(AsistenteError):
    """Chroma doesn't answer, or its folder can't be read or written."""

    outward = "El índice no responde en este momento; vuelva a intentarlo en un momento."


class DamagedIndexError(StoreUnreachableError):
    """The files of Chroma are damaged."""

    outward = "El índice está dañado; avise a quien administra el asistente."

    def __init__(self) -> None:
        super().__init__("El índice está dañado: ejecute «asistente ingerir --de-nuevo».")


def open_client(data_dir: Path, chroma_url: str | None) -> "ClientAPI":
    """A client of the server at `chroma_url`, or else of the folder `data_dir/chroma`.

    Raises StoreUnreachableError.
    """
    with kept_garbage(), failures_for_people(location(data_dir, chroma_url)):
        return _server(chroma_url) if chroma_url else _folder(data_dir / "chroma")


def set_aside(data_dir: Path, chroma_url: str | None) -> None:
    """Let the index that is there be no more: a folder is kept beside, as `chroma.apartado`, until
    `remove_set_aside`; a server's collections are deleted, ours only.

    Raises StoreUnreachableError.
    """
    where = location(data_dir, chroma_url)
    with failures_for_people(where):
        if chroma_url is None:
            folder, aside = data_dir / "chroma", data_dir / _ASIDE
            if folder.exists():
                shutil.rmtree(aside, ignore_errors=True)
                folder.rename(aside)
            return
        client = open_client(data_dir, chroma_url)
        while names := [n for n in _names(client) if n.startswith(_OURS)]:
            for name in names:
                client.delete_collection(name)


def _names(client: "ClientAPI") -> list[str]:
    """Of the first so many collections: a server gives them by pages."""
    return [each.name for each in client.list_collections()]


def remove_set_aside(data_dir: Path) -> None:
    """Delete what `set_aside` kept."""
    shutil.rmtree(data_dir / _ASIDE, ignore_errors=True)


def index_file(data_dir: Path) -> Path:
    """Chroma's own file in its folder."""
    return data_dir / "chroma" / _FILE


def location(data_dir: Path, chroma_url: str | None) -> str:
    """What a person would call the store: its address or its folder."""
    return chroma_url or str(data_dir / "chroma")


@contextmanager
def failures_for_people(where: str) -> Iterator[None]:
    """Turn Chroma's failures into StoreUnreachableError, except "not found", which has meaning.

    Damage to its files is told as DamagedIndexError.
    """
    _import_chroma()
    import httpx
    from chromadb.errors import ChromaError, NotFoundError

    try:
        yield
    except NotFoundError:
        raise
    except (ChromaError, httpx.HTTPError, sqlite3.Error, OSError) as error:
        if any(sign in str(error) for sign in _DAMAGE):
            raise DamagedIndexError from error
        raise StoreUnreachableError(
            f"El almacén Chroma de «{where}» no responde; compruebe ASISTENTE_CHROMA_URL"
            " o el acceso a la carpeta de datos."
        ) from error
    except BaseException as error:
        # a panic of Chroma's Rust is no Exception, and would end the thread or the process
        if type(error).__name__ == _PANIC:
            raise DamagedIndexError from error
        raise


def _import_chroma() -> None:
    """Import Chroma without comparing the signatures of its methods with those that they override:
    that is for its developers, and takes a third of the import."""
    if "chromadb" in sys.modules:
        return
    try:
        import overrides
        from typing_extensions import override
    except ModuleNotFoundError:  # a later Chroma may need them no more
        return
    with _importing, ExitStack() as as_it_was:
        for name in ("override", "overrides"):
            as_it_was.callback(setattr, overrides, name, getattr(overrides, name))
            setattr(overrides, name, override)
        importlib.import_module("chromadb")


def _folder(folder: Path) -> "ClientAPI":
    import chromadb

    folder.mkdir(parents=True, exist_ok=True)
    file = folder / _FILE
    with _alone(folder):
        note = up_to_date(file)
        client = chromadb.PersistentClient(folder, settings=_settings())
        carry_over(file, note)
        return client


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let one process at a time open the folder: two that do so first would both set up its tables.

    The lock is SQLite's, since every system has it and it dies with its process.
    """
    lock = sqlite3.connect(folder / _LOCK_FILE, timeout=_TURN_SECONDS, isolation_level=None)
    try:
        lock.execute("BEGIN EXCLUSIVE")
        yield
    finally:
        lock.close()


def _server(url: str) -> "ClientAPI":
    import httpx

    from corpus.chroma_server import BoundedClient

    if not _is_address(url):
        raise StoreUnreachableError(
            f"«{url}» no es la dirección de un servidor Chroma; escríbala en ASISTENTE_CHROMA_URL"
            " como http://servidor:8000."
        )
    address = url.rstrip("/")
    httpx.get(f"{address}/api/v2/heartbeat", timeout=_ANSWER_SECONDS).raise_for_status()
    settings = _settings()
    settings.chroma_api_impl = "chromadb.api.fastapi.FastAPI"
    settings.chroma_server_host = address
    settings.chroma_server_http_port = 8000  # that of the address goes before it
    settings.chroma_server_ssl_enabled = url.startswith("https")
    return BoundedClient(settings=settings)


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # of a port that is no number, or of a bracket that isn't closed
        return False


def _settings() -> "Settings":
    from chromadb.config import Settings

    return Settings(anonymized_telemetry=False)
