"""Keeps the machine-learning libraries from telling developers' matters to who ingests."""

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def quiet() -> Iterator[None]:
    """Mute warnings, log records below errors and transformers' progress bars meanwhile."""
    from transformers.utils import logging as transformers_logging

    root, silent = logging.getLogger(), logging.NullHandler()
    root.addHandler(silent)  # else logging.warning would set up a handler for the whole process
    logging.disable(logging.WARNING)
    verbosity = transformers_logging.get_verbosity()
    bars = transformers_logging.is_progress_bar_enabled()
    transformers_logging.disable_progress_bar()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        if bars:
            transformers_logging.enable_progress_bar()
        transformers_logging.set_verbosity(verbosity)
        logging.disable(logging.NOTSET)
        root.removeHandler(silent)
