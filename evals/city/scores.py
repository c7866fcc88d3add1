"""How many of the findings that are due a comparison or an audit makes, by kind."""

import argparse
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from evals.metrics.count import Count

Key = tuple[Any, ...]
"""What identifies a finding: its kind, then whatever tells it from others of that kind."""
Case = tuple[Counter[Key], Counter[Key]]
"""What was found, and what was due."""


def scored(cases: Iterable[Case]) -> tuple[dict[str, Count], list[str]]:
    """The findings of each kind and of all, and what went wrong, with the number of its case."""
    scores: dict[str, Count] = defaultdict(Count)
    wrong = []
    for at, (found, due) in enumerate(cases):
        for name, keys in (("right", found & due), ("found", found), ("due", due)):
            for key, number in keys.items():
                for score in (scores[str(key[0])], scores["all"]):
                    setattr(score, name, getattr(score, name) + number)
        wrong += [f"{at}, invented: {key}" for key in found - due]
        wrong += [f"{at}, missed: {key}" for key in due - found]
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
        print(f"{name:22} {score.right:5} P {score.precision or 0:.3f} R {score.recall or 0:.3f}")
    print("\n".join(wrong))
