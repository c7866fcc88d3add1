"""Questions that need care, and ordinary ones that look like them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from corpus.model import Record

SAFETY_FILE = Path(__file__).with_name("safety.jsonl")
SAFETY_LABELS = ("accusation", "emergency", "ordinary")


class SafetyQuestion(Record):
    """One question, written by hand."""

    label: Literal["accusation", "emergency", "ordinary"]
    kind: str
    """What sort of matter, as its writer named it."""
    family: str
    text: str
    split: Literal["dev", "test"]
    """Whole families are "test": they measure and never train."""

    @property
    def held_out(self) -> bool:
        """True for what only measures."""
        return self.split == "test"


def read_safety(path: Path = SAFETY_FILE) -> Iterator[SafetyQuestion]:
    """The questions of a JSON Lines file; none where there is no file."""
    if path.exists():
        for line in path.read_text(encoding="utf-8").splitlines():
            yield SafetyQuestion.model_validate_json(line)
