"""Brings a reply to the client byte by byte, with its pauses, and hangs up where it says so."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Self

from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

_JSON = "application/json"
_EVENTS = "text/event-stream; charset=utf-8"


@dataclass(frozen=True)
class Piece:
    """Bytes that are sent together, so many seconds after what came before them."""

    content: bytes
    after: float = 0.0


@dataclass(frozen=True)
class Reply:
    """What is sent for a request: at least one piece. The status comes with the first of them."""

    pieces: tuple[Piece, ...]
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    hangs_up: bool = False
    """Whether the connection is closed after the last piece, without the end that HTTP wants."""

    @classmethod
    def whole(cls, body: bytes, status: int = 200, after: float = 0.0) -> Self:
        """A body of JSON."""
        headers = {"content-type": _JSON, "content-length": str(len(body))}
        return cls((Piece(body, after),), status, headers)

    @classmethod
    def events(cls, pieces: Iterable[Piece], *, hangs_up: bool = False) -> Self:
        """A stream of server-sent events."""
        return cls(tuple(pieces), headers={"content-type": _EVENTS}, hangs_up=hangs_up)


class Connection(H11Protocol):
    """A connection that whoever answers a request on it can close: ASGI has no way to do so."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.app_state = {**self.app_state, "hang_up": transport.close}


async def deliver(
    reply: Reply, scope: Scope, receive: Receive, send: Send, ending: Callable[[], None]
) -> None:
    """Send a reply on a `Connection`; give up as soon as that is closed, by either side.

    Calls `ending` before the last bytes: with these, the client may ask for more at once.
    """
    sending = asyncio.create_task(_send(reply, send, ending))
    closed = asyncio.ensure_future(receive())  # the request was read: only its end can come
    await asyncio.wait((sending, closed), return_when=asyncio.FIRST_COMPLETED)
    if sending.done():
        sending.result()
    else:
        sending.cancel()
    if reply.hangs_up:
        scope["state"]["hang_up"]()
    await closed


async def _send(reply: Reply, send: Send, ending: Callable[[], None]) -> None:
    headers = [(name.encode(), value.encode()) for name, value in reply.headers.items()]
    start = {"type": "http.response.start", "status": reply.status, "headers": headers}
    started = False
    for at, piece in enumerate(reply.pieces, start=1):
        await asyncio.sleep(piece.after)
        more = at < len(reply.pieces)
        if not more:
            ending()
        if reply.hangs_up and not piece.content:
            continue
        if not started:
            await send(start)
            started = True
        more = more or reply.hangs_up
        await send({"type": "http.response.body", "body": piece.content, "more_body": more})
