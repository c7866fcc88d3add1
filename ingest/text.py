"""Spanish text as the manuals print it: white space, marks, case, accents, numerals."""

import re
import unicodedata
from functools import lru_cache

_PARAGRAPH_BREAK = re.compile(r"</p>\s*<p>", re.I)
_TAG = re.compile(r"</?(?:p|br|b|i|u|strong|em|span|div)\b[^<>]*>", re.I)
_TRAILING_STARS = re.compile(r"\s*\*+\s*$")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_ROMAN_STEPS = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"),
                (4, "IV"), (1, "I"))  # fmt: skip
_LETTERS = 26
_SMALL_WORDS = frozenset(
    ["a", "al", "con", "de", "del", "e", "el", "en", "la", "las", "lo", "los", "o", "para", "por",
     "que", "su", "sus", "u", "un", "una", "y"]
)  # fmt: skip
_SENTENCE_END = re.compile(r"[.:;!?…][\"'»”)\]]*$")


def collapse(text: str) -> str:
    """The text with every run of white space as one space, and none around it."""
    return " ".join(text.split())


def strip_marks(text: str) -> str:
    """The text without the marks of the source: `<p>`, `</p>`, `**`, a stray last `*`.

    Tabs stay: they separate the cells of a row.
    """
    if "<" in text:
        text = _TAG.sub(" ", text)
    if "*" in text:
        text = _TRAILING_STARS.sub("", text.replace("**", ""))
    return text


def split_paragraphs(text: str) -> list[str]:
    """The paragraphs that the source marks in one line: "<p>One</p> <p>Two</p>"."""
    return [collapse(strip_marks(part)) for part in _PARAGRAPH_BREAK.split(text)]


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower case without accents, to compare by. Keeps the length of NFC text."""
    return "".join(_fold_character(c) for c in text)


def _fold_character(character: str) -> str:
    base = unicodedata.normalize("NFD", character)[0].lower()
    return base if len(base) == 1 else character


def is_upper_case(text: str) -> bool:
    """True for text that has letters, all of them capitals."""
    return text.upper() == text and text.lower() != text


def ends_sentence(text: str) -> bool:
    """True where the text ends in a mark that closes a sentence or opens a list."""
    return _SENTENCE_END.search(text.rstrip()) is not None


def is_cut_short(text: str) -> bool:
    """True where the text can't end as it does: in a comma, a preposition, an article."""
    return text.endswith(",") or text.rsplit(" ", 1)[-1] in _SMALL_WORDS


def starts_lower(text: str) -> bool:
    """True where the first character is a small letter."""
    return text[:1].islower()


def roman_value(numeral: str) -> int | None:
    """The number of a well-formed roman numeral up to 399 (in capitals), else None."""
    if not numeral or any(c not in _ROMAN_VALUES for c in numeral):
        return None
    values = [_ROMAN_VALUES[c] for c in numeral]
    following = [*values[1:], 0]
    total = sum(-v if v < after else v for v, after in zip(values, following, strict=True))
    return total if to_roman(total) == numeral else None


def to_roman(number: int) -> str:
    """The roman numeral of a positive number."""
    numeral = ""
    for value, symbol in _ROMAN_STEPS:
        count, number = divmod(number, value)
        numeral += symbol * count
    return numeral


def to_letters(number: int) -> str:
    """The letters of a positive number, as lists count on after "Z": "AA", "BB"."""
    times, at = divmod(number - 1, _LETTERS)
    return chr(ord("A") + at) * min(times + 1, _LETTERS)


def to_title_case(text: str) -> str:
    """Upper-case text in reading case: capitals but for the small Spanish words."""
    words = collapse(text).lower().split(" ")
    return " ".join(
        word if at and word in _SMALL_WORDS else word[:1].upper() + word[1:]
        for at, word in enumerate(words)
    )
