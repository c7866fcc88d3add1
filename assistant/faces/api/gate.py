"""Who may call the API, and how often: keys and rates, before a request's body is read."""

import hmac
import ipaddress
from collections.abc import Sequence

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.faces.api.problems import UnauthorizedError, current_request_id, problem_response
from assistant.running.throttling import Throttle, TooManyRequestsError
from corpus.errors import AsistenteError

GUARDED = ("/api/", "/v1/", "/mcp")
"""What programs ask for: where there are keys, it needs one."""
OWN_ACCESS = "/api/desk/"
"""Where people of the office enter with a password of their own: no key is asked of them."""
_COUNTED = (*GUARDED, "/preguntar", "/oficina/entrar", "/oficina/alta")
"""What counts against the rate: also what the page asks for on a person's behalf, for which no key
is needed, since a page that holds a key gives it to everybody."""
READS_FOR_A_QUESTION = 10
"""How many more requests that only read are allowed than questions: a page makes several."""
_READING = frozenset({"GET", "HEAD", "OPTIONS"})


class Gate:
    """Middleware: answers 401 and 429 itself."""

    def __init__(self, app: ASGIApp, throttle: Throttle, keys: Sequence[str]) -> None:
        self._app = app
        self._throttle = throttle
        self._keys = [key.encode() for key in keys]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith(_COUNTED):
            try:
                await self._admit(scope)
            except AsistenteError as error:
                response = problem_response(error, scope["path"], current_request_id())
                await response(scope, receive, send)
                return
        await self._app(scope, receive, send)

    async def _admit(self, scope: Scope) -> None:
        guarded = scope["path"].startswith(GUARDED) and not scope["path"].startswith(OWN_ACCESS)
        needs_key = bool(self._keys) and guarded
        if needs_key and not self._has_key(Headers(scope=scope)):
            raise UnauthorizedError
        reading = scope["method"] in _READING
        client = f"{'read' if reading else 'ask'}:{_client(scope)}"
        times = READS_FOR_A_QUESTION if reading else 1
        seconds = await self._throttle.seconds_to_wait(client, times)
        if seconds:
            raise TooManyRequestsError(seconds)

    def _has_key(self, headers: Headers) -> bool:
        scheme, _, token = headers.get("authorization", "").partition(" ")
        given = token if scheme.lower() == "bearer" else headers.get("x-api-key", "")
        # all are compared, each in constant time: how long it takes tells nothing
        return sum(hmac.compare_digest(given.strip().encode(), key) for key in self._keys) > 0


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
