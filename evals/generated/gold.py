"""A gold line, who writes them, and the page and fact helpers to write one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from random import Random
from typing import Any

from evals.generated.truth import Truth
from evals.generated.wording import ask

_INTENTS = {
    "topical": "responsible",
    "comparison": "compare",
    "ambiguous_title": "ambiguous",
    "change": "document",
    "code": "document",
    "emission": "document",
    "greeting": "smalltalk",
    **dict.fromkeys(["value", "type", "date", "area", "functional_title"], "field"),
    **dict.fromkeys(["function_count", "position_count", "level_count"], "count"),
    **dict.fromkeys(["mission", "vision", "dependency_objective"], "chapter"),
    **dict.fromkeys(["background", "guidelines", "scope"], "chapter"),
    **dict.fromkeys(["legal_level", "legal_item"], "legal"),
    **dict.fromkeys(["officer", "role"], "officers"),
    **dict.fromkeys(["missing_attribute", "foreign_unit", "foreign_topic"], "out_of_scope"),
    **dict.fromkeys(["ghost_unit", "off_topic"], "out_of_scope"),
}
"""The intents that gold files report, for templates that bear a finer name."""
_ORDER = (
    "question", "history", "persona", "style", "intent", "expect", "sections_any",
    "sections_all", "pages", "facts", "forbidden", "note",
)  # fmt: skip


@dataclass
class Gold:
    """A question with what a right answer must cite and say."""

    question: str
    persona: str
    intent: str
    expect: str = "answer"
    style: str = "plain"
    history: list[str] = field(default_factory=list)
    sections_any: list[str] = field(default_factory=list)
    """At least one of these must be cited; for "clarify", the readings to choose from."""
    sections_all: list[str] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)
    facts: list[list[str]] = field(default_factory=list)
    """Each inner list is alternatives, compared without case and accents."""
    forbidden: list[str] = field(default_factory=list)
    note: str = ""

    def as_dict(self, identifier: str) -> dict[str, Any]:
        """The line as it is written to a gold file."""
        plain = asdict(self) | {"intent": _INTENTS.get(self.intent, self.intent)}
        kept = {k: plain[k] for k in _ORDER if plain[k] or k != "history"}
        return {"id": identifier, **kept}


class Asker:
    """Writes gold lines on one manual, some `per_intent` of each intent."""

    def __init__(self, truth: Truth, rng: Random, per_intent: int) -> None:
        self._truth = truth
        self._rng = rng
        self._per_intent = per_intent

    def _asked(
        self,
        intent: str,
        expect: str = "answer",
        words: Mapping[str, str] | None = None,
        **known: Any,
    ) -> Gold:
        """A question of an intent in a wording of chance; `words` fill it, and `known` is what the
        right answer cites and says."""
        question, persona = ask(intent, self._rng, **(words or {}))
        return Gold(question, persona, intent, expect, **known)


def each(texts: Iterable[str]) -> list[list[str]]:
    """Facts that must all be said, none with alternatives."""
    return [[text] for text in texts]


def sorted_pages(pages: Iterable[int]) -> list[int]:
    """Pages without repeats, in order."""
    return sorted(set(pages))


def distinct(texts: Sequence[str]) -> list[str]:
    """Texts without repeats, in order."""
    return list(dict.fromkeys(texts))
