"""A name of a position in a text."""

from dataclasses import dataclass

from assistant.structure.naming import Rank
from corpus.model import Position


@dataclass(frozen=True)
class Mention:
    """A name of a position in a question, and the sheets that it may mean."""

    text: str
    start: int
    """Index of the first word."""
    end: int
    """Index after the last word."""
    rank: Rank | None
    candidates: tuple[Position, ...]
    """One sheet, several equally likely ones, or none: the manual has no such position."""
    exact: bool = True
    """False where a word of the mention is in none of the candidate's names."""
