"""A change between two versions, and all of them."""

from enum import StrEnum

from corpus.model import Record


class Kind(StrEnum):
    """What changed."""

    POSITION_ADDED = "position_added"
    POSITION_REMOVED = "position_removed"
    POSITION_RENAMED = "position_renamed"
    POSITION_MOVED = "position_moved"
    """It has another boss."""
    POSITION_RENUMBERED = "position_renumbered"
    FUNCTION_ADDED = "function_added"
    FUNCTION_REMOVED = "function_removed"
    FUNCTION_REWORDED = "function_reworded"
    FUNCTION_MOVED = "function_moved"
    """Another position has it now."""
    FIELD_CHANGED = "field_changed"
    LEGAL_ADDED = "legal_added"
    LEGAL_REMOVED = "legal_removed"
    LEGAL_REWORDED = "legal_reworded"
    PROSE_ADDED = "prose_added"
    PROSE_REMOVED = "prose_removed"
    PROSE_REWORDED = "prose_reworded"


class Piece(Record):
    """Some words of a text that was reworded."""

    state: str
    """"same", "removed" or "added"."""
    text: str


class Place(Record):
    """Where a version prints something, and what."""

    section: str
    title: str
    page: int
    text: str
    function: int | None = None


class Change(Record):
    """One change. `before` is None for what was added, `after` for what was removed."""

    kind: Kind
    before: Place | None = None
    after: Place | None = None
    field: str | None = None
    """Which field of the sheet, for FIELD_CHANGED."""
    pieces: tuple[Piece, ...] = ()
    """Word by word, for what was reworded."""


class Comparison(Record):
    """All changes between two versions of a manual."""

    code: str
    before: str
    """The earlier version, with its date."""
    after: str
    changes: tuple[Change, ...]
    """Positions first, then functions, fields, legal framework and prose, each in printed order."""
