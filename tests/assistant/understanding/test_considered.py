"""The readings that are tried: that no manual tells a thing is said only where that is clear."""

from assistant.understanding.understand import considered

LABELS = ("responsible", "secret", "money")


def test_what_no_manual_tells_is_denied_only_by_a_clear_label() -> None:
    unclear = list(zip(LABELS, (0.2, 0.5, 0.3), strict=True))
    clear = list(zip(LABELS, (0.1, 0.8, 0.1), strict=True))
    assert [label for label, _ in considered(unclear)] == ["responsible"]
    assert [label for label, _ in considered(clear)] == ["secret", "responsible"]
