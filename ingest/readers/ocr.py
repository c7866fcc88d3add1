"""OCR of pages that are pictures, by Tesseract where it is installed.

It is a program of the system and not a package, so it is looked for when there is something to
recognise. See docs/adr/0013-pdf-reading.md.
"""

import os
import shutil
import subprocess
import time
from functools import cache
from pathlib import Path

_LANGUAGE = "spa"
_ORIENTATION = "osd"
_DPI = 300
"""What Tesseract's models were trained for."""
HOW_TO_INSTALL = "apt-get install tesseract-ocr tesseract-ocr-spa"


@cache
def ocr_languages() -> frozenset[str]:
    """The languages that Tesseract can read here; none where it isn't installed."""
    program = shutil.which("tesseract")
    if program is None:
        return frozenset()
    try:
        listed = subprocess.run(
            [program, "--list-langs"], capture_output=True, text=True, timeout=30, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return frozenset()
    return frozenset(listed.stdout.split())


def has_ocr() -> bool:
    """Whether Spanish can be recognised here."""
    return _LANGUAGE in ocr_languages()


class OcrClock:
    """The time that is left for the OCR of a file."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds
        _allow_more_time()

    @property
    def left(self) -> float:
        return self._end - time.monotonic()


def recognised(picture: Path, clock: OcrClock) -> Path | None:
    """A PDF of one page with the text of a picture of a page, beside it; None where OCR fails.

    The picture has 300 dots an inch, so that the PDF has the size of the page.
    """
    orientation = ["--psm", "1"] if _ORIENTATION in ocr_languages() else []
    output = picture.with_suffix("")
    command = [
        "tesseract", str(picture), str(output), "-l", _LANGUAGE, "--dpi", str(_DPI), *orientation,
        "-c", "textonly_pdf=1", "pdf",
    ]  # fmt: skip
    try:
        subprocess.run(
            command,
            check=True,
            capture_output=True,
            timeout=max(clock.left, 1.0),
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except (OSError, subprocess.SubprocessError):
        return None
    made = output.with_suffix(".pdf")
    return made if made.is_file() else None


def _allow_more_time() -> None:
    """Lifts the limit of computing time that is set for reading without OCR."""
    try:
        import resource
    except ImportError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (hard, hard))
