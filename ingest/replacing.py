"""What an ingest would lose: a manual that is replaced by one with far less, or by another's."""

from collections.abc import Iterator

from corpus.catalog import IndexedManual, OutdatedIndexError
from corpus.model import Manual
from corpus.store import ManualStore
from ingest.errors import WouldLoseError
from ingest.text import collapse, fold

_KEPT = 0.75
"""Share of its sheets, functions and pages that a new edition has at least: offices merge units,
but what loses more than a quarter is rather a part of the manual, or a reading that failed."""


def require_no_loss(manual: Manual, store: ManualStore, name: str) -> None:
    """Raise `WouldLoseError` where storing the manual would take away much that is indexed.

    `name` is the file's. An index in another format is replaced without a word: it can't be read.
    """
    try:
        before = store.indexed(manual.code)
        stored = store.manual(before) if before is not None else None
    except OutdatedIndexError:
        return
    if before is None or stored is None:
        return
    if not _is_same(stored.dependency, manual.dependency):
        raise WouldLoseError(
            f"«{name}» es de «{manual.dependency}» y trae el código {manual.code}, que en el índice"
            f" es de «{stored.dependency}»; no se cambió nada: dé otro código con «--codigo», o "
            "reemplácelo con «--forzar»."
        )
    losses = list(_losses(before, manual))
    if losses:
        raise WouldLoseError(
            f"Con «{name}» el manual {manual.code} pasaría {_listed(losses)}; no se cambió nada: "
            "revise el archivo, o reemplace el manual con «--forzar»."
        )


def _is_same(one: str, other: str) -> bool:
    """Whether two dependencies are one; where a manual doesn't say it, nothing is claimed."""
    one, other = fold(collapse(one)), fold(collapse(other))
    return not one or not other or one == other


def _losses(before: IndexedManual, manual: Manual) -> Iterator[str]:
    """What the new manual has far less of, in words."""
    functions = sum(len(position.functions) for position in manual.positions)
    for old, new, words in (
        (before.positions, len(manual.positions), "cédulas"),
        (before.functions, functions, "funciones"),
        (before.pages, manual.page_count, "páginas"),
    ):
        if new < _KEPT * old:
            yield f"de {old} a {new} {words}"


def _listed(parts: list[str]) -> str:
    *first, last = parts
    return f"{', '.join(first)} y {last}" if first else last
