"""The bot by webhook: Telegram calls, the secret is checked, and the update is safe before "200".

On its own, or in the process of the API: `create_webhook_app`, `create_app_with_api`.
"""

import hmac
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from json import JSONDecodeError
from urllib.parse import urlsplit

import structlog
from fastapi import FastAPI, Request, Response
from telegram.error import TelegramError

from assistant.faces.api import create_app
from assistant.faces.api.body import BodyLimit
from assistant.faces.api.deps import Shared
from assistant.running.logs import configure_logs
from assistant.running.settings import Settings, load_settings
from bots.telegram.desk import Desk
from bots.telegram.running import UPDATES, Running, backed, desk_of, running
from corpus.errors import AsistenteError

log = structlog.get_logger("asistente.telegram")

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
_LONGEST_UPDATE = 1_048_576
_CONNECTIONS = 40
"""That Telegram may open at a time."""


_NO_UPDATE = (
    JSONDecodeError,
    UnicodeDecodeError,
    RecursionError,  # of JSON that is nested too deep
    KeyError,
    TypeError,
    ValueError,
    AttributeError,
)
"""What comes of a body that is no update."""


class WebhookError(AsistenteError):
    """Telegram does not take the address."""


def create_webhook_app(settings: Settings) -> FastAPI:
    """The webhook and `/healthz`, nothing else."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with backed(settings) as desk, _called(app, settings, desk):
            yield

    app = FastAPI(lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(BodyLimit, limit=_LONGEST_UPDATE)
    app.add_api_route("/healthz", _healthy)
    return _with_route(app, settings)


def create_app_with_api(settings: Settings) -> FastAPI:
    """The API and the page, and the webhook beside them: one process, one index in memory."""
    app = create_app(settings)
    of_the_api = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(inner: FastAPI) -> AsyncIterator[None]:
        async with of_the_api(inner):
            shared: Shared = inner.state.shared
            async with (
                desk_of(settings, shared.desk, shared.threads) as desk,
                _called(inner, settings, desk),
            ):
                yield

    app.router.lifespan_context = lifespan
    return _with_route(app, settings)


def webhook_app_from_environment() -> FastAPI:
    """The webhook alone, as a worker process serves it."""
    settings = load_settings()
    configure_logs(settings.log_format, settings.secrets)
    return create_webhook_app(settings)


def app_with_api_from_environment() -> FastAPI:
    """API and webhook, as a worker process serves them."""
    settings = load_settings()
    configure_logs(settings.log_format, settings.secrets)
    return create_app_with_api(settings)


def path_of(settings: Settings) -> str:
    """The path at which Telegram calls."""
    return urlsplit(settings.telegram_webhook_url or "").path or "/telegram"


def _with_route(app: FastAPI, settings: Settings) -> FastAPI:
    app.add_api_route(path_of(settings), _receive, methods=["POST"], include_in_schema=False)
    return app


@asynccontextmanager
async def _called(app: FastAPI, settings: Settings, desk: Desk) -> AsyncIterator[None]:
    """The bot, which Telegram calls at the address of the settings."""
    async with running(settings, desk) as bot:
        app.state.bot, app.state.secret = bot, desk.identity.webhook_secret
        try:
            await bot.application.bot.set_webhook(
                url=settings.telegram_webhook_url or "",
                allowed_updates=UPDATES,
                max_connections=_CONNECTIONS,
                secret_token=desk.identity.webhook_secret,
            )
        except TelegramError as error:
            raise WebhookError(
                f"Telegram no acepta la dirección ASISTENTE_TELEGRAM_WEBHOOK_URL: {error.message}."
            ) from error
        log.info("el bot atiende por webhook", bot=bot.application.bot.username)
        yield


async def _receive(request: Request) -> Response:
    """An update. 200 only once it is stored: until then Telegram delivers it again."""
    said = request.headers.get(SECRET_HEADER, "")
    if not hmac.compare_digest(said.encode(), str(request.app.state.secret).encode()):
        return Response(status_code=403)
    bot: Running = request.app.state.bot
    try:
        await bot.receive(await request.json())
    except _NO_UPDATE:
        return Response(status_code=400)
    return Response(status_code=200)


async def _healthy() -> dict[str, str]:
    return {"status": "ok"}
