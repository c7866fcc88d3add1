"""Updates on their way to the bot, kept until it confirms them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

_NOT_UNLESS_ASKED = frozenset(["chat_member", "message_reaction", "message_reaction_count"])
_FIRST_ID = 700_000_001


@dataclass
class Update:
    """Something that the bot is told."""

    id: int
    kind: str
    payload: dict[str, Any]
    deliveries: int = 1
    """How often it is still to be delivered."""
    given: bool = False
    """Delivered, but not confirmed."""

    def wire(self) -> dict[str, Any]:
        return {"update_id": self.id, self.kind: self.payload}


class UpdateQueue:
    """Updates in their order. Not safe for threads by itself: the world's lock guards it."""

    def __init__(self) -> None:
        self.listeners: set[Callable[[], None]] = set()
        """Called when there may be something to deliver."""
        self._next_id = _FIRST_ID
        self.forget()

    def forget(self) -> None:
        """Be as new, but for the numbers: they only grow."""
        self.pending: list[Update] = []
        self.twice = False
        self._allowed: frozenset[str] | None = None
        self._held = False

    def allow(self, kinds: list[str] | None) -> None:
        """What the bot wants from now on; None changes nothing, an empty list means the usual."""
        if kinds is not None:
            self._allowed = frozenset(kinds) or None

    def put(self, kind: str, payload: dict[str, Any]) -> None:
        """Queue an update, unless the bot doesn't want such."""
        wanted = kind in self._allowed if self._allowed else kind not in _NOT_UNLESS_ASKED
        if wanted:
            update = Update(self._next_id, kind, payload, deliveries=2 if self.twice else 1)
            self.pending.append(update)
            self._next_id += 1
            self.announce()

    def announce(self) -> None:
        for listener in list(self.listeners):
            listener()

    def hold(self) -> None:
        """Deliver nothing for now."""
        self._held = True

    def release(self) -> None:
        """Deliver what was held."""
        self._held = False
        self.announce()

    def confirm(self, offset: int) -> None:
        """The bot has all updates before this one; a negative offset keeps only the last ones."""
        if offset < 0:
            self.pending = self.pending[offset:]
            return
        for each in self.pending:
            if each.id < offset and each.given:
                each.deliveries -= 1
                each.given = False
        self.pending = [each for each in self.pending if each.deliveries > 0]

    def batch(self, limit: int) -> list[Update]:
        """What is to be delivered now."""
        if self._held:
            return []
        for each in self.pending[:limit]:
            each.given = True
        return self.pending[:limit]

    def delivered(self, update: Update) -> None:
        """The bot's webhook took an update."""
        update.deliveries -= 1
        if update.deliveries <= 0 and update in self.pending:
            self.pending.remove(update)

    def drop(self) -> None:
        """Forget all that waits."""
        self.pending.clear()
