"""Puts the bot together and runs it: by polling, until it is told to stop.

settings → database, desk → queue → application (handlers, order, limits) → polling | webhook
"""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import timedelta
from typing import Any

import structlog
from telegram import BotCommand, Update
from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application

from assistant.asking.core import Assistant
from assistant.faces.serving.services import ServiceDesk
from assistant.faces.serving.threads import Threads, threads_for
from assistant.faces.serving.upkeep import beside, forget_old, warm_up
from assistant.running.settings import Settings, revealed
from assistant.running.storage import Inbox, ScreenBook, open_database
from assistant.running.throttling import Throttle
from bots.chat.views import texts
from bots.telegram.delivery import InOrder, UpdateQueue
from bots.telegram.desk import Desk
from bots.telegram.dialogue import Dialogue, handlers_of
from bots.telegram.identity import Identity
from bots.telegram.messenger import PatientRateLimiter
from bots.telegram.texts import SHORT_DESCRIPTION
from corpus.errors import AsistenteError

log = structlog.get_logger("asistente.telegram")

UPDATES = ["message", "edited_message", "callback_query", "inline_query"]
"""The sorts of updates that the bot has a use for; Telegram sends no others."""
_CONNECTIONS = 256
"""To Telegram, at a time: chats don't wait for one another."""
_POLL_SECONDS = 30
_RETRIES_OF_429 = 5

Bot = Application[Any, Any, Any, Any, Any, Any]


class TokenError(AsistenteError):
    """There is no token, or Telegram knows no such bot."""


class Running:
    """The bot while it runs."""

    def __init__(self, application: Bot, queue: UpdateQueue) -> None:
        self.application = application
        self.queue = queue

    async def receive(self, data: Any) -> None:
        """Take an update that was delivered; once this returns, it can't get lost.

        Raises ValueError, KeyError, TypeError and AttributeError for what is none.
        """
        if not isinstance(data, dict) or not isinstance(data.get("update_id"), int):
            raise ValueError("no update")
        update = Update.de_json(data, self.application.bot)
        await self.queue.put(update)


def token_of(settings: Settings) -> str:
    """The token. Raises TokenError."""
    token = (revealed(settings.telegram_token) or "").strip()
    if not token:
        raise TokenError(
            "Falta el token del bot; pídalo a @BotFather y póngalo en ASISTENTE_TELEGRAM_TOKEN."
        )
    return token


