"""Everything that Telegram knows: one lock around accounts, chats, updates and questions open."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from tests.bots.telegram.bot_api.chats import Account, Chat, Event, EventKind, File, Message
from tests.bots.telegram.bot_api.errors import ApiError, bad_request
from tests.bots.telegram.bot_api.rates import PACE, broken_rate
from tests.bots.telegram.bot_api.updates import UpdateQueue

ANSWER_WITHIN = 15.0
"""Seconds for the answer to a tap or an inline query. Telegram doesn't document its timeout; after
some such time its apps stop waiting."""

Clock = Callable[[], float]


@dataclass
class Tap:
    """A button was tapped; the person sees a spinner until the bot answers."""

    id: str
    chat: Chat
    message: Message
    who: Account
    label: str
    at: float
    answered: bool = False
    text: str = ""
    alert: bool = False


@dataclass
class InlineQuery:
    """Somebody types after the bot's name; results are shown once there are any."""

    id: str
    who: Account
    text: str
    at: float
    results: "list[InlineResult] | None" = None


@dataclass(frozen=True)
class InlineResult:
    """One of the results shown; choosing it sends the message."""

    id: str
    title: str
    description: str
    message: Message

    @property
    def text(self) -> str:
        return self.message.text

    @property
    def html(self) -> str:
        return self.message.html


@dataclass(frozen=True)
class Refusal:
    """A call that got an error."""

    method: str
    code: int
    description: str


@dataclass
class Webhook:
    """Where updates are posted."""

    url: str = ""
    secret: str = ""
    last_error: str = ""
    last_error_at: int = 0


@dataclass
class Profile:
    """How the bot presents itself, by language; commands by audience and language."""

    commands: dict[tuple[str, str], list[dict[str, str]]] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)


class World:
    """What the server knows. Whoever reads or changes it holds `changed`."""

    def __init__(self, bot: Account, clock: Clock = time.time) -> None:
        self.changed = threading.Condition(threading.RLock())
        self.bot = bot
        self.clock = clock
        self.updates = UpdateQueue()
        self.forget()

    def forget(self) -> None:
        """Be as new."""
        self.updates.forget()
        self.pace = PACE
        self.webhook = Webhook()
        self.profile = Profile()
        self.accounts: dict[int, Account] = {}
        self.chats: dict[int, Chat] = {}
        self.taps: dict[str, Tap] = {}
        self.inline_queries: dict[str, InlineQuery] = {}
        self.files: dict[str, File] = {}
        self.calls: list[str] = []
        """Names of the methods called."""
        self.refusals: list[Refusal] = []
        self.violations: list[str] = []
        self.logged_out = False
        self._last_number = 0

    def new_number(self) -> int:
        """For ids of all kinds."""
        self._last_number += 1
        return self._last_number

    def now(self) -> int:
        return int(self.clock())

    def chat(self, chat_id: int) -> Chat:
        """A chat that the bot knows. Raises ApiError."""
        try:
            return self.chats[chat_id]
        except KeyError:
            raise bad_request("chat not found") from None

    def acted(self, chat: Chat) -> None:
        """Somebody did something in a chat, and took their time."""
        chat.ahead += self.pace

    def post(self, chat: Chat, message: Message) -> Message:
        """Put a message into a chat, under an id of its own."""
        replied = chat.messages.get(message.reply_to or 0)
        thread = (replied.thread or replied.id) if chat.is_group and replied else None
        posted = replace(message, id=chat.new_id(), thread=thread)
        chat.messages[posted.id] = posted
        chat.events.append(Event(EventKind.SENT, posted.sender, posted))
        if posted.sender == self.bot:
            chat.sent_at.append(self.clock() + chat.ahead)
            broken = broken_rate(chat)
            if broken is not None:
                self.violations.append(broken)
        return posted

    def edit(self, chat: Chat, message: Message, who: Account, **changes: Any) -> Message:
        """Let a message show something else."""
        edited = replace(message, version=message.version + 1, **changes)
        chat.messages[message.id] = edited
        chat.events.append(Event(EventKind.EDITED, who, edited))
        return edited

    def delete(self, chat: Chat, message: Message, who: Account) -> None:
        """Take a message out of a chat."""
        del chat.messages[message.id]
        chat.events.append(Event(EventKind.DELETED, who, message))

    def refused(self, method: str, error: ApiError) -> None:
        """Remember that a call got an error."""
        self.refusals.append(Refusal(method, error.code, error.description))
