"""Questions on the versions of a manual: what an earlier one said, and what changed since."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.answering.blocks import Inline, paragraphs, quote
from assistant.answering.changes import comparison_blocks, in_quotes
from assistant.answering.draft import Draft, Evidence, question_back
from assistant.structure.comparing import Comparison, Place, compare
from corpus.editions import Edition, UnknownVersionError, meant
from corpus.errors import AsistenteError
from corpus.spanish import fold, words

if TYPE_CHECKING:
    from assistant.asking.library import Library

_MOST_TOLD = 8
"""Changes of a kind that an answer lists."""
_MOST_CITED = 12
_NUMBER = r"(?:(?:numero|num|no|n)\.? )?(?P<version>\d{1,3}(?:\.\d+)?)"
_FORMER = r"(?P<former>anterior|pasada|previa)"
_OLDER = re.compile(
    rf"[\s,]*\b(?:(?:en|segun|con|de|dentro de) )?(?:la |el )?version (?:{_NUMBER}|{_FORMER})\b"
    r"(?: del manual)?[\s,]*"
)
_CHANGED = re.compile(
    r"\bque (?:cosas? )?(?:cambio|cambiaron|cambia|se (?:cambio|modifico|agrego|quito))\b|"
    r"\b(?:cuales|que) (?:son|fueron|hubo|hay)? ?(?:los |de )?(?:cambios?|diferencias?)\b|"
    r"\bdiferencias? (?:hay |hubo )?entre\b|\bcompara(?:r|me)?\b|\bque hay de nuevo\b"
)
_OF_VERSIONS = re.compile(r"\bversion(?:es)?\b")
_TWO = re.compile(
    r"\bversion(?:es)? (?P<one>\d{1,3}(?:\.\d+)?) (?:y|a|con|contra|o)(?: con)? "
    r"(?:la |de la )?(?:version )?(?P<two>\d{1,3}(?:\.\d+)?)\b"
)
_SAID = re.compile(r"\b(?:que )?(?:decia|dice|dijo|establecia|mencionaba|senalaba)\b")


@dataclass(frozen=True)
class OlderAsked:
    """What an earlier version said is asked."""

    question: str
    """What is asked of it; "" where only the version is named."""
    version: str
    """As named, or "" for the one before that in force."""


@dataclass(frozen=True)
class ChangesAsked:
    """What changed from one version to another is asked; "" for the one before that in force, and
    for that in force."""

    before: str = ""
    after: str = ""


def asked_of_versions(question: str) -> OlderAsked | ChangesAsked | None:
    """What a cleaned question asks of the versions of a manual; None where it asks nothing of them.
    Whether there are such versions is not known here."""
    folded = fold(question)
    if len(folded) != len(question) or not _OF_VERSIONS.search(folded):
        return None
    if _CHANGED.search(folded):
        two = _TWO.search(folded)
        if two:
            return ChangesAsked(two["one"], two["two"])
        one = _OLDER.search(folded)
        return ChangesAsked(after=(one["version"] or "") if one else "")
    older = _OLDER.search(folded)
    if older is None:
        return None
    left = f"{question[: older.start()]} {question[older.end() :]}"
    left = " ".join(left.split()).replace(" ?", "?").strip(" ,")
    rest = _SAID.sub(" ", fold(left))
    bare = not [w for w in words(rest) if len(w) > 2 and w not in {"que", "decia", "manual", "del"}]
    return OlderAsked("" if bare else left, older["version"] or "")


def older(code: str, asked: OlderAsked, editions: Sequence[Edition]) -> Edition | None:
    """The version that is asked of; None where the manual has but one, and the question may mean
    what that one prints of versions. Raises UnknownVersionError, AmbiguousVersionError."""
    if len(editions) < 2:
        return None
    return meant(code, asked.version, editions) if asked.version else editions[1]


def compared(
    code: str, asked: ChangesAsked, editions: Sequence[Edition]
) -> tuple[Edition, Edition] | None:
    """The versions to compare, the earlier first; None where there is nothing to compare, or not
    both are kept: what the manual itself prints of its changes may then be meant."""
    if len(editions) < 2:
        return None
    try:
        after = meant(code, asked.after, editions) if asked.after else editions[0]
        before = (
            meant(code, asked.before, editions)
            if asked.before
            else next(e for e in [*editions[1:], editions[0]] if e is not after)
        )
    except UnknownVersionError:
        return None
    return (before, after) if before is not after else None


def said_by_version(draft: Draft, edition: Edition) -> Draft:
    """An answer of a version that is not in force, which says so."""
    told = f"Así está en la versión {edition.record.edition_name}, que ya no es la vigente."
    return replace(draft.with_blocks(after=paragraphs(told)), suggestions=())


def which_of_version(edition: Edition) -> Draft:
    """Asks back what of a version is wanted."""
    name = edition.record.edition_name
    text = f"¿Qué quiere saber de la versión {name}? Pregunte, por ejemplo, por un puesto."
    version = edition.record.version
    readings = (
        f"¿Cuál era la misión en la versión {version}?",
        f"¿Qué cambió desde la versión {version}?",
    )
    return question_back(text, readings)


def changes_between(library: "Library", before: Edition, after: Edition) -> Draft:
    """The changes from one version to another, cited in the one in force."""
    old, new = library.opened(before.record), library.opened(after.record)
    comparison = compare(old.knowledge.manual, new.knowledge.manual)
    evidence = Evidence(new.knowledge.manual)
    cited: dict[Place, Inline] = {}
    for place in _cited(comparison) if after.in_force else ():
        section = evidence.manual.section(place.section)
        if section is not None and place.text:
            at = evidence.cite(section, place.text, place.page, place.function)
            cited[place] = quote(place.text, at)
    return evidence.draft(
        comparison_blocks(comparison, _MOST_TOLD, lambda p: cited.get(p) or in_quotes(p))
    )


def _cited(comparison: Comparison) -> list[Place]:
    """What the new version prints of the first changes."""
    return [c.after for c in comparison.changes[:_MOST_CITED] if c.after is not None]


class OneVersionError(AsistenteError):
    """There is nothing to compare with."""


def two_versions(
    code: str, before: str | None, after: str | None, editions: Sequence[Edition]
) -> tuple[Edition, Edition]:
    """The versions that are named, by default the one before that in force, and that in force.

    Raises UnknownVersionError, AmbiguousVersionError, OneVersionError.
    """
    last = meant(code, after, editions) if after else editions[0]
    if before:
        return meant(code, before, editions), last
    first = next((each for each in editions if each is not last), None)
    if first is None:
        raise OneVersionError(
            f"De {code} sólo está la versión {last.record.edition_name}; ingiera otra para "
            "compararlas."
        )
    return first, last
