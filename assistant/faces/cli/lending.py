"""`asistente mcp`: the assistant's tools for other people's models."""

import logging
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from rich.console import Console

from assistant.asking.conversation import MemoryConversations
from assistant.desk.questions import QuestionBook
from assistant.faces.cli.serving import listening, server_config, tell_address
from assistant.faces.serving.services import open_services
from assistant.running.logs import configure_logs
from assistant.running.settings import Settings, revealed
from corpus.errors import AsistenteError

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from assistant.faces.mcp.server import ManualServer

PATH = "/mcp"
_EXTRA = "Falta el paquete de MCP; instálelo con: pip install 'asistente-del-manual[mcp]'."


class McpMissingError(AsistenteError):
    """The `mcp` SDK is not installed."""


def lend_over_pipes(settings: Settings) -> None:
    """Serve over standard input and output until the input ends.

    Raises McpMissingError, and what `open_services` does.
    """
    configure_logs(settings.log_format, settings.secrets)
    _opened_server(settings).run("stdio")


def lend_over_http(settings: Settings, host: str, port: int) -> None:
    """Serve over streamable HTTP until told to stop (SIGINT, SIGTERM).

    Keys, rates and the limit of bodies are those of the API. Raises AddressError, ThrottleError,
    McpMissingError, and what `open_services` does.
    """
    import uvicorn

    configure_logs(settings.log_format, settings.secrets)
    app = guarded_app(_opened_server(settings), settings, host)
    with listening(host, port) as listener:
        tell_address(listener, "Herramientas del manual (MCP)", PATH)
        uvicorn.Server(server_config(settings, app)).run(sockets=[listener])


def guarded_app(server: "ManualServer", settings: Settings, host: str) -> "ASGIApp":
    """The server as an app behind keys and rates. Raises ThrottleError."""
    from assistant.faces.api.body import BodyLimit
    from assistant.faces.api.gate import Gate
    from assistant.running.throttling import Throttle

    throttle = Throttle(settings.rate_limit, revealed(settings.redis_url))
    app = server.streamable_http_app(streamable_http_path=PATH, host=host)
    app.add_middleware(BodyLimit, limit=settings.body_limit)
    app.add_middleware(Gate, throttle=throttle, keys=settings.keys)
    return app


def _opened_server(settings: Settings) -> "ManualServer":
    try:
        from assistant.faces.mcp.server import build_server
    except ModuleNotFoundError as error:
        if error.name not in ("mcp", "mcp_types"):
            raise
        raise McpMissingError(_EXTRA) from error
    logging.getLogger("mcp").setLevel(logging.WARNING)  # it logs names and texts of calls
    services = open_services(settings, conversations=MemoryConversations())
    with suppress(AsistenteError):  # where only this is served, nothing else deletes them
        QuestionBook(services.database).forget_old(settings.keep_questions_days)
    if sys.stdin.isatty():
        hint = "Ctrl+C para terminar; los programas hablan con él en JSON."
        Console(stderr=True).print(hint, style="dim")
    return build_server(services, settings)
