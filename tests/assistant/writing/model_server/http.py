"""The server's routes, the thread that serves them, and an address where nobody does."""

import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from tests.assistant.writing.model_server.chat_request import MalformedError, read_chat_request
from tests.assistant.writing.model_server.completion import error_body
from tests.assistant.writing.model_server.delivery import Connection, deliver
from tests.assistant.writing.model_server.server import MODEL, ModelServer

_HOST = "127.0.0.1"
_STOP_SECONDS = 5.0


@contextmanager
def model_server() -> Iterator[ModelServer]:
    """A server that answers within the block; what hangs at its end is hung up on."""
    listener = socket.create_server((_HOST, 0))
    model = ModelServer(_base_url(listener))
    server = _Server(
        uvicorn.Config(
            _app(model),
            http=Connection,
            log_config=None,
            access_log=False,
            lifespan="off",
            timeout_graceful_shutdown=1,
        )
    )
    thread = threading.Thread(target=server.run, args=([listener],), name="model", daemon=True)
    thread.start()
    try:
        yield model
    finally:
        server.should_exit = True
        thread.join(_STOP_SECONDS)
        assert not thread.is_alive(), "the model server did not stop in time"


@contextmanager
def refused() -> Iterator[str]:
    """A base_url where connections are refused: the port is taken, but nobody listens."""
    with socket.socket() as taken:
        taken.bind((_HOST, 0))
        yield _base_url(taken)


class _Server(uvicorn.Server):
    """Does not wait for replies when it stops."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for connection in self.server_state.connections:
            connection.transport.close()
        await super().shutdown(sockets)


class _ChatCompletions:
    """Answers POST /v1/chat/completions; an ASGI app, since a reply may end as no response can."""

    def __init__(self, model: ModelServer) -> None:
        self._model = model

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = Request(scope, receive)
        try:
            request = read_chat_request(await asked.body(), asked.headers)
        except MalformedError as error:
            await _complaint(self._model, 400, str(error))(scope, receive, send)
            return
        with ExitStack() as under_way:
            script = under_way.enter_context(self._model.taking(request))
            if script is None:
                response = _complaint(self._model, 400, "nobody said what the model is to do")
                await response(scope, receive, send)
                return
            reply = await run_in_threadpool(script.reply, request)  # a test's function may wait
            await deliver(reply, scope, receive, send, ending=under_way.close)


def _app(model: ModelServer) -> Starlette:
    async def models(request: Request) -> Response:
        del request
        listed = {"id": MODEL, "object": "model", "created": 0, "owned_by": "tests"}
        return JSONResponse({"object": "list", "data": [listed]})

    async def unknown(request: Request, error: Exception) -> Response:
        del error
        return _complaint(model, 404, f"there is no {request.method} {request.url.path}")

    async def broken(request: Request, error: Exception) -> Response:
        del request
        return _complaint(model, 500, f"the script failed: {error!r}")

    routes = [
        Route("/v1/models", models),
        Route("/v1/chat/completions", _ChatCompletions(model), methods=["POST"]),
    ]
    return Starlette(
        routes=routes, exception_handlers={404: unknown, 405: unknown, Exception: broken}
    )


def _complaint(model: ModelServer, status: int, message: str) -> Response:
    model.complaints.append(message)
    return Response(error_body(status, message), status, media_type="application/json")


def _base_url(bound: socket.socket) -> str:
    return f"http://{_HOST}:{bound.getsockname()[1]}/v1"
