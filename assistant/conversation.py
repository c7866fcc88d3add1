"""What an earlier turn leaves for the next: only what is spoken of, never its evidence."""

import secrets
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import Protocol

from assistant.understanding.types import Understanding


@dataclass(frozen=True)
class Focus:
    """What a conversation is about. A later turn is completed from it, and needs evidence of its
    own all the same."""

    understanding: Understanding | None = None
    """The last question that named or found something."""
    positions: tuple[str, ...] = ()
    """Numbers of the sheets spoken of last, the main one first."""
    pending: Understanding | None = None
    """The question that was asked back, if the last turn did that."""
    manual: str | None = None
    unplaced: str | None = None
    """The question of which it was asked back what manual it is about, if the last turn did so."""


NOTHING = Focus()


class ConversationStore(Protocol):
    """Where conversations are kept between turns."""

    def load(self, conversation_id: str) -> Focus:
        """The focus of a conversation; `NOTHING` for an unknown one."""

    def save(self, conversation_id: str, focus: Focus) -> None:
        """Keep the focus of a conversation."""

    def forget(self, conversation_id: str) -> None:
        """Erase a conversation."""


def new_conversation_id() -> str:
    """A random id that nobody can guess."""
    return secrets.token_urlsafe(16)


class MemoryConversations:
    """Conversations in the memory of this process: the most recent ones, for a limited time."""

    def __init__(self, capacity: int = 10_000, seconds_to_live: float = 3600.0) -> None:
        self._capacity = capacity
        self._ttl = seconds_to_live
        self._kept: OrderedDict[str, tuple[float, Focus]] = OrderedDict()
        self._lock = threading.Lock()

    def load(self, conversation_id: str) -> Focus:
        with self._lock:
            at, focus = self._kept.get(conversation_id, (0.0, NOTHING))
            return focus if time.monotonic() - at < self._ttl else NOTHING

    def save(self, conversation_id: str, focus: Focus) -> None:
        with self._lock:
            self._kept[conversation_id] = (time.monotonic(), focus)
            self._kept.move_to_end(conversation_id)
            while len(self._kept) > self._capacity:
                self._kept.popitem(last=False)

    def forget(self, conversation_id: str) -> None:
        with self._lock:
            self._kept.pop(conversation_id, None)
