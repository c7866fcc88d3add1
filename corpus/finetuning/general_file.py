"""General Spanish: short encyclopedic texts with questions, far from any office.

They keep the encoder from forgetting, while it learns what offices do, what it knew of the rest.
"""

from collections.abc import Iterator
from pathlib import Path

from corpus.model import Record


class General(Record):
    """A text and what can be asked of it, written for this project."""

    passage: str
    questions: tuple[str, ...]


def read_general(path: Path) -> Iterator[General]:
    """The texts of a JSON Lines file; none where there is no file."""
    if path.exists():
        for line in path.read_text(encoding="utf-8").splitlines():
            yield General.model_validate_json(line)
