"""How long a request's body may be, and how long it may take."""

import asyncio

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.faces.api.problems import SlowBodyError, current_request_id, problem_response

BODY_SECONDS = 30.0
"""Until a body is whole."""


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
        received, is_whole = 0, False
        deadline = asyncio.get_running_loop().time() + BODY_SECONDS

        async def limited() -> Message:
            nonlocal received, is_whole
            if is_whole:  # what comes now is that the client goes away
                return await receive()
            try:
                async with asyncio.timeout_at(deadline):
                    message = await receive()
            except TimeoutError as error:
                raise SlowBodyError from error
            is_whole = not message.get("more_body", False)
            received += len(message.get("body", b""))
            if received > self._limit:
                raise HTTPException(413)
            return message

        await self._app(scope, limited, send)
