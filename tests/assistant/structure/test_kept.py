"""Results are kept by their keys, and never too many."""

import gc
import weakref

from assistant.structure.kept import Kept
from assistant.structure.naming import NameIndex
from corpus.model import Manual


def test_a_result_is_made_once() -> None:
    made = []
    kept = Kept[str, int](8)
    for _ in range(3):
        assert kept.of("bache", lambda word: made.append(word) or len(word)) == 5
    assert made == ["bache"]


def test_no_more_are_kept_than_it_says() -> None:
    kept = Kept[int, int](4)
    for number in range(20):
        kept.of(number, lambda n: n)
        assert len(kept) <= 4


def test_names_that_nobody_uses_leave_memory_without_the_garbage_collector(
    tiny_manual: Manual,
) -> None:
    gc.disable()
    try:
        names = NameIndex(tiny_manual)
        names.candidates(tiny_manual.positions[0].title)
        left = weakref.ref(names)
        del names
        assert left() is None
    finally:
        gc.enable()
