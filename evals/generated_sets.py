"""Questions on generated manuals: the truth is known, and of structure nothing less than all of
them right will do."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from evals.experiment import Exam, examine
from evals.generated_manuals import generate, questions
from evals.gold import GoldQuestion
from evals.gold_sets import GoldSet, Split
from evals.methods.catalog import OURS
from evals.metrics.figures import figures
from evals.report_model import Generated, GeneratedFailure, Outcome
from evals.workbench import Workbench

_BY_RETRIEVAL = frozenset({"responsible", "follow_up", "out_of_scope", "smalltalk"})
"""Kinds of questions that the sheets alone don't answer."""


@dataclass(frozen=True)
class _Sat:
    """An exam on a generated manual, with what came of it."""

    seed: int
    positions: int
    exam: Exam
    outcomes: list[Outcome]

    def pairs(self, *, structural: bool) -> Iterator[tuple[GoldQuestion, Outcome]]:
        """The questions on structure, or the others, with their outcomes."""
        for gold, outcome in zip(self.exam.questions.questions, self.outcomes, strict=True):
            if (gold.intent not in _BY_RETRIEVAL) is structural:
                yield gold, outcome


def examine_generated(
    count: int, workbench: Workbench, on_manual: Callable[[], None] = lambda: None
) -> Generated:
    """Generate manuals with the seeds from 1 on and put their questions to the assistant;
    `on_manual` is called after each."""
    sat = []
    for seed in range(1, count + 1):
        sat.append(_sit(seed, workbench))
        on_manual()
    structural = [pair for each in sat for pair in each.pairs(structural=True)]
    others = [pair for each in sat for pair in each.pairs(structural=False)]
    return Generated(
        manuals=[
            f"{each.exam.questions.code} (semilla {each.seed}, {each.positions} puestos)"
            for each in sat
        ],
        structural=len(structural),
        failures=[failure for each in sat for failure in _failures(each)],
        structural_figures=figures([outcome.marks for _, outcome in structural]),
        other_figures=figures([outcome.marks for _, outcome in others]),
    )


def _sit(seed: int, workbench: Workbench) -> _Sat:
    manual = generate(seed)
    own, source = workbench.made_up(f"generated-{seed}", manual)
    gold = tuple(GoldQuestion.model_validate(line) for line in questions(manual.truth))
    exam = Exam(GoldSet(manual.truth.code, Split.GENERATED, source.path, gold), source)
    outcomes = examine(OURS, [exam], own, lambda: None)
    return _Sat(seed, len(manual.truth.positions), exam, outcomes)


def _failures(sat: _Sat) -> Iterator[GeneratedFailure]:
    for gold, outcome in sat.pairs(structural=True):
        if not outcome.verdict.correct:
            yield GeneratedFailure(
                manual=sat.exam.questions.code,
                seed=sat.seed,
                question=gold,
                wrong=outcome.verdict.wrong,
                said=outcome.said,
            )
