"""The signs before headings and list items: "IV.", "2.1", "a)", "•", "20700001L", "CAPÍTULO II"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from ingest.text import fold, roman_value

_ORDINALS = (
    "primer", "segund", "tercer", "cuart", "quint", "sext", "septim", "octav", "noven", "decim",
    "decimo primer", "decimo segund", "decimo tercer", "decimo cuart", "decimo quint",
    "decimo sext", "decimo septim", "decimo octav", "decimo noven", "vigesim",
    "vigesimo primer", "vigesimo segund", "vigesimo tercer", "vigesimo cuart", "vigesimo quint",
)  # fmt: skip
_ORDINAL_VALUES = {
    ordinal.replace(" ", gap) + ending: at
    for at, ordinal in enumerate(_ORDINALS, start=1)
    for gap in ("", " ")
    for ending in ("", "o", "a")
} | {"unico": 1, "unica": 1, "undecimo": 11, "duodecimo": 12, "preliminar": 0}
_AFTER = r"\s?(?:(?:\.{1,2}|\))\s?[-–—]?|\.?[-–—]|[°º]\.?[-–—]?|\))\s*"
_BULLET = re.compile(
    r"([•·●▪◦○■□➢➤►✓✔❖◆♦∙\uf0b7\uf0a7\uf0d8\uf0fc\uf076]|\*(?=\s)|o(?=\s+[A-ZÁÉÍÓÚÑ]))\s*(.*)"
)
_DASH = re.compile(r"([-–—])\s*([^\s\d-].*)")
_DECIMAL = re.compile(r"(\d{1,3}(?:\.\d{1,3})+)\.?(?:\s?[-–)]|)\s*(\D.*)")
_ARABIC = re.compile(rf"(\d{{1,3}})(?:{_AFTER}|\s+(?=[A-ZÁÉÍÓÚÑ¿«\"“]))([^\d.].*)")
_NUMBER_CELL = re.compile(r"(\d{1,3})\s?[.)°º]?\s?[-–]?")
_ROMAN = re.compile(rf"([IVXLC]+)(?:{_AFTER}|\s+(?=[A-ZÁÉÍÓÚÑ]))(\S.*)")
_SMALL_ROMAN = re.compile(r"\(?([ivxlc]+)(?:[.)]\s?[-–—]?|\.?[-–—])\s*(\S.*)")
_LETTER = re.compile(r"\(?([A-ZÑ])(?:[.)]\s?[-–—]?|\.?[-–—])\s+(\S.*)")
_SMALL_LETTER = re.compile(
    r"\(?([a-zñ]{1,2})(?:\)\s?[.\-–—]?|\.\s?[-–—]?(?=\s)|[-–—](?=\s))\s*(\S.*)"
)
_CODE = re.compile(
    r"([A-Z]{0,4}[- ]?\d[\dA-Z]{4,}[A-Z]?|\d{1,4}(?:[ ./-]\d{2,}){1,6}(?:\s?[A-Z]\b)?|\d{3,}[A-Z]?"
    r"|[A-Z]{1,4}\d?(?:[-.]\d{1,4}){1,5})\.?\s*[-–:]?\s+([A-ZÁÉÍÓÚÑ][^\W\d_].*)"
)
_ORDINAL = "|".join(sorted(_ORDINAL_VALUES, key=len, reverse=True))
_WORD = re.compile(
    r"(titulo|capitulo|seccion|apartado|parte|libro|articulo|art|subseccion|anexo)\.?\s+"
    r"(?:(\d{1,3})(?:[oaºª]|er|ro|ero)?(?!\w)|([ivxlc]+)\b|(" + _ORDINAL + r")\b|([a-z])\b)"
    r"\s?[.°º)]*\s?[-–—:.]*\s*(.*)"
)


class Sign(StrEnum):
    """The kinds of signs."""

    ROMAN = "roman"
    SMALL_ROMAN = "small roman"
    ARABIC = "arabic"
    DECIMAL = "decimal"
    LETTER = "letter"
    SMALL_LETTER = "small letter"
    BULLET = "bullet"
    DASH = "dash"
    CODE = "code"
    TITLE = "título"
    CHAPTER = "capítulo"
    SECTION = "sección"
    ARTICLE = "artículo"
    OTHER_WORD = "apartado"


UNORDERED = (Sign.BULLET, Sign.DASH)
WORDED = (Sign.TITLE, Sign.CHAPTER, Sign.SECTION, Sign.ARTICLE, Sign.OTHER_WORD)
CODES_AND_WORDS = (Sign.CODE, Sign.DECIMAL, *WORDED)
"""Signs that head parts of a document, and never items of a list."""
_WORD_SIGNS = {
    "titulo": Sign.TITLE, "capitulo": Sign.CHAPTER, "seccion": Sign.SECTION,
    "articulo": Sign.ARTICLE, "art": Sign.ARTICLE,
}  # fmt: skip


@dataclass(frozen=True)
class Mark:
    """A sign, its place in its series, and the text after it."""

    sign: Sign
    value: int
    """1 for "1", "I", "a", "PRIMERO"; 0 where the sign has no order."""
    printed: str
    """The sign without what parts it from the text: "IV", "2.1", "CAPÍTULO II"."""
    text: str

    @property
    def address(self) -> str:
        """The number to cite by: "II" of "CAPÍTULO II", "SEGUNDO" of "TÍTULO SEGUNDO"."""
        return self.printed.split(" ", 1)[-1] if self.sign in WORDED else self.printed


def read_marks(text: str) -> tuple[Mark, ...]:
    """The readings of a line's beginning as a sign: "I. OBJETIVO" may be a roman 1 or a letter."""
    if not text:
        return ()
    first = text[0]
    if first.isdigit():
        return _numbered(text)
    worded = _worded(text)
    if worded:
        return (worded,)
    bullet = _BULLET.fullmatch(text)
    if bullet:
        return (Mark(Sign.BULLET, 0, bullet[1], bullet[2]),)
    dash = _DASH.fullmatch(text)
    if dash:
        return (Mark(Sign.DASH, 0, dash[1], dash[2]),)
    return _lettered(text)


