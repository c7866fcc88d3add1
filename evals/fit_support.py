"""Puts claims to the verification, and fits its thresholds: `python -m evals.fit_support`.

Prints how many claims that follow from their passages pass, how many others are stopped, and the
best values for `assistant/writing/support.py` on the dev set.
"""

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from assistant.answering.knowledge import Knowledge
from assistant.retrieval.thesaurus import Thesaurus, default_thesaurus
from assistant.running.settings import load_settings
from assistant.writing.claims import Claim
from assistant.writing.grounding import Fault, faults
from assistant.writing.judge import Judge, Verdict, embedding_similarity
from assistant.writing.passages import Passage
from assistant.writing.reply import Sentence
from assistant.writing.support import ENOUGH, Similarity, Support, SupportModel, support_of
from evals.claims import ClaimSet, GoldClaim, claim_sets
from evals.gold import GOLD_FOLDER
from evals.gold_sets import Split
from evals.workbench import served_embeddings

_LEAST_STOPPED = 0.95
_COVERAGES = np.round(np.arange(0.0, 0.85, 0.05), 2)
_WEIGHTS = (1.0, 2.0, 3.0, 4.0)
_SUMS = 50
"""How many values of the least weighted sum are tried."""


class WeighingJudge(Judge):
    """The judge of one claim under many thresholds; what they don't change is measured once."""

    def __init__(self, knowledge: Knowledge, thesaurus: Thesaurus, similarity: Similarity) -> None:
        super().__init__(knowledge, thesaurus, similarity)
        self._enough = ENOUGH
        self._faults: dict[tuple[int, ...], Fault | None] = {}
        self._supports: dict[tuple[int, ...], Support] = {}

    def under(
        self, enough: SupportModel, sentence: Sentence, passages: Sequence[Passage]
    ) -> Verdict:
        """The verdict under some thresholds, always of the same sentence, as if it was the first
        of its answer."""
        self._enough = enough
        self._spoken_of = frozenset()
        return self.verdict(sentence, passages)

    def support(self, claim: Claim) -> Support:
        """What speaks for the claim where it rests on some passages."""
        key = _numbers(claim)
        if key not in self._supports:
            self._supports[key] = support_of(claim, self._thesaurus, self._similarity)
        return self._supports[key]

    def _fault(self, claim: Claim) -> Fault | None:
        key = _numbers(claim)
        if key not in self._faults:
            self._faults[key] = next(faults(claim), None)
        return self._faults[key] or (None if self._is_supported(claim) else Fault.SUPPORT)

    def _is_supported(self, claim: Claim) -> bool:
        return self._enough.is_enough(self.support(claim))


def _numbers(claim: Claim) -> tuple[int, ...]:
    return tuple(p.number for p in claim.passages)


@dataclass(frozen=True, eq=False)
class Judged:
    """A claim, and how the verification takes it."""

    gold: GoldClaim
    passages: tuple[Passage, ...]
    judge: WeighingJudge
    support: Support
    """By all its passages together."""

    def verdict(self, enough: SupportModel = ENOUGH) -> Verdict:
        """The verdict under some thresholds."""
        return self.judge.under(enough, self.gold.cites_all, self.passages)

    def is_right(self, enough: SupportModel = ENOUGH) -> bool:
        """Whether it passes if it may, and is stopped if it must be."""
        return (self.verdict(enough).fault is None) is self.gold.supported


@dataclass(frozen=True)
class Rates:
    """How well claims are told apart."""

    passed: float
    """Share of the supported ones that pass."""
    stopped: float
    """Share of the others that are stopped."""

    @property
    def balanced(self) -> float:
        """Balanced accuracy."""
        return (self.passed + self.stopped) / 2


def judged_claims(claims: ClaimSet, similarity: Similarity) -> Iterator[Judged]:
    """The claims of a set, ready to be judged. Raises ClaimsError."""
    thesaurus = default_thesaurus()
    for gold in claims.claims:
        passages = claims.passages(gold)
        judge = WeighingJudge(claims.knowledge, thesaurus, similarity)
        support = judge.support(Claim(gold.sentence, passages, claims.knowledge))
        yield Judged(gold, passages, judge, support)


def rates(judged: Sequence[Judged], enough: SupportModel = ENOUGH) -> Rates:
    """How well thresholds tell claims apart; 0 where there are none of a sort."""
    return _rates(_right(judged, enough), judged)


def _right(judged: Sequence[Judged], enough: SupportModel) -> Counter[bool]:
    """How many are taken rightly, of those that are supported and of the others."""
    return Counter(each.gold.supported for each in judged if each.is_right(enough))


