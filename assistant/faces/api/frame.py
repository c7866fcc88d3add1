"""What surrounds every request: its id, the security headers, the log, the metrics."""

import asyncio
import re
import secrets
import time
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit, urlunsplit

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.faces.api.metrics import Metrics
from assistant.faces.api.problems import problem_response

log = structlog.get_logger("asistente.api")

REQUEST_ID = "X-Request-ID"
_GIVEN_ID = re.compile(r"[\w-]{8,64}", re.ASCII)
_UNKNOWN_ROUTE = "(ninguna)"
_UNLOGGED = ("/healthz", "/readyz", "/metrics", "/estatico")


def security_headers(parents: Sequence[str] = (), *, may_listen: bool = False) -> Mapping[str, str]:
    """What every response tells browsers; `parents` are the origins that may frame the pages.

    With `may_listen`, the page itself may ask for the microphone, and no other in it.
    """
    microphone = "microphone=(self)" if may_listen else "microphone=()"
    policy = (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors " + (" ".join(parents) or "'none'"),
    )
    headers = {
        "Content-Security-Policy": "; ".join(policy),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": f"camera=(), geolocation=(), {microphone}, payment=(), usb=()",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    if parents:  # it knows no list of origins; the policy above does
        del headers["X-Frame-Options"]
    return headers


_HTTPS_ONLY = "max-age=31536000; includeSubDomains"


class RequestFrame:
    """Middleware: the outermost one."""

    def __init__(
        self,
        app: ASGIApp,
        metrics: Metrics,
        parents: Sequence[str] = (),
        *,
        may_listen: bool = False,
    ) -> None:
        self._app = app
        self._metrics = metrics
        self._headers = security_headers(parents, may_listen=may_listen)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = _request_id(scope)
        started, status, has_gone = time.perf_counter(), 0, False

        async def watched() -> Message:
            nonlocal has_gone
            message = await receive()
            has_gone = has_gone or message["type"] == "http.disconnect"
            return message

        async def framed(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers[REQUEST_ID] = request_id
                _keep_within(headers, scope)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
                if scope["scheme"] == "https":
                    headers.setdefault("Strict-Transport-Security", _HTTPS_ONLY)
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=request_id):
            self._metrics.under_way.inc()
            try:
                await self._app(scope, watched, framed)
            except Exception as error:
                if has_gone or _is_farewell(error):
                    log.debug("quien preguntaba se fue", method=scope["method"])
                else:
                    log.exception("error interno")
                if not status and not has_gone:
                    response = problem_response(error, scope["path"], request_id)
                    await response(scope, receive, framed)
            finally:
                self._metrics.under_way.dec()
                self._record(scope, status, time.perf_counter() - started)

    def _record(self, scope: Scope, status: int, seconds: float) -> None:
        # the route, not the path: a path may hold a conversation's id
        route = getattr(scope.get("route"), "path", _UNKNOWN_ROUTE) or "/"
        method = scope["method"] if route != _UNKNOWN_ROUTE else "-"
        self._metrics.requests.labels(method, route, status).inc()
        self._metrics.latency.labels(method, route).observe(seconds)
        if not scope["path"].startswith(_UNLOGGED):
            log.info(
                "solicitud",
                method=scope["method"],
                route=route,
                status=status,
                ms=round(seconds * 1000, 1),
            )


def _is_farewell(error: BaseException) -> bool:
    """Whether an error says no more than that the client has gone."""
    if isinstance(error, BaseExceptionGroup):
        return all(_is_farewell(each) for each in error.exceptions)
    return isinstance(error, (ClientDisconnect, ConnectionError, asyncio.CancelledError))


def _keep_within(headers: MutableHeaders, scope: Scope) -> None:
    """Let a redirection name a path only: the host would be the one that the request named, which
    may be anybody's."""
    location = urlsplit(headers.get("location", ""))
    if location.netloc and location.netloc == Headers(scope=scope).get("host"):
        headers["location"] = urlunsplit(("", "", location.path, location.query, ""))


def _request_id(scope: Scope) -> str:
    """The id that a proxy has given, or a new one."""
    given = next((v for k, v in scope["headers"] if k == REQUEST_ID.lower().encode()), b"")
    text = given.decode("latin-1")
    return text if _GIVEN_ID.fullmatch(text) else secrets.token_hex(8)
