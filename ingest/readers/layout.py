"""What the readers of tables share: rows as lines, and the table of a page header as a block."""

import re
from collections.abc import Sequence

from ingest.text import collapse, fold

_ENTRY_LABELS = ("codigo", "version", "emision", "pagina")
_EMPTY_PAGE = re.compile(r"pagina:\D*")
_LOGO_STARTS = ("gobierno", "ayuntamiento", "municipio")


def table_lines(rows: Sequence[Sequence[str]]) -> list[str]:
    """The rows of a table as lines with tabs between cells, or as a header block if it is one."""
    if any(fold(cell).startswith("codigo:") for row in rows for cell in row):
        return header_lines(rows)
    return ["", *("\t".join(collapse(cell) for cell in row) for row in rows), ""]


def header_lines(rows: Sequence[Sequence[str]]) -> list[str]:
    """The table of a page header in the order of the text layout: logo, title, code, dependency.

    A page entry without a number is left away: the word processor fills it in.
    """
    logo: list[str] = []
    names: list[str] = []
    entries: list[str] = []
    for row in rows:
        for at, cell in enumerate(row):
            if fold(cell).startswith(_ENTRY_LABELS):
                entries.append("\t".join(collapse(part) for part in row[at:]))
                break
            if fold(cell).startswith(_LOGO_STARTS):
                logo = cell.split("\n")
            elif cell.strip():
                names.append(collapse(cell))
    title, *dependency = names or [""]
    entries = [entry for entry in entries if not _EMPTY_PAGE.fullmatch(fold(entry))]
    return [*logo, "", title, "", *entries, "", *dependency, ""]
