"""What the log says of an answer: never who asked, and what was asked only if a setting says so."""

import structlog

from assistant.answering.answer import Answer
from assistant.running.privacy import mask_personal_data
from assistant.running.settings import Settings

log = structlog.get_logger("asistente")


def log_answer(answer: Answer, question: str, endpoint: str, settings: Settings) -> None:
    """Note that a question was answered, over which endpoint."""
    said = {"question": mask_personal_data(question)} if settings.log_questions else {}
    log.info(
        "respuesta",
        answer_id=answer.answer_id,
        kind=answer.kind.value,
        endpoint=endpoint,
        sections=list(dict.fromkeys(c.section for c in answer.citations)),
        **said,
    )
