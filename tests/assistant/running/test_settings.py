"""Every setting can be set, and `.env.example` names every one with its default."""

import re
from pathlib import Path

import pytest

from assistant.running.settings import Settings, SettingsError, load_settings

ROOT = Path(__file__).parents[3]
PREFIX = str(Settings.model_config["env_prefix"])
_NAMED = re.compile(rf"^#?{PREFIX}(\w+)=(.*)$", re.MULTILINE)


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"{PREFIX}{name}".upper(), raising=False)


@pytest.fixture(scope="module")
def example() -> str:
    return (ROOT / ".env.example").read_text("utf-8")


def test_the_example_names_every_setting_and_no_other(example: str) -> None:
    assert {name.lower() for name, _ in _NAMED.findall(example)} == set(Settings.model_fields)


def test_the_example_gives_the_defaults(example: str) -> None:
    defaults = Settings()
    for name, value in _NAMED.findall(example):
        default = getattr(defaults, name.lower())
        given = default.relative_to(ROOT) if isinstance(default, Path) else default
        assert value == ("" if given is None else str(given)), name


def test_the_example_says_of_every_setting_what_it_is(example: str) -> None:
    lines = example.splitlines()
    for number, line in enumerate(lines):
        if _NAMED.match(line):
            assert lines[number - 1].startswith("# "), line


def test_the_example_works_as_it_is(example: str, tmp_path: Path) -> None:
    before = Settings()
    (tmp_path / ".env").write_text(example, "utf-8")
    assert Settings() == before


def test_every_setting_is_described() -> None:
    assert all(field.description for field in Settings.model_fields.values())


def test_the_environment_sets(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(f"{PREFIX}DATA_DIR", str(tmp_path))
    assert load_settings().data_dir == tmp_path


def test_a_value_that_cannot_be_used_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"{PREFIX}QUESTION_LIMIT", "muchos")
    with pytest.raises(SettingsError, match=f"{PREFIX}QUESTION_LIMIT"):
        load_settings()
