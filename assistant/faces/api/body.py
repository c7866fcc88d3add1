"""How long a request's body may be, and how long it may take."""

import asyncio
from collections.abc import Mapping
from types import MappingProxyType

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.faces.api.problems import current_request_id, problem_response

BODY_SECONDS = 30.0
"""Until a body is whole."""
FILE_SECONDS = 600.0
"""The same where files are taken: an office's line up may be slow."""


class BodyLimit:
    """Middleware: answers 413 itself, at once if the length is told, else when it is exceeded.

    FastAPI's own limit answers in plain text, past all handlers.
    """

    def __init__(
        self, app: ASGIApp, limit: int, larger: Mapping[str, int] = MappingProxyType({})
    ) -> None:
        """`limit` is in bytes; `larger` are those of paths that take files."""
        self._app = app
        self._limit = limit
        self._larger = larger

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        takes_files = scope["path"] in self._larger
        limit = self._larger.get(scope["path"], self._limit)
        told = Headers(scope=scope).get("content-length", "")
        if told.isdecimal() and int(told) > limit:
            response = problem_response(HTTPException(413), scope["path"], current_request_id())
            await response(scope, receive, send)
            return
        received, is_whole = 0, False
        deadline = asyncio.get_running_loop().time() + (
            FILE_SECONDS if takes_files else BODY_SECONDS
        )

        async def limited() -> Message:
            nonlocal received, is_whole
            if is_whole:  # what comes now is that the client goes away
                return await receive()
            try:
                async with asyncio.timeout_at(deadline):
                    message = await receive()
            except TimeoutError as error:
                raise HTTPException(408) from error  # FastAPI lets no other kind through
            is_whole = not message.get("more_body", False)
            received += len(message.get("body", b""))
            if received > limit:
                raise HTTPException(413)
            return message

        await self._app(scope, limited, send)
