"""Everything that Telegram knows: one lock around accounts, chats, updates and questions open."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from tests.bots.telegram.bot_api.call import ApiError
from tests.bots.telegram.bot_api.chats import Account, Chat, Event, EventKind, Message
from tests.bots.telegram.bot_api.rates import PACE, broken_rate
from tests.bots.telegram.bot_api.updates import UpdateQueue

ANSWER_WITHIN = 15.0
"""Seconds for the answer to a tap or an inline query. Telegram doesn't document its timeout; after
some such time its apps stop waiting."""

Clock = Callable[[], float]
Seen = TypeVar("Seen")


@dataclass
class Tap:
    """A button was tapped; the person sees a spinner until the bot answers."""

    id: str
    chat: Chat
    message: Message
    label: str
    at: float
    answered: bool = False
    text: str = ""
    alert: bool = False


@dataclass
class InlineQuery:
    """Somebody types after the bot's name; results are shown once there are any."""

    id: str
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
        self.refusals: list[Refusal] = []
        self.violations: list[str] = []
        self._last_number = 0

    def new_number(self) -> int:
        """For ids of all kinds."""
        self._last_number += 1
        return self._last_number

    def now(self) -> int:
        return int(self.clock())

    def wait_for(self, look: Callable[[], Seen | None], timeout: float) -> Seen | None:
        """What somebody looks for, once it is there; None if it does not come in time."""
        deadline = time.monotonic() + timeout
        with self.changed:
            while (found := look()) is None and (rest := deadline - time.monotonic()) > 0:
                self.changed.wait(rest)
        return found

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
        version = message.version + 1
        edited = replace(message, version=version, edited=self.now(), **changes)
        chat.messages[message.id] = edited
        chat.events.append(Event(EventKind.EDITED, who, edited))
        return edited

    def refused(self, method: str, error: ApiError) -> None:
        """Remember that a call got an error."""
        self.refusals.append(Refusal(method, error.code, error.description))
