"""`python -m evals.speed.at_rest`: answers the questions on its standard input, a JSON list, and
prints how many megabytes of memory it then holds (`null` where the system doesn't tell)."""

import json
import sys

from assistant.asking.core import open_assistant
from assistant.running.settings import load_settings
from evals.speed.processes import resident_megabytes

if __name__ == "__main__":
    open_assistant(load_settings()).batch(json.load(sys.stdin))
    json.dump(resident_megabytes(), sys.stdout)
