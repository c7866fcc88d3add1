"""What came of the sets: outcomes, and the figures by group."""

from assistant.answering.answer import AnswerKind
from evals.experiment import with_unrefused
from evals.metrics.figures import Metric
from tests.evals.conftest import AnswerOf, GoldOf, ReportOf


def test_a_refusal_knows_what_would_have_been_said(
    gold: GoldOf, answer: AnswerOf, report_of: ReportOf
) -> None:
    refused = answer("No lo dice.", AnswerKind.ABSTAIN, ())
    answerable, other = gold(id="dev-1"), gold(id="dev-2", expect="abstain")
    ours = report_of((answerable, refused), (other, refused)).ours.outcomes
    never = report_of((answerable, answer()), (other, answer())).ours.outcomes
    joined = with_unrefused(ours, never)
    assert [outcome.marks.right_if_said for outcome in joined] == [True, False]
    assert [outcome.kind for outcome in joined] == [AnswerKind.ABSTAIN] * 2


def test_figures_are_told_by_set_by_persona_and_by_kind(
    gold: GoldOf, answer: AnswerOf, report_of: ReportOf
) -> None:
    ours = report_of(
        (gold(id="dev-1", persona="staff", intent="topical"), answer()),
        (gold(id="dev-2", persona="citizen", intent="responsible"), answer()),
        (gold(id="dev-3", persona="citizen", intent="refusal", expect="abstain"), answer()),
    ).ours
    assert list(ours.figures) == ["dev", "MO-MINI-01 dev"]
    personas = ours.by_persona["dev"]
    assert personas["staff"][Metric.CORRECTNESS].value == 1.0
    assert personas["citizen"][Metric.CORRECTNESS].value == 0.5
    # two names that the authors of the sets have for one kind
    assert ours.by_kind["dev"]["responsible"][Metric.CORRECTNESS].count == 2
    assert list(ours.by_kind["dev"]) == ["out_of_scope", "responsible"]
