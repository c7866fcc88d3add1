"""How a question ended, by what channel it came, and how fast: what is counted of it."""

from bisect import bisect_left
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from assistant.answering.answer import Answer, AnswerKind, Reason


class Outcome(StrEnum):
    """How a question ended."""

    ANSWERED = "answered"
    NEAREST = "nearest"
    ASKED_BACK = "asked_back"
    REFUSED = "refused"
    FAILED = "failed"


OUTCOME_NAMES: Mapping[Outcome, str] = MappingProxyType(
    {
        Outcome.ANSWERED: "Respondida",
        Outcome.NEAREST: "Lo más cercano",
        Outcome.ASKED_BACK: "Se pidió aclarar",
        Outcome.REFUSED: "Sin respuesta",
        Outcome.FAILED: "Error",
    }
)


class Channel(StrEnum):
    """By what a question came."""

    WEB = "web"
    API = "api"
    TELEGRAM = "telegram"
    MCP = "mcp"


CHANNEL_NAMES: Mapping[Channel, str] = MappingProxyType(
    {
        Channel.WEB: "Página",
        Channel.API: "Programas",
        Channel.TELEGRAM: "Telegram",
        Channel.MCP: "Otros asistentes (MCP)",
    }
)
_OF_ENDPOINT = {
    "page": Channel.WEB,
    "form": Channel.WEB,
    "telegram": Channel.TELEGRAM,
    "mcp": Channel.MCP,
}
BOUNDS_MS = (25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 120_000)
"""Answers are counted by the least of these that they were given within."""


def outcome_of(answer: Answer | None) -> Outcome:
    """How a question with this answer ended; None is one that failed."""
    if answer is None:
        return Outcome.FAILED
    if answer.kind is AnswerKind.ANSWER:
        return Outcome.ANSWERED
    if answer.kind is AnswerKind.ABSTAIN:
        return Outcome.REFUSED
    return Outcome.NEAREST if answer.reason is Reason.NEAREST else Outcome.ASKED_BACK


def channel_of(endpoint: str) -> Channel:
    """The channel of an endpoint, as the log names it."""
    return _OF_ENDPOINT.get(endpoint, Channel.API)


def within(ms: float) -> int:
    """The least bound that holds a time."""
    at = bisect_left(BOUNDS_MS, ms)
    return BOUNDS_MS[min(at, len(BOUNDS_MS) - 1)]
