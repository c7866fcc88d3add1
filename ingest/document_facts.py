"""What a manual says of itself anywhere at its beginning: code, version, date, dependency."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from corpus.codes import BadCodeError, checked_code
from corpus.spanish import MONTHS
from ingest.cover import parse_date
from ingest.layouts.words import HeaderEntry, Words
from ingest.lines import Line
from ingest.text import fold, is_upper_case

_WRITTEN = re.compile(
    r"(?:(\d{1,2})\s+de\s+)?(" + "|".join(MONTHS) + r"|setiembre)\s+(?:del?\s+)?(\d{4})"
)
_VERSION = re.compile(r"\bv(?:ersion|er|\.)?\s*\.?\s*:?\s*(\d+(?:\.\d+)*)\b")
_VERSION_VALUE = re.compile(
    r"(?:v(?:er|ersion)?\.?\s*)?\d[\w./-]{0,10}|[ivx]+"
    r"|(?:primer|segund|tercer|cuart|quint|sext|septim|octav|noven|decim)\w*"
)
_CODE = re.compile(r"[A-Z0-9]+(?:[-_./][A-Z0-9]+)+|[A-Z]{2,}\d+[A-Z0-9]*", re.I)
_TITLE = re.compile(
    r"(?:manual|reglamento|estatuto|lineamientos)\b.*"
    r"\b(?:organizacion|funciones|interior|interno|organico|puestos|operacion)\b"
)
_OF_WHOM = re.compile(
    r"(?:manual|reglamento)\b.*?"
    r"\b(?:organizacion(?: y funciones)?|funciones|interior|interno|puestos)"
    r"\s*(?:de la|del|de los|de|[-–—:])\s+(.+)"
)
_INSTITUTION = re.compile(
    r"(?:h\.?\s+)?(?:secretaria|ayuntamiento|municipalidad|municipio|instituto|gobierno|direccion"
    r"|comision|universidad|fiscalia|tribunal|servicio|consejo|junta|sistema|organismo|empresa"
    r"|alcaldia|delegacion|oficialia|contraloria|tesoreria|ministerio|subsecretaria|coordinacion"
    r"|superintendencia|agencia|gobernacion|hospital|poder judicial|congreso|colegio|centro)\b.*"
)
_FRONT_LINES = 60
_LONGEST = 120


@dataclass(frozen=True)
class DocumentFacts:
    """What is told of the whole document; "" for what is not."""

    code: str = ""
    version: str = ""
    emission: str = ""
    dependency: str = ""


def find_facts(lines: Sequence[Line], running: Iterable[Line], words: Words) -> DocumentFacts:
    """The facts in running heads, and in the lines at the document's beginning."""
    heads = list(running)
    front = list(lines[:_FRONT_LINES])
    entries = _entries([*heads, *front], words)
    texts = [line.text for line in (*heads, *front)]
    version = entries.get(HeaderEntry.VERSION, "")
    if not version:
        found = (_VERSION.search(fold(text)) for text in texts)
        version = next((match[1] for match in found if match), "")
    emission = entries.get(HeaderEntry.EMISSION, "")
    if not emission:
        emission = next((text for text in texts if _WRITTEN.search(fold(text))), "")
        emission = emission if len(emission) <= _LONGEST else ""
    return DocumentFacts(
        code=entries.get(HeaderEntry.CODE, ""),
        version=version,
        emission=emission,
        dependency=_dependency(front, heads),
    )


def _entries(lines: Iterable[Line], words: Words) -> dict[HeaderEntry, str]:
    """The labelled facts, the first of each: beside their label, or below it in a table."""
    found: dict[HeaderEntry, str] = {}
    above: Sequence[HeaderEntry | None] = ()
    for line in lines:
        cells = line.filled
        if above and len(cells) == len(above):
            for entry, cell in zip(above, cells, strict=True):
                _note(found, entry, cell)
        labels = [_entry_of(cell, words) for cell in cells]
        above = labels if len(cells) > 1 and all(labels) else ()
        if above:
            continue
        for at, cell in enumerate(cells):
            label, colon, value = cell.partition(":")
            entry = _entry_of(label, words)
            if entry and colon and value.strip():
                _note(found, entry, value.strip())
            elif entry and at + 1 < len(cells):
                _note(found, entry, cells[at + 1])
    return found


def _note(found: dict[HeaderEntry, str], entry: HeaderEntry | None, value: str) -> None:
    if entry is None or entry in found:
        return
    if entry is HeaderEntry.CODE and not _CODE.fullmatch(value.strip()):
        return
    if entry is HeaderEntry.EMISSION and read_date(value) is None:
        return
    if entry is HeaderEntry.VERSION and not _VERSION_VALUE.fullmatch(fold(value)):
        return
    found[entry] = value


def _entry_of(text: str, words: Words) -> HeaderEntry | None:
    folded = fold(text).strip(" :.")
    return next((e for e, pattern in words.header.items() if pattern.fullmatch(folded)), None)


def _dependency(front: Sequence[Line], heads: Sequence[Line]) -> str:
    """Whose manual it is: by the manual's title, else the first institution on the cover."""
    first_page = [line for line in front if line.page == front[0].page] if front else []
    for line in (*first_page, *heads):
        match = _OF_WHOM.fullmatch(fold(line.text))
        if match and len(match[1]) > 3:
            return line.text[match.start(1) :].strip(' "«»¨.')
    cells = [cell for line in (*first_page, *heads) for cell in line.cells if " " in cell]
    for cell in cells:
        text = cell.strip(' "«».')
        if len(text) <= _LONGEST and _INSTITUTION.fullmatch(fold(text)) and text[-1] not in ":;":
            return text
    return ""


def read_date(printed: str) -> date | None:
    """The date of "31/03/2023", "19 de abril de 2026" or "abril 2026" (its first day)."""
    numeric = parse_date(printed)
    if numeric:
        return numeric
    match = _WRITTEN.search(fold(printed))
    if not match:
        return None
    month = "septiembre" if match[2] == "setiembre" else match[2]
    try:
        return date(int(match[3]), MONTHS.index(month) + 1, int(match[1] or 1))
    except ValueError:
        return None


def code_of_name(name: str) -> str:
    """A code made of a file's name, "" where it has no letter or digit that a code may have."""
    stem = name.rsplit(".", 1)[0]
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", fold(stem)).strip("-._")[:40].strip("-._")
    try:
        return checked_code(plain)
    except BadCodeError:
        return ""


def is_manual_title(text: str) -> bool:
    """True for a title such as "MANUAL DE ORGANIZACIÓN Y FUNCIONES"."""
    return _TITLE.match(fold(text)) is not None and (is_upper_case(text) or len(text) < _LONGEST)
