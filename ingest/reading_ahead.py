"""Reads the next files of a folder while one is indexed, so that no core waits."""

import os
from collections import deque
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType

from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.readers import SourceText, read_guarded


class ReadingAhead:
    """Gives the texts of files in the order in which they were named; a context manager.

    As many files are read at a time as there are cores, each but plain text in a process of its
    own, and no more are kept waiting. What reading one raises is raised when it is asked for.
    """

    def __init__(self, paths: Iterable[Path], limits: Limits = DEFAULT_LIMITS) -> None:
        self._limits = limits
        self._left = deque(paths)
        self._most = os.cpu_count() or 1
        self._pool = ThreadPoolExecutor(self._most, thread_name_prefix="reading")
        self._reading: dict[Path, Future[SourceText]] = {}

    def __enter__(self) -> "ReadingAhead":
        self._go_on()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._pool.shutdown(wait=kind is None, cancel_futures=True)

    def read(self, path: Path, limits: Limits = DEFAULT_LIMITS) -> SourceText:
        """The text of a file, as `read_guarded` gives it; one that was not named is read now."""
        reading = self._reading.pop(path, None)
        if reading is None:
            return read_guarded(path, limits)
        self._go_on()
        return reading.result()

    def _go_on(self) -> None:
        while self._left and len(self._reading) < self._most:
            path = self._left.popleft()
            self._reading[path] = self._pool.submit(read_guarded, path, self._limits)
