"""How many of the findings that are due a comparison or an audit makes, by kind."""

import argparse
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

Key = tuple[Any, ...]
"""What identifies a finding: its kind, then whatever tells it from others of that kind."""
Case = tuple[Counter[Key], Counter[Key]]
"""What was found, and what was due."""


@dataclass
class Score:
    """How many findings of a kind were made."""

    right: int = 0
    invented: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Of those that were made."""
        return self.right / max(1, self.right + self.invented)

    @property
    def recall(self) -> float:
        """Of those that were due."""
        return self.right / max(1, self.right + self.missed)


def scored(cases: Iterable[Case]) -> tuple[dict[str, Score], list[str]]:
    """The scores of each kind and of all, and what went wrong, with the number of its case."""
    scores: dict[str, Score] = {}
    wrong = []
    for at, (found, due) in enumerate(cases):
        for keys, name in (
            (found & due, "right"),
            (found - due, "invented"),
            (due - found, "missed"),
        ):
            for key, count in keys.items():
                for kind in (str(key[0]), "all"):
                    score = scores.setdefault(kind, Score())
                    setattr(score, name, getattr(score, name) + count)
                if name != "right":
                    wrong.append(f"{at}, {name}: {key}")
    return scores, wrong


def main(
    what: str,
    option: str,
    default: int,
    cases: Callable[[int, int], Iterable[Case]],
    arguments: Sequence[str] | None = None,
) -> None:
    """The command line of a measurement: makes so many cases from a seed, and prints the scores."""
    parser = argparse.ArgumentParser(description=what)
    parser.add_argument(option, type=int, default=default, dest="number")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    scores, wrong = scored(cases(options.number, options.seed))
    for name, score in sorted(scores.items()):
        print(f"{name:22} {score.right:5} P {score.precision:.3f} R {score.recall:.3f}")
    print("\n".join(wrong))
