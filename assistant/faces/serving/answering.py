"""Puts questions to the assistant, for every channel alike: if the channel is on, within their
time; and whatever comes of them is noted, a failure too."""

import time
from collections.abc import Callable
from contextlib import suppress

from assistant.answering.answer import Answer
from assistant.desk.choices import ChoiceBook
from assistant.desk.outcomes import channel_of
from assistant.faces.serving.answer_log import Came, Incoming, log_outcome, note_for_desk
from assistant.faces.serving.services import Services
from assistant.faces.serving.steps import StepListener
from assistant.faces.serving.threads import AnswerTimeoutError, Threads
from assistant.running.settings import Settings
from assistant.running.storage import DatabaseError
from assistant.understanding.question import QuestionError
from corpus.catalog import UnknownManualError
from corpus.errors import AsistenteError

Ask = Callable[[StepListener], Answer]
"""Asks the assistant, which tells its steps to the listener."""
Count = Callable[[Came, str], None]
"""Counts what came of a question at an endpoint."""


class ChannelClosedError(AsistenteError):
    """The office has switched this channel off."""

    def __init__(self, contact: str | None) -> None:
        super().__init__(
            "Por ahora no se responde por este medio"
            + (f"; diríjase a: {contact.rstrip('.')}." if contact else "; vuelva más tarde.")
        )


_NO_FAILURE = (QuestionError, UnknownManualError, ChannelClosedError)
"""Nothing was asked that could be answered, or the office wants no questions."""


class Answering:
    """Has questions answered and notes what came of them. For one event loop."""

    def __init__(self, settings: Settings, threads: Threads, count: Count | None = None) -> None:
        self._settings = settings
        self._threads = threads
        self._count = count

    async def answer(
        self, incoming: Incoming, services: Services, ask: Ask, listener: StepListener
    ) -> Answer:
        """The answer to a question. Who stops waiting stops the work, and it is then not counted.

        Raises AnswerTimeoutError, ChannelClosedError and what `ask` does.
        """
        started = time.perf_counter()

        def asked(listener: StepListener) -> Answer:
            _require_open(services, incoming.endpoint, self._settings)
            return ask(listener)

        try:
            answer = await self._threads.answer(asked, listener)
        except _NO_FAILURE:
            raise
        except Exception as error:
            await self._note(error, incoming, services, started, listener)
            raise
        await self._note(answer, incoming, services, started, listener)
        return answer

    async def require_index(self, incoming: Incoming, services: Services) -> None:
        """Fail as asking would where no manual is indexed: before anything of a stream is sent.

        Raises NoIndexError and what opening a manual does.
        """
        started = time.perf_counter()
        try:
            await self._threads.run(services.library.manuals)
        except Exception as error:
            await self._note(error, incoming, services, started, StepListener())
            raise

    async def _note(
        self,
        came: Came,
        incoming: Incoming,
        services: Services,
        started: float,
        heard: StepListener,
    ) -> None:
        ms = 1_000 * (time.perf_counter() - started)
        if self._count is not None:
            self._count(came, incoming.endpoint)
        log_outcome(came, incoming, self._settings)

        def work() -> None:
            explained = heard.explanation
            note_for_desk(came, incoming, services, self._settings, ms=ms, explanation=explained)

        # an answer that is there is given, whether or not it could be counted in time
        with suppress(AnswerTimeoutError):
            await self._threads.run(work)


def _require_open(services: Services, endpoint: str, settings: Settings) -> None:
    """Raise ChannelClosedError where the office has switched off what an endpoint belongs to. While
    that can't be known, it is open."""
    try:
        chosen = ChoiceBook(services.database).read()
    except DatabaseError:
        return
    if channel_of(endpoint) in chosen.closed:
        raise ChannelClosedError(chosen.contact or settings.contact)