def _rates(right: Counter[bool], judged: Sequence[Judged]) -> Rates:
    of_all = Counter(each.gold.supported for each in judged)
    return Rates(*(right[sort] / max(1, of_all[sort]) for sort in (True, False)))


def best_model(judged: Sequence[Judged]) -> tuple[SupportModel, Rates]:
    """The thresholds of greatest balanced accuracy among those that stop enough of what must be
    stopped, or among all where none does; of equally good ones, the one in their middle."""
    undecided = [each for each in judged if _depends_on_support(each)]
    anyway = _right([each for each in judged if each not in undecided], ENOUGH)
    rated = {model: _rates(anyway + _right(undecided, model), judged) for model in _grid(judged)}

    def worth(model: SupportModel) -> tuple[bool, float]:
        own = rated[model]
        return own.stopped >= _LEAST_STOPPED, round(own.balanced, 6)

    greatest = max(map(worth, rated))
    best = [model for model in rated if worth(model) == greatest]
    middle = best[len(best) // 2]
    return middle, rated[middle]


def _depends_on_support(judged: Judged) -> bool:
    """Whether it would pass if any support was enough, and be stopped if none was."""
    any_ = SupportModel(least_coverage=-1.0, coverage=1.0, similarity=1.0, least=-9.0)
    none = SupportModel(least_coverage=2.0, coverage=1.0, similarity=1.0, least=9.0)
    return judged.is_right(any_) is not judged.is_right(none)


def _grid(judged: Sequence[Judged]) -> Iterator[SupportModel]:
    for weight in _WEIGHTS:
        weighing = SupportModel(least_coverage=0.0, coverage=1.0, similarity=weight, least=0.0)
        sums = sorted({round(weighing.strength(each.support), 2) for each in judged})
        tried = sorted({float(x) for x in np.quantile(sums, np.linspace(0, 1, _SUMS)).round(2)})
        for least_coverage, least in product(_COVERAGES, tried):
            yield SupportModel(float(least_coverage), 1.0, weight, least)


def show(name: str, judged: Sequence[Judged], console: Console) -> None:
    """How the verification as it is takes the claims of a set."""
    own = rates(judged)
    sorts = Counter(each.gold.supported for each in judged)
    console.print(
        f"{name}: {sorts[True]} supported, {own.passed:.1%} pass; "
        f"{sorts[False]} unsupported, {own.stopped:.1%} are stopped; "
        f"balanced accuracy {own.balanced:.1%}",
        style="bold",
    )
    table = Table("what is wrong", "claims", "right", "what is found")
    for fault in sorted({each.gold.fault or "" for each in judged}):
        of_it = [each for each in judged if (each.gold.fault or "") == fault]
        found = Counter(each.verdict().fault or "passes" for each in of_it)
        table.add_row(
            fault or "–",
            str(len(of_it)),
            str(sum(each.is_right() for each in of_it)),
            ", ".join(f"{what} {count}" for what, count in found.most_common()),
        )
    console.print(table)


def show_wrong(judged: Sequence[Judged], console: Console) -> None:
    """Each claim that is taken wrongly."""
    for each in judged:
        if each.is_right():
            continue
        gold, fault = each.gold, each.verdict().fault
        expected = "supported" if gold.supported else gold.fault or "unsupported"
        console.print(
            f"✗ {gold.id} ({expected}) → {fault or 'passes'}; coverage "
            f"{each.support.coverage:.2f}, similarity {each.support.similarity:.3f}\n"
            f"    {gold.sentence}",
            markup=False,
            soft_wrap=True,
        )
        for passage in each.passages:
            told = f"    [{passage.number}] {passage.label}: {passage.text}"
            console.print(told, style="dim", markup=False, soft_wrap=True)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, fit and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--detalle", action="store_true", help="each wrong one of the dev sets, with its measures"
    )
    parser.add_argument("--carpeta", type=Path, default=GOLD_FOLDER, help="of the claims sets")
    options = parser.parse_args(arguments)
    settings, console = load_settings(), Console()
    similarity = embedding_similarity(served_embeddings(settings))
    dev: list[Judged] = []
    for claims in claim_sets(tuple(Split), settings.manuals_dir, options.carpeta):
        judged = list(judged_claims(claims, similarity))
        show(claims.name, judged, console)
        if claims.split is Split.DEV:  # who reads a test set tunes to it
            dev += judged
            if options.detalle:
                show_wrong(judged, console)
    if not dev:
        console.print("There are no claims to fit on.", style="yellow")
        return
    model, fitted = best_model(dev)
    console.print(
        f"best on dev: {model}: {fitted.passed:.1%} pass, {fitted.stopped:.1%} stopped, "
        f"balanced accuracy {fitted.balanced:.1%}",
        style="bold green",
        soft_wrap=True,
    )


if __name__ == "__main__":
    main()
