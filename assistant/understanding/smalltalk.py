"""Turns that need no evidence: courtesies, the assistant itself, insults, attempts at its rules.

The wordings stand in `lexicon/smalltalk.toml`.
"""

import itertools
import re
from functools import cache

from assistant.lexicon import load
from assistant.understanding.intents import compiled
from assistant.understanding.types import Intent


@cache
def _turns() -> tuple[tuple[Intent, bool, re.Pattern[str]], ...]:
    rows = load("smalltalk")["turn"]
    return tuple(
        (Intent(row["intent"]), row["match"] == "whole", compiled(row["patterns"], {}))
        for row in rows
    )


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return compiled(load("smalltalk")[name]["patterns"], {})


def smalltalk(folded: str) -> Intent | None:
    """The courtesy or the like that a whole folded question is; None if it asks for something."""
    text = folded.strip(" ¿?¡!.,")
    for intent, whole, pattern in _turns():
        if pattern.fullmatch(text) if whole else pattern.search(text):
            return intent
    return None


def insults(folded: str) -> bool:
    """Whether a folded question insults."""
    return _pattern("insult").search(folded) is not None


def without_greeting(question: str, folded: str) -> str:
    """The question without the courtesies that it opens with."""
    skipped = len(folded) - len(folded.lstrip("¿¡ "))
    match = _pattern("opening").match(folded[skipped:])
    if match is None:
        return question
    rest = question[skipped + match.end() :].lstrip(" ,.;:!")
    return rest or question


def split_injection(question: str, folded: str) -> tuple[str, bool]:
    """The question without the clauses that try to change the assistant's rules, and whether
    there were any."""
    injection = _pattern("injection")
    if not injection.search(folded):
        return question, False
    cuts = [0, *(m.end() for m in _pattern("sentence_end").finditer(folded)), len(folded)]
    clauses = [(a, b) for a, b in itertools.pairwise(cuts) if folded[a:b].strip()]
    kept = [question[a:b].strip() for a, b in clauses if not injection.search(folded[a:b])]
    return " ".join(kept), True
