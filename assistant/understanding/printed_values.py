"""Which value of a field of the sheets a question says: a type of post, its worth, a year."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.structure.tokens import Token
from corpus.model import Manual
from corpus.spanish import STOPWORDS, stem, words

_TYPES = re.compile(
    r"confianza|carrera|temporal(?:es)?|libre|base|sindicalizad\w+|eventual(?:es)?|honorarios|"
    r"interin\w+|asimilad\w+"
)
"""Types of post that there are, whether or not the manual has them."""
_VALUE = re.compile(r"\b((?:muy )?(?:alto|bajo)|medio)\b")
_DATE = re.compile(r"\b(?:\d{1,2}[/-]\d{1,2}[/-])?((?:19|20)\d\d)\b")
_DATED = re.compile(r"\b(?:fech|del? (?:ano )?(?:19|20)\d\d|emitid|elaborad|actualizad)")
_OF_ANY_TYPE = frozenset(["puesto", "puestos", "tipo", "clave", "designacion", "servicio"])


@dataclass(frozen=True)
class Said:
    """A value that a question says of a field of the sheets."""

    field: str
    wanted: str
    """The value, folded: a word of it for a type, all of it for a value, the year of a date."""


class PrintedValues:
    """The values that one manual's sheets print."""

    def __init__(self, manual: Manual) -> None:
        printed = {position.type.text for position in manual.positions if position.type}
        self._types = {
            stem(word)
            for text in printed
            for word in words(text)
            if word not in STOPWORDS and word not in _OF_ANY_TYPE
        }

    def said(self, tokens: Sequence[Token], field: str | None = None) -> Said | None:
        """The value that the words say, of a field where one is given; None if they say none."""
        folded = " ".join(t.word for t in tokens)
        if field in (None, "type"):
            found = next(
                (t.word for t in tokens if _TYPES.fullmatch(t.word) or t.stem in self._types), None
            )
            if found is not None:
                return Said("type", found)
        if field == "value" or (field is None and re.search(r"\bvalor\b", folded)):
            value = _VALUE.search(folded)
            if value is not None:
                return Said("value", value[1])
        if field == "date" or (field is None and _DATED.search(folded)):
            year = _DATE.search(folded)
            if year is not None:
                return Said("date", year[1])
        return None


def is_value(wanted: str, printed: str, field: str) -> bool:
    """Whether what a sheet prints in a field is the value that was said."""
    if field == "value":
        return " ".join(words(printed)) == wanted
    return any(stem(word).startswith(stem(wanted)) for word in words(printed))
