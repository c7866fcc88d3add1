"""What the tests of the bot share: what a screen looks like, and the bot at a Bot API server."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest

from assistant.asking.core import Assistant
from assistant.running.logs import configure_logs
from assistant.running.settings import Settings
from bots.telegram.running import poll_until
from tests.bots.telegram.bot_api.people import Person
from tests.bots.telegram.bot_api.server import TelegramServer

Attend = Callable[..., AbstractContextManager[None]]
"""Lets a bot run for a while; settings other than the usual ones are keyword arguments."""
_SECONDS = 30.0


@pytest.fixture(scope="session", autouse=True)
def logs() -> None:
    """The log as a server has it."""
    configure_logs("json")


@pytest.fixture
def telegram() -> Iterator[TelegramServer]:
    """Telegram; at the end it fails the test for whatever the bot did that it would mind."""
    with TelegramServer() as server:
        yield server
        server.check()


@pytest.fixture
def attend(telegram: TelegramServer, assistant: Assistant, tmp_path: Path) -> Attend:
    """Lets a bot over MO-SIG-01 attend, by polling; a second one goes on with the same database."""

    @contextmanager
    def attended(over: Assistant = assistant, **more: Any) -> Iterator[None]:
        with _polling(settings_of(telegram, tmp_path, **more), over):
            yield

    return attended


def settings_of(telegram: TelegramServer, data: Path, **more: Any) -> Settings:
    """The settings of a bot at a Bot API server."""
    usual: dict[str, Any] = {
        "data_dir": data,
        "telegram_token": telegram.token,
        "telegram_api_url": telegram.base_url.removesuffix("/bot"),
        "telegram_rate_limit": "no",
    }
    return Settings(**{**usual, **more})


@pytest.fixture
def bot(attend: Attend) -> Iterator[None]:
    """A bot with the usual settings."""
    with attend():
        yield


@pytest.fixture
def citizen(telegram: TelegramServer) -> Person:
    return telegram.user("Ana", username="ana_ruiz")


@contextmanager
def _polling(settings: Settings, assistant: Assistant) -> Iterator[None]:
    """A bot on a thread, until the end of the block."""
    runner, stop = asyncio.Runner(), asyncio.Event()
    loop = runner.get_loop()
    failed: list[BaseException] = []

    def attend() -> None:
        try:
            with runner:
                runner.run(poll_until(stop, settings, assistant))
        except BaseException as error:  # told on the thread of the test
            failed.append(error)

    thread = threading.Thread(target=attend)
    thread.start()
    try:
        yield
    finally:
        if thread.is_alive():
            loop.call_soon_threadsafe(stop.set)
        thread.join(_SECONDS)
        assert not thread.is_alive()
    if failed:
        raise failed[0]
