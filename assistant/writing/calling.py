"""Calls a language model so that nobody waits in vain: a time limit, one retry, a queue with an
end, and a circuit breaker that stops asking a model that does not answer."""

import queue
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import copy_context
from dataclasses import dataclass, field

import pybreaker
import structlog
from langchain_core.messages import AIMessageChunk

from assistant.running.events import StoppedError
from assistant.writing.record import Outcome

log = structlog.get_logger("asistente")

Source = Callable[[], Iterator[AIMessageChunk]]
"""Begins a call and gives what comes of it."""

_FAILURES = 3
"""After so many in a row the model is left alone."""
_LEAVE_ALONE = 60.0
"""Seconds until it is tried again."""
_PATIENCE = 0.25
"""Share of the time limit that may be spent when it is asked once more."""
_PAUSE = 0.3
"""Seconds before that."""


class CallError(Exception):
    """A call came to nothing, or broke off after what was given out."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.value)
        self.outcome = outcome


@dataclass
class Usage:
    """Tokens of one call, as far as the server tells them."""

    read: int = 0
    written: int = 0


class Slots:
    """So many calls at a time, and so many that wait for one."""

    def __init__(self, calls: int, waiting: int) -> None:
        self._free = threading.Semaphore(calls)
        self._places = threading.Semaphore(calls + waiting)

    @contextmanager
    def one(self, seconds: float) -> Iterator[None]:
        """A slot, waited for `seconds` at most. Raises CallError."""
        if not self._places.acquire(blocking=False):
            raise CallError(Outcome.BUSY)
        try:
            if not self._free.acquire(timeout=max(0.0, seconds)):
                raise CallError(Outcome.BUSY)
            try:
                yield
            finally:
                self._free.release()
        finally:
            self._places.release()


@dataclass
class _Call:
    """One call on its way, in a thread of its own: whoever waits for it can stop waiting."""

    pieces: "queue.SimpleQueue[AIMessageChunk | BaseException | None]" = field(
        default_factory=queue.SimpleQueue
    )
    abandoned: threading.Event = field(default_factory=threading.Event)

    def work(self, source: Source) -> None:
        """Pass on what comes, until the end, an error, or until nobody waits any more."""
        try:
            for chunk in source():
                if self.abandoned.is_set():
                    return
                self.pieces.put(chunk)
            self.pieces.put(None)
        except BaseException as error:  # whatever it is, the one who waits is told
            self.pieces.put(error)

    def received(self, deadline: float) -> Iterator[AIMessageChunk]:
        """What comes until the deadline. Raises CallError, and StoppedError from a listener."""
        while True:
            try:
                piece = self.pieces.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                raise CallError(Outcome.TIMED_OUT) from None
            match piece:
                case None:
                    return
                case StoppedError():
                    raise piece
                case BaseException():
                    log.warning("el modelo de lenguaje falló", error=type(piece).__name__)
                    raise CallError(Outcome.FAILED) from piece
                case _:
                    yield piece


class ModelCaller:
    """Calls one model. Safe for threads."""

    def __init__(
        self, timeout: float, concurrency: int, waiting: int, leave_alone: float = _LEAVE_ALONE
    ) -> None:
        """`timeout` is in seconds, for a whole reply and the wait for it; `leave_alone` is for how
        long a model that fails is not asked."""
        self._timeout = timeout
        self._slots = Slots(concurrency, waiting)
        self._breaker = pybreaker.CircuitBreaker(
            fail_max=_FAILURES,
            reset_timeout=leave_alone,
            exclude=[StoppedError, GeneratorExit],
            throw_new_error_on_trip=False,
        )

    @property
    def is_resting(self) -> bool:
        """Whether the model is left alone for now."""
        return bool(self._breaker.current_state == pybreaker.STATE_OPEN)

    def reply(self, source: Source, usage: Usage, deadline: float | None = None) -> Iterator[str]:
        """The pieces of a reply as they come; `usage` is added to.

        `deadline` is a time of the monotonic clock; without it, that of the time limit. Raises
        CallError, and what a listener raises to stop the work.
        """
        until = self.deadline() if deadline is None else deadline
        with self._slots.one(until - time.monotonic()):
            try:
                with self._breaker.calling():
                    yield from self._with_retry(source, usage, until)
            except pybreaker.CircuitBreakerError as error:
                raise CallError(Outcome.RESTING) from error

    def deadline(self) -> float:
        """When a reply that is asked for now must have ended, by the monotonic clock."""
        return time.monotonic() + self._timeout

    def _with_retry(self, source: Source, usage: Usage, deadline: float) -> Iterator[str]:
        begun = False
        try:
            for piece in self._once(source, usage, deadline):
                begun = True
                yield piece
            return
        except CallError as error:
            left = deadline - time.monotonic()
            in_time = left > (1 - _PATIENCE) * self._timeout
            if begun or error.outcome is not Outcome.FAILED or not in_time:
                raise
        time.sleep(_PAUSE)
        yield from self._once(source, usage, deadline)

    def _once(self, source: Source, usage: Usage, deadline: float) -> Iterator[str]:
        call, context = _Call(), copy_context()
        threading.Thread(
            target=context.run, args=(call.work, source), name="language-model", daemon=True
        ).start()
        try:
            for chunk in call.received(deadline):
                if chunk.usage_metadata:
                    usage.read += chunk.usage_metadata["input_tokens"]
                    usage.written += chunk.usage_metadata["output_tokens"]
                if chunk.text:
                    yield chunk.text
        finally:
            call.abandoned.set()
