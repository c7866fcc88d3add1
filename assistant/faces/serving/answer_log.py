"""What is noted of a question: never who asked, and what was asked only if a setting says so.

The log has a line, the desk its numbers; the question itself is kept only with
`ASISTENTE_KEEP_QUESTIONS`. A question that failed is noted like any other.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import structlog

from assistant.answering.answer import Answer
from assistant.desk.outcomes import channel_of
from assistant.desk.questions import Asked, QuestionBook
from assistant.faces.serving.explaining import Explanation
from assistant.faces.serving.services import Services
from assistant.running.privacy import mask_personal_data
from assistant.running.settings import Settings
from corpus.codes import canonical_code
from corpus.errors import AsistenteError

log = structlog.get_logger("asistente")

Came = Answer | Exception
"""What came of a question: its answer, or what went wrong."""


@dataclass(frozen=True)
class Incoming:
    """A question as a channel brings it."""

    question: str
    endpoint: str
    """Where it came in, as log and metrics name it."""
    manual: str | None = None
    """The code of the manual that was chosen; None where the question itself tells."""


def log_outcome(came: Came, incoming: Incoming, settings: Settings) -> None:
    """Write a line on what came of a question."""
    asked = {"endpoint": incoming.endpoint}
    if settings.log_questions:
        asked["question"] = mask_personal_data(incoming.question)
    if isinstance(came, Exception):  # the message of a fault may repeat what was asked
        reason = str(came) if isinstance(came, AsistenteError) else None
        log.warning("pregunta sin responder", error=type(came).__name__, reason=reason, **asked)
        return
    log.info(
        "respuesta",
        answer_id=came.answer_id,
        kind=came.kind.value,
        reason=came.reason.value if came.reason else None,
        sections=list(dict.fromkeys(c.section for c in came.citations)),
        **asked,
    )


def note_for_desk(
    came: Came,
    incoming: Incoming,
    services: Services,
    settings: Settings,
    *,
    ms: float,
    explanation: Explanation,
) -> None:
    """Count a question for the desk, and keep it if the office wants that. What goes wrong here is
    logged: an answer never fails because it could not be counted."""
    try:
        answer = came if isinstance(came, Answer) else None
        asked = Asked(
            question=incoming.question,
            channel=channel_of(incoming.endpoint),
            manual=canonical_code(incoming.manual or _manual_of(services, answer)),
            answer=answer,
            ms=ms,
        )
        book = QuestionBook(services.database)
        book.count(asked)
        if settings.keep_questions:
            masked = mask_personal_data(incoming.question)
            vector = services.library.reader.read(masked).vector
            why = tuple(_why(came, explanation))
            book.keep(replace(asked, focus=explanation.focus, why=why, vector=vector))
    except Exception as error:
        is_fault = not isinstance(error, AsistenteError)
        log.warning("la pregunta no se contó", reason=type(error).__name__, exc_info=is_fault)


def _why(came: Came, explanation: Explanation) -> Iterator[str]:
    """What decided, a Spanish line each."""
    if isinstance(came, Answer):
        yield from explanation.lines(came)
        return
    yield from explanation.steps()
    told = came.for_visitors if isinstance(came, AsistenteError) else _UNEXPECTED
    yield f"Error: {told} ({type(came).__name__})"


def _manual_of(services: Services, answer: Answer | None) -> str:
    """The code of the manual that a question was about, "" where that was not settled."""
    if answer and answer.citations:
        return answer.citations[0].manual
    try:
        manuals = services.library.manuals()
    except AsistenteError:  # there is none, or that is what failed
        return ""
    return manuals[0].record.code if len(manuals) == 1 else ""


_UNEXPECTED = "algo falló dentro del asistente; el registro del servidor dice qué."
