"""Commands of packages above `assistant` are found by entry point, never imported upwards."""

import re
import subprocess
import sys
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest
import typer
from typer.main import get_command

from assistant.faces.cli import added
from assistant.faces.cli.app import app

ROOT = Path(__file__).parents[4]
_UPWARDS = re.compile(r"^\s*(?:from|import) (?:evals|bots|tests)\b", re.MULTILINE)


def test_the_evaluation_is_a_command() -> None:
    assert "evaluar" in vars(get_command(app))["commands"]


def test_nothing_below_imports_the_evaluation() -> None:
    for package in ("corpus", "ingest", "assistant"):
        for module in (ROOT / package).rglob("*.py"):
            assert not _UPWARDS.search(module.read_text("utf-8")), module


def test_a_checkout_that_was_never_installed_has_its_own_commands(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def not_installed(name: str) -> None:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(added, "distribution", not_installed)
    bare = typer.Typer()
    added.add_commands(bare)
    assert bare.registered_commands == []


def test_a_command_that_is_not_called_loads_nothing_heavy() -> None:
    code = (
        "import sys, assistant.faces.cli.app; "
        "print([m for m in ('numpy', 'chromadb', 'ir_measures', 'scipy') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
