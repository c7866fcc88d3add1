"""Questions: answered whole, or as a stream of events."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Annotated

import structlog
from fastapi import APIRouter, Response
from fastapi.sse import EventSourceResponse, ServerSentEvent
from pydantic import BaseModel

from assistant.answering.answer import Answer, Citation
from assistant.asking.core import Done, Token
from assistant.faces.api.answering import (
    Step,
    answered,
    answered_step_by_step,
    asking,
    memory_headers,
)
from assistant.faces.api.deps import (
    CheckedQuestion,
    ServicesDep,
    Shared,
    SharedDep,
    question_at,
)
from assistant.faces.api.models import StatusEvent, TokenEvent
from assistant.faces.api.problems import current_request_id, problem_of, problem_responses
from assistant.faces.serving.services import Services
from corpus.errors import AsistenteError

log = structlog.get_logger("asistente.api")

router = APIRouter(
    prefix="/api/ask",
    tags=["Preguntas"],
    responses=problem_responses(400, 401, 404, 413, 422, 429, 503),
)

_SAID_OF_STEP = {
    "understand": "Leyendo la pregunta…",
    "retrieve": "Buscando en el manual…",
    "answer": "Redactando la respuesta…",
    "verify": "Comprobando las citas…",
    "model": "Redactando la respuesta…",
}

_EVENTS = """\
Los eventos, en este orden:

| evento | datos |
|---|---|
| `status` | `{"step", "text"}`: qué se está haciendo; uno o varios |
| `token` | `{"text"}`: un trozo del texto de la respuesta |
| `citation` | una cita de la respuesta |
| `done` | la respuesta entera, y con ella el fin |
| `error` | un problema (RFC 9457), en lugar de lo que faltaba |

Nada se entrega antes de que estén comprobadas todas las citas. Si quien pregunta se va, el trabajo
se detiene.
"""


@router.post("", summary="Responde una pregunta")
async def ask(
    question: Annotated[CheckedQuestion, question_at("ask")],
    services: ServicesDep,
    shared: SharedDep,
    response: Response,
) -> Answer:
    """Responde con citas textuales, pide aclarar, o dice que el manual no lo contiene.

    No escriba datos personales en la pregunta. Para seguir la conversación, envíe en la pregunta
    siguiente el `conversation_id` de la respuesta.
    """
    answer = await answered(asking(question, services), question.incoming, services, shared)
    response.headers.update(memory_headers(answer))
    return answer


@router.post(
    "/stream",
    summary="Responde una pregunta por partes",
    description=_EVENTS,
    response_class=EventSourceResponse,
)
async def ask_stream(
    question: Annotated[CheckedQuestion, question_at("stream")],
    services: ServicesDep,
    shared: SharedDep,
) -> AsyncIterator[ServerSentEvent]:
    """The events of an answer."""

    async def whole(answer: Answer) -> Answer:
        return answer

    async for event in events(question, services, shared, whole):
        yield event


async def events(
    question: CheckedQuestion,
    services: Services,
    shared: Shared,
    told: Callable[[Answer], Awaitable[BaseModel]],
    *,
    in_pieces: bool = True,
) -> AsyncIterator[ServerSentEvent]:
    """The events of an answer, the last of which holds what `told` makes of it; `in_pieces` as
    `answered_step_by_step` has it."""
    yield _status("begin", "Recibiendo la pregunta…")
    asked = answered_step_by_step(
        asking(question, services), question.incoming, services, shared, in_pieces=in_pieces
    )
    try:
        async for event in asked:
            match event:
                case Step(name):
                    yield _status(name, _SAID_OF_STEP[name])
                case Token(text):
                    yield ServerSentEvent(event="token", data=TokenEvent(text=text))
                case Citation():
                    yield ServerSentEvent(event="citation", data=event)
                case Done(answer):
                    yield ServerSentEvent(event="done", data=await told(answer))
    except Exception as error:  # the status line is gone: the problem goes as an event
        problem, _ = problem_of(error, "/api/ask/stream", current_request_id())
        yield ServerSentEvent(event="error", raw_data=problem.model_dump_json(exclude_none=True))
        log.warning("respuesta interrumpida", exc_info=not isinstance(error, AsistenteError))


def _status(step: str, text: str) -> ServerSentEvent:
    return ServerSentEvent(event="status", data=StatusEvent(step=step, text=text))
