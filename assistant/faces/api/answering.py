"""Answers for the routers: whole, or followed step by step."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

from assistant.answering.answer import Answer
from assistant.asking.core import AnswerEvent, Done, events_of, tokens_of
from assistant.faces.api.deps import CheckedQuestion, Shared
from assistant.faces.serving.answer_log import Incoming
from assistant.faces.serving.answering import Ask
from assistant.faces.serving.services import Services
from assistant.faces.serving.steps import StepListener
from assistant.writing.record import WrittenPart


@dataclass(frozen=True)
class Step:
    """A step of an answer begins."""

    name: str


def asking(question: CheckedQuestion, services: Services) -> Ask:
    """Asks a question as a turn of its conversation."""

    def ask(listener: StepListener) -> Answer:
        asked = question.incoming
        return services.assistant.ask(
            asked.question, question.conversation_id, asked.manual, listener
        )

    return ask


def memory_headers(answer: Answer) -> dict[str, str]:
    """A header for an answer that was given without memory of the conversation."""
    return {} if answer.remembered else {"Conversation-Memory": "unavailable"}


async def answered(ask: Ask, incoming: Incoming, services: Services, shared: Shared) -> Answer:
    """The answer, whole. Raises AnswerTimeoutError, ChannelClosedError and what the core does."""
    metrics = shared.metrics
    listener = StepListener(timed=metrics.time_step, written=metrics.count_writing)
    return await shared.answering.answer(incoming, services, ask, listener)


async def answered_step_by_step(
    ask: Ask,
    incoming: Incoming,
    services: Services,
    shared: Shared,
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
    work = asyncio.create_task(shared.answering.answer(incoming, services, ask, listener))
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
