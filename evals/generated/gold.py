"""A gold line, and the page and fact helpers to write one."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

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
        order = [
            "question",
            "history",
            "persona",
            "style",
            "intent",
            "expect",
            "sections_any",
            "sections_all",
            "pages",
            "facts",
            "forbidden",
            "note",
        ]
        kept = {k: plain[k] for k in order if plain[k] or k != "history"}
        return {"id": identifier, **kept}


def each(texts: Iterable[str]) -> list[list[str]]:
    """Facts that must all be said, none with alternatives."""
    return [[text] for text in texts]


def sorted_pages(pages: Iterable[int]) -> list[int]:
    """Pages without repeats, in order."""
    return sorted(set(pages))


def distinct(texts: Sequence[str]) -> list[str]:
    """Texts without repeats, in order."""
    return list(dict.fromkeys(texts))