async def poll(settings: Settings) -> None:
    """Run until SIGINT or SIGTERM. Raises as `poll_until` does."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for each in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(each, stop.set)
    await poll_until(stop, settings)


async def poll_until(
    stop: asyncio.Event, settings: Settings, assistant: Assistant | None = None
) -> None:
    """Run until the event is set; what is under way is finished first, as long as the settings
    allow. `assistant` stands in for the one that the settings name.

    Raises TokenError, DatabaseError and ThrottleError.
    """
    reached = asyncio.Event()
    attending = asyncio.create_task(_attend(stop, reached, settings, assistant))
    stopped = asyncio.create_task(stop.wait())
    await asyncio.wait({attending, stopped}, return_when=asyncio.FIRST_COMPLETED)
    stopped.cancel()
    if not reached.is_set():  # nothing is under way
        attending.cancel()
    with suppress(asyncio.CancelledError):
        await attending


async def _attend(
    stop: asyncio.Event,
    reached: asyncio.Event,
    settings: Settings,
    assistant: Assistant | None,
) -> None:
    """Poll until the event is set; tell by the other that Telegram was reached."""
    async with backed(settings, assistant) as desk, running(settings, desk) as bot:
        # nobody else polls this bot, so whatever is left was left by an earlier run
        await bot.queue.take_over(bot.application.bot, untouched=timedelta())
        await _poll(bot, stop, reached)


async def _poll(bot: Running, stop: asyncio.Event, reached: asyncio.Event) -> None:
    updater = bot.application.updater
    if updater is None:
        raise AssertionError("the application was built with an updater")
    try:
        await updater.start_polling(
            timeout=_POLL_SECONDS,
            allowed_updates=UPDATES,
            bootstrap_retries=-1,
            error_callback=_on_polling_error,
        )
        reached.set()
        log.info("el bot atiende", bot=bot.application.bot.username)
        await stop.wait()
    finally:
        log.info("el bot termina lo que tiene pendiente")
        if updater.running:
            await updater.stop()


def _on_polling_error(error: TelegramError) -> None:
    log.warning("Telegram no responde; se vuelve a intentar", reason=type(error).__name__)


@asynccontextmanager
async def backed(settings: Settings, assistant: Assistant | None = None) -> AsyncIterator[Desk]:
    """The desk of a bot on its own, with what runs beside it."""
    services = ServiceDesk(settings, assistant)
    threads = threads_for(settings)
    async with AsyncExitStack() as stack:
        stack.callback(services.close)
        for work in (warm_up(services, threads), forget_old(services, threads, settings)):
            await stack.enter_async_context(beside(work))
        yield await stack.enter_async_context(desk_of(settings, services, threads))


@asynccontextmanager
async def desk_of(
    settings: Settings, services: ServiceDesk, threads: Threads
) -> AsyncIterator[Desk]:
    """The desk of a bot on services that are there. Raises TokenError and ThrottleError."""
    throttle = Throttle(settings.telegram_rate_limit, revealed(settings.redis_url))
    try:
        yield Desk(settings, services, threads, Identity(token_of(settings)), throttle)
    finally:
        await throttle.close()


@asynccontextmanager
async def running(settings: Settings, desk: Desk) -> AsyncIterator[Running]:
    """The bot, handling what is put into its queue, until the end of the block.

    Raises TokenError and DatabaseError.
    """
    url = revealed(settings.database_url)
    database = await desk.threads.run(lambda: open_database(settings.data_dir, url))
    try:
        queue = UpdateQueue(Inbox(database), desk.identity, desk.threads)
        application = _application(settings, desk, queue)
        desk.connect(application.bot, ScreenBook(database))
        try:
            await _initialized(application)
        except BaseException:
            await application.bot.shutdown()  # it has connected, though nothing came of it
            raise
        await application.start()
        try:
            async with (
                beside(queue.keep_taking_over(application.bot)),
                beside(_introduce(application)),
            ):
                yield Running(application, queue)
        finally:
            with suppress(TimeoutError):  # the next run takes over what is left
                async with asyncio.timeout(settings.shutdown_timeout):
                    await application.stop()
            await application.shutdown()
    finally:
        database.close()


def _application(settings: Settings, desk: Desk, queue: UpdateQueue) -> Bot:
    base = settings.telegram_api_url.rstrip("/")
    application = (
        Application.builder()
        .token(token_of(settings))
        .base_url(f"{base}/bot")
        .base_file_url(f"{base}/file/bot")
        .rate_limiter(PatientRateLimiter(max_retries=_RETRIES_OF_429))
        .connection_pool_size(_CONNECTIONS)
        .update_queue(queue)
        .concurrent_updates(InOrder(queue))
        .job_queue(None)
        .build()
    )
    dialogue = Dialogue(desk)
    application.add_handlers(handlers_of(dialogue))
    application.add_error_handler(dialogue.on_error)
    return application


async def _initialized(application: Bot) -> None:
    """Ask Telegram who the bot is, for as long as it takes to reach it."""
    pause = 1.0
    while True:
        try:
            await application.initialize()
            return
        except InvalidToken as error:
            raise TokenError(
                "Telegram no reconoce el token; revise ASISTENTE_TELEGRAM_TOKEN."
            ) from error
        except TelegramError as error:
            log.warning("Telegram no responde; se vuelve a intentar", reason=type(error).__name__)
            await asyncio.sleep(pause)
            pause = min(2 * pause, 30.0)


async def _introduce(application: Bot) -> None:
    """Tell Telegram the commands and who the bot is, in Spanish."""
    commands = [BotCommand(name, what) for name, what in texts.COMMANDS.items()]
    try:
        await application.bot.set_my_commands(commands)
        await application.bot.set_my_description(texts.DESCRIPTION)
        await application.bot.set_my_short_description(SHORT_DESCRIPTION)
    except TelegramError as error:  # it answers all the same
        log.warning("no se registraron los comandos", reason=type(error).__name__)
