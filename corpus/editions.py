"""The versions of a manual: which is newer, and which one a person means."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from corpus.catalog import IndexedManual
from corpus.errors import AsistenteError

_NUMBER = re.compile(r"\d+")


class UnknownVersionError(AsistenteError):
    """A manual has no such version."""


class AmbiguousVersionError(AsistenteError):
    """Several versions may be meant."""


class VersionInForceError(AsistenteError):
    """The version in force can't be taken away while others are kept."""


@dataclass(frozen=True)
class Edition:
    """A version of a manual that is kept."""

    record: IndexedManual
    in_force: bool

    @property
    def state(self) -> str:
        """In a word, for people."""
        return "vigente" if self.in_force else "conservada"


def succeeds(record: IndexedManual, other: IndexedManual) -> bool:
    """Whether a version comes after another, or is the same: by the dates of emission where both
    have one, else by the numbers in their versions. What can't be told counts as newer, since it
    was ingested later."""
    one, two = record.emission_date, other.emission_date
    if one and two and one != two:
        return one > two
    numbers, others = _numbers(record.version), _numbers(other.version)
    return not (numbers and others and numbers < others)


def newest_first(editions: Sequence[Edition]) -> list[Edition]:
    """The one in force, then the others from the newest to the oldest."""

    def age(edition: Edition) -> tuple[bool, date, list[int], str]:
        record = edition.record
        when = record.emission_date or date.min
        return edition.in_force, when, _numbers(record.version), record.ingested_at.isoformat()

    return sorted(editions, key=age, reverse=True)


def meant(code: str, version: str, editions: Sequence[Edition]) -> Edition:
    """The version that a text names: by its number ("01", "1", "versión 01"), its date as the ISO
    writes it, or both ("01 2021-10-11"); or by its record's `edition`, which is never ambiguous.

    Raises UnknownVersionError and AmbiguousVersionError, which tell what there is.
    """
    exact = next((each for each in editions if each.record.edition == version), None)
    if exact is not None:
        return exact
    said = version.casefold().split()
    told = [word for word in said if word not in {"version", "versión", "v", "de", "del", "la"}]
    found = [each for each in editions if told and all(_fits(w, each.record) for w in told)]
    found = found or [e for e in editions if e.record.version.casefold() == " ".join(said)]
    if not found:
        raise UnknownVersionError(
            f"El manual {code} no tiene la versión «{version[:40]}»; tiene {_listed(editions)}."
        )
    if len(found) > 1:
        raise AmbiguousVersionError(
            f"El manual {code} tiene varias versiones «{version[:40]}»: {_listed(found)}; "
            "diga también la fecha."
        )
    return found[0]


def _fits(word: str, record: IndexedManual) -> bool:
    if word in (record.version.casefold(), str(record.emission_date or "")):
        return True
    word = word.removeprefix("v").removeprefix(".")
    return word.isdecimal() and record.version.isdecimal() and int(word) == int(record.version)


def _listed(editions: Sequence[Edition]) -> str:
    return ", ".join(each.record.edition_name for each in newest_first(editions))


def _numbers(version: str) -> list[int]:
    return [int(number) for number in _NUMBER.findall(version)]
