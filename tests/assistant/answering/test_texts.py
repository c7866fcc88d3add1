"""The texts where nothing is quoted read well whatever the manual is."""

from collections.abc import Callable

from assistant.answering.knowledge import Knowledge
from assistant.answering.texts import said
from tests.assistant.answering.small_manual import small_manual


def test_a_manual_that_names_no_dependency_has_none_made_up(
    parsed: Callable[[str], Knowledge],
) -> None:
    manual = parsed(small_manual()).manual
    unnamed = manual.model_copy(update={"dependency": ""})
    assert "la organización de una dependencia:" in said("refusal", "about", unnamed)
    assert unnamed.name == f"Manual {manual.code}"
    assert manual.name == manual.dependency
