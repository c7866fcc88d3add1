"""What is trained on, and what is held out to measure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from corpus.finetuning.general_file import General, read_general
from corpus.finetuning.pairs_file import Pairs, read_pairs
from corpus.finetuning.safety_file import SafetyQuestion, read_safety
from corpus.finetuning.wordings_file import Wording, read_wordings

DATA_FOLDER = Path(__file__).parent
HELD_OUT_OFFICES = frozenset(
    ["agua-y-drenaje", "salud", "sistemas-y-tecnologia", "transito-y-vialidad"]
)
"""Whole dependencies that measure and never train."""
TOPIC = "responsible"
"""The label of wordings that ask who sees to a topic."""
TWO_IN_ONE = "multi"
"""The label of wordings that ask two things: no class of its own."""


@dataclass(frozen=True)
class Split:
    """One half of the data."""

    pairs: Sequence[Pairs]
    wordings: Sequence[Wording]
    safety: Sequence[SafetyQuestion]
    general: Sequence[General] = field(default=())


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
    held_out = Split(
        [p for p in pairs if p.office in HELD_OUT_OFFICES],
        [w for w in wordings if w.held_out],
        [s for s in safety if s.held_out],
    )
    trained = Split(
        [p for p in pairs if p.office not in HELD_OUT_OFFICES],
        [w for w in wordings if all_wordings or (not w.held_out and w.lot < families)],
        [s for s in safety if not s.held_out],
        list(read_general(folder / "general.jsonl")),
    )
    return trained, held_out
