"""What a question asks: the patterns of `lexicon/intents.toml`, tried in order.

A pattern says only *what* is asked; whether the question names a position that it can be asked
of is settled in `understand`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from assistant.lexicon import load
from assistant.understanding.types import Expected, Intent

FIRST_PERSON = re.compile(r"\b(?:mi|mis|me|soy|yo|entre|tengo|hago|hare|estoy)\b")
_THAT_UNIT = r"(?:puesto|area|persona|cargo|jefatura|coordinacion|direccion|unidad)"
REFERS_BACK = re.compile(
    rf"\b(?:su|sus|el|ella|ellos|ellas|le|les|lo|la|es[ae] {_THAT_UNIT}|est[ae] {_THAT_UNIT}|"
    r"dich[oa]|ahi|es[ae]|eso|est[eao])\b"
)
FOLLOWS = re.compile(r"^(?:y|e|o|pero|entonces|tambien|ahora|ok|ah)\b")

ORDINALS = {
    "primera": 1, "segunda": 2, "tercera": 3, "cuarta": 4, "quinta": 5, "sexta": 6,
    "septima": 7, "octava": 8, "novena": 9, "decima": 10, "ultima": -1,
    "uno": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7,
    "ocho": 8, "nueve": 9, "diez": 10,
}  # fmt: skip
"""Words for the number of a function; -1 is the last."""


@dataclass(frozen=True)
class IntentPattern:
    """A way of asking for something."""

    intent: Intent
    pattern: re.Pattern[str]
    field: str | None
    """The field of a sheet or the fact of the manual that is asked for."""


@cache
def _structural() -> tuple[IntentPattern, ...]:
    lexicon = load("intents")
    return tuple(
        IntentPattern(
            Intent(row["intent"]),
            compiled(row["patterns"], lexicon["wordings"]),
            row.get("field"),
        )
        for row in lexicon["structural"]
    )


@cache
def _expected() -> tuple[tuple[Expected, bool, re.Pattern[str]], ...]:
    lexicon = load("intents")
    return tuple(
        (
            Expected(row["kind"]),
            row.get("weak", False),
            compiled(row["patterns"], lexicon["wordings"]),
        )
        for row in lexicon["expected"]
    )


def compiled(patterns: list[str], wordings: dict[str, str]) -> re.Pattern[str]:
    """One pattern of several, with `{name}` replaced by the wordings of that name."""
    joined = "|".join(patterns)
    for name, wording in wordings.items():
        joined = joined.replace(f"{{{name}}}", wording)
    return re.compile(joined)


def structural_matches(folded: str) -> Iterator[tuple[IntentPattern, re.Match[str]]]:
    """All structural ways of asking that occur in a folded question, in order of precedence."""
    for row in _structural():
        if match := row.pattern.search(folded):
            yield row, match


def expected_of(folded: str) -> Expected:
    """What sort of thing would answer a topical question."""
    found = [(kind, weak) for kind, weak, pattern in _expected() if pattern.search(folded)]
    asks_who = any(kind is Expected.RESPONSIBLE for kind, _ in found)
    return next((k for k, weak in found if not (weak and asks_who)), Expected.STATEMENT)