def marks_of_row(cells: Sequence[str]) -> tuple[Mark, ...]:
    """The sign that a row begins with: a number may have a cell of its own."""
    filled = [cell for cell in cells if cell]
    number = _NUMBER_CELL.fullmatch(filled[0]) if len(filled) > 1 else None
    if number:
        return (Mark(Sign.ARABIC, int(number[1]), number[1], " ".join(filled[1:])),)
    return read_marks(" ".join(filled))


def _numbered(text: str) -> tuple[Mark, ...]:
    found: list[Mark] = []
    decimal = _DECIMAL.fullmatch(text)
    if decimal:
        found.append(Mark(Sign.DECIMAL, int(decimal[1].rsplit(".", 1)[1]), decimal[1], decimal[2]))
    arabic = None if decimal else _ARABIC.fullmatch(text)
    if arabic:
        found.append(Mark(Sign.ARABIC, int(arabic[1]), arabic[1], arabic[2].strip()))
    code = _CODE.fullmatch(text)
    if code and not found:
        found.append(Mark(Sign.CODE, 0, code[1], code[2]))
    return tuple(found)


def _lettered(text: str) -> tuple[Mark, ...]:
    found: list[Mark] = []
    roman = _ROMAN.fullmatch(text)
    value = roman_value(roman[1]) if roman else None
    if roman and value:
        found.append(Mark(Sign.ROMAN, value, roman[1], roman[2]))
    small = _SMALL_ROMAN.fullmatch(text)
    value = roman_value(small[1].upper()) if small else None
    if small and value:
        found.append(Mark(Sign.SMALL_ROMAN, value, small[1], small[2]))
    double = (
        text[1:2].isalpha() and text[:2] not in ("aa",) and fold(text[0]) not in ("a", "b", "c")
    )
    for pattern, sign in ((_LETTER, Sign.LETTER), (_SMALL_LETTER, Sign.SMALL_LETTER)):
        letter = pattern.fullmatch(text)
        if letter and not (double and len(letter[1]) > 1):
            found.append(Mark(sign, _letter_value(letter[1]), letter[1], letter[2]))
    code = _CODE.fullmatch(text)
    if code and not found:
        found.append(Mark(Sign.CODE, 0, code[1], code[2]))
    return tuple(found)


def _letter_value(letters: str) -> int:
    """1 for "a", 27 for "aa", 28 for "ab" or "bb"."""
    return ord(fold(letters[-1])) - ord("a") + 1 + 26 * (len(letters) - 1)


def _worded(text: str) -> Mark | None:
    folded = fold(text)
    match = _WORD.fullmatch(folded)
    if not match:
        return None
    value = _value(match)
    if value is None:
        return None
    end = next(match.end(group) for group in (2, 3, 4, 5) if match[group])
    sign = _WORD_SIGNS.get(match[1], Sign.OTHER_WORD)
    return Mark(sign, value, " ".join(text[:end].split()), text[match.start(6) :].strip())


def _value(match: re.Match[str]) -> int | None:
    if match[2]:
        return int(match[2])
    if match[3] and (roman := roman_value(match[3].upper())):
        return roman
    word = match[4] or match[3] or match[5]
    if word and len(word) == 1:
        return ord(word) - ord("a") + 1
    return _ORDINAL_VALUES.get(word or "")
