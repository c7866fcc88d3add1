"""The assistant as a model, for OpenAI's client, Open WebUI and their like.

Nothing is kept of such a chat: the client sends all of it each time, and earlier questions
complete the last one.
"""

import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

import structlog
from fastapi import APIRouter
from fastapi.responses import StreamingResponse
from fastapi.sse import format_sse_event

from assistant.answering.answer import Answer
from assistant.asking.core import Done, Token
from assistant.faces.api.answering import answered, answered_step_by_step
from assistant.faces.api.deps import ServicesDep, Shared, SharedDep, opened_manual
from assistant.faces.api.openai_models import (
    ANY_MANUAL,
    ChatChunk,
    ChatCompletion,
    ChatRequest,
    Chunks,
    Model,
    ModelList,
    Usage,
    completion_of,
    usage_of,
)
from assistant.faces.api.problems import (
    NotFoundError,
    current_request_id,
    problem_response,
    problem_responses,
)
from assistant.faces.serving.answer_log import Incoming
from assistant.faces.serving.answering import Ask
from assistant.faces.serving.services import Services
from assistant.faces.serving.steps import StepListener
from assistant.understanding.question import EmptyQuestionError, clean_question
from corpus.errors import AsistenteError

log = structlog.get_logger("asistente.api")

router = APIRouter(
    prefix="/v1",
    tags=["Compatible con OpenAI"],
    responses=problem_responses(400, 401, 404, 413, 422, 429, 503),
)

_ENDPOINT = "openai"
_MOST_HISTORY = 8
"""Earlier questions that are taken up; what a follow-up refers to is hardly further back."""


@router.get("/models", summary="Los modelos")
async def list_models(services: ServicesDep, shared: SharedDep) -> ModelList:
    """Uno por manual, y uno que averigua de qué manual se trata."""
    manuals = await shared.threads.run(services.library.manuals)
    made = [(each.record.code, int(each.record.ingested_at.timestamp())) for each in manuals]
    newest = max(created for _, created in made)
    return ModelList(data=[Model(id=i, created=at) for i, at in [(ANY_MANUAL, newest), *made]])


@router.post(
    "/chat/completions",
    summary="Responde una conversación",
    response_model=ChatCompletion,
    responses={200: {"content": {"text/event-stream": {}}}},
)
async def complete_chat(
    body: ChatRequest, services: ServicesDep, shared: SharedDep
) -> ChatCompletion | StreamingResponse:
    """La última pregunta es la que se responde; las anteriores sirven para entenderla.

    Las citas van en el texto y en el campo `citations`. Con `stream`, en el último trozo.
    """
    chat = await _checked(body, services, shared)
    if body.stream:
        chunks = _streamed(chat, body, services, shared)
        return StreamingResponse(
            chunks,
            media_type="text/event-stream",
            headers={"Cache-Control": "no-cache", "X-Accel-Buffering": "no"},
        )
    answer = await answered(_asking(chat, services), chat.incoming, services, shared)
    return completion_of(answer, chat.model, int(time.time()), chat.usage(answer))


@dataclass(frozen=True)
class _Chat:
    """A chat that can be answered."""

    model: str
    history: list[str]
    incoming: Incoming

    def usage(self, answer: Answer) -> Usage:
        """How much was said."""
        return usage_of([*self.history, self.incoming.question], answer)


async def _checked(body: ChatRequest, services: Services, shared: Shared) -> _Chat:
    if not body.questions:
        raise EmptyQuestionError
    *history, last = body.questions
    question = clean_question(last, shared.settings.question_limit)
    incoming = Incoming(question, _ENDPOINT)
    await shared.answering.require_index(incoming, services)  # it is said at once
    if body.model == ANY_MANUAL:
        return _Chat(body.model, history[-_MOST_HISTORY:], incoming)
    try:
        code = (await opened_manual(body.model, shared, services)).record.code
    except NotFoundError as error:
        raise NotFoundError(f"No hay modelo «{body.model}»; vea /v1/models.") from error
    return _Chat(code, history[-_MOST_HISTORY:], replace(incoming, manual=code))


def _asking(chat: _Chat, services: Services) -> Ask:
    def ask(listener: StepListener) -> Answer:
        asked = chat.incoming
        return services.assistant.ask_after(chat.history, asked.question, asked.manual, listener)

    return ask


async def _streamed(
    chat: _Chat, body: ChatRequest, services: Services, shared: Shared
) -> AsyncIterator[bytes]:
    request_id = current_request_id()
    chunks = Chunks(f"chatcmpl-{request_id}", int(time.time()), chat.model)
    yield _event(chunks.opening())
    try:
        ask = _asking(chat, services)
        asked = answered_step_by_step(ask, chat.incoming, services, shared)
        async for event in asked:
            match event:
                case Token(text):
                    yield _event(chunks.text(text))
                case Done(answer):
                    yield _event(chunks.end(answer))
                    if body.stream_options and body.stream_options.include_usage:
                        yield _event(chunks.usage(chat.usage(answer)))
                case _:
                    pass  # steps have no place in OpenAI's shape, citations come at the end
    except Exception as error:  # the status line is gone: OpenAI's clients raise on this event
        response = problem_response(error, "/v1/chat/completions", request_id)
        yield format_sse_event(data_str=bytes(response.body).decode())
        log.warning("respuesta interrumpida", exc_info=not isinstance(error, AsistenteError))
    yield format_sse_event(data_str="[DONE]")


def _event(chunk: ChatChunk) -> bytes:
    return format_sse_event(data_str=chunk.model_dump_json(exclude_none=True))
