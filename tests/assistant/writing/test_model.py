"""Opening the model that a setting names, and what is said where that can't be done."""

import sys
from pathlib import Path

import pytest

from assistant.asking.core import open_assistant
from assistant.faces.cli.indexing import show_state
from assistant.running.settings import Settings
from assistant.writing.model import LanguageModelError, open_model
from tests.assistant.writing.model_server import MODEL, ModelServer, Says, refused


def test_it_is_known_of_some_models_what_they_can_do() -> None:
    model = open_model(Settings(llm="openai:gpt-5-mini", llm_api_key="x"))
    assert model.structured
    assert model.uses_tools
    told = Settings(llm="openai:gpt-5-mini", llm_api_key="x", llm_tools=False, llm_structured=False)
    assert not open_model(told).uses_tools
    assert not open_model(told).structured


def test_of_a_server_of_ones_own_nothing_is_known() -> None:
    model = open_model(Settings(llm="openai:qwen", llm_base_url="http://127.0.0.1:1/v1"))
    assert not model.structured
    assert not model.uses_tools


@pytest.mark.parametrize("name", ["qwen", "openai:", ":qwen"])
def test_a_name_needs_its_provider(name: str) -> None:
    with pytest.raises(LanguageModelError, match="proveedor:modelo"):
        open_model(Settings(llm=name))


def test_a_provider_that_nobody_knows_is_told() -> None:
    with pytest.raises(LanguageModelError, match="ASISTENTE_LLM"):
        open_model(Settings(llm="marciano:x"))


def test_a_package_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "langchain_ollama", None)
    with pytest.raises(LanguageModelError, match=r"asistente-del-manual\[llm,ollama\]"):
        open_model(Settings(llm="ollama:llama3.2"))


@pytest.mark.parametrize("missing", [None, "pybreaker"])
def test_questions_are_answered_though_the_model_cant_be_opened(
    missing: str | None, data_with_real: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if missing:
        monkeypatch.setitem(sys.modules, missing, None)
        monkeypatch.delitem(sys.modules, "assistant.writing.calling", raising=False)
    assistant = open_assistant(Settings(data_dir=data_with_real, llm="marciano:x"))
    assert assistant.ask("¿Quién ve lo de las juntas vecinales?").citations[0].section == "3.2"


def test_the_state_says_whether_the_model_answers(
    model: ModelServer, data_with_real: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model.always(Says("sí"))
    show_state(
        Settings(data_dir=data_with_real, llm=f"openai:{MODEL}", llm_base_url=model.base_url)
    )
    assert f"openai:{MODEL}" in capsys.readouterr().out
    with refused() as nobody, pytest.raises(SystemExit):
        show_state(Settings(data_dir=data_with_real, llm=f"openai:{MODEL}", llm_base_url=nobody))
    assert "no responde" in " ".join(capsys.readouterr().out.split())
    show_state(Settings(data_dir=data_with_real))
    assert "ninguno" in capsys.readouterr().out
