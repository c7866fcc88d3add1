"""Sends and edits messages: a view becomes HTML and a keyboard, and its screen is kept.

What goes out is held back to Telegram's limits, and sent again when Telegram or the network asks
for it.
"""

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any

import httpx
from pydantic import ValidationError
from telegram import (
    Bot,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
)
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, NetworkError, TelegramError, TimedOut
from telegram.ext import AIORateLimiter

from assistant.faces.serving.threads import Threads
from assistant.running.storage import ScreenBook
from assistant.running.throttling import Throttle
from bots.chat.screens import AnyScreen, read_screen, write_screen
from bots.chat.turning import Tap
from bots.chat.view import Row, Verb, View
from bots.telegram.identity import Identity
from bots.telegram.markup import html

_TYPING_SECONDS = 4.0
"""Telegram shows "escribiendo…" for five seconds."""
_NAME_BYTES = 9
_MOST_PIXELS, _MOST_STRETCHED, _MOST_BYTES = 10_000, 20, 10_000_000
"""Of a photo: width and height together, their ratio, and its size
(https://core.telegram.org/bots/api#sendphoto)."""
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 15.0, 15.0)
"""Seconds between tries while Telegram can't be reached: about a minute in all."""
_PER_CHAT = "5/6second"
"""Messages to one chat: not quite one a second, with the short bursts that Telegram lets pass
(https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this)."""
_SHOWS_NOTHING = "sendChatAction"
_ONCE_IS_ENOUGH = ("send", "copy", "forward")
"""Methods that, if they arrived although the answer got lost, must not be called again."""


class PatientRateLimiter(AIORateLimiter):
    """Telegram's limits and its "retry after" as the library does it; and what it does not: the
    limit of each chat, and a network that is lost for a while."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self._of_a_chat = Throttle(_PER_CHAT)

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Any:
        """Send a request, again if it can't have arrived. Raises TelegramError in the end."""
        if endpoint.startswith(_ONCE_IS_ENOUGH) and endpoint != _SHOWS_NOTHING:
            while wait := await self._of_a_chat.seconds_to_wait(str(data.get("chat_id"))):
                await asyncio.sleep(wait)
        for pause in (*_PAUSES, None):
            try:
                return await super().process_request(
                    callback, args, kwargs, endpoint, data, rate_limit_args
                )
            except NetworkError as error:
                if pause is None or not _may_try_again(error, endpoint):
                    raise
                await asyncio.sleep(pause)
        raise AssertionError("the last try returns or raises")


def _may_try_again(error: NetworkError, endpoint: str) -> bool:
    if isinstance(error, BadRequest):  # the library's BadRequest is a NetworkError
        return False
    lost_answer = isinstance(error, TimedOut) and isinstance(
        error.__cause__, httpx.ReadTimeout | httpx.WriteTimeout
    )
    return not (lost_answer and endpoint.startswith(_ONCE_IS_ENOUGH))


@dataclass(frozen=True)
class Where:
    """Where a message goes."""

    chat: int
    reply_to: int | None = None
    topic: int | None = None
    """Of a group that is divided into topics."""
    person: int | None = None
    """Who wrote what is answered."""

    @property
    def address(self) -> dict[str, Any]:
        """The arguments of the library's `send_…` methods."""
        reply = None
        if self.reply_to is not None:
            reply = ReplyParameters(self.reply_to, allow_sending_without_reply=True)
        return {
            "chat_id": self.chat,
            "message_thread_id": self.topic,
            "reply_parameters": reply,
        }


