"""The process that reads one file for `read_guarded`: `python -m ingest.readers.child FILE LIMITS`.

It writes the text, or the error, as JSON to its standard output.
"""

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path

from ingest.errors import IngestError
from ingest.limits import Limits
from ingest.readers.reading import read_source


def main() -> None:
    """Read the file that the arguments name, and tell what came of it."""
    path, limits = Path(sys.argv[1]), Limits(**json.loads(sys.argv[2]))
    answer = os.dup(1)
    os.dup2(2, 1)  # what a library prints is not part of the answer
    limit_this_process(limits)
    try:
        told = asdict(read_source(path, limits))
    except IngestError as error:
        told = {"error": type(error).__name__, "message": str(error)}
    with os.fdopen(answer, "wb") as out:
        out.write(json.dumps(told).encode())


def limit_this_process(limits: Limits) -> None:
    """Set what this process may take, where the system can do that."""
    try:
        import resource
    except ImportError:
        return
    most = limits.seconds + limits.ocr_seconds
    for what, soft, hard in (
        (resource.RLIMIT_AS, limits.memory_bytes, limits.memory_bytes),
        (resource.RLIMIT_CPU, limits.seconds, most + 1),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        try:
            resource.setrlimit(what, (soft, hard))
        except (ValueError, OSError):
            continue


if __name__ == "__main__":
    main()
