"""Work that goes on after a request was answered: a manual is read or published, one at a time."""

import asyncio
from collections.abc import Callable

import anyio
import anyio.to_thread
import structlog

log = structlog.get_logger("asistente.oficina")


class Work:
    """Runs one piece of work after the other, beside the server. For one event loop."""

    def __init__(self, patience: float) -> None:
        """`patience` is how long, in seconds, the end of the server waits for what is under way."""
        self._patience = patience
        self._turn = anyio.CapacityLimiter(1)
        self._tasks: set[asyncio.Task[None]] = set()

    def begin(self, work: Callable[[], object]) -> None:
        """Begin it as soon as what is before it has ended. It tells by itself how it went; what it
        did not expect is logged."""
        task = asyncio.create_task(self._done(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _done(self, work: Callable[[], object]) -> None:
        try:
            await anyio.to_thread.run_sync(work, limiter=self._turn)
        except Exception:
            log.exception("el trabajo no terminó")

    async def end(self) -> None:
        """Wait for what is under way, but not for ever: a draft that is cut short says so later."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=self._patience)