class Messenger:
    """What the bot says, in Telegram. Its methods raise TelegramError and DatabaseError."""

    def __init__(self, bot: Bot, screens: ScreenBook, threads: Threads, identity: Identity) -> None:
        self._bot = bot
        self._screens = screens
        self._threads = threads
        self._identity = identity

    @property
    def username(self) -> str:
        """The bot's name, without "@"."""
        return self._bot.username

    async def show(self, where: Where, view: View, screen: AnyScreen | None = None) -> None:
        """Send a view as a message; with a screen, its buttons work."""
        name = await self._kept(where.chat, screen)
        await self._bot.send_message(
            text=html(view.lines),
            parse_mode=ParseMode.HTML,
            reply_markup=_keyboard(view.rows, name),
            link_preview_options=_NO_PREVIEW,
            **where.address,
        )

    async def replace(
        self, chat: int, message: int, name: str, view: View, screen: AnyScreen
    ) -> None:
        """Let a message show something else. One that can't be edited any more stays as it is."""
        written = write_screen(screen)
        key = self._identity.chat(chat)
        await self._threads.run(lambda: self._screens.write(name, key, written))
        await self._edit(chat, message, view, _keyboard(view.rows, name))

    async def close(self, chat: int, message: int, view: View | None = None) -> None:
        """Take the buttons off a message; with a view, it says something else from now on."""
        if view is not None:
            await self._edit(chat, message, view, None)
            return
        with suppress(BadRequest):  # it had none, or is too old
            await self._bot.edit_message_reply_markup(chat_id=chat, message_id=message)

    async def ask_to_write(self, where: Where, text: str, screen: AnyScreen) -> None:
        """Ask for a reply to a message; the reply finds the screen by `replied_screen`."""
        sent = await self._bot.send_message(
            text=text, reply_markup=ForceReply(selective=True), **where.address
        )
        key = self._identity.chat(where.chat)
        name = self._identity.message(where.chat, sent.message_id)
        await self._threads.run(lambda: self._screens.write(name, key, write_screen(screen)))

    async def send_picture(self, where: Where, png: bytes, name: str, caption: View) -> None:
        """Send a picture; as a document where it is too large for a photo."""
        if not fits_a_photo(png):
            await self.send_document(where, png, name, caption)
            return
        await self._bot.send_photo(
            photo=InputFile(png, name),
            caption=html(caption.lines),
            parse_mode=ParseMode.HTML,
            **where.address,
        )

    async def send_document(self, where: Where, content: bytes, name: str, caption: View) -> None:
        """Send a file."""
        await self._bot.send_document(
            document=InputFile(content, name),
            caption=html(caption.lines),
            parse_mode=ParseMode.HTML,
            **where.address,
        )

    async def screen(self, chat: int, name: str) -> AnyScreen | None:
        """What a message shows; None if it was erased or is of an older version."""
        key = self._identity.chat(chat)
        written = await self._threads.run(lambda: self._screens.read(name, key))
        try:
            return read_screen(written) if written is not None else None
        except ValidationError:
            return None

    async def replied_screen(self, message: Message) -> AnyScreen | None:
        """What the message asked for that this one replies to, if it asked for anything."""
        if message.reply_to_message is None:
            return None
        asked = self._identity.message(message.chat_id, message.reply_to_message.message_id)
        return await self.screen(message.chat_id, asked)

    async def erase(self, chat: int) -> None:
        """Erase all that is kept of what a chat's messages show."""
        key = self._identity.chat(chat)
        await self._threads.run(lambda: self._screens.erase(key))

    @asynccontextmanager
    async def busy(
        self, where: Where, action: ChatAction = ChatAction.TYPING
    ) -> AsyncIterator[None]:
        """Let the chat see that something is coming, for as long as the block takes."""
        telling = asyncio.create_task(self._tell(where, action))
        try:
            yield
        finally:
            telling.cancel()
            with suppress(asyncio.CancelledError):
                await telling

    async def _tell(self, where: Where, action: ChatAction) -> None:
        with suppress(TelegramError):  # the answer matters more
            while True:
                await self._bot.send_chat_action(
                    chat_id=where.chat, action=action, message_thread_id=where.topic
                )
                await asyncio.sleep(_TYPING_SECONDS)

    async def _kept(self, chat: int, screen: AnyScreen | None) -> str:
        """The name that a new message's buttons carry; its screen is kept before it is sent."""
        name = secrets.token_urlsafe(_NAME_BYTES)
        if screen is not None:
            key, written = self._identity.chat(chat), write_screen(screen)
            await self._threads.run(lambda: self._screens.write(name, key, written))
        return name

    async def _edit(
        self, chat: int, message: int, view: View, keyboard: InlineKeyboardMarkup | None
    ) -> None:
        try:
            await self._bot.edit_message_text(
                chat_id=chat,
                message_id=message,
                text=html(view.lines),
                parse_mode=ParseMode.HTML,
                reply_markup=keyboard,
                link_preview_options=_NO_PREVIEW,
            )
        except BadRequest as error:
            if not any(said in error.message.lower() for said in _HARMLESS):
                raise


_HARMLESS = ("message is not modified", "message to edit not found", "message can't be edited")


def button_data(name: str, verb: Verb, at: int) -> str:
    """What a button carries: at most 64 bytes, as Telegram asks."""
    return f"{name}:{verb.value}:{at}"


def read_button(data: str | None) -> tuple[str, Tap | None]:
    """The name of the screen, and what was pressed; None for what no button of ours carries."""
    name, _, pressed = (data or "").partition(":")
    verb, _, at = pressed.partition(":")
    try:
        return name, Tap(Verb(verb), int(at)) if at.isdecimal() else None
    except ValueError:
        return name, None


def fits_a_photo(png: bytes) -> bool:
    """Whether Telegram takes a PNG as a photo."""
    width, height = (int.from_bytes(png[at : at + 4], "big") for at in (16, 20))
    stretched = max(width, height) / max(1, min(width, height))
    return (
        width + height <= _MOST_PIXELS and stretched <= _MOST_STRETCHED and len(png) <= _MOST_BYTES
    )


def _keyboard(rows: tuple[Row, ...], name: str) -> InlineKeyboardMarkup | None:
    if not rows:
        return None
    return InlineKeyboardMarkup(
        [
            [
                InlineKeyboardButton(
                    each.short_label, callback_data=button_data(name, each.verb, each.at)
                )
                for each in row
            ]
            for row in rows
        ]
    )
