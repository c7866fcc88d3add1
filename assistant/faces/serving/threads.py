"""Runs what blocks on a bounded number of threads, so that the event loop never waits."""

from collections.abc import Callable
from typing import TypeVar

import anyio
import anyio.to_thread

from assistant.faces.serving.steps import StepListener
from assistant.running.settings import Settings
from corpus.catalog import IndexReplacedError
from corpus.errors import AsistenteError

T = TypeVar("T")

_AFTER_THE_MODEL = 10.0
"""Seconds for an answer beside those of the language model."""


class AnswerTimeoutError(AsistenteError):
    """The answer took too long and was given up."""

    def __init__(self) -> None:
        super().__init__("La respuesta tardó demasiado; vuelva a intentarlo en un momento.")


class Threads:
    """A bounded number of threads for answers, and as many for all else. For one event loop."""

    def __init__(self, count: int, timeout: float) -> None:
        """`timeout` is in seconds, the time spent waiting for a thread included."""
        self._answering = anyio.CapacityLimiter(count)
        self._other = anyio.CapacityLimiter(count)
        self._timeout = timeout

    async def answer(self, work: Callable[[StepListener], T], listener: StepListener) -> T:
        """The result of answering, which tells its steps to `listener`.

        Work that nobody waits for any more, since the client has gone or the time is over, ends
        before its next step. Raises AnswerTimeoutError and what `work` raises.
        """

        def worked() -> T:
            listener.check()
            try:
                return work(listener)
            except IndexReplacedError:  # an ingest came in between: the new index answers
                return work(listener)

        try:
            with anyio.fail_after(self._timeout):
                return await anyio.to_thread.run_sync(
                    worked, limiter=self._answering, abandon_on_cancel=True
                )
        except TimeoutError as error:
            raise AnswerTimeoutError from error
        finally:
            listener.stop()

    async def run(self, work: Callable[[], T]) -> T:
        """The result of other work that blocks. Raises AnswerTimeoutError and what `work` raises.

        Work that takes longer goes on, and nobody waits for it.
        """
        try:
            with anyio.fail_after(self._timeout):
                return await anyio.to_thread.run_sync(
                    work, limiter=self._other, abandon_on_cancel=True
                )
        except TimeoutError as error:
            raise AnswerTimeoutError from error


def threads_for(settings: Settings) -> Threads:
    """As many threads, and as much time, as the settings say.

    Who waits for a language model keeps a thread, and must not keep others from theirs; and what
    stands without the model must still be answered when that did not answer in its time.
    """
    if settings.llm is None:
        return Threads(settings.threads, settings.answer_timeout)
    count = settings.threads + settings.llm_concurrency + settings.llm_queue
    timeout = max(settings.answer_timeout, settings.llm_timeout + _AFTER_THE_MODEL)
    return Threads(count, timeout)
