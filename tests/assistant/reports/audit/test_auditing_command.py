"""`asistente auditar`."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from assistant.answering.knowledge import Knowledge
from assistant.faces.cli import auditing
from assistant.faces.cli.app import app
from assistant.faces.cli.output import OutputError


@pytest.fixture(autouse=True)
def shelf(monkeypatch: pytest.MonkeyPatch, real: Knowledge) -> None:
    """MO-SIG-01 is the indexed manual."""
    monkeypatch.setattr(auditing, "chosen_knowledge", lambda _settings, _code: real)


def run(*arguments: str, columns: int = 80) -> Result:
    return CliRunner().invoke(app, ["auditar", *arguments], env={"COLUMNS": str(columns)})


def test_a_table_for_each_severity_that_fits_80_columns() -> None:
    result = run()
    assert result.exit_code == 0
    assert [w for w in ("Grave ·", "Media ·", "Leve ·") if w in result.output] == [
        "Grave ·",
        "Media ·",
        "Leve ·",
    ]
    assert max(map(len, result.output.splitlines())) <= 80
    assert "Revisión de MO-SIG-01, versión 01: 48 en total" in result.output


def test_json_is_the_contract() -> None:
    listed = json.loads(run("--json").output)
    assert len(listed) == 48
    for finding in listed:
        assert list(finding) == ["kind", "severity", "sections", "message", "evidence"]
        assert finding["severity"] in ("high", "medium", "low")
        assert all(list(e) == ["section", "page", "quote"] for e in finding["evidence"])
        assert all(isinstance(e["page"], int) for e in finding["evidence"])


def test_the_report_is_written_where_it_should_go(tmp_path: Path) -> None:
    target = tmp_path / "revisión.html"
    result = run("--html", str(target), columns=300)
    assert "Se escribió la revisión" in result.output
    assert target.read_text("utf-8").startswith("<!doctype html>")


def test_json_and_report_at_once(tmp_path: Path) -> None:
    target = tmp_path / "revisión.html"
    assert len(json.loads(run("--json", "--html", str(target)).output)) == 48
    assert target.exists()


def test_a_folder_that_is_not_there_is_told_in_one_sentence(tmp_path: Path) -> None:
    result = run("--html", str(tmp_path / "no" / "hay.html"))
    assert isinstance(result.exception, OutputError)
    assert "revise la carpeta" in str(result.exception)
