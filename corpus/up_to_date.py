"""What an ingest found up to date, noted beside Chroma's file: who finds the same again need not
open Chroma, whose import alone takes longer than all the rest.

A note holds until somebody writes to that file, whoever it is: SQLite counts the transactions that
changed a file in its head. Opening the folder is one of them, a change of a record two or more.
"""

import os
from contextlib import suppress
from pathlib import Path

from pydantic import ValidationError

from corpus.catalog import FORMAT
from corpus.editions import Edition
from corpus.model import Record

_NAME = "up_to_date.json"
_HEAD = 28
_MAGIC = b"SQLite format 3\x00"
_WITH_JOURNAL = b"\x01\x01"
"""Where a file has a write-ahead log instead, its head doesn't count."""
_BY_OPENING = 1


class Written(Record):
    """Which file it is, and how often it was written."""

    inode: int
    changes: int


class UpToDate(Record):
    """What was found while Chroma's file was as `written` says."""

    written: Written
    editions: tuple[Edition, ...]
    words: dict[str, str]
    """By code, the digest of the file of wordings that all stand in the index; "" for no file."""


def written(file: Path) -> Written | None:
    """How a SQLite file stands; None where that can't be told, as while somebody writes."""
    try:
        with file.open("rb") as opened:
            head, inode = opened.read(_HEAD), os.fstat(opened.fileno()).st_ino
    except OSError:
        return None
    journal = file.with_name(f"{file.name}-journal")
    if not head.startswith(_MAGIC) or head[18:20] != _WITH_JOURNAL or journal.exists():
        return None
    return Written(inode=inode, changes=int.from_bytes(head[24:_HEAD], "big"))


def up_to_date(file: Path) -> UpToDate | None:
    """What is noted of Chroma's file, if it still holds."""
    try:
        note = UpToDate.model_validate_json(file.with_name(_NAME).read_bytes())
    except (OSError, ValidationError):
        return None
    readable = all(each.record.format == FORMAT for each in note.editions)
    return note if readable and note.written == written(file) else None


def keep_note(file: Path, note: UpToDate) -> None:
    """Note it, in one step; where that can't be written, there is none."""
    kept = file.with_name(_NAME)
    scratch = kept.with_suffix(f".{os.getpid()}")
    with suppress(OSError):
        scratch.write_text(note.model_dump_json(), "utf-8")
        scratch.replace(kept)


def carry_over(file: Path, note: UpToDate | None) -> None:
    """After the folder was opened: what held before holds still, if nothing else was written."""
    now = written(file)
    if note is None or now is None or now.inode != note.written.inode:
        return
    if now.changes == note.written.changes + _BY_OPENING:
        keep_note(file, note.model_copy(update={"written": now}))
