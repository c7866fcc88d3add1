"""Updates on their way in: each is handled once, in order within a chat, chats beside one another.

An update is stored before Telegram is told that it arrived, and its text is erased once it is
handled. What a process leaves behind when it dies, the next one takes over.
"""

import asyncio
import json
from collections.abc import Awaitable
from datetime import timedelta
from functools import partial
from typing import Any
from weakref import WeakValueDictionary

import structlog
from telegram import Update
from telegram.ext import BaseUpdateProcessor

from assistant.faces.serving.threads import Threads
from assistant.running.storage import DatabaseError, Inbox
from bots.telegram.identity import Identity

log = structlog.get_logger("asistente.telegram")

_MOST_AT_ONCE = 4096
"""Updates under way or waiting for their turn; only memory bounds it."""
_TRY_AGAIN = 1.0
"""Seconds between tries while the database does not answer."""
ABANDONED = timedelta(minutes=5)
"""After so long, whoever had an update is taken for dead."""
_LOOK_AROUND = 60.0
_PERSONAL = frozenset(
    ["first_name", "last_name", "username", "language_code", "title", "contact", "phone_number"]
)
"""Fields of an update that say who somebody is, and that the bot has no use for."""


class UpdateQueue(asyncio.Queue[object]):
    """The queue that updates come through: it takes each only once, and only once it is stored."""

    def __init__(self, inbox: Inbox, identity: Identity, threads: Threads) -> None:
        super().__init__()
        self._inbox = inbox
        self._identity = identity
        self._threads = threads
        self._under_way: set[str] = set()

    async def put(self, item: object) -> None:
        """Store an update and queue it; one that came before is dropped.

        While the database does not answer it waits, and Telegram keeps what comes after.
        """
        if isinstance(item, Update):
            if not await self._stored(item):
                return
            self._under_way.add(self._identity.update(item.update_id))
        await super().put(item)

    async def handled(self, update: Update) -> None:
        """Erase what an update said. Raises DatabaseError."""
        key = self._identity.update(update.update_id)
        self._under_way.discard(key)
        await self._threads.run(lambda: self._inbox.handled(key))

    async def take_over(self, bot: Any, untouched: timedelta) -> int:
        """Queue what dead processes left behind; how many updates. Raises DatabaseError."""
        left = await self._threads.run(lambda: self._inbox.take_over(untouched))
        for waiting in left:
            if waiting.key in self._under_way:  # its turn has not come yet
                continue
            opened = self._identity.opened(waiting.payload)
            update = Update.de_json(json.loads(opened), bot) if opened else None
            if update is None:  # another token sealed it
                await self._threads.run(partial(self._inbox.handled, waiting.key))
            else:
                self._under_way.add(waiting.key)
                await super().put(update)
        return len(left)

    async def keep_taking_over(self, bot: Any) -> None:
        """Look every minute for what dead processes left behind."""
        while True:
            await asyncio.sleep(_LOOK_AROUND)
            try:
                count = await self.take_over(bot, ABANDONED)
            except DatabaseError as error:
                log.warning("no se pudo buscar lo pendiente", reason=str(error))
            else:
                if count:
                    log.info("mensajes de otro proceso, retomados", count=count)

    async def _stored(self, update: Update) -> bool:
        key = self._identity.update(update.update_id)
        sealed = self._identity.sealed(json.dumps(impersonal(update.to_dict())))
        while True:
            try:
                return await self._threads.run(lambda: self._inbox.accept(key, sealed))
            except DatabaseError as error:
                log.warning("un mensaje espera a la base de datos", reason=str(error))
                await asyncio.sleep(_TRY_AGAIN)


class InOrder(BaseUpdateProcessor):
    """Handles the updates of a chat one after another, in the order in which they came."""

    def __init__(self, queue: UpdateQueue) -> None:
        super().__init__(_MOST_AT_ONCE)
        self._queue = queue
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Wait for the chat's turn, handle the update, and erase what it said."""
        if not isinstance(update, Update):
            await coroutine
            return
        turn = self._turns.setdefault(_lane(update), asyncio.Lock())
        async with turn:  # who waits longest is next
            await coroutine
        try:
            await self._queue.handled(update)
        except DatabaseError as error:
            log.warning("un mensaje atendido no se pudo borrar", reason=str(error))

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to close."""


def impersonal(value: Any) -> Any:
    """An update's data without what says who somebody is; names that must be there are empty."""
    match value:
        case dict():
            kept = {k: impersonal(each) for k, each in value.items() if k not in _PERSONAL}
            return kept | ({"first_name": ""} if "is_bot" in value else {})
        case list() | tuple():
            return [impersonal(each) for each in value]
        case _:
            return value


def _lane(update: Update) -> int:
    """The chat, or the person for what is typed outside of any chat."""
    if update.effective_chat is not None:
        return update.effective_chat.id
    return update.effective_user.id if update.effective_user else 0
