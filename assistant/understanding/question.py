"""The question as it arrives: cleaned, or refused with one clear sentence."""

import re
import unicodedata

from corpus.errors import AsistenteError

_SPACES = re.compile(r"\s+")


class QuestionError(AsistenteError):
    """The question can't be taken; the message says why."""


class EmptyQuestionError(QuestionError):
    """Nothing was asked."""

    def __init__(self) -> None:
        super().__init__("La pregunta está vacía; escriba qué quiere saber del manual.")


class QuestionTooLongError(QuestionError):
    """The question is longer than the limit."""

    def __init__(self, length: int, limit: int) -> None:
        super().__init__(
            f"La pregunta tiene {length} caracteres y el límite es de {limit}; hágala más corta."
        )


def clean_question(text: str, limit: int) -> str:
    """The question in composed form, without invisible characters, white space collapsed.

    `limit` is in characters of the cleaned text. Raises `EmptyQuestionError` and
    `QuestionTooLongError`.
    """
    cleaned = _SPACES.sub(" ", _visible(unicodedata.normalize("NFC", text))).strip()
    if not any(c.isalnum() for c in cleaned):
        raise EmptyQuestionError
    if len(cleaned) > limit:
        raise QuestionTooLongError(len(cleaned), limit)
    return cleaned


def _visible(text: str) -> str:
    if text.isprintable():
        return text
    return "".join(
        " " if unicodedata.category(c) == "Cc" else c
        for c in text
        # Cf: zero width, bidirectional and tag characters; Cs/Co/Cn: nothing a reader sees
        if unicodedata.category(c) not in {"Cf", "Cs", "Co", "Cn"}
    )
