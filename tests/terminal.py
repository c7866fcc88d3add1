"""`asistente` as people type it: its words and its status, in a process of its own or in this one.

Starting a process takes two seconds of imports. What is tested of a command, rather than of the
process, is run here: the same `main`, with a terminal's input, output, folder and environment.
"""

import contextlib
import io
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from assistant.faces.cli import main

ROOT = Path(__file__).parents[1]
_PROGRAM = "from assistant.faces.cli import main; main()"


@dataclass(frozen=True)
class Ran:
    """What a command said and how it ended."""

    status: int
    out: str
    err: str

    @property
    def text(self) -> str:
        """Both outputs, white space collapsed: tables and boxes break lines anywhere."""
        return " ".join(re.sub(r"[│╭╮╰╯─]", " ", f"{self.out} {self.err}").split())


def run_apart(
    folder: Path, data: Path, *arguments: str, typed: str | None = None, **settings: str
) -> Ran:
    """Run it as a process in a folder; no run may end in a traceback."""
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, *arguments],
        input=typed,
        cwd=folder,
        env=_environment(data, settings),
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert "Traceback" not in done.stdout + done.stderr
    return Ran(done.returncode, done.stdout, done.stderr)


def run_here(
    folder: Path, data: Path, *arguments: str, typed: str | None = None, **settings: str
) -> Ran:
    """Run it within this process; what it raises fails the test, as a traceback would."""
    given, out, err = (
        io.TextIOWrapper(io.BytesIO(written), encoding="utf-8", write_through=True)
        for written in ((typed or "").encode(), b"", b"")
    )
    status: object = 0
    with (
        contextlib.chdir(folder),
        mock.patch.dict(os.environ, _environment(data, settings), clear=True),
        mock.patch.object(sys, "argv", ["asistente", *arguments]),
        mock.patch.object(sys, "stdin", given),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            main()
        except SystemExit as end:
            status = end.code or 0
    assert isinstance(status, int)
    return Ran(status, _written(out), _written(err))


def one_sentence(text: str) -> bool:
    """Whether a message is one line that ends like a sentence."""
    return len(text.strip().splitlines()) == 1 and text.strip().endswith(".")


def _environment(data: Path, settings: dict[str, str]) -> dict[str, str]:
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("ASISTENTE_")}
    own = {f"ASISTENTE_{name}".upper(): value for name, value in settings.items()}
    plain = {"COLUMNS": "160", "NO_COLOR": "1", "PYTHONPATH": str(ROOT)}
    return {**inherited, **plain, "ASISTENTE_DATA_DIR": str(data), **own}


def _written(stream: io.TextIOWrapper) -> str:
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode()
