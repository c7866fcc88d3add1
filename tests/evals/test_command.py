"""`asistente evaluar` as people use it."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.answering.answer import AnswerKind
from assistant.faces.cli.app import app
from evals.report_model import read_report, report_json
from tests.evals.conftest import AnswerOf, GoldOf, ReportOf


@pytest.fixture
def two_reports(
    tmp_path: Path, gold: GoldOf, answer: AnswerOf, report_of: ReportOf
) -> tuple[Path, Path]:
    """A report, and a later one in which the only question is wrong."""
    refused = answer("No lo dice.", AnswerKind.ABSTAIN, ())
    paths = tmp_path / "a.json", tmp_path / "b.json"
    for path, said in zip(paths, (answer(), refused), strict=True):
        path.write_text(report_json(report_of((gold(), said))), "utf-8")
    return paths


def test_two_reports_are_compared(two_reports: tuple[Path, Path]) -> None:
    done = CliRunner().invoke(app, ["evaluar", "--compara", *map(str, two_reports)])
    assert done.exit_code == 0
    assert "Empeoraron: 1" in done.output
    assert "¿Quién atiende las juntas vecinales?" in done.output
    assert "p = 1.000" in done.output


def test_a_report_is_read_as_it_was_written(
    tmp_path: Path, gold: GoldOf, answer: AnswerOf, report_of: ReportOf
) -> None:
    refused = answer("No lo dice.", AnswerKind.ABSTAIN, ())
    report = report_of((gold(), answer()), (gold(id="dev-2", expect="abstain"), refused))
    path = tmp_path / "report.json"
    path.write_text(report_json(report), "utf-8")
    assert read_report(path) == report


def test_what_is_no_report_is_told_in_a_sentence(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["evaluar", "--compara", str(tmp_path), str(tmp_path)])
    assert "report.json" in str(done.exception)
    assert done.exit_code == 1


def test_without_a_language_model_none_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ASISTENTE_LLM", raising=False)
    done = CliRunner().invoke(app, ["evaluar", "--llm"])
    assert done.exit_code == 1
    assert "ASISTENTE_LLM" in str(done.exception)


@pytest.mark.parametrize("option", ["--compuerta", "--fijar", "--fallas"])
def test_what_is_not_of_a_language_model_is_refused_beside_it(option: str) -> None:
    done = CliRunner().invoke(app, ["evaluar", "--llm", option])
    assert done.exit_code == 1
    assert str(done.exception) == f"Con --llm no se usa {option}; quítelo de la orden."


@pytest.mark.parametrize(
    "option", [("--conjunto", "mo-sig-01.dev"), ("--muestra", "3"), ("--respuestas", "a.jsonl")]
)
def test_what_is_of_a_language_model_is_refused_without_it(option: tuple[str, str]) -> None:
    done = CliRunner().invoke(app, ["evaluar", *option])
    assert done.exit_code == 1
    assert option[0] in str(done.exception)


def test_the_exam_of_an_office_is_run(tmp_path: Path, data_folder: Path) -> None:
    exam = tmp_path / "examen"
    exam.mkdir()
    asked = {
        "id": "oficina-1",
        "question": "¿Quién ve lo de las juntas vecinales?",
        "history": [],
        "persona": "citizen",
        "style": "real",
        "intent": "responsible",
        "expect": "answer",
        "sections_any": ["3.2"],
        "sections_all": [],
        "pages": [47],
        "facts": [],
        "forbidden": [],
        "note": "calificada en la oficina",
    }
    (exam / "mo-sig-01.dev.jsonl").write_text(f"{json.dumps(asked)}\n", "utf-8")
    done = CliRunner().invoke(
        app,
        ["evaluar", "--examen", str(exam), "--salida", str(tmp_path)],
        env={"ASISTENTE_DATA_DIR": str(data_folder)},
    )
    assert done.exit_code == 0, done.output
    report = read_report(tmp_path / "report.json")
    assert [(each.key, len(each.questions)) for each in report.sets] == [("MO-SIG-01 dev", 1)]


def test_a_folder_without_an_exam_is_told(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["evaluar", "--examen", str(tmp_path)])
    assert "no hay ningún examen" in str(done.exception)
    assert done.exit_code == 1
