"""Batches: every function once a round, beside those it is most easily taken for."""

import random
from collections import Counter
from itertools import islice

from corpus.finetuning.batches import function_batches, shuffled
from corpus.finetuning.encoder import by_length

OFFICES = [name for name in ("agua", "salud", "campo", "rastro") for _ in range(8)]


def test_a_round_has_every_function_once() -> None:
    batches = islice(function_batches(OFFICES, 8, 4, random.Random(1)), 4)
    assert Counter(place for batch in batches for place in batch) == Counter(range(32))


def test_neighbours_stand_together() -> None:
    batch = next(function_batches(OFFICES, 8, 4, random.Random(1)))
    assert sorted(Counter(OFFICES[place] for place in batch).values()) in ([8], [4, 4])


def test_places_are_shuffled_without_end() -> None:
    batches = list(islice(shuffled(10, 4, random.Random(1)), 6))
    assert all(len(set(batch)) == 4 for batch in batches)
    assert len({place for batch in batches for place in batch}) == 10


def test_texts_of_like_length_go_together() -> None:
    assert list(by_length([9, 1, 8, 2], 2)) == [[1, 3], [2, 0]]
