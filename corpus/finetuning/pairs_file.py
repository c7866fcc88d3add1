"""Training pairs: a printed function, questions that it answers, and some that it doesn't."""

from collections.abc import Iterator
from pathlib import Path

from corpus.model import Record

PAIRS_FOLDER = Path(__file__).with_name("pairs")


class Pairs(Record):
    """One function of a made-up manual with questions on it, written by hand."""

    office: str = ""
    """The made-up dependency that it belongs to."""
    unit: str
    function: str
    questions: tuple[str, ...]
    """What it answers, in the words of citizens and employees."""
    near_misses: tuple[str, ...]
    """On the same subject, but not answered by it."""

    @property
    def passage(self) -> str:
        """The function as a chunk is indexed: its title for context, then the text."""
        return f"{self.unit}. {self.function}"


def read_pairs(folder: Path = PAIRS_FOLDER) -> Iterator[Pairs]:
    """All pairs of a folder's JSON Lines files, by file name."""
    for path in sorted(folder.glob("*.jsonl")):
        yield from read_pairs_file(path)


def read_pairs_file(path: Path) -> Iterator[Pairs]:
    """The pairs of one JSON Lines file. Raises ValidationError for a line that is none."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield Pairs.model_validate_json(line)
