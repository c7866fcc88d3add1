"""The question as it arrives: cleaned, or refused with a sentence."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.understanding.question import (
    EmptyQuestionError,
    QuestionError,
    QuestionTooLongError,
    clean_question,
)


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("  ¿Qué  hace\n la\t4.1? ", "¿Qué hace la 4.1?"),
        ("mi\u200bsi\u200dón", "misión"),
        ("\ufeff¿Cuál\u2060 es?", "¿Cuál es?"),
        ("a\u202eb\u202cc", "abc"),
        ("hola\U000e0069\U000e0067\U000e006e", "hola"),  # tags: text that nobody sees
        ("misio\u0301n", "misión"),
        ("uno\x00dos\x1b[31m", "uno dos [31m"),
        ("una\u00a0misión", "una misión"),
        ("¿quién ve 🚧?", "¿quién ve 🚧?"),
    ],
)
def test_what_nobody_sees_is_taken_away(typed: str, cleaned: str) -> None:
    assert clean_question(typed, 500) == cleaned


@pytest.mark.parametrize("typed", ["", "   ", "\n\t", "¿?", "...", "\u200b\u200d", "🚧"])
def test_an_empty_question_is_told_so(typed: str) -> None:
    with pytest.raises(EmptyQuestionError, match="vacía"):
        clean_question(typed, 500)


def test_a_long_question_is_told_its_length_and_the_limit() -> None:
    with pytest.raises(QuestionTooLongError, match="501 caracteres y el límite es de 500"):
        clean_question("a" * 501, 500)
    assert clean_question("a" * 500, 500) == "a" * 500


def test_what_is_taken_away_does_not_count() -> None:
    assert clean_question("\u200b".join("a" * 500) + "   ", 500) == "a" * 500


@given(st.text(max_size=60))
def test_a_cleaned_question_is_clean(text: str) -> None:
    try:
        cleaned = clean_question(text, 500)
    except QuestionError:
        return
    assert clean_question(cleaned, 500) == cleaned
    assert not any(unicodedata.category(c) in {"Cc", "Cf", "Cs", "Co", "Cn"} for c in cleaned)
    assert "  " not in cleaned
    assert cleaned == cleaned.strip() != ""
