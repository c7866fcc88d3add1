"""Results that are kept, without what made them: a method in an `lru_cache` of its own object holds
that object in a cycle, and so in memory for long after it is used no more."""

from collections.abc import Callable
from typing import TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class Kept(dict[Key, Value]):
    """What came of some keys; when that is too much, all is forgotten. Safe for threads."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def of(self, key: Key, make: Callable[[Key], Value]) -> Value:
        """What `make` gives for a key, made once while it is kept."""
        try:
            return self[key]
        except KeyError:
            made = make(key)
        if len(self) >= self._most:
            self.clear()
        self[key] = made
        return made
