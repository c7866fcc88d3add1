"""Fits the gate of refusals on the dev gold sets: `python -m evals.fit_confidence`.

Prints the weights for `assistant/retrieval/confidence.py`, how well they tell answerable questions
from others in ten-fold cross-validation, and what each threshold would refuse.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from assistant.answering.answer import AnswerKind
from assistant.answering.topical import fitting
from assistant.asking.core import open_assistant
from assistant.asking.library import OpenManual
from assistant.retrieval.hybrid import Hit
from assistant.running.settings import load_settings
from assistant.understanding.focus import NOTHING
from assistant.understanding.question import clean_question
from assistant.understanding.types import Expected, Intent
from corpus.finetuning.pairs_file import PAIRS_FOLDER, read_pairs_file
from evals.gold import GOLD_FOLDER, read_gold

Table2D = NDArray[np.float64]
FEATURES = ("coverage", "similarity", "silence", "asks_who", "asks_thing")
_FOLDS = 10
_REGULARISATION = 100.0
"""scikit-learn's C: weak, since there are five weights and hundreds of questions."""
_OTHER_WEIGHT, _FOREIGN_WEIGHT = 2.0, 0.15
"""Of an unanswerable question of a gold set, and of one from elsewhere; so that all of them
together weigh about as much as the answerable ones."""
_KEPT = (0.99, 0.97, 0.95, 0.93, 0.90, 0.87, 0.85)


@dataclass(frozen=True)
class Case:
    """A topical question: what was found best for it, and whether the manual answers it."""

    features: tuple[float, ...]
    answerable: bool
    weight: float


def cases_of(opened: OpenManual, manual_set: str) -> Iterator[Case]:
    """The topical questions of a manual's dev sets that have a fitting passage at all."""
    for path in sorted(GOLD_FOLDER.glob(f"{manual_set}*.dev.jsonl")):
        for gold in read_gold(path):
            if gold.history or gold.expect is AnswerKind.CLARIFY:
                continue
            answerable = gold.expect is AnswerKind.ANSWER
            case = _case(opened, gold.question, answerable, 1.0 if answerable else _OTHER_WEIGHT)
            if case is not None:
                yield case


def foreign_cases(opened: OpenManual) -> Iterator[Case]:
    """Questions on municipal services that the dependencies of the gold sets don't render, one of
    each training pair: what citizens ask a manual that has no answer."""
    for pairs in read_pairs_file(PAIRS_FOLDER / "services.jsonl"):
        case = _case(opened, pairs.questions[0], answerable=False, weight=_FOREIGN_WEIGHT)
        if case is not None:
            yield case


def _case(opened: OpenManual, question: str, answerable: bool, weight: float) -> Case | None:
    """None for a question that is no topic, or for which nothing that fits is found."""
    asked = opened.knowledge.interpreter.understand(clean_question(question, 1000), NOTHING)
    if asked.intent is not Intent.TOPIC:
        return None
    hits = fitting(asked, opened.search(asked))
    if not hits:
        return None
    best = max(hits, key=lambda hit: hit.score)
    return Case(_features(best, asked.expected), answerable, weight)


def _features(hit: Hit, expected: Expected) -> tuple[float, ...]:
    return (
        hit.coverage,
        hit.dense,
        hit.silence,
        float(expected is Expected.RESPONSIBLE),
        float(expected is Expected.THING),
    )


def main() -> None:
    """Fit and print."""
    console = Console()
    library = open_assistant(load_settings()).library
    cases = [
        case
        for opened in library.manuals()
        for case in (*cases_of(opened, opened.record.code.lower()), *foreign_cases(opened))
    ]
    features = np.array([case.features for case in cases])
    answerable = np.array([case.answerable for case in cases])
    weights = np.array([case.weight for case in cases])
    console.print(f"{answerable.sum()} answerable, {(~answerable).sum()} not")
    _report(FEATURES, features, answerable, weights, console)
    words_alone = [i for i, name in enumerate(FEATURES) if name != "similarity"]
    names = [FEATURES[i] for i in words_alone]
    _report(names, features[:, words_alone], answerable, weights, console)


def _report(
    names: Sequence[str],
    features: Table2D,
    answerable: NDArray[np.bool_],
    weights: NDArray[np.float64],
    console: Console,
) -> None:
    """Fit with these features, (cases, features), and print weights and thresholds."""
    model = LogisticRegression(C=_REGULARISATION, max_iter=5000)
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=7)
    chance = cross_val_predict(
        model,
        features,
        answerable,
        cv=folds,
        method="predict_proba",
        params={"sample_weight": weights},
    )[:, 1]
    auroc = roc_auc_score(answerable, chance, sample_weight=weights)
    model.fit(features, answerable, sample_weight=weights)
    fitted = dict(zip(names, model.coef_[0].round(2).tolist(), strict=True))
    console.print({"bias": round(float(model.intercept_[0]), 2), **fitted})
    table = Table("answerable kept", "least chance", "others refused", "foreign refused")
    table.title = f"AUROC {auroc:.3f}"
    foreign = weights == _FOREIGN_WEIGHT
    for kept in _KEPT:
        least = float(np.quantile(chance[answerable], 1 - kept))
        refused = float((chance[~answerable & ~foreign] < least).mean())
        of_foreign = float((chance[foreign] < least).mean())
        table.add_row(f"{kept:.0%}", f"{least:.2f}", f"{refused:.1%}", f"{of_foreign:.1%}")
    console.print(table)


if __name__ == "__main__":
    main()
