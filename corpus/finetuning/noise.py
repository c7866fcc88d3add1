"""How people type: without accents and marks, in one case, with slips of the finger."""

import random
import re
import unicodedata

_MARKS = re.compile(r"[¿?¡!.,;:\"“”«»]")
_WORD = re.compile(r"\w{4,}")
_PLAIN, _SMALL, _SPOKEN, _CAPITALS = 0.55, 0.15, 0.2, 0.02
"""Shares of texts left as they are, put in small letters, without accents and marks, in capitals;
the rest lose their accents only."""
_SLIPS = 0.15
"""Share of texts with one slip or two."""


def as_typed(text: str, rng: random.Random) -> str:
    """The text as somebody may type it; often as it is."""
    text = _styled(text, rng.random())
    if rng.random() < _SLIPS:
        for _ in range(rng.choice((1, 1, 2))):
            text = _slip(text, rng)
    return text


def without_accents(text: str) -> str:
    """Letters without their accents; ñ stays, which has a key of its own."""
    kept = text.replace("ñ", "\0").replace("Ñ", "\1")
    plain = "".join(c for c in unicodedata.normalize("NFD", kept) if not unicodedata.combining(c))
    return plain.replace("\0", "ñ").replace("\1", "Ñ")


def _styled(text: str, dice: float) -> str:
    if dice < _PLAIN:
        return text
    if dice < _PLAIN + _SMALL:
        return text.lower()
    if dice < _PLAIN + _SMALL + _SPOKEN:
        return _MARKS.sub("", without_accents(text.lower()))
    if dice < _PLAIN + _SMALL + _SPOKEN + _CAPITALS:
        return text.upper()
    return without_accents(text)


def _slip(text: str, rng: random.Random) -> str:
    """One slip in one of the longer words: a letter lost, doubled, or swapped with the next."""
    words = list(_WORD.finditer(text))
    if not words:
        return text
    word = rng.choice(words)
    at = rng.randrange(word.start() + 1, word.end() - 1)
    before, letter, following, rest = text[:at], text[at], text[at + 1], text[at + 2 :]
    return before + rng.choice((following, letter * 2 + following, following + letter)) + rest
