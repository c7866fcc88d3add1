"""What the readers hand on: the text of a source file, whatever its format."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class SourceText:
    """The text of a source file, as the parser takes it.

    Whatever the format: one row of a table is a line with its cells separated by tabs; automatic
    numbers and bullets stand at a line's start as they are printed, with a tab after them
    ("1.\\t", "•\\t"); pages are separated by a form feed or, where there is none in the whole text,
    by three or more blank lines. Unicode is NFC without ligatures, lines end in "\\n", and there
    are no control characters.
    """

    name: str
    """The file's name, to speak of it."""
    text: str
    headings: Mapping[int, int] = field(default_factory=dict, hash=False)
    """Level (1 to 6) of the lines of `text`, counted from 1, that the source itself says are
    headings: Word's heading styles, `#` of Markdown, `<h1>` of HTML. Empty for txt and PDF."""
    pages_without_text: tuple[int, ...] = ()
    """Physical pages, from 1, on which nothing could be read, amid others with text."""
    pages_by_ocr: tuple[int, ...] = ()
    """Physical pages, from 1, whose text was recognised from a picture."""
