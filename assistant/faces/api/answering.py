"""Answers for the routers: asked on a thread, followed step by step, logged and counted."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from assistant.answering.answer import Answer
from assistant.asking.core import AnswerEvent, Done, events_of, tokens_of
from assistant.faces.api.deps import CheckedQuestion, Shared
from assistant.faces.serving.answer_log import log_answer, note_question, require_open
from assistant.faces.serving.services import Services
from assistant.faces.serving.steps import StepListener
from assistant.faces.serving.threads import AnswerTimeoutError
from assistant.writing.record import WrittenPart

Ask = Callable[[StepListener], Answer]
"""Asks the assistant, which tells its steps to the listener."""


@dataclass(frozen=True)
class Step:
    """A step of an answer begins."""

    name: str


def asking(question: CheckedQuestion, services: Services) -> Ask:
    """Asks a question as a turn of its conversation."""

    def ask(listener: StepListener) -> Answer:
        return services.assistant.ask(
            question.text, question.conversation_id, question.manual, listener
        )

    return ask


def memory_headers(answer: Answer) -> dict[str, str]:
    """A header for an answer that was given without memory of the conversation."""
    return {} if answer.remembered else {"Conversation-Memory": "unavailable"}


async def answered(
    ask: Ask, question: str, endpoint: str, shared: Shared, manual: str | None = None
) -> Answer:
    """The answer, whole. Raises AnswerTimeoutError, ChannelClosedError and what the core does."""
    metrics = shared.metrics
    listener = StepListener(timed=metrics.time_step, written=metrics.count_writing)
    async with _noted(question, endpoint, manual, listener, shared) as note:
        answer = await shared.threads.answer(_if_open(ask, endpoint, shared), listener)
        note(answer)
    return answer


async def answered_step_by_step(
    ask: Ask,
    question: str,
    endpoint: str,
    shared: Shared,
    manual: str | None = None,
    *,
    in_pieces: bool = True,
) -> AsyncIterator[Step | AnswerEvent]:
    """The steps as they begin, and the answer piece by piece: what a language model writes as soon
    as it is verified, everything else at the end.

    Without `in_pieces` what is whole already comes as one: hundreds of pieces that come at once
    take longer to be sent and read than to be made.

    Who stops iterating stops the work. Raises as `answered` does.
    """
    loop, news = asyncio.get_running_loop(), asyncio.Queue[_News]()
    listener = StepListener(
        told=lambda name: _from_thread(loop, news, name),
        timed=shared.metrics.time_step,
        said=lambda part: _from_thread(loop, news, part),
        written=shared.metrics.count_writing,
    )
    said = ""
    async with _noted(question, endpoint, manual, listener, shared) as note:
        asked = _if_open(ask, endpoint, shared)
        work = asyncio.create_task(shared.threads.answer(asked, listener))
        work.add_done_callback(lambda _: news.put_nowait(None))
        try:
            while (new := await news.get()) is not None:
                if isinstance(new, WrittenPart):
                    said += new.text
                    for token in tokens_of(new.text):
                        yield token
                elif not said:  # what is done of an answer that shows already is nobody's concern
                    yield Step(new)
            answer = await work
            note(answer)
        finally:
            work.cancel()
    if not in_pieces:
        yield Done(answer)
        return
    for event in events_of(answer, said):
        yield event


_News = str | WrittenPart | None
"""A step that begins, a part of the answer, or the end."""


def _from_thread(loop: asyncio.AbstractEventLoop, news: asyncio.Queue[_News], new: _News) -> None:
    if not loop.is_closed():
        loop.call_soon_threadsafe(news.put_nowait, new)


def _if_open(ask: Ask, endpoint: str, shared: Shared) -> Ask:
    """The same, unless the office has switched the channel off."""

    def asked(listener: StepListener) -> Answer:
        if shared.desk.opened is not None:
            require_open(shared.desk.opened, endpoint, shared.settings)
        return ask(listener)

    return asked


@asynccontextmanager
async def _noted(
    question: str, endpoint: str, manual: str | None, listener: StepListener, shared: Shared
) -> AsyncIterator[Callable[[Answer], None]]:
    """Counts and logs what is answered within the block, which tells its answer; and what fails."""
    started, answers = time.perf_counter(), list[Answer]()

    def work() -> None:
        if shared.desk.opened is not None:
            note_question(
                shared.desk.opened,
                shared.settings,
                question=question,
                endpoint=endpoint,
                manual=manual,
                answer=answers[0] if answers else None,
                ms=1_000 * (time.perf_counter() - started),
                explanation=listener.explanation,
            )

    try:
        yield answers.append
    except AnswerTimeoutError:
        await _done_if_possible(work, shared)
        raise
    for answer in answers:
        shared.metrics.count_answer(answer, endpoint)
        log_answer(answer, question, endpoint, shared.settings)
        await _done_if_possible(work, shared)


async def _done_if_possible(work: Callable[[], None], shared: Shared) -> None:
    """An answer that is there is given, whether or not it could be counted in time."""
    with suppress(AnswerTimeoutError):
        await shared.threads.run(work)
