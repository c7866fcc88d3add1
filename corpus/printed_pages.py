"""Pictures of the printed pages of manuals that came as PDF, kept beside the index.

    PrintedPages(data_dir).of(source_sha256)  # a PageSet: pictures, and where each word stands

What is kept is in `data_dir/paginas/<source>/`: two pictures a page and the places of its words,
not the file itself. They are drawn once, at the ingest, in a process of its own; so what answers
needs no PDF reader, and never touches a file that it was sent.
"""

import json
import shutil
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

_FOLDER = "paginas"
_INDEX = "manual.json"
WIDTHS = (800, 1200)
"""Of the pictures, in pixels: a phone's screen, and what reads well enlarged."""


class PageWord(NamedTuple):
    """A word as printed, and its place in thousandths of the page's width and height."""

    text: str
    left: int
    top: int
    right: int
    bottom: int


class PageSet:
    """The pictures of one source. A page is the printed one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def version(self) -> str:
        """Changes with the source: part of the pictures' addresses."""
        return self._folder.name[:12]

    def has(self, page: int) -> bool:
        """Whether there is a picture of a page."""
        return page in self._pages

    def size(self, page: int) -> tuple[int, int]:
        """Width and height of its picture, in pixels at the greater width."""
        _, width, height = self._pages[page]
        return width, height

    def picture(self, page: int, width: int) -> bytes | None:
        """A page as WebP, in one of the `WIDTHS`; None where there is none."""
        if not self.has(page) or width not in WIDTHS:
            return None
        try:
            return (self._folder / picture_name(self._pages[page][0], width)).read_bytes()
        except FileNotFoundError:  # swept by an ingest meanwhile
            return None

    def words(self, page: int) -> list[PageWord]:
        """The words of a page in the file's order."""
        try:
            kept = json.loads((self._folder / words_name(self._pages[page][0])).read_text("utf-8"))
        except FileNotFoundError:
            return []
        return [PageWord(*each) for each in kept]

    @cached_property
    def _pages(self) -> dict[int, tuple[int, int, int]]:
        """The number of each page's files, and width and height of its picture."""
        index = json.loads((self._folder / _INDEX).read_text("utf-8"))
        return {int(page): tuple(place) for page, place in index["pages"].items()}


class PrintedPages:
    """All that are kept in a data folder. Safe for threads and for several processes."""

    def __init__(self, data_dir: Path) -> None:
        self._folder = data_dir / _FOLDER
        self._opened: dict[str, PageSet] = {}

    def of(self, source_sha256: str) -> PageSet | None:
        """Those of a source; None where none are kept."""
        if source_sha256 not in self._opened:
            folder = self._folder / source_sha256
            if not (folder / _INDEX).is_file():
                return None
            self._opened[source_sha256] = PageSet(folder)
        return self._opened[source_sha256]

    def scratch(self, source_sha256: str) -> Path:
        """An empty folder to draw into, until `keep` makes it the source's."""
        folder = self._folder / f".{source_sha256}"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        return folder

    def keep(
        self, source_sha256: str, code: str, pages: Mapping[int, tuple[int, int, int]]
    ) -> None:
        """Make what was drawn the pages of a source; `pages` has for each printed page the number
        of its files, and width and height of the picture."""
        scratch, folder = self._folder / f".{source_sha256}", self._folder / source_sha256
        index = {"code": code, "pages": pages}
        (scratch / _INDEX).write_text(json.dumps(index), "utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        scratch.rename(folder)
        self._opened.pop(source_sha256, None)

    def drop(self, source_sha256: str) -> None:
        """Take away what was begun of a source."""
        shutil.rmtree(self._folder / f".{source_sha256}", ignore_errors=True)

    def sweep(self, code: str, keep: Sequence[str] = ()) -> None:
        """Delete what is kept of a manual, but for some of its sources."""
        if not self._folder.is_dir():
            return
        for folder in self._folder.iterdir():
            index = folder / _INDEX
            if folder.name in keep or not index.is_file():
                continue
            if json.loads(index.read_text("utf-8"))["code"] == code:
                shutil.rmtree(folder, ignore_errors=True)


def picture_name(number: int, width: int) -> str:
    """The file of the picture of a physical page."""
    return f"{number:05}-{width}.webp"


def words_name(number: int) -> str:
    """The file of its words."""
    return f"{number:05}.json"
