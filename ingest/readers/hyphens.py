"""Words that a line's end broke: joined again where the hyphen is the typesetter's.

The text that is kept, searched and quoted holds the word as it is spelled ("edificios"), not as
the line's end left it ("edi-ficios"); a hyphen that belongs to the word ("Centro-Norte",
"técnico-administrativo") stays. What is quoted is always verbatim of the kept text.
"""

import re
from collections.abc import Iterable

from ingest.text import fold

JOINT = "\ue000"
"""Stands where a line ended in a hyphen and the next one goes on; no font prints it."""
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BROKEN = re.compile(rf"([^\W\d_]+){JOINT}([^\W\d_]+)")
_AND = ("y", "e", "o", "u", "ni")
"""After a word that is only begun: "pre- y posgrado"."""
_LINKING = "aeio"
"""How the first part of a compound ends: "técnico-administrativo", "socio-cultural"."""


def mend_hyphens(text: str) -> str:
    """The text with every `JOINT` replaced: by nothing, or by the hyphen that was printed."""
    if JOINT not in text:
        return text
    known = _Words(text)
    text = _BROKEN.sub(lambda match: known.whole(match[1], match[2]), text)
    return text.replace(JOINT, "-")


class _Words:
    """The words of a document, to tell what a broken one is."""

    def __init__(self, text: str) -> None:
        whole = _BROKEN.sub(" ", text)
        self._words = {fold(word) for word in _WORD.findall(whole)}

    def whole(self, first: str, rest: str) -> str:
        """The word that the two parts make, with or without the hyphen."""
        if fold(rest) in _AND:
            return f"{first}- {rest}"
        compound = f"{first}-{rest}"
        plain = first + rest
        if fold(plain) in self._words and fold(compound) not in self._words:
            return plain
        if fold(compound) in self._words:
            return compound
        if rest[0].isupper() and not (first.isupper() and len(first) > 1):
            return compound
        return compound if self._is_compound(first, rest) else plain

    def _is_compound(self, first: str, rest: str) -> bool:
        """Two words of the document, the first of which can be linked to another."""
        return (
            len(first) > 3
            and len(rest) > 3
            and fold(first)[-1] in _LINKING
            and self._has_form(first)
            and self._has_form(rest)
        )

    def _has_form(self, word: str) -> bool:
        folded = fold(word)
        return bool(self._words & set(_forms(folded)))


def _forms(word: str) -> Iterable[str]:
    """The word in the other gender and number."""
    stem = word[:-1] if word[-1] in "aeos" else word
    stem = stem[:-1] if word.endswith(("as", "es", "os")) else stem
    return (word, *(stem + end for end in ("", "a", "e", "o", "as", "es", "os")))
