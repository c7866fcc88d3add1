"""`python -m evals.speed.at_rest`: answers the questions on its standard input, a JSON list, and
prints how many megabytes of memory it then holds (`null` where the system doesn't tell)."""

import json
import sys
from pathlib import Path

from assistant.asking.core import open_assistant
from assistant.running.settings import load_settings

_STATUS = Path("/proc/self/status")


def resident_megabytes() -> float | None:
    """The memory that this process holds right now, as Linux tells it."""
    if not _STATUS.exists():
        return None
    kilobytes = next(
        line.split()[1] for line in _STATUS.read_text().splitlines() if line.startswith("VmRSS:")
    )
    return int(kilobytes) / 1024


if __name__ == "__main__":
    open_assistant(load_settings()).batch(json.load(sys.stdin))
    json.dump(resident_megabytes(), sys.stdout)
