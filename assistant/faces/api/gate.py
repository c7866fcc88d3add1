"""Who may call the service, and how often: host names, keys and rates, before a body is read."""

import hmac
import ipaddress
from collections.abc import Sequence
from enum import StrEnum

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.faces.api.page_frame import error_response
from assistant.faces.api.problems import UnauthorizedError, UnknownHostError
from assistant.running.throttling import Throttle, TooManyRequestsError
from corpus.errors import AsistenteError

GUARDED = ("/api/", "/v1/", "/mcp")
"""What programs ask for: where there are keys, it needs one."""
OWN_ACCESS = ("/api/desk/", "/oficina")
"""Where people of the office enter with a password of their own: no key is asked of them."""
READS_FOR_A_QUESTION = 10
"""How many more requests that only read are allowed than questions: a page makes several."""
WRONG_KEYS = "10/minute"
"""How many wrong keys a client may try; then its keys are not looked at for a while."""
_FREE = ("/healthz", "/estatico")
"""Neither counted nor guarded: whether the process lives, and files that browsers keep."""
_PROBES = ("/readyz", "/metrics")
_DOCUMENTS = ("/docs", "/openapi.json")
_READING = frozenset({"GET", "HEAD", "OPTIONS"})


class Part(StrEnum):
    """A part of the service that may stay open where programs need a key; named in a setting."""

    PAGES = "paginas"
    DOCUMENTS = "documentacion"
    METRICS = "metricas"


class Gate:
    """Middleware: answers 400, 401 and 429 itself."""

    def __init__(
        self,
        app: ASGIApp,
        throttle: Throttle,
        keys: Sequence[str],
        *,
        wrong_keys: Throttle | None = None,
        open_parts: Sequence[str] = (Part.PAGES, Part.DOCUMENTS),
        hosts: Sequence[str] = (),
        own_secret: str | None = None,
    ) -> None:
        """`open_parts` need no key. `hosts` are the names that the service answers to, any if
        empty; `own_secret` is a path that looks after itself."""
        self._app = app
        self._throttle = throttle
        self._keys = [key.encode() for key in keys]
        self._wrong_keys = wrong_keys or Throttle(WRONG_KEYS)
        self._open = frozenset(open_parts)
        self._hosts = [each.lower() for each in hosts]
        self._own_secret = own_secret

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not self._is_free(scope["path"]):
            try:
                await self._admit(scope)
            except AsistenteError as error:
                await error_response(Request(scope), error)(scope, receive, send)
                return
        await self._app(scope, receive, send)

    def _is_free(self, path: str) -> bool:
        return path.startswith(_FREE) or path == self._own_secret

    async def _admit(self, scope: Scope) -> None:
        headers, path, client = Headers(scope=scope), scope["path"], _client(scope)
        if self._hosts and not _is_named(headers.get("host", ""), self._hosts):
            raise UnknownHostError
        if self._keys and self._needs_key(path):
            await self._check_key(headers, client)
        if path.startswith(_PROBES):
            kind, times = "probe", READS_FOR_A_QUESTION
        elif scope["method"] in _READING:
            kind, times = "read", READS_FOR_A_QUESTION
        else:
            kind, times = "ask", 1
        seconds = await self._throttle.seconds_to_wait(f"{kind}:{client}", times)
        if seconds:
            raise TooManyRequestsError(seconds)

    def _needs_key(self, path: str) -> bool:
        if path.startswith(OWN_ACCESS):
            return False
        if path.startswith(GUARDED):
            return True
        if path.startswith("/readyz"):
            return False  # who balances loads has no key
        if path.startswith("/metrics"):
            return Part.METRICS not in self._open
        part = Part.DOCUMENTS if path.startswith(_DOCUMENTS) else Part.PAGES
        return part not in self._open

    async def _check_key(self, headers: Headers, client: str) -> None:
        scheme, _, token = headers.get("authorization", "").partition(" ")
        given = token if scheme.lower() == "bearer" else headers.get("x-api-key", "")
        if not given.strip():
            raise UnauthorizedError
        seconds = await self._wrong_keys.seconds_to_wait(f"key:{client}", counts=False)
        if seconds:
            raise TooManyRequestsError(seconds)
        # all are compared, each in constant time: how long it takes tells nothing
        if not sum(hmac.compare_digest(given.strip().encode(), key) for key in self._keys):
            await self._wrong_keys.seconds_to_wait(f"key:{client}")
            raise UnauthorizedError


def _is_named(host: str, names: Sequence[str]) -> bool:
    """Whether a Host header says one of the names; "*.example.mx" is any below example.mx."""
    bare = host.lower()
    if not bare.endswith("]"):
        bare = bare.rpartition(":")[0] or bare
    return any(
        bare == name or (name.startswith("*.") and bare.endswith(name[1:])) for name in names
    )


def _client(scope: Scope) -> str:
    """The client's address; of IPv6 the network, since one person has very many addresses."""
    host = scope["client"][0] if scope.get("client") else ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, 64), strict=False))
    return host
