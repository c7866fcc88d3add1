"""Different questions on one manual: some from the gold set, the others made from its text."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from random import Random

from corpus.model import Manual
from corpus.spanish import fold
from evals.gold import GoldQuestion

_SEED = 20
_LONGEST_TOPIC = 90
_TOPICAL_INTENTS = {"responsible"}
_STRUCTURAL_INTENTS = {
    "chain", "chapter", "compare", "count", "direct_reports", "field", "functions", "legal",
    "objective", "reports_to",
}  # fmt: skip
_TOPICAL_WORDINGS = (
    "¿Quién se encarga de {}?",
    "¿A quién acudo para {}?",
    "quien ve lo de {}",
    "¿Qué área puede {}?",
)
_STRUCTURAL_WORDINGS = (
    "¿Cuáles son las funciones de la {}?",
    "¿A quién le reporta la {}?",
    "quienes le reportan a la {}",
    "¿Cuál es el objetivo de la {}?",
    "¿Qué tipo de puesto es la {}?",
    "¿Cuál es la cadena de mando de la {}?",
    "cuantas funciones tiene la {}",
    "¿En qué página está la {}?",
)


class Sort(StrEnum):
    """By what a question is answered."""

    TOPICAL = "topical"
    """By passages, which are searched for."""
    STRUCTURAL = "structural"
    """By the typed sheets."""


@dataclass(frozen=True)
class Asked:
    """A question of the benchmark."""

    text: str
    sort: Sort


def benchmark_questions(manual: Manual, gold: Sequence[GoldQuestion], count: int) -> list[Asked]:
    """At most `count` different questions, half of each sort, shuffled; always the same ones."""
    topical = [*_of(gold, _TOPICAL_INTENTS), *_on_topics(manual)]
    structural = [*_of(gold, _STRUCTURAL_INTENTS), *_on_sheets(manual)]
    half = count // 2
    questions = [Asked(text, Sort.TOPICAL) for text in islice(_different(topical), count - half)]
    questions += [Asked(text, Sort.STRUCTURAL) for text in islice(_different(structural), half)]
    Random(_SEED).shuffle(questions)
    return questions


def _of(gold: Sequence[GoldQuestion], intents: set[str]) -> list[str]:
    return [each.question for each in gold if each.intent in intents and not each.history]


def _on_topics(manual: Manual) -> list[str]:
    """A question for every function, in chance order: what it begins with."""
    topics = [_topic(f.text) for position in manual.positions for f in position.functions]
    Random(_SEED).shuffle(topics)
    wordings = _TOPICAL_WORDINGS
    return [wordings[i % len(wordings)].format(topic) for i, topic in enumerate(topics)]


def _topic(function: str) -> str:
    """The beginning of a function: up to the first comma, and no longer than one would type."""
    start = fold(function[:1]) + function[1:].partition(",")[0]
    if len(start) <= _LONGEST_TOPIC:
        return start.rstrip(" .;:")
    return start[:_LONGEST_TOPIC].rpartition(" ")[0]


def _on_sheets(manual: Manual) -> list[str]:
    """Every wording on every sheet; neighbours differ in both."""
    titles = list(dict.fromkeys(position.title for position in manual.positions))
    wordings = _STRUCTURAL_WORDINGS
    return [
        wordings[(row + shift) % len(wordings)].format(title)
        for shift in range(len(wordings))
        for row, title in enumerate(titles)
    ]


def _different(texts: Iterable[str]) -> Iterator[str]:
    """The texts without those that differ from an earlier one in case or accents only."""
    seen = set()
    for text in texts:
        if (plain := fold(text)) not in seen:
            seen.add(plain)
            yield text
