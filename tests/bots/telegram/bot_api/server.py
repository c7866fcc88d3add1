"""The Bot API server that a test starts, and all that a test can do with it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Self

from tests.bots.telegram.bot_api.chats import Account, Chat
from tests.bots.telegram.bot_api.faults import Faults, Outage
from tests.bots.telegram.bot_api.http import BotApi, ServerThread
from tests.bots.telegram.bot_api.people import Chatroom, Person
from tests.bots.telegram.bot_api.webhook import WebhookSender
from tests.bots.telegram.bot_api.world import Clock, Profile, World

_BOT_ID = 700_000_001
_FIRST_PERSON = 1001
_FIRST_GROUP = -1_001_000_000_001


class TelegramServer:
    """A Bot API server on loopback with one bot. Use it in a `with` block, and `check()` it.

    A test that lets the bot get an error on purpose says so with `excuses`.
    """

    token = f"{_BOT_ID}:TEST-token_of-no-bot"

    def __init__(
        self,
        clock: Clock = time.time,
    ) -> None:
        bot = Account(_BOT_ID, "Asistente del Manual", "asistente_manual_bot", is_bot=True)
        self.world = World(bot, clock)
        self._faults = Faults()
        self._thread = ServerThread(BotApi(self.world, self._faults, self.token).app)
        self._webhooks = WebhookSender(self.world, self._faults)
        self._excused: list[str] = []

    def __enter__(self) -> Self:
        self._thread.start()
        self._webhooks.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._webhooks.stop()
        self.gone()

    def start_afresh(self) -> None:
        """Forget everybody and everything, on the same port: a new test begins."""
        with self.world.changed:
            self.world.forget()
            self._faults.forget()
            self._excused.clear()

    @property
    def base_url(self) -> str:
        """What python-telegram-bot takes as `base_url`."""
        return f"http://127.0.0.1:{self._thread.port}/bot"

    @property
    def bot(self) -> Account:
        return self.world.bot

    @property
    def profile(self) -> Profile:
        """The commands and descriptions that the bot has set."""
        return self.world.profile

    @property
    def waiting(self) -> int:
        """Updates that the bot has not confirmed."""
        with self.world.changed:
            return len(self.world.updates.pending)

    @property
    def pace(self) -> float:
        """Seconds that each thing that somebody does is taken to need, for the bot's rates."""
        return self.world.pace

    @pace.setter
    def pace(self, seconds: float) -> None:
        with self.world.changed:
            self.world.pace = seconds

    # people

    def user(
        self, name: str, language_code: str | None = "es", username: str | None = None
    ) -> Person:
        """A new person. The bot can write to them once they have written to it."""
        with self.world.changed:
            account = Account(
                _FIRST_PERSON + len(self.world.accounts), name, username, language_code
            )
            chat = Chat(account.id, "private", name, [account])
            self.world.accounts[account.id] = account
            self.world.chats[chat.id] = chat
        return Person(self.world, account, chat)

    def group(self, title: str, *members: Person) -> Chatroom:
        """A group that the bot is in, and in which it is told everything."""
        with self.world.changed:
            number = _FIRST_GROUP - len(self.world.chats)
            accounts = [each.account for each in members]
            chat = Chat(number, "supergroup", title, accounts, started=True)
            self.world.chats[chat.id] = chat
        return Chatroom(self.world, chat)

    # faults

    def delivers_twice(self, yes: bool = True) -> None:
        """Deliver each update from now on once more, although the bot has confirmed it."""
        with self.world.changed:
            self.world.updates.twice = yes

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Hold all updates within the block; after it, deliver them together."""
        with self.world.changed:
            self.world.updates.hold()
        try:
            yield
        finally:
            with self.world.changed:
                self.world.updates.release()

    def floods(self, retry_after: int = 1, times: int = 1) -> None:
        """Refuse so many of the next calls that send, edit or delete, with 429."""
        with self.world.changed:
            self._faults.flood(retry_after, times)

    def stops_answering(self, seconds: float) -> None:
        """For so long, calls hang and end in 502."""
        with self.world.changed:
            self._faults.silent_until = time.monotonic() + seconds
            self.world.updates.announce()

    def errs(self, status: int, body: str, media_type: str = "text/html", **times: int) -> None:
        """Carry out none of the next calls, so many of each method; answer this instead."""
        with self.world.changed:
            self._faults.outage = Outage(status, body, media_type)
            self._faults.outages.update({name.lower(): count for name, count in times.items()})
            self.world.updates.announce()

    @property
    def still_errs(self) -> bool:
        """Whether there are such calls to come."""
        with self.world.changed:
            return any(self._faults.outages.values())

    def gone(self) -> None:
        """Refuse connections, until `back`. Nothing is forgotten."""
        with self.world.changed:
            self._faults.stopping = True
            self.world.updates.announce()
        self._thread.stop()

    def back(self) -> None:
        """Answer again, on the same port."""
        with self.world.changed:
            self._faults.stopping = False
        self._thread.start()

    # verdict

    def excuses(self, description: str) -> None:
        """An error whose description contains this is no failure."""
        self._excused.append(description)

    def check(self, patience: float = 2.0) -> None:
        """Fail for whatever the bot did that Telegram or people would mind."""
        wrong = self.complaints(patience)
        assert not wrong, "\n".join(["the bot did wrong:", *wrong])

    def complaints(self, patience: float = 0.0) -> list[str]:
        """What the bot did wrong; waits a little for answers that are still to come."""
        deadline = time.monotonic() + patience
        with self.world.changed:
            while self._unanswered() and (rest := deadline - time.monotonic()) > 0:
                self.world.changed.wait(rest)
            refused = [
                f"{each.method} got {each.code}: {each.description}"
                for each in self.world.refusals
                if not any(excused in each.description for excused in self._excused)
            ]
            return [*self._unanswered(), *refused, *self.world.violations]

    def _unanswered(self) -> list[str]:
        taps = [each for each in self.world.taps.values() if not each.answered]
        queries = [each for each in self.world.inline_queries.values() if each.results is None]
        return [
            *(f"the tap on {each.label!r} was never answered" for each in taps),
            *(f"the inline query {each.text!r} was never answered" for each in queries),
        ]
