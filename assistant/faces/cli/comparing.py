"""`asistente comparar`."""

import sys
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.text import Text

from assistant.answering.changes import comparison_blocks
from assistant.asking.versions import two_versions
from assistant.render.plain import plain
from assistant.running.settings import Settings
from assistant.structure.comparing import Comparison, compare
from corpus.errors import AsistenteError
from corpus.store import open_store


class ComparisonOutputError(AsistenteError):
    """The page can't be written where it should go."""


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
    ComparisonOutputError.
    """
    store = open_store(settings.data_dir, settings.chroma_url)
    old, new = two_versions(code, before, after, store.editions(code))
    comparison = compare(store.manual(old.record), store.manual(new.record))
    if html is not None:
        _write(html, comparison)
    if as_json:
        sys.stdout.write(comparison.model_dump_json(indent=2) + "\n")
    elif html is None:
        Console().print(Text(plain(comparison_blocks(comparison), None)), soft_wrap=True)
    else:
        Console().print(Text(f"Se escribió la comparación en «{html}»."), soft_wrap=True)


def _write(path: Path, comparison: Comparison) -> None:
    from assistant.reports.comparing import comparison_html

    try:
        path.write_text(comparison_html(comparison, date.today()), "utf-8")
    except OSError as error:
        raise ComparisonOutputError(
            f"No se pudo escribir «{path}»; revise la carpeta y los permisos."
        ) from error
