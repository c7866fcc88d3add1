"""`asistente servir`: the HTTP API and the web page."""

import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from rich.console import Console
from rich.text import Text
from starlette.types import ASGIApp
from uvicorn.importer import import_from_string
from uvicorn.supervisors import Multiprocess

from assistant.faces.api.metrics import MULTIPROCESS_VARIABLE
from assistant.faces.serving.connections import BoundedConfig
from assistant.running.logs import configure_logs
from assistant.running.settings import Settings, listed
from corpus.errors import AsistenteError

API = "assistant.faces.api.app:app_from_environment"
"""Makes the app that a worker serves."""


class AddressError(AsistenteError):
    """The server can't listen on that address."""


def serve(settings: Settings, host: str | None, port: int | None, factory: str = API) -> None:
    """Serve the app of a factory until SIGINT or SIGTERM; answers under way are finished first.

    Raises AddressError, and ThrottleError for a Redis that can't be used.
    """
    configure_logs(settings.log_format, settings.secrets)
    # what is wrong with the settings is told before any worker starts
    import_from_string(factory)()
    where = settings.host if host is None else host
    with listening(where, settings.port if port is None else port) as listener:
        config = server_config(settings, factory)
        tell_address(listener, "Asistente del Manual")
        if settings.workers == 1:
            uvicorn.Server(config).run(sockets=[listener])
            return
        with _shared_metrics(settings.data_dir):
            Multiprocess(config, sockets=[listener]).run()


def server_config(settings: Settings, app: ASGIApp | str) -> uvicorn.Config:
    """How uvicorn runs an app, or the one that a factory of this name makes."""
    proxies = listed(settings.trusted_proxies)
    return BoundedConfig(
        app,
        factory=isinstance(app, str),
        per_client=settings.client_connections,
        exempt=proxies,
        workers=settings.workers,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=proxies,
        timeout_graceful_shutdown=settings.shutdown_timeout,
        server_header=False,
        access_log=False,  # it would hold addresses; the app has a log of its own
        log_config=None,
    )


@contextmanager
def listening(host: str, port: int) -> Iterator[socket.socket]:
    """A socket that listens, port 0 being any free one. Raises AddressError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        raise AddressError(
            f"No se puede escuchar en {host}:{port}; elija otro con «--port», o cierre el programa "
            "que lo ocupa."
        ) from error
    with listener:
        listener.set_inheritable(True)
        yield listener


def tell_address(listener: socket.socket, what: str, path: str = "") -> None:
    """Say on standard output where something is served."""
    host, port = listener.getsockname()[:2]
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}{path}"
    Console().print(Text.assemble(f"{what} en ", (address, "bold cyan"), "\nCtrl+C para terminar."))


@contextmanager
def _shared_metrics(data_dir: Path) -> Iterator[None]:
    """A folder in which workers add up their counts."""
    data_dir.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="metrics-", dir=data_dir))
    os.environ[MULTIPROCESS_VARIABLE] = str(folder)
    try:
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)
