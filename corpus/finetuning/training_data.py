"""What is trained on, and what is held out to measure: JSON Lines written by hand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import Field

from corpus.model import Record

DATA_FOLDER = Path(__file__).parent
PAIRS_FOLDER, SAFETY_FOLDER, WORDINGS_FOLDER = (
    DATA_FOLDER / name for name in ("pairs", "safety", "wordings")
)
HELD_OUT_OFFICES = frozenset(
    ["agua-y-drenaje", "salud", "sistemas-y-tecnologia", "transito-y-vialidad"]
)
"""Whole dependencies that measure and never train."""
TOPIC = "responsible"
"""The label of wordings that ask who sees to a topic."""
TWO_IN_ONE = "multi"
"""The label of wordings that ask two things: no class of its own."""
SAFETY_LABELS = ("accusation", "emergency", "ordinary")
_HELD_OUT = 5
"""One family of wordings in so many is held out to measure."""
_LOTS = 1000

Told = TypeVar("Told", bound=Record)


class Pairs(Record):
    """A function of a made-up manual, questions that it answers, and some that it doesn't."""

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


class Wording(Record):
    """One way of asking for one thing, with the names in it as placeholders."""

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


class SafetyQuestion(Record):
    """A message that needs care, or an ordinary one that looks like it; `{puesto}` stands for a
    position."""

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


class General(Record):
    """A short encyclopedic text, far from any office, and what can be asked of it.

    It keeps the encoder from forgetting, while it learns what offices do, what it knew of the rest.
    """

    passage: str
    questions: tuple[str, ...]


@dataclass(frozen=True)
class Split:
    """One half of the data."""

    pairs: Sequence[Pairs]
    wordings: Sequence[Wording]
    safety: Sequence[SafetyQuestion]
    general: Sequence[General] = field(default=())


def read_pairs(folder: Path = PAIRS_FOLDER) -> Iterator[Pairs]:
    """All pairs of a folder."""
    return _in_folder(Pairs, folder)


def read_wordings(folder: Path = WORDINGS_FOLDER) -> Iterator[Wording]:
    """All wordings of a folder."""
    return _in_folder(Wording, folder)


def read_safety(folder: Path = SAFETY_FOLDER) -> Iterator[SafetyQuestion]:
    """All messages of a folder."""
    return _in_folder(SafetyQuestion, folder)


def read_lines(kind: type[Told], path: Path) -> Iterator[Told]:
    """The records of a JSON Lines file. Raises ValidationError for a line that is none."""
    for line in path.read_text("utf-8").splitlines():
        if line.strip():
            yield kind.model_validate_json(line)


def _in_folder(kind: type[Told], folder: Path) -> Iterator[Told]:
    """Those of a folder's files, by file name."""
    return (told for path in sorted(folder.glob("*.jsonl")) for told in read_lines(kind, path))


def read_data(
    folder: Path = DATA_FOLDER, *, all_wordings: bool = False, families: float = 1.0
) -> tuple[Split, Split]:
    """For training, and held out.

    `all_wordings` trains on the held-out families too; `families` is the share of the training
    families that is used, for a learning curve.
    """
    pairs = list(read_pairs(folder / "pairs"))
    wordings = [w for w in read_wordings(folder / "wordings") if w.label != TWO_IN_ONE]
    safety = list(read_safety(folder / "safety"))
    general = folder / "general.jsonl"
    held_out = Split(
        [p for p in pairs if p.office in HELD_OUT_OFFICES],
        [w for w in wordings if w.held_out],
        [s for s in safety if s.held_out],
    )
    trained = Split(
        [p for p in pairs if p.office not in HELD_OUT_OFFICES],
        [w for w in wordings if all_wordings or (not w.held_out and w.lot < families)],
        [s for s in safety if not s.held_out],
        list(read_lines(General, general)) if general.exists() else [],
    )
    return trained, held_out
