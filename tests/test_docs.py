"""The documents say what is so: commands, settings and paths that they name exist."""

import re
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from assistant.faces.cli.app import app
from assistant.running.settings import Settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text("utf-8")
DOCUMENTS = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
]

_CODE = re.compile(r"`([^`\n]+)`")
_PATH = re.compile(r"\.?\w[\w.-]*(?:/[\w.*-]+)*(?:/|\.(?:py|toml|txt|md|jsonl|example))")
_MODULE = re.compile(r"python -m ([\w.]+)")
_LINK = re.compile(r"\]\((?!https?:)([^)#]+)\)")
_MADE_LATER = (".venv", ".cache", "data", "evals/report")
_COMMAND = re.compile(r"`(?:\.venv/bin/)?asistente (\w+)([^`]*)`")
_OPTION = re.compile(r"--[a-z]+(?:-[a-z]+)*")

document = pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)


def commands_of_asistente() -> dict[str, Any]:
    """The commands by name, as Typer hands them to Click."""
    commands: dict[str, Any] = vars(get_command(app))["commands"]
    return commands


@document
def test_make_targets_exist(path: Path) -> None:
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    said = set(re.findall(r"`make (?:\w+=\S+ )?([\w-]+)", path.read_text("utf-8")))
    assert said <= targets


def test_the_readme_tells_the_two_commands() -> None:
    assert {"`make run`", "`make test`", "`make install`"} <= set(
        re.findall("`make [^`]+`", README)
    )


@document
def test_settings_exist(path: Path) -> None:
    prefix = str(Settings.model_config["env_prefix"])
    said = re.findall(rf"{prefix}(\w+)", path.read_text("utf-8"))
    assert {name.lower() for name in said} <= set(Settings.model_fields)


def test_every_setting_is_told() -> None:
    told = (ROOT / "docs" / "settings.md").read_text("utf-8")
    rows = re.findall(r"^\| `ASISTENTE_(\w+)` \|", told, re.MULTILINE)
    assert [name.lower() for name in rows] == list(Settings.model_fields)


@document
def test_commands_and_their_options_exist(path: Path) -> None:
    commands = commands_of_asistente()
    for name, rest in _COMMAND.findall(path.read_text("utf-8")):
        assert name in commands
        inner = vars(commands[name]).get("commands", {}).values()
        params = [each for command in (commands[name], *inner) for each in command.params]
        options = {option for each in params for option in each.opts}
        assert set(_OPTION.findall(rest)) <= options, name


@pytest.mark.parametrize("text", [README, ARCHITECTURE], ids=["README", "architecture"])
def test_every_command_is_told(text: str) -> None:
    told = {name for name, _ in _COMMAND.findall(text)}
    assert told == set(commands_of_asistente())


@document
def test_paths_exist(path: Path) -> None:
    for code in _CODE.findall(path.read_text("utf-8")):
        if _PATH.fullmatch(code) and "/" in code and not code.startswith(_MADE_LATER):
            assert list(ROOT.glob(code)), code


@document
def test_links_lead_somewhere(path: Path) -> None:
    for target in _LINK.findall(path.read_text("utf-8")):
        assert (path.parent / target).exists(), target


@document
def test_modules_exist(path: Path) -> None:
    for module in _MODULE.findall(path.read_text("utf-8")):
        place = ROOT / module.replace(".", "/")
        assert place.with_suffix(".py").exists() or (place / "__main__.py").exists(), module


@pytest.mark.parametrize("package", ["assistant", "corpus", "ingest", "evals"])
def test_the_architecture_has_a_line_for_every_module(package: str) -> None:
    said = set(_CODE.findall(ARCHITECTURE))
    for module in (ROOT / package).rglob("*.py"):
        if module.name != "__init__.py":
            inside = module.relative_to(ROOT)
            folders = {f"{folder.as_posix()}/" for folder in inside.parents[:-2]}
            assert {inside.as_posix(), *folders} & said, inside


def test_every_decision_is_listed() -> None:
    records = {path.name for path in (ROOT / "docs" / "adr").glob("[0-9]*.md")}
    listed = _LINK.findall((ROOT / "docs" / "adr" / "README.md").read_text("utf-8"))
    assert sorted(records) == listed


def test_no_registry_is_named_in_the_pins() -> None:
    pins = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    assert all(re.fullmatch(r"#.*|[\w.-]+==[\w.]+", line) for line in pins)
