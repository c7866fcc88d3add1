"""Finds that nothing changed since an ingest, by what that noted, without opening the index."""

import time
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.editions import Edition
from corpus.office_words import words_path
from corpus.printed_pages import PrintedPages
from corpus.up_to_date import UpToDate, keep_note, up_to_date, written
from ingest.errors import SourceNotFoundError
from ingest.identity import has_pages, identity_of
from ingest.summary import IngestSummary, summary_of

if TYPE_CHECKING:
    from corpus.store import ManualStore


def unchanged(
    paths: Sequence[Path],
    index: Path,
    model_name: str,
    wordings: Path,
    printed: PrintedPages | None,
    code: str = "",
) -> list[IngestSummary] | None:
    """What an ingest of the files would tell if none of them changed, nor their wordings; None if
    any did, or if that can't be told without the index. `index` is Chroma's file.

    That the index is whole is not looked at: `asistente verificar` does.
    """
    note = up_to_date(index)
    if note is None:
        return None
    summaries = []
    for path in paths:
        started = time.perf_counter()
        try:
            edition = made_from(note.editions, identity_of(path, code), model_name)
        except SourceNotFoundError:
            return None
        if edition is None or not _is_followed(edition, note, wordings):
            return None
        if printed is not None and lacks_pictures(path, edition, printed):
            return None
        summaries.append(summary_of(edition, path, (), started, unchanged=True))
    return summaries


def note_unchanged(
    index: Path, store: "ManualStore", codes: Iterable[str], model_name: str, wordings: Path
) -> None:
    """Note what is indexed, and that the wordings of these manuals are, for `unchanged`.

    All is looked at once more, and nothing is noted if somebody writes meanwhile.
    """
    from ingest.office_words import are_followed

    before = written(index)
    if before is None:
        return
    editions = tuple(store.all_editions())
    words = {}
    for code in dict.fromkeys(codes):
        digest = _digest(words_path(wordings, code))
        if are_followed(code, store, wordings, model_name):
            words[code] = digest
    if written(index) == before:
        keep_note(index, UpToDate(written=before, editions=editions, words=words))


def made_from(editions: Iterable[Edition], source: str, model_name: str) -> Edition | None:
    """The version that was made from a source with a model."""
    made = (source, model_name)
    return next(
        (e for e in editions if (e.record.source_sha256, e.record.model_name) == made), None
    )


def lacks_pictures(path: Path, edition: Edition, printed: PrintedPages) -> bool:
    """Whether the pages of a file can be drawn, and are not."""
    return has_pages(path) and printed.of(edition.record.source_sha256) is None


def _is_followed(edition: Edition, note: UpToDate, wordings: Path) -> bool:
    code = edition.record.code
    return note.words.get(code) == _digest(words_path(wordings, code))


def _digest(path: Path) -> str:
    try:
        return sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return ""
