"""Which functions stand together in a batch: neighbours, so that they are told apart."""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence


def function_batches(
    offices: Sequence[str], size: int, neighbours: int, rng: random.Random
) -> Iterator[list[int]]:
    """Batches of the places of functions without end; every function once a round.

    `offices` is the office of each function. A batch is made of runs of `neighbours` functions of
    one office, which a question is most easily led astray by, or of one by one if it is 1.
    """
    while True:
        by_office: dict[str, list[int]] = defaultdict(list)
        for i, office in enumerate(offices):
            by_office[office].append(i)
        runs = []
        for places in by_office.values():
            rng.shuffle(places)
            runs += [places[at : at + neighbours] for at in range(0, len(places), neighbours)]
        rng.shuffle(runs)
        order = [place for run in runs for place in run]
        for at in range(0, len(order) - size + 1, size):
            yield order[at : at + size]


def shuffled(count: int, size: int, rng: random.Random) -> Iterator[list[int]]:
    """Batches of places below `count` without end, each place once a round."""
    size = min(size, count)
    while True:
        order = list(range(count))
        rng.shuffle(order)
        for at in range(0, count - size + 1, size):
            yield order[at : at + size]
