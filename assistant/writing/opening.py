"""Opens what lets a model write, if a setting names one."""

from typing import TYPE_CHECKING

import structlog

from assistant.running.settings import Settings

if TYPE_CHECKING:
    from assistant.retrieval.thesaurus import Thesaurus
    from assistant.writing.writer import Writer
    from corpus.embeddings import OnnxEmbeddings

log = structlog.get_logger("asistente")

_WITHOUT = "se responde sin modelo de lenguaje"


def open_writer(
    settings: Settings, embeddings: "OnnxEmbeddings", thesaurus: "Thesaurus"
) -> "Writer | None":
    """The writer of `ASISTENTE_LLM`; None without one, or where it can't be opened: that is
    logged, and questions are answered without it."""
    if settings.llm is None:
        return None
    try:
        from assistant.writing.calling import ModelCaller
        from assistant.writing.judge import Judge, embedding_similarity
        from assistant.writing.model import LanguageModelError, open_model
        from assistant.writing.writer import Writer
    except ModuleNotFoundError as error:
        log.warning(_WITHOUT, reason=f"falta el paquete «{error.name}», del extra «llm»")
        return None
    try:
        model = open_model(settings)
    except LanguageModelError as error:
        log.warning(_WITHOUT, reason=str(error))
        return None
    similarity = embedding_similarity(embeddings)
    return Writer(
        model,
        ModelCaller(settings.llm_timeout, settings.llm_concurrency, settings.llm_queue),
        lambda knowledge: Judge(knowledge, thesaurus, similarity),
        phrase_facts=settings.llm_phrases,
    )
