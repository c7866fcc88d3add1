"""`asistente organigrama` as people type it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.answering.finding import UnknownPositionError
from assistant.answering.knowledge import Knowledge
from assistant.faces.cli import charting
from assistant.faces.cli.charting import show_chart
from assistant.faces.cli.output import OutputError
from assistant.running.settings import Settings

ROOT = Path(__file__).parents[4]


def run(data: Path, *arguments: str) -> "subprocess.CompletedProcess[bytes]":
    """The command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", "from assistant.faces.cli import main; main()", *arguments],
        cwd=data,
        env=os.environ | {"ASISTENTE_DATA_DIR": str(data), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        timeout=120,
        check=False,
    )


def test_the_chart_comes_as_text_and_an_unknown_position_as_one_sentence(
    data_with_real: Path,
) -> None:
    told = run(data_with_real, "organigrama", "coord de geomatica")
    assert told.returncode == 0
    assert "► 2.1.5 Coordinación de Geomática" in told.stdout.decode()
    assert told.stderr == b""

    unknown = run(data_with_real, "organigrama", "Dirección de Pesca", "--formato", "png")
    assert unknown.returncode == 1
    assert unknown.stdout == b""
    message = unknown.stderr.decode()
    assert message.count("\n") == 1
    assert "los más parecidos son «Dirección de" in message


@pytest.fixture
def chart(real: Knowledge, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The command knows the real manual, without an index; gives a folder to write into."""
    monkeypatch.setattr(charting, "chosen_knowledge", lambda *_: real)
    return tmp_path


@pytest.mark.parametrize(
    ("file", "named", "begins"),
    [
        ("a.svg", None, b"<svg "),
        ("a.png", None, b"\x89PNG"),
        ("a.json", None, b"{"),
        ("a.txt", None, "Secretaría".encode()),
        ("a", None, "Secretaría".encode()),
        ("a.dat", "svg", b"<svg "),
        ("a.svg", "PNG", b"\x89PNG"),
    ],
)
def test_the_format_is_the_one_named_or_that_of_the_file(
    chart: Path, file: str, named: str | None, begins: bytes
) -> None:
    show_chart("4.1", named, chart / file, Settings(), None)
    assert (chart / file).read_bytes().startswith(begins)


def test_the_json_is_that_of_the_branch(chart: Path) -> None:
    show_chart("4.1", None, chart / "a.json", Settings(), None)
    record = json.loads((chart / "a.json").read_text("utf-8"))
    assert [n["section"] for n in record["nodes"]] == ["1", "4", "4.1", None, None]


def test_what_cannot_be_written_is_told(chart: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(OutputError, match="No se pudo escribir"):
        show_chart(None, "texto", chart / "no" / "a.txt", Settings(), None)
    with pytest.raises(OutputError, match="elija texto, svg, png, pdf o json"):
        show_chart(None, "zip", None, Settings(), None)
    with pytest.raises(UnknownPositionError):
        show_chart("Pesca", "png", chart / "a.png", Settings(), None)
    assert list(chart.iterdir()) == []
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    with pytest.raises(OutputError, match=r"-o organigrama\.png"):
        show_chart(None, "png", None, Settings(), None)
