"""How the adapter is trained: all numbers in one place, and what `docs/training.md` measured."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Plan:
    """One training."""

    steps: int = 400
    seed: int = 7
    share: float = 0.8
    """Of the additions that stays once they are learnt (WiSE-FT, Wortsman et al. 2022): less keeps
    more of general Spanish."""
    settling: int = 100
    """Further steps in which the heads alone learn, on the encoder as it will be."""
    frozen: int = 8
    """Layers that stay as they are."""
    rank: int = 16
    """Of the low-rank additions in the others; 0 trains the heads alone."""
    taps: tuple[int, ...] = (8, 12)
    """The layers whose states the heads read."""
    rate: float = 5e-4
    """Learning rate of the additions."""
    head_rate: float = 2e-3
    warm_up: int = 20
    functions: int = 24
    """In a batch, each with `questions` of its questions and a near miss."""
    questions: int = 2
    neighbours: int = 12
    """Functions in a row of a batch that are of one office, or near each other; hard negatives."""
    remembered: int = 0
    """Passages of the last steps that are negatives too, as they were then."""
    wordings: int = 64
    """In a batch."""
    safety: int = 16
    general: int = 24
    pairs_weight: float = 1.0
    aspects_weight: float = 1.0
    topics_weight: float = 0.15
    """Of the questions of pairs as wordings of `responsible`."""
    safety_weight: float = 0.5
    ordinary_weight: float = 0.2
    """Of the aspects' wordings as ordinary ones."""
    general_weight: float = 40.0
    """Of what turns general Spanish away from what it was."""
