"""How long a request's body may be."""

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.faces.api.problems import current_request_id, problem_response


class BodyLimit:
    """Middleware: answers 413 itself, at once if the length is told, else when it is exceeded.

    FastAPI's own limit answers in plain text, past all handlers.
    """

    def __init__(self, app: ASGIApp, limit: int) -> None:
        """`limit` is in bytes."""
        self._app = app
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        told = Headers(scope=scope).get("content-length", "")
        if told.isdecimal() and int(told) > self._limit:
            response = problem_response(HTTPException(413), scope["path"], current_request_id())
            await response(scope, receive, send)
            return
        received = 0

        async def limited() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self._limit:
                raise HTTPException(413)
            return message

        await self._app(scope, limited, send)
