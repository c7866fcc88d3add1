"""What the routers share: the services, the threads, the manual of a path, a checked question."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Path, Request

from assistant.asking.library import OpenManual
from assistant.faces.api.metrics import Metrics
from assistant.faces.api.models import Question
from assistant.faces.api.problems import NotFoundError
from assistant.faces.serving.answer_log import Incoming
from assistant.faces.serving.answering import Answering
from assistant.faces.serving.services import ServiceDesk, Services, find_manual
from assistant.faces.serving.threads import Threads
from assistant.running.settings import Settings
from assistant.understanding.question import clean_question
from corpus.printed_pages import PrintedPages


@dataclass(frozen=True)
class Shared:
    """What an app makes once, for all of its requests."""

    settings: Settings
    desk: ServiceDesk
    threads: Threads
    answering: Answering
    metrics: Metrics
    printed: PrintedPages
    """Pictures of the manuals' pages, where a manual came as PDF."""


def _shared(request: Request) -> Shared:
    shared: Shared = request.app.state.shared
    return shared


SharedDep = Annotated[Shared, Depends(_shared)]


async def _services(shared: SharedDep) -> Services:
    return await shared.desk.services()


ServicesDep = Annotated[Services, Depends(_services)]


async def opened_manual(code: str, shared: Shared, services: Services) -> OpenManual:
    """The manual with a code. Raises NotFoundError, and NoIndexError where there is none at all."""
    found = await shared.threads.run(lambda: find_manual(services.library, code))
    if found is None:
        raise NotFoundError(f"El manual «{code[:64]}» no está indexado.")
    return found


async def _manual_of_path(
    code: Annotated[str, Path(description="Código del manual.", examples=["MO-SIG-01"])],
    shared: SharedDep,
    services: ServicesDep,
) -> OpenManual:
    return await opened_manual(code, shared, services)


ManualDep = Annotated[OpenManual, Depends(_manual_of_path)]


@dataclass(frozen=True)
class CheckedQuestion:
    """A question that can be asked: not empty, not too long, of a manual that is there."""

    incoming: Incoming
    conversation_id: str | None


def question_at(endpoint: str) -> Any:
    """The question that a request to an endpoint brings, checked: a dependency.

    That there is no index is so told before a stream begins.
    """

    async def checked(body: Question, shared: SharedDep, services: ServicesDep) -> CheckedQuestion:
        text = clean_question(body.question, shared.settings.question_limit)
        await shared.answering.require_index(Incoming(text, endpoint), services)
        opened = await opened_manual(body.manual, shared, services) if body.manual else None
        code = opened.record.code if opened else None
        return CheckedQuestion(Incoming(text, endpoint, code), body.conversation_id)

    return Depends(checked)
