"""Messages that need care, and ordinary ones that look like them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from corpus.model import Record

SAFETY_FOLDER = Path(__file__).with_name("safety")
SAFETY_LABELS = ("accusation", "emergency", "ordinary")


class SafetyQuestion(Record):
    """One message, written by hand; `{puesto}` stands for a position."""

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


def read_safety(folder: Path = SAFETY_FOLDER) -> Iterator[SafetyQuestion]:
    """The messages of a folder's JSON Lines files, by file name."""
    for path in sorted(folder.glob("*.jsonl")):
        yield from read_safety_file(path)


def read_safety_file(path: Path) -> Iterator[SafetyQuestion]:
    """The messages of one JSON Lines file. Raises ValidationError for a line that is none."""
    for line in path.read_text(encoding="utf-8").splitlines():
        yield SafetyQuestion.model_validate_json(line)
