"""Which readings of a question are tried: that no manual tells it is said only where it is clear."""

from assistant.understanding.understand import considered

LABELS = ("responsible", "secret", "money")


def test_what_no_manual_tells_is_denied_only_by_a_clear_label() -> None:
    unclear = list(zip(LABELS, (0.2, 0.5, 0.3), strict=True))
    clear = list(zip(LABELS, (0.1, 0.8, 0.1), strict=True))
    assert [label for label, _ in considered(unclear)] == ["responsible"]
    assert [label for label, _ in considered(clear)] == ["secret", "responsible"]
