"""What is noted of an answer: never who asked, and what was asked only if a setting says so.

The log has a line, the desk its numbers; the question itself is kept only with
`ASISTENTE_KEEP_QUESTIONS`.
"""

from dataclasses import replace

import structlog

from assistant.answering.answer import Answer
from assistant.desk.choices import ChoiceBook
from assistant.desk.outcomes import channel_of
from assistant.desk.questions import Asked, QuestionBook
from assistant.faces.serving.explaining import Explanation
from assistant.faces.serving.services import Services
from assistant.running.privacy import mask_personal_data
from assistant.running.settings import Settings
from assistant.running.storage import DatabaseError
from corpus.errors import AsistenteError

log = structlog.get_logger("asistente")


def log_answer(answer: Answer, question: str, endpoint: str, settings: Settings) -> None:
    """Note that a question was answered, over which endpoint."""
    said = {"question": mask_personal_data(question)} if settings.log_questions else {}
    log.info(
        "respuesta",
        answer_id=answer.answer_id,
        kind=answer.kind.value,
        reason=answer.reason.value if answer.reason else None,
        endpoint=endpoint,
        sections=list(dict.fromkeys(c.section for c in answer.citations)),
        **said,
    )


class ChannelClosedError(AsistenteError):
    """The office has switched this channel off."""

    def __init__(self, contact: str | None) -> None:
        super().__init__(
            "Por ahora no se responde por este medio"
            + (f"; diríjase a: {contact.rstrip('.')}." if contact else "; vuelva más tarde.")
        )


def require_open(services: Services, endpoint: str, settings: Settings) -> None:
    """Raise ChannelClosedError where the office has switched off what an endpoint belongs to. While
    that can't be known, it is open."""
    try:
        chosen = ChoiceBook(services.database).read()
    except DatabaseError:
        return
    if channel_of(endpoint) in chosen.closed:
        raise ChannelClosedError(chosen.contact or settings.contact)


def note_question(
    services: Services,
    settings: Settings,
    *,
    question: str,
    endpoint: str,
    manual: str | None,
    answer: Answer | None,
    ms: float,
    explanation: Explanation,
) -> None:
    """Count a question for the desk, and keep it if the office wants that. What goes wrong is
    logged: an answer never fails because it could not be counted."""
    try:
        asked = Asked(
            question=question,
            channel=channel_of(endpoint),
            manual=_manual_of(services, manual, answer),
            answer=answer,
            ms=ms,
        )
        book = QuestionBook(services.database)
        book.count(asked)
        if settings.keep_questions:
            masked = mask_personal_data(question)
            why = tuple(explanation.lines(answer)) if answer else ()
            vector = services.library.reader.read(masked).vector
            book.keep(replace(asked, focus=explanation.focus, why=why, vector=vector))
    except AsistenteError as error:
        log.warning("la pregunta no se contó", reason=str(error))


def _manual_of(services: Services, manual: str | None, answer: Answer | None) -> str:
    """The code of the manual that a question was about, "" where that was not settled."""
    if manual:
        return manual
    if answer and answer.citations:
        return answer.citations[0].manual
    manuals = services.library.manuals()
    return manuals[0].record.code if len(manuals) == 1 else ""
