"""Reading in a process of its own, that may take so much time and memory and no more.

A library that reads PDF or DOCX may hang, eat all memory or crash on a hostile file. Then only the
child dies, and whoever waits for it gets an error with one sentence.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from ingest import errors
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.readers.base import SourceText
from ingest.readers.reading import check_source, damaged, read_source, too_much

_HARMLESS = (".txt",)
"""Read in this process: nothing in them is unpacked or interpreted."""
_PATIENCE = 4
"""Times the allowed computing time after which the child is not waited for any more: the machine
may be busy with other things."""
_ROOT = Path(__file__).parents[2]


def read_guarded(path: Path, limits: Limits = DEFAULT_LIMITS) -> SourceText:
    """The text of a source file, as `read_source` gives it, within the limits.

    Raises an `IngestError`, and nothing else.
    """
    check_source(path, limits)
    if path.suffix.lower() in _HARMLESS:
        return read_source(path, limits)
    arguments = [str(path), json.dumps(asdict(limits))]
    try:
        told, status = run_guarded(
            "ingest.readers.child", arguments, limits.seconds, limits.ocr_seconds
        )
    except subprocess.TimeoutExpired as error:
        raise too_much(path, limits) from error
    return _result(path, limits, told, status)


def run_guarded(
    module: str, arguments: Sequence[str], seconds: int, more: int = 0
) -> tuple[bytes, int]:
    """Run a module that sets its own limits; gives its output and its exit status.

    `seconds` are those of its computing time, `more` those that it may wait for other programs.
    Raises TimeoutExpired; the process has then been ended.
    """
    command = [sys.executable, "-m", module, *arguments]
    environment = {**os.environ, "PYTHONPATH": _python_path(), "PYTHONIOENCODING": "utf-8"}
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
    ) as child:
        try:
            told, _ = child.communicate(timeout=seconds * _PATIENCE + more)
        finally:
            _end(child)
    return told, child.returncode


def _python_path() -> str:
    before = os.environ.get("PYTHONPATH")
    return os.pathsep.join([str(_ROOT), before] if before else [str(_ROOT)])


def _end(child: "subprocess.Popen[bytes]") -> None:
    """Ends the child and what it started, whether or not it ended by itself."""
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        child.kill()


def _result(path: Path, limits: Limits, told: bytes, status: int) -> SourceText:
    """What the child told, as a text or as the error that it met."""
    if status in (-signal.SIGXCPU, -signal.SIGKILL):
        raise too_much(path, limits)
    if status:
        raise damaged(path)
    message: dict[str, Any] = json.loads(told)
    if "error" in message:
        raise getattr(errors, message["error"], errors.IngestError)(message["message"])
    return TypeAdapter(SourceText).validate_python(message)
