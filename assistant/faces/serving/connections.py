"""Connections of the server: none may idle or trickle for long, and nobody may hold very many.

uvicorn itself limits only the pause between two requests; a client that connects and says nothing
would keep its file descriptor, and some hundreds of them would stop the service.
"""

import asyncio
import ipaddress
import resource
from collections import Counter
from collections.abc import Sequence
from typing import Any
from weakref import WeakKeyDictionary

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

HEADER_SECONDS = 10.0
"""From a connection, or a request's first byte, until its headers are whole."""
KEEP_ALIVE_SECONDS = 5
"""Between two requests of one connection."""
_FILES_OF_OUR_OWN = 96
"""Of the descriptors that a process may open: index, database, logs, libraries."""
_LEAST, _MOST = 16, 8_192


class Connections:
    """The open connections of a process. For one event loop."""

    def __init__(self, per_client: int, exempt: Sequence[str] = ()) -> None:
        """`exempt` are the proxies whose connections are those of many people."""
        self._per_client = per_client
        self._exempt = exempt
        self._total = _most_connections()
        self._of_client: Counter[str] = Counter()
        self._open: dict[BoundedProtocol, None] = {}
        """In the order in which they came."""

    def admits(self, new: "BoundedProtocol") -> bool:
        """Count a connection, unless its client has its share. Where all places are taken, one
        that is idle gives way: first those that never asked anything, the oldest first."""
        if self._of_client[new.client_host] >= self._per_client and not self._is_proxy(new):
            return False
        if len(self._open) >= self._total:
            silent = (each for each in self._open if each.cycle is None)
            idle = next(silent, None) or next((e for e in self._open if e.is_idle), None)
            if idle is None:
                return False
            self.leaves(idle)
            idle.transport.abort()
        self._open[new] = None
        self._of_client[new.client_host] += 1
        return True

    def leaves(self, gone: "BoundedProtocol") -> None:
        """A connection has ended."""
        if gone in self._open:
            del self._open[gone]
            self._of_client[gone.client_host] -= 1
            if not self._of_client[gone.client_host]:
                del self._of_client[gone.client_host]

    def _is_proxy(self, new: "BoundedProtocol") -> bool:
        return any(_covers(each, new.client_host) for each in self._exempt)


class BoundedProtocol(HttpToolsProtocol):
    """uvicorn's protocol with a time limit for headers and a place in the `register`."""

    client_host = ""
    _waiting: asyncio.TimerHandle | None = None

    def __init__(self, config: Any, server_state: Any, *more: Any, **named: Any) -> None:
        super().__init__(config, server_state, *more, **named)
        self.register = _register_of(server_state, config)

    @property
    def is_idle(self) -> bool:
        """Whether no request is being answered."""
        return self.cycle is None or self.cycle.response_complete

    def connection_made(self, transport: Any) -> None:
        peer = transport.get_extra_info("peername")
        self.client_host = str(peer[0]) if peer else ""
        super().connection_made(transport)
        if not self.register.admits(self):
            transport.abort()
            return
        self._wait_for_headers()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        self.register.leaves(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._waiting is None and self.is_idle:
            self._wait_for_headers()
        super().data_received(data)

    def on_headers_complete(self) -> None:
        self._stop_waiting()
        super().on_headers_complete()

    def _wait_for_headers(self) -> None:
        self._waiting = self.loop.call_later(HEADER_SECONDS, self._give_up)

    def _stop_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def _give_up(self) -> None:
        self._waiting = None
        if self.is_idle and not self.transport.is_closing():
            self.transport.close()


class BoundedConfig(uvicorn.Config):
    """uvicorn's configuration, with what a client may do; workers get it as it is here."""

    def __init__(
        self, app: Any, *, per_client: int = _MOST, exempt: Sequence[str] = (), **named: Any
    ) -> None:
        named |= {"http": BoundedProtocol, "timeout_keep_alive": KEEP_ALIVE_SECONDS}
        super().__init__(app, **named)
        self.per_client = per_client
        self.exempt = tuple(exempt)


_registers: WeakKeyDictionary[ServerState, Connections] = WeakKeyDictionary()
"""Of each server of this process, of which a test may run several."""


def _register_of(state: ServerState, config: uvicorn.Config) -> Connections:
    if state not in _registers:
        per_client = getattr(config, "per_client", _MOST)
        _registers[state] = Connections(per_client, getattr(config, "exempt", ()))
    return _registers[state]


def _most_connections() -> int:
    """As many as the descriptors of the process allow, once it may open all that it is allowed."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard == resource.RLIM_INFINITY or soft < hard:
        wanted = hard if hard != resource.RLIM_INFINITY else max(soft, _MOST)
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        soft = wanted
    return max(_LEAST, min(soft - _FILES_OF_OUR_OWN, _MOST))


def _covers(proxy: str, host: str) -> bool:
    try:
        return proxy == "*" or ipaddress.ip_address(host) in ipaddress.ip_network(proxy, False)
    except ValueError:
        return proxy == host
