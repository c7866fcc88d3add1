"""Answers for the routers: asked on a thread, followed step by step, logged and counted."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

from assistant.answer import Answer
from assistant.api.deps import CheckedQuestion, Shared
from assistant.core import AnswerEvent, events_of
from assistant.serving.answer_log import log_answer
from assistant.serving.services import Services
from assistant.serving.steps import StepListener

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


async def answered(ask: Ask, question: str, endpoint: str, shared: Shared) -> Answer:
    """The answer, whole. Raises AnswerTimeoutError and what the core does."""
    listener = StepListener(timed=shared.metrics.time_step)
    answer = await shared.threads.answer(ask, listener)
    _record(answer, question, endpoint, shared)
    return answer


async def answered_step_by_step(
    ask: Ask, question: str, endpoint: str, shared: Shared
) -> AsyncIterator[Step | AnswerEvent]:
    """The steps as they begin, and then the answer piece by piece.

    Who stops iterating stops the work. Raises as `answered` does.
    """
    loop, begun = asyncio.get_running_loop(), asyncio.Queue[str | None]()
    listener = StepListener(
        told=lambda name: _from_thread(loop, begun, name), timed=shared.metrics.time_step
    )
    work = asyncio.create_task(shared.threads.answer(ask, listener))
    work.add_done_callback(lambda _: begun.put_nowait(None))
    try:
        while (name := await begun.get()) is not None:
            yield Step(name)
        answer = await work
    finally:
        work.cancel()
    _record(answer, question, endpoint, shared)
    for event in events_of(answer):
        yield event


def _from_thread(
    loop: asyncio.AbstractEventLoop, begun: asyncio.Queue[str | None], name: str
) -> None:
    if not loop.is_closed():
        loop.call_soon_threadsafe(begun.put_nowait, name)


def _record(answer: Answer, question: str, endpoint: str, shared: Shared) -> None:
    shared.metrics.count_answer(answer, endpoint)
    log_answer(answer, question, endpoint, shared.settings)
