"""Starts without collecting garbage: imports make many lasting objects, and looking through them
again and again costs a tenth of a process's first answer."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def kept_garbage() -> Iterator[None]:
    """Collect none within the block."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
