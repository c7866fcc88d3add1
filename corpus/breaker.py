"""Spares callers the wait for another process that does not answer."""

import threading
import time
from collections.abc import Callable


class Breaker:
    """Remembers that something failed, and lets nobody try it again for a while. Safe for threads.

    Then one caller tries, while the others still go without: so a server that hangs costs one wait
    every so often, not one a question. (pybreaker would let all of them try at that moment.)
    """

    def __init__(self, rest: float, clock: Callable[[], float] = time.monotonic) -> None:
        """`rest` is in seconds."""
        self._rest = rest
        self._clock = clock
        self._closed_until: float | None = None
        self._lock = threading.Lock()

    @property
    def is_resting(self) -> bool:
        """Whether it failed the last time it was tried."""
        return self._closed_until is not None

    def admits(self) -> bool:
        """Whether the caller may try. Who may must then tell whether it `worked` or `failed`."""
        if self._closed_until is None:
            return True
        with self._lock:
            if self._closed_until is None or self._clock() >= self._closed_until:
                if self._closed_until is not None:
                    self._closed_until = self._clock() + self._rest  # the others go without
                return True
        return False

    def failed(self) -> None:
        """It did not answer."""
        with self._lock:
            self._closed_until = self._clock() + self._rest

    def worked(self) -> None:
        """It answered."""
        self._closed_until = None
