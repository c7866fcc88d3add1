"""A language model is measured: before and after its sentences are checked, and asked once."""

from dataclasses import replace
from io import StringIO

import pytest
from rich.console import Console

from assistant.writing.grounding import Fault
from assistant.writing.record import Outcome as WritingOutcome
from corpus.errors import AsistenteError
from evals.gold_sets import Split
from evals.llm.evaluation import evaluate_llm
from evals.llm.kept_replies import KeptReply
from evals.llm.report import LlmReport, Way
from evals.reporting.markdown import report_markdown
from evals.reporting.tables import tables
from evals.reporting.terminal import show_report
from tests.assistant.writing.model_server import Fails
from tests.evals.llm.conftest import Trial


@pytest.fixture(scope="module")
def report(trial: Trial) -> LlmReport:
    return trial.run()


def test_each_way_answers_every_question(report: LlmReport) -> None:
    assert [method.key for method in report.methods] == [*Way]
    assert [len(method.outcomes) for method in report.methods] == [5, 5, 5]
    assert not report.skipped


def test_the_model_is_asked_once_for_each_question_it_may_write_on(
    report: LlmReport, trial: Trial
) -> None:
    assert [writing.question for writing in report.writings] == ["dev-0", "dev-1", "dev-2"]
    assert len(trial.model.requests) == 3
    assert not trial.model.complaints


def test_unchecked_is_what_the_model_wrote_and_checked_what_is_shown(report: LlmReport) -> None:
    said = {way: report.method(way).outcomes[0] for way in Way}
    assert "500 pesos" in said[Way.UNCHECKED].said
    assert "500 pesos" not in said[Way.CHECKED].said
    assert said[Way.CHECKED].said.startswith("De integrar el cabildo juvenil se encarga")
    assert [said[way].verdict.correct for way in Way] == [True, False, True]


def test_what_the_model_does_not_write_on_is_the_same_in_each_way(report: LlmReport) -> None:
    for at in (3, 4):
        assert len({report.method(way).outcomes[at].said for way in Way}) == 1


def test_what_the_verification_did_is_counted(report: LlmReport) -> None:
    found = report.written_on("dev")
    assert [writing.outcome for writing in found.writings] == [
        WritingOutcome.WRITTEN,
        WritingOutcome.UNSUPPORTED,
        WritingOutcome.WRITTEN,
    ]
    faults = [sentence.fault for sentence in found.sentences]
    assert faults[0] is None
    assert faults[1] in (Fault.NUMBER, Fault.DETAIL)
    assert faults[2] is Fault.NAME
    assert found.turned(right=True) == 2
    assert found.turned(right=False) == 0
    assert found.support(Way.CHECKED) == 1.0
    assert found.support(Way.UNCHECKED) == pytest.approx(2 / 5)


def test_tokens_and_seconds_are_told(report: LlmReport) -> None:
    found = report.written_on("dev")
    assert found.tokens is not None
    assert found.tokens[0] > found.tokens[1] > 0
    assert found.seconds(50) is not None
    assert all(o.marks.milliseconds > 0 for o in report.method(Way.CHECKED).outcomes)


def test_the_tables_tell_of_each_way_and_of_each_set(report: LlmReport) -> None:
    _, ways, written = tables(report, report.groups)
    assert [row[0] for row in ways.rows] == [
        "sin modelo",
        "modelo sin comprobar",
        "modelo comprobado",
    ]
    assert written.heads == ("Qué", "desarrollo", "MO-IMJ-15 desarrollo")
    assert "openai:prueba" in written.title
    rows = {row[0]: row[1:] for row in written.rows}
    assert rows["Preguntas dadas al modelo"] == ("3", "3")
    assert rows["Correctas de las dadas, modelo comprobado"] == ("100.0 %",) * 2
    assert rows["Con sustento en lo que citan"] == ("40.0 %",) * 2
    assert rows["… de las mostradas"] == ("100.0 %",) * 2
    assert rows["… no basta lo que consta"] == ("1", "1")
    assert rows["…… nombre que no consta"] == ("1", "1")
    assert rows["Respuestas correctas que perdió"] == ("0", "0")


def test_the_tables_are_written_and_shown(report: LlmReport) -> None:
    markdown = report_markdown(report)
    assert "| sin modelo |" in markdown
    assert "openai:prueba" in markdown
    shown = StringIO()
    show_report(report, Console(file=shown, width=120))
    assert "modelo comprobado" in shown.getvalue()


def test_a_report_is_read_as_it_was_written(report: LlmReport) -> None:
    assert LlmReport.model_validate_json(report.model_dump_json(exclude_none=True)) == report


def test_kept_replies_are_not_asked_for_again(report: LlmReport, trial: Trial) -> None:
    trial.model.reset()
    again = trial.run()
    assert trial.model.requests == []
    for way in Way:
        said = [outcome.said for outcome in again.method(way).outcomes]
        assert said == [outcome.said for outcome in report.method(way).outcomes]
    kept, new = again.written_on("dev"), report.written_on("dev")
    assert kept.tokens == new.tokens


def test_a_run_that_was_cut_off_goes_on(report: LlmReport, trial: Trial) -> None:
    del report
    text = trial.extent.replies.read_text("utf-8")
    trial.extent.replies.write_text(text[:-40], "utf-8")
    trial.model.reset()
    again = trial.run()
    assert len(trial.model.requests) == 1
    assert again.writings[2].outcome is WritingOutcome.WRITTEN
    lines = trial.extent.replies.read_text("utf-8").splitlines()
    assert KeptReply.model_validate_json(lines[-1]).text.startswith("De integrar")


def test_some_questions_of_some_sets_are_evaluated(trial: Trial) -> None:
    chosen = replace(trial.extent, sets=("MO-IMJ-15.dev.jsonl",), splits=(Split.DEV,), sample=2)
    few = replace(trial, extent=chosen).run()
    assert [question.id for question in few.sets[0].questions] == ["dev-0", "dev-2"]


def test_a_model_that_stops_answering_ends_the_evaluation(trial: Trial) -> None:
    other = replace(trial.extent, replies=trial.extent.replies.with_name("none.jsonl"))
    trial.model.always(Fails(400))
    with pytest.raises(AsistenteError, match=r"none\.jsonl"):
        evaluate_llm(other, trial.settings, Console(quiet=True))


def test_a_set_that_is_not_there_is_told_with_those_that_are(trial: Trial) -> None:
    other = replace(trial.extent, sets=("mo-otro-01.dev",))
    with pytest.raises(AsistenteError, match=r"mo-otro-01\.dev.*mo-imj-15\.dev"):
        evaluate_llm(other, trial.settings, Console(quiet=True))
