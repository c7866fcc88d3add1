"""What the page's own script asks for: an answer by parts, an opinion kept, a conversation erased.

The same as `/api` offers to programs, but for people at the page: no key is asked of them (see
`gate.py`), and an answer comes typeset, by the same template that serves who has no scripts.
"""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Path, Request, status
from fastapi.sse import EventSourceResponse, ServerSentEvent
from pydantic import BaseModel

from assistant.answering.answer import Answer
from assistant.faces.api.deps import CheckedQuestion, ServicesDep, SharedDep, question_at
from assistant.faces.api.models import ConversationId, FeedbackIn
from assistant.faces.api.page_frame import fragment
from assistant.faces.api.routers import conversations, feedback
from assistant.faces.api.routers.ask import events
from assistant.faces.api.views.reply import reply_of

router = APIRouter(prefix="/preguntar", include_in_schema=False)


class Shown(BaseModel):
    """The end of a stream: the reply as the page shows it."""

    conversation_id: str
    answer_id: str
    html: str


@router.post("/flujo", response_class=EventSourceResponse)
async def ask_step_by_step(
    request: Request,
    question: Annotated[CheckedQuestion, question_at("page")],
    services: ServicesDep,
    shared: SharedDep,
) -> AsyncIterator[ServerSentEvent]:
    """The events of an answer; the last holds it as HTML."""
    manuals = await shared.threads.run(services.library.manuals)

    def typeset(answer: Answer) -> Shown:
        asked = question.incoming
        reply = reply_of(asked.question, answer, manuals, asked.manual)
        html = fragment(request, "reply.html", reply=reply)
        return Shown(conversation_id=answer.conversation_id, answer_id=answer.answer_id, html=html)

    async def shown(answer: Answer) -> Shown:
        return await shared.threads.run(lambda: typeset(answer))

    async for event in events(question, services, shared, shown, in_pieces=False):
        yield event


@router.post("/opinion", status_code=status.HTTP_204_NO_CONTENT)
async def opine(body: FeedbackIn, services: ServicesDep, shared: SharedDep) -> None:
    """Keep what a person thought of an answer."""
    await feedback.give_feedback(body, services, shared)


@router.delete("/conversacion/{conversation_id}", status_code=status.HTTP_204_NO_CONTENT)
async def erase(
    conversation_id: Annotated[ConversationId, Path()], services: ServicesDep, shared: SharedDep
) -> None:
    """Erase a conversation."""
    await conversations.erase_conversation(conversation_id, services, shared)
