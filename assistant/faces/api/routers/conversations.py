"""Conversations: they can be erased."""

from typing import Annotated

from fastapi import APIRouter, Path, status

from assistant.faces.api.deps import ServicesDep, SharedDep
from assistant.faces.api.models import ConversationId
from assistant.faces.api.problems import problem_responses

router = APIRouter(
    prefix="/api/conversations",
    tags=["Conversaciones"],
    responses=problem_responses(401, 422, 429, 503),
)


@router.delete(
    "/{conversation_id}",
    status_code=status.HTTP_204_NO_CONTENT,
    summary="Borra una conversación",
)
async def erase_conversation(
    conversation_id: Annotated[ConversationId, Path(description="Identificador de la respuesta.")],
    services: ServicesDep,
    shared: SharedDep,
) -> None:
    """Borra lo que se guarda de una conversación. Da lo mismo si ya no existía."""
    await shared.threads.run(lambda: services.assistant.forget(conversation_id))
