"""What stays in memory for long is set aside from the garbage collector."""

import gc
import weakref

from assistant.running.garbage import LongLived


class Ring:
    """An object in a cycle."""

    def __init__(self) -> None:
        self.itself = self


def test_what_was_set_aside_is_looked_through_now_and_then() -> None:
    long_lived = LongLived(look_every=3)
    try:
        ring = Ring()
        left = weakref.ref(ring)
        long_lived.keep()
        del ring
        gc.collect()
        assert left() is not None
        long_lived.keep()
        long_lived.keep()
        assert left() is None
    finally:
        gc.unfreeze()
