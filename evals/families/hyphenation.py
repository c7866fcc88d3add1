"""Where a Spanish word may be broken at a line's end. Few places, but right ones."""

import re

_BREAK = re.compile(r"(?<=[aeiouáéíóú])(?=[bcdfgjlmnpqrstvyz][aeiouáéíóú])")
_SHORTEST = 8


def breaks(word: str) -> list[int]:
    """The positions in a word at which it may be broken, left to right.

    Only between a vowel and a single consonant with its vowel ("coordi-na-ción"), with at least
    three letters before and after; none in short words and in those with other signs or capitals.
    """
    bare = word.rstrip(".,;:")
    if len(bare) < _SHORTEST or not bare.isalpha() or not bare[1:].islower():
        return []
    return [m.start() for m in _BREAK.finditer(bare) if 3 <= m.start() <= len(bare) - 3]
