"""Spares the garbage collector what stays in memory for long.

Python looks for cycles among all objects as they become more. Those of some fifty open manuals are
millions, and each such look then stops all threads for a quarter of a second and more.
"""

import gc
import threading


class LongLived:
    """Sets aside, time after time, what was made to stay. Safe for threads."""

    def __init__(self, look_every: int) -> None:
        """After so many times all is looked through once, as some of it stays no more."""
        self._look_every = look_every
        self._times = 0
        self._lock = threading.Lock()

    def keep(self) -> None:
        """Set aside all objects that there are now."""
        with self._lock:
            self._times += 1
            if self._times % self._look_every == 0:
                gc.unfreeze()
                gc.collect()
            gc.freeze()
