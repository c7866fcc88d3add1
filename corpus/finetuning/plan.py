"""How the adapter is trained: all numbers in one place, and what `docs/training.md` measured."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Plan:
    """One training of the additions, for the search."""

    steps: int = 400
    seed: int = 7
    share: float = 1.0
    """Of the additions that stays once they are learnt (WiSE-FT, Wortsman et al. 2022): less keeps
    more of general Spanish."""
    frozen: int = 4
    """Layers that stay as they are."""
    rank: int = 32
    """Of the low-rank additions in the others."""
    rate: float = 5e-4
    """Learning rate."""
    warm_up: int = 20
    functions: int = 32
    """In a batch, each with `questions` of its questions and a near miss."""
    questions: int = 2
    neighbours: int = 16
    """Functions in a row of a batch that are of one office, or near each other; hard negatives."""
    general: int = 16
    """General texts in a batch."""
    general_weight: float = 40.0
    """Of what turns general Spanish away from what it was."""
