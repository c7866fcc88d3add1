"""Numerals, and the markers of lists."""

from evals.families.choices import Marker, Numerals

_ROMAN = {100: "C", 90: "XC", 50: "L", 40: "XL", 10: "X", 9: "IX", 5: "V", 4: "IV", 1: "I"}
_ORDINALS = (
    "PRIMERO",
    "SEGUNDO",
    "TERCERO",
    "CUARTO",
    "QUINTO",
    "SEXTO",
    "SÉPTIMO",
    "OCTAVO",
    "NOVENO",
    "DÉCIMO",
    "DÉCIMO PRIMERO",
    "DÉCIMO SEGUNDO",
    "DÉCIMO TERCERO",
    "DÉCIMO CUARTO",
)


def roman(number: int) -> str:
    """A number in roman numerals."""
    digits = ""
    for value, sign in _ROMAN.items():
        digits += sign * (number // value)
        number %= value
    return digits


def letter(number: int) -> str:
    """1 is "a", 27 is "aa"."""
    before, last = divmod(number - 1, 26)
    return (letter(before) if before else "") + chr(97 + last)


def ordinal(number: int) -> str:
    """ "PRIMERO" for 1; beyond the names, the number in roman numerals."""
    return _ORDINALS[number - 1] if number <= len(_ORDINALS) else roman(number)


def marker(kind: Marker, number: int, bullet: str = "•") -> str:
    """What stands before the item of this number."""
    return {
        Marker.NUMBER: f"{number}.",
        Marker.NUMBER_PAREN: f"{number})",
        Marker.BULLET: bullet,
        Marker.DASH: "-",
        Marker.LETTER: f"{letter(number)})",
        Marker.ROMAN: f"{roman(number)}.",
    }[kind]


def chapter_number(kind: Numerals, number: int) -> str | None:
    """A chapter's numeral alone, as printed; None for unnumbered chapters."""
    if kind is Numerals.NONE:
        return None
    if kind in (Numerals.ARABIC, Numerals.CHAPTER_ARABIC):
        return str(number)
    if kind is Numerals.LETTER:
        return letter(number).upper()
    return ordinal(number) if kind is Numerals.CHAPTER_ORDINAL else roman(number)


def chapter_lead(kind: Numerals, number: int) -> str:
    """What is printed before a chapter's title, with the sign that ends it."""
    numeral = chapter_number(kind, number)
    if numeral is None:
        return ""
    if kind in (Numerals.CHAPTER_ROMAN, Numerals.CHAPTER_ARABIC, Numerals.CHAPTER_ORDINAL):
        return f"CAPÍTULO {numeral}."
    if kind is Numerals.CHAPTER_LINE:
        return f"CAPÍTULO {numeral}"
    return f"{numeral}{'.-' if kind is Numerals.ROMAN_DASH else '.'}"
