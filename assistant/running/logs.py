"""The log of servers: one line an event, for people or as JSON, with the request's id."""

import logging
import logging.config
from collections.abc import Sequence
from typing import Any, Literal

import structlog
from structlog.typing import Processor

_QUIET = {
    "langchain_core.callbacks.manager": "ERROR",  # warns of every answer that is given up
    "uvicorn.error": "WARNING",
    "httpx": "WARNING",
    "httpx2": "WARNING",
    "alembic": "WARNING",
    "telegram.request": "CRITICAL",  # a traceback for each page of a proxy, beside the error itself
}


_HIDDEN = "«***»"


def configure_logs(log_format: Literal["texto", "json"], secrets: Sequence[str] = ()) -> None:
    """Write what this program and its libraries log to standard error, in one format.

    No line holds one of the `secrets`, whoever logs it and at whatever level: libraries log
    addresses with tokens in them.
    """
    before: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "line": {
                    "()": _Discreet,
                    "secrets": secrets,
                    "foreign_pre_chain": before,
                    "processors": [
                        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                        *_renderers(log_format),
                    ],
                }
            },
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
            "root": {"handlers": ["stderr"], "level": "INFO"},
            "loggers": {name: {"level": level} for name, level in _QUIET.items()},
        }
    )
    structlog.configure(
        processors=[*before, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


class _Discreet(structlog.stdlib.ProcessorFormatter):
    def __init__(self, secrets: Sequence[str], **more: Any) -> None:
        super().__init__(**more)
        # the longest first: one may be a part of another
        self._secrets = sorted({each for each in secrets if each}, key=len, reverse=True)

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        for secret in self._secrets:
            line = line.replace(secret, _HIDDEN)
        return line


def _renderers(log_format: Literal["texto", "json"]) -> Sequence[Processor]:
    if log_format == "json":
        return (
            structlog.processors.format_exc_info,  # without local variables: they hold questions
            structlog.processors.JSONRenderer(ensure_ascii=False),
        )
    plain = structlog.dev.plain_traceback
    return (structlog.dev.ConsoleRenderer(colors=False, exception_formatter=plain),)
