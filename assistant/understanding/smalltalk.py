"""Courtesies before a question, insults, attempts at the rules; lists in `smalltalk.toml`."""

import itertools
import re
from functools import cache

from assistant.lexicon import load


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile("|".join(load("smalltalk")[name]["patterns"]))


def personal(folded: str) -> bool:
    """Whether a folded question is about somebody's private life."""
    return _pattern("personal_data").search(folded) is not None


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
