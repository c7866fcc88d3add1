"""A client of a Chroma server that never waits for ever: Chroma's own has no time limit."""

from typing import Any

import httpx
from chromadb.api.client import Client
from chromadb.auth import UserIdentity

from corpus.breaker import Breaker

_CONNECT_SECONDS = 2.0
_READ_SECONDS = 5.0
"""Between two pieces of what the server sends: an answer takes milliseconds."""
_WRITE_SECONDS = 120.0
"""For writing a batch of an ingest, which nobody waits for at a page."""
_REST_SECONDS = 5.0
"""For how long a server that failed is not asked."""
_WRITES = ("/add", "/upsert", "/delete")


class BoundedClient(Client):
    """Chroma's client of a server, each of whose waits has a limit."""

    def get_user_identity(self) -> UserIdentity:
        """The first request of all: the limits are set before it."""
        # what is replaced is private to Chroma, which offers no setting for it
        server: Any = self._server
        if not isinstance(server._session, _BoundedSession):
            before = server._session
            server._session = _BoundedSession(server.http_limits, before.headers)
            before.close()
        identity: UserIdentity = server.get_user_identity()
        return identity


class _BoundedSession(httpx.Client):
    def __init__(self, limits: httpx.Limits, headers: httpx.Headers) -> None:
        transport = _BoundedTransport(httpx.HTTPTransport(limits=limits))
        super().__init__(transport=transport, headers=headers, timeout=None)


class _BoundedTransport(httpx.BaseTransport):
    """Sets the time limit of each request, and rests after one that was not answered."""

    def __init__(self, inner: httpx.BaseTransport) -> None:
        self._inner = inner
        self._breaker = Breaker(_REST_SECONDS)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if not self._breaker.admits():
            raise httpx.ConnectError("the server did not answer a moment ago", request=request)
        writes = request.method == "DELETE" or request.url.path.endswith(_WRITES)
        read = _WRITE_SECONDS if writes else _READ_SECONDS
        request.extensions["timeout"] = httpx.Timeout(read, connect=_CONNECT_SECONDS).as_dict()
        try:
            response = self._inner.handle_request(request)
            response.read()
        except BaseException:
            self._breaker.failed()
            raise
        self._breaker.worked()
        return response

    def close(self) -> None:
        self._inner.close()
