"""Calls over HTTP, answers in Telegram's JSON, and the thread that serves them."""

import asyncio
import threading
import time
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.bots.telegram.bot_api.call import ApiError, Call, read_call
from tests.bots.telegram.bot_api.faults import Faults, Outage
from tests.bots.telegram.bot_api.methods import METHODS
from tests.bots.telegram.bot_api.world import World

_SECONDS = 10.0
_MOST_UPDATES = 100
_FLOODABLE = ("send", "edit")
_OTHER_POLL = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)
_HAS_WEBHOOK = (
    "can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)


class _BadGatewayError(Exception):
    """Telegram does not answer; what stands before it says so."""


class BotApi:
    """Answers calls of the Bot API."""

    def __init__(self, world: World, faults: Faults, token: str) -> None:
        self._world = world
        self._faults = faults
        self._token = token
        self._methods = {name.lower(): (name, method) for name, method in METHODS.items()}
        self._polls = 0
        self.app = Starlette(
            routes=[Route("/bot{token}/{method}", self._answer, methods=["GET", "POST"])],
            exception_handlers={404: _not_found},
        )

    async def _answer(self, request: Request) -> Response:
        name = request.path_params["method"]
        try:
            call = await read_call(request)
            outage = self._outage(name)
            if outage is not None:
                return Response(outage.body, outage.status, media_type=outage.media_type)
            await self._get_through()
            result = await self._result(call, request.path_params["token"])
        except _BadGatewayError:
            return Response("Bad Gateway", 502)
        except ApiError as error:
            if not await request.is_disconnected():
                self._note(name, error)
            return _refusal(error)
        return JSONResponse({"ok": True, "result": result})

    def _outage(self, method: str) -> Outage | None:
        with self._world.changed:
            outage = self._faults.take_outage(method)
            self._world.changed.notify_all()
            return outage

    async def _get_through(self) -> None:
        silence = self._faults.silence
        if silence:
            await asyncio.sleep(silence)
            raise _BadGatewayError

    async def _result(self, call: Call, token: str) -> Any:
        if token != self._token:
            raise ApiError(401, "Unauthorized")
        if call.method.lower() == "getupdates":
            return await self._updates(call)
        if call.method.lower() not in self._methods:
            raise ApiError(404, "Not Found: method not found")
        name, method = self._methods[call.method.lower()]
        with self._world.changed:
            if name.startswith(_FLOODABLE):
                retry_after = self._faults.take_flood()
                if retry_after is not None:
                    told = f"Too Many Requests: retry after {retry_after}"
                    raise ApiError(429, told, retry_after)
            result = method(self._world, call)
            if call.unread:
                self._world.violations.append(f"{name} doesn't know {', '.join(call.unread)}")
            self._world.changed.notify_all()
        return result

    async def _updates(self, call: Call) -> list[dict[str, Any]]:
        """What there is, or comes before the timeout; a newer call sends an older one home."""
        limit = call.integer("limit") or _MOST_UPDATES
        deadline = time.monotonic() + (call.integer("timeout") or 0)
        loop, arrived = asyncio.get_running_loop(), asyncio.Event()

        def wake() -> None:
            loop.call_soon_threadsafe(arrived.set)

        with self._world.changed:
            if self._world.webhook.url:
                raise _conflict(_HAS_WEBHOOK)
            self._world.updates.allow(call.parsed("allowed_updates"))
            self._world.updates.confirm(call.integer("offset") or 0)
            self._polls += 1
            mine = self._polls
            self._world.updates.announce()
            self._world.updates.listeners.add(wake)
        try:
            while True:
                arrived.clear()
                await self._get_through()
                found = self._batch(mine, limit)
                remaining = deadline - time.monotonic()
                if found or remaining <= 0:
                    return found
                try:
                    await asyncio.wait_for(arrived.wait(), remaining)
                except TimeoutError:
                    continue  # looks once more, and answers that there is nothing
        finally:
            with self._world.changed:
                self._world.updates.listeners.discard(wake)

    def _batch(self, mine: int, limit: int) -> list[dict[str, Any]]:
        with self._world.changed:
            if self._faults.stopping:
                raise _BadGatewayError
            if mine != self._polls:
                raise _conflict(_OTHER_POLL)
            if self._world.webhook.url:
                raise _conflict("terminated by setWebhook request")
            return [each.wire() for each in self._world.updates.batch(limit)]

    def _note(self, name: str, error: ApiError) -> None:
        with self._world.changed:
            if error.retry_after is None:  # a flood was the test's own wish
                self._world.refused(name, error)
            self._world.changed.notify_all()


class ServerThread:
    """Serves an app on loopback, and can do so again on the same port."""

    def __init__(self, app: Starlette) -> None:
        self._app = app
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None
        self.port = 0

    def start(self) -> None:
        config = uvicorn.Config(
            self._app,
            host="127.0.0.1",
            port=self.port,
            log_config=None,
            access_log=False,
            lifespan="off",
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, name="bot-api", daemon=True)
        self._thread.start()
        deadline = time.monotonic() + _SECONDS
        while not self._server.started:
            assert self._thread.is_alive(), "the Bot API server could not start"
            assert time.monotonic() < deadline, "the Bot API server did not start in time"
            time.sleep(0.005)
        self.port = self._server.servers[0].sockets[0].getsockname()[1]

    def stop(self) -> None:
        """Refuse connections from now on."""
        if self._server is None or self._thread is None:
            return
        self._server.should_exit = True
        self._thread.join(_SECONDS)
        assert not self._thread.is_alive(), "the Bot API server did not stop in time"
        self._server = self._thread = None


def _conflict(reason: str) -> ApiError:
    """Two ways of getting updates at once."""
    return ApiError(409, f"Conflict: {reason}")


def _refusal(error: ApiError) -> JSONResponse:
    said: dict[str, Any] = {
        "ok": False,
        "error_code": error.code,
        "description": error.description,
    }
    if error.retry_after is not None:
        said["parameters"] = {"retry_after": error.retry_after}
    return JSONResponse(said, error.code)


async def _not_found(request: Request, error: Exception) -> JSONResponse:
    del request, error
    return _refusal(ApiError(404, "Not Found"))
