"""`asistente comparar`."""

import sys
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.text import Text

from assistant.answering.changes import comparison_blocks
from assistant.asking.versions import two_versions
from assistant.faces.cli.output import write_file
from assistant.render.plain import plain
from assistant.running.settings import Settings
from assistant.structure.comparing import compare
from corpus.store import open_store


def show_comparison(
    settings: Settings,
    code: str,
    before: str | None,
    after: str | None,
    html: Path | None,
    *,
    as_json: bool,
) -> None:
    """What changed between two versions: as text, JSON on standard output, or a page in a file.

    Raises NoIndexError, UnknownVersionError, AmbiguousVersionError, OneVersionError,
    OutputError.
    """
    store = open_store(settings.data_dir, settings.chroma_url)
    old, new = two_versions(code, before, after, store.editions(code))
    comparison = compare(store.manual(old.record), store.manual(new.record))
    if html is not None:
        from assistant.reports.comparing import comparison_html

        write_file(html, comparison_html(comparison, date.today()))
    if as_json:
        sys.stdout.write(comparison.model_dump_json(indent=2) + "\n")
    elif html is None:
        Console().print(Text(plain(comparison_blocks(comparison), None)), soft_wrap=True)
    else:
        Console().print(Text(f"Se escribió la comparación en «{html}»."), soft_wrap=True)
