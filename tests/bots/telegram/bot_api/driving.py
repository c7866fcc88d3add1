"""python-telegram-bot's own `Bot` before the server, called from plain test functions."""

import asyncio
from typing import Any, Self

from telegram import Bot
from telegram.error import TelegramError

from tests.bots.telegram.bot_api.server import TelegramServer


class DrivenBot:
    """A bot that does nothing by itself: a test makes every call."""

    def __init__(self, server: TelegramServer) -> None:
        self._server = server
        self._loop = asyncio.new_event_loop()
        self._bot = Bot(server.token, base_url=server.base_url)

    def __enter__(self) -> Self:
        self._loop.run_until_complete(self._bot.initialize())
        return self

    def __exit__(self, *exception: object) -> None:
        self._loop.run_until_complete(self._bot.shutdown())
        self._loop.close()

    def call(self, method: str, **parameters: Any) -> Any:
        """Call a method of the library's bot, `send_message` for instance; its result."""
        return self._loop.run_until_complete(getattr(self._bot, method)(**parameters))

    def refused(self, method: str, **parameters: Any) -> str:
        """In which words the server refuses a call. Fails if it doesn't."""
        try:
            result = self.call(method, **parameters)
        except TelegramError:
            return self._server.world.refusals[-1].description.removeprefix("Bad Request: ")
        raise AssertionError(f"{method} was taken: {result!r}")

    def says(self, chat: int, text: str, **more: Any) -> int:
        """Send a text; the id of the message."""
        return int(self.call("send_message", chat_id=chat, text=text, **more).message_id)

    def updates(self, offset: int | None = None, timeout: int = 0, **more: Any) -> list[Any]:
        """What is pending, or comes in time."""
        return list(self.call("get_updates", offset=offset, timeout=timeout, **more))
