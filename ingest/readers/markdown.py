"""Markdown files: rendered, and then read as the HTML that they stand for."""

import re
from pathlib import Path

from ingest.errors import ReaderNotInstalledError
from ingest.limits import Limits
from ingest.readers.base import SourceText
from ingest.readers.html import html_source
from ingest.readers.txt import decode

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*\n", re.S)
_PAGE_BREAK = "\n\n<hr style='break-after:page'>\n\n"


def read_markdown(path: Path, limits: Limits) -> SourceText:  # noqa: ARG001 (as all readers)
    """The text of a Markdown file (CommonMark and tables), with its headings.

    Raises `ReaderNotInstalledError` without the extra `markdown`, `UnreadableSourceError` where
    it is binary.
    """
    try:
        from markdown_it import MarkdownIt
    except ImportError as error:
        raise ReaderNotInstalledError.lacking("markdown", "Markdown") from error
    text = decode(path.read_bytes(), path.name)
    text = _FRONT_MATTER.sub("", re.sub("\r\n?", "\n", text)).replace("\f", _PAGE_BREAK)
    renderer = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    return html_source(path.name, renderer.render(text))
