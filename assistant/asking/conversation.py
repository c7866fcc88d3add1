"""Where a conversation's focus is kept between its turns."""

import secrets
import threading
import time
from collections import OrderedDict
from typing import Protocol

from assistant.understanding.focus import NOTHING, Focus


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
