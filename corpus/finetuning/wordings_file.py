"""Training wordings: ways of asking for one thing, with the names in them as placeholders."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from pydantic import Field

from corpus.model import Record

WORDINGS_FOLDER = Path(__file__).with_name("wordings")
_HELD_OUT = 5
"""One family in so many is held out to measure."""
_LOTS = 1000


class Wording(Record):
    """One way of asking, written by hand."""

    label: str
    """The aspect that is asked, "reports_to"; "multi" is two in one."""
    family: str
    """Wordings that are put together alike; the name is unique within its label."""
    spoken: str = Field(alias="register")
    """How it is spoken: formal, everyday, slang, voice, typo, story, …"""
    text: str
    parts: tuple[str, ...] = ()
    """The aspects of a "multi" wording."""

    @property
    def whole_family(self) -> str:
        """The family's name among those of all labels."""
        return f"{self.label}/{self.family}"

    @property
    def held_out(self) -> bool:
        """True for the families that measure and never train; the same on every machine."""
        return self._hash % _HELD_OUT == 0

    @property
    def lot(self) -> float:
        """Below 1; the family's place in a learning curve."""
        return self._hash // _HELD_OUT % _LOTS / _LOTS

    @property
    def _hash(self) -> int:
        return int(sha256(self.whole_family.encode()).hexdigest(), 16)


def read_wordings(folder: Path = WORDINGS_FOLDER) -> Iterator[Wording]:
    """All wordings of a folder's JSON Lines files, by file name.

    Raises ValidationError for a line that is none.
    """
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                yield Wording.model_validate_json(line)
