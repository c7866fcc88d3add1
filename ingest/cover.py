"""What the cover and the page headers say of the whole manual."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ingest.lines import Line, WarningLog
from ingest.text import fold, is_upper_case, to_title_case

_LOGO = re.compile(r"(?:gobierno|ayuntamiento|municipio)(?: municipal)?(?: de)?\s*[—–-]\s*(.+)")
_NAME_WORD = r"(?:[A-ZÁÉÍÓÚÑ][\wáéíóúüñ]+|del?|l[ao]s?|el|y)"
_CITY = re.compile(
    rf"(?:Ayuntamiento|Municipio|Gobierno Municipal) de ({_NAME_WORD}(?: {_NAME_WORD})*)"
)
_SMALL_ENDING = re.compile(r"(?: (?:del?|l[ao]s?|el|y))+$")
_LOGO_LINES = 8
_TITLE = re.compile(r"manual de organizacion\b.*")
_TERM = re.compile(r"administracion \d{4}.*")
_DATE = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4}|\d{2})")


@dataclass(frozen=True)
class Cover:
    """What the cover says, as far as it says it."""

    municipality: str | None = None
    dependency: str | None = None


def read_cover(lines: Sequence[Line], dependency: str, log: WarningLog) -> Cover:
    """Reads the lines before the first heading of the manual.

    `dependency` is its name in the page headers, "" where they have none: then the first block
    of the cover that is nothing else is it. Warns of lines that are neither logo, title,
    dependency nor term of office.
    """
    municipality, rest = _take_logo(lines)
    name: list[str] = []
    for line in rest:
        folded = fold(line.text)
        if _is_title(line) or _TERM.fullmatch(folded):
            continue
        if folded in fold(dependency) or (not dependency and not (name and line.stands_off)):
            name.append(line.text)
        else:
            log.add("Esta línea no tiene lugar en el manual: está antes del índice.", line)
    return Cover(municipality, " ".join(name) or None)


def _take_logo(lines: Sequence[Line]) -> tuple[str | None, list[Line]]:
    """The city in the logo ("Gobierno / de / — / City"), and the lines that are not the logo."""
    for start, line in enumerate(lines):
        if not fold(line.text).startswith(("gobierno", "ayuntamiento", "municipio")):
            continue
        for end in range(start + 1, min(len(lines), start + _LOGO_LINES) + 1):
            text = " ".join(line.text for line in lines[start:end])
            match = _LOGO.fullmatch(fold(text))
            after = lines[end] if end < len(lines) else None
            if match and (after is None or after.stands_off or _is_title(after)):
                return text[match.start(1) :], [*lines[:start], *lines[end:]]
    return None, list(lines)


def _is_title(line: Line) -> bool:
    return _TITLE.fullmatch(fold(line.text)) is not None


def find_municipality(texts: Iterable[str]) -> str | None:
    """The municipality that the text speaks of most, for a manual whose cover names none."""
    names = Counter(
        _SMALL_ENDING.sub("", match[1]) for text in texts for match in _CITY.finditer(text)
    )
    return names.most_common(1)[0][0] if names else None


def reading_case(name: str, texts: Iterable[str]) -> str:
    """A name in capitals as it is printed elsewhere in small letters.

    Where the accents differ too ("Secretaria" is a person), the wording with the same accents
    goes first; where there is none at all, small Spanish words are put in small letters.
    """
    if not is_upper_case(name):
        return name
    words = r"\s+".join(re.escape(word) for word in fold(name).split())
    pattern = re.compile(rf"(?<!\w){words}(?!\w)")
    found: Counter[str] = Counter()
    for text in texts:
        for match in pattern.finditer(fold(text)):
            printed = " ".join(text[match.start() : match.end()].split())
            if not is_upper_case(printed) and printed[:1].isupper():
                found[printed] += 1
    if not found:
        return to_title_case(name)
    return max(found, key=lambda wording: (wording.upper() == name.upper(), found[wording]))


def parse_date(printed: str) -> date | None:
    """The date of "31/03/23" or "31/03/2023", day first; None where it is none."""
    match = _DATE.search(printed)
    if not match:
        return None
    day, month, year = (int(part) for part in match.groups())
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None
