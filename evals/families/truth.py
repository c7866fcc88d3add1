"""What a made-up manual of any layout says, typed: the truth that the parser is held to.

Texts are as printed, white space collapsed, without markers of items and without the hyphens
that break words at a line's end. Three states are told apart as in `corpus.model`: a field that
is printed, one that is printed as none (`applies` is false), and one that is not printed (None).
"""

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Field:
    """A printed field, and the page that it begins on."""

    text: str
    page: int
    applies: bool = True


@dataclass(frozen=True)
class FunctionTruth:
    """A function, and the page that it begins on."""

    text: str
    page: int


@dataclass(frozen=True)
class UnitTruth:
    """A unit or position with all that is printed of it."""

    title: str
    number: str | None
    """As printed before the title, without the dot at its end; None where none is printed."""
    page: int
    boss: Field | None
    reports_printed: Field | None
    reports: tuple[str, ...]
    """The names of who reports to it, without head counts."""
    objective: Field | None
    functions: tuple[FunctionTruth, ...]


@dataclass(frozen=True)
class ChapterTruth:
    """A chapter's heading."""

    title: str
    number: str | None
    page: int
    is_part: bool = False
    """It stands inside another chapter (a capítulo of a título): may be told as one, or not."""


@dataclass(frozen=True)
class FamilyTruth:
    """All that is measured of one made-up manual."""

    family: str
    seed: int
    heldout: bool
    """Whether it may use wordings that are kept from those who write the parser."""
    country: str
    header: str
    numerals: str
    code: str | None
    pages: int
    chapters: tuple[ChapterTruth, ...]
    units: tuple[UnitTruth, ...]

    def as_json(self) -> str:
        """The truth as JSON, for whoever does not use this package."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1)
