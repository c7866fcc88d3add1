"""Pictures of a PDF's pages, and where each word stands in them.

`draw_pages` runs this module in a process of its own, as reading does. It writes page by page, so
that what was drawn before the time is over is there all the same.
"""

import json
import subprocess
import sys
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.printed_pages import WIDTHS, picture_name, words_name
from ingest.limits import Limits
from ingest.readers.child import limit_this_process
from ingest.readers.guarded import run_guarded

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_QUALITY = 60
_EFFORT = 2
"""Of 0 to 6: more takes two to three times as long for files that are a few per cent smaller."""
_MOST_PIXELS = 12_000_000
"""Of a picture: a page of extreme shape is not drawn."""
_SIZE = "size"


def draw_pages(path: Path, folder: Path, limits: Limits) -> dict[int, tuple[int, int]]:
    """Draw the pages of a PDF into a folder; gives the sizes of those that were drawn, by their
    physical number. A page that can't be drawn, or in time, is left out."""
    arguments = [str(path), str(folder), json.dumps(asdict(limits))]
    with suppress(subprocess.TimeoutExpired):
        run_guarded(__name__, arguments, limits.seconds)
    sizes = {}
    for file in sorted(folder.glob(f"*.{_SIZE}")):
        width, height = json.loads(file.read_text("utf-8"))
        sizes[int(file.stem)] = (width, height)
        file.unlink()
    return sizes


def _draw(document: "PdfDocument", index: int, folder: Path) -> None:
    from ingest.readers.pdf.engine import read_page, upright_picture

    page = read_page(document, index)
    widest = WIDTHS[-1]
    if widest * widest * page.height / page.width > _MOST_PIXELS:
        return
    picture = upright_picture(document, index, widest)
    for width in WIDTHS:
        height = max(1, round(picture.height * width / picture.width))
        sized = picture if width == picture.width else picture.resize((width, height))
        file = folder / picture_name(index + 1, width)
        sized.save(file, "WEBP", quality=_QUALITY, method=_EFFORT)
    words = [
        (
            word.text,
            round(1000 * word.area.x0 / page.width),
            round(1000 * word.area.top / page.height),
            round(1000 * word.area.x1 / page.width),
            round(1000 * word.area.bottom / page.height),
        )
        for word in page.words
    ]
    (folder / words_name(index + 1)).write_text(json.dumps(words, ensure_ascii=False), "utf-8")
    # last: it tells that the page is whole
    size = json.dumps((picture.width, picture.height))
    (folder / f"{index + 1:05}.{_SIZE}").write_text(size, "utf-8")


def main() -> None:
    """Draw the pages of the file that the arguments name."""
    path, folder = Path(sys.argv[1]), Path(sys.argv[2])
    limit_this_process(Limits(**json.loads(sys.argv[3])))
    from pypdfium2 import PdfiumError

    from ingest.readers.pdf.engine import open_document

    document = open_document(path)
    for index in range(len(document)):
        try:
            _draw(document, index, folder)
        except (PdfiumError, ValueError, OSError, ZeroDivisionError):
            continue


if __name__ == "__main__":
    main()
