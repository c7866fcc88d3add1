"""Fits the gate of refusals on the dev gold sets: `python -m evals.fit_confidence`.

Prints the weights for `assistant/retrieval/confidence.py`, how well they tell answerable questions
from others in ten-fold cross-validation, and what each threshold would refuse.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from rich.console import Console
from rich.table import Table
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from assistant.answer import AnswerKind
from assistant.answering.topical import fitting
from assistant.conversation import NOTHING
from assistant.core import open_assistant
from assistant.library import OpenManual
from assistant.retrieval.hybrid import Hit
from assistant.settings import load_settings
from assistant.understanding.question import clean_question
from assistant.understanding.types import Expected, Intent
from evals.gold import GOLD_FOLDER, read_gold

FEATURES = ("coverage", "similarity", "silence", "asks_who", "asks_thing")
_FOLDS = 10
_REGULARISATION = 3.0
"""scikit-learn's C: weak, since there are five weights and hundreds of questions."""
_KEPT = (0.99, 0.97, 0.95, 0.93, 0.90)


@dataclass(frozen=True)
class Case:
    """A topical question: what was found best for it, and whether the manual answers it."""

    features: tuple[float, ...]
    answerable: bool


def cases_of(opened: OpenManual, manual_set: str) -> Iterator[Case]:
    """The topical questions of a manual's dev sets that have a fitting passage at all."""
    for path in sorted(GOLD_FOLDER.glob(f"{manual_set}*.dev.jsonl")):
        for gold in read_gold(path):
            if gold.history or gold.expect is AnswerKind.CLARIFY:
                continue
            question = clean_question(gold.question, 1000)
            asked = opened.knowledge.interpreter.understand(question, NOTHING)
            if asked.intent is not Intent.TOPIC:
                continue
            hits = fitting(asked, opened.search(asked))
            if hits:
                best = max(hits, key=lambda hit: hit.score)
                answerable = gold.expect is AnswerKind.ANSWER
                yield Case(_features(best, asked.expected), answerable)


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
        for case in cases_of(opened, opened.record.code.lower())
    ]
    features = np.array([case.features for case in cases])
    answerable = np.array([case.answerable for case in cases])
    model = LogisticRegression(C=_REGULARISATION, max_iter=1000)
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=7)
    chance = cross_val_predict(model, features, answerable, cv=folds, method="predict_proba")[:, 1]
    auroc = roc_auc_score(answerable, chance)
    console.print(f"{answerable.sum()} answerable, {(~answerable).sum()} not; AUROC {auroc:.3f}")
    model.fit(features, answerable)
    weights = dict(zip(FEATURES, model.coef_[0].round(2).tolist(), strict=True))
    console.print({"bias": round(float(model.intercept_[0]), 2), **weights})
    table = Table("answerable kept", "least chance", "others refused", "right of all")
    for kept in _KEPT:
        least = float(np.quantile(chance[answerable], 1 - kept))
        refused = float((chance[~answerable] < least).mean())
        right = float(((chance >= least) == answerable).mean())
        table.add_row(f"{kept:.0%}", f"{least:.2f}", f"{refused:.1%}", f"{right:.1%}")
    console.print(table)


if __name__ == "__main__":
    main()
