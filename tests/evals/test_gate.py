"""The gate of CI: the assistant on the dev sets is as good as the committed reference says."""

from pathlib import Path

import pytest
from rich.console import Console

from assistant.answering.answer import AnswerKind
from assistant.running.settings import Settings
from evals.evaluation import QUICK, evaluate_all
from evals.gate import (
    REFERENCE,
    Reference,
    UnreadableReferenceError,
    as_reference,
    drops,
    read_reference,
)
from evals.gold_sets import Split, gold_sets
from evals.metrics.figures import Metric
from tests.evals.conftest import AnswerOf, GoldOf, ReportOf


def test_the_assistant_is_no_worse_than_the_reference(data_folder: Path) -> None:
    report = evaluate_all(QUICK, Settings(data_dir=data_folder), Console(quiet=True))
    assert drops(report, read_reference()) == []


def test_the_reference_is_of_every_dev_set() -> None:
    sets, _ = gold_sets(Settings.model_fields["manuals_dir"].default, [Split.DEV])
    assert set(read_reference().figures) == {each.key for each in sets}


def test_a_drop_of_more_than_a_point_is_told(
    gold: GoldOf, answer: AnswerOf, report_of: ReportOf
) -> None:
    questions = [gold(id=f"dev-{i}", question=f"¿Pregunta {i}?") for i in range(100)]
    refused = answer("No lo dice.", AnswerKind.ABSTAIN, ())
    best = as_reference(report_of(*((question, answer()) for question in questions)))

    def after(wrong: int) -> set[Metric]:
        answered = [
            (question, refused if i < wrong else answer()) for i, question in enumerate(questions)
        ]
        return {drop.metric for drop in drops(report_of(*answered), best)}

    assert after(wrong=1) == set()
    assert after(wrong=2) == {Metric.CORRECTNESS, Metric.FALSE_REFUSALS}


def test_what_is_no_longer_measured_falls_behind(
    gold: GoldOf, answer: AnswerOf, report_of: ReportOf
) -> None:
    reference = Reference(commit="", figures={"MO-OTRO-01 dev": {Metric.CORRECTNESS: 0.9}})
    (drop,) = drops(report_of((gold(), answer())), reference)
    assert (drop.set, drop.now) == ("MO-OTRO-01 dev", None)


def test_a_reference_that_cannot_be_read_says_how_to_make_one(tmp_path: Path) -> None:
    path = tmp_path / "reference.json"
    path.write_text("{", "utf-8")
    with pytest.raises(UnreadableReferenceError, match="--fijar"):
        read_reference(path)
    assert REFERENCE.exists()
