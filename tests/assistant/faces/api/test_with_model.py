"""The API with a language model: sentences stream as they are verified, and all is counted."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import openai
import pytest

from assistant.running.settings import Settings
from tests.assistant.writing.model_server import MODEL, Fails, ModelServer, Says, model_server

QUESTION = "¿Quién ve lo de las juntas vecinales?"
FIRST = (
    "La Coordinación de Mesas Directivas y Juntas Vecinales está presente en la conformación de "
    "juntas vecinales"
)
SECOND = "También asesora a los vecinos para integrar la mesa directiva de su junta vecinal"
WRITTEN = f"{FIRST} [1]. {SECOND} [2].\nMañana regala dulces a los vecinos [1].\nCOMPLETA: sí"


@pytest.fixture(scope="module")
def model() -> Iterator[ModelServer]:
    with model_server() as server:
        yield server


@pytest.fixture
def served(model: ModelServer, serve: Any, data_to_serve: Path) -> Iterator[httpx.Client]:
    model.reset()
    settings = Settings(
        data_dir=data_to_serve,
        llm=f"openai:{MODEL}",
        llm_base_url=model.base_url,
        llm_price_read=1_000_000.0,
        rate_limit="no",
    )
    with serve(settings) as client:
        yield client


def test_a_sentence_streams_before_the_model_has_ended(
    model: ModelServer, served: httpx.Client, events_in: Any
) -> None:
    model.always(Says(WRITTEN + " " * 400, piece=12, between=0.02))
    lines: list[str] = []
    while_writing = False
    with served.stream("POST", "/api/ask/stream", json={"question": QUESTION}) as response:
        for line in response.iter_lines():
            lines.append(line)
            while_writing |= line.startswith("event: token") and model.under_way > 0
    assert while_writing
    events = events_in("\n".join(lines))
    names = [name for name, _ in events]
    assert names == sorted(names, key=["status", "token", "citation", "done"].index)
    said = "".join(data["text"] for name, data in events if name == "token")
    assert said == events[-1][1]["answer"]
    assert said.startswith(FIRST)
    assert f". {SECOND} [" in said
    assert "dulces" not in said


def test_what_came_of_the_model_is_counted(model: ModelServer, served: httpx.Client) -> None:
    model.always(Says(WRITTEN))
    assert served.post("/api/ask", json={"question": QUESTION}).json()["answer"].startswith(FIRST)
    model.always(Fails(500))
    other = served.post("/api/ask", json={"question": "¿Quién hace los mapas?"}).json()
    assert other["kind"] == "answer"
    counted = served.get("/metrics").text
    assert 'asistente_llm_answers_total{outcome="written"} 1.0' in counted
    assert 'asistente_llm_answers_total{outcome="failed"} 1.0' in counted
    assert "asistente_llm_dropped_sentences_total{fault=" in counted
    assert 'asistente_step_seconds_count{step="model"}' in counted
    read = _value(counted, 'asistente_llm_tokens_total{direction="read"}')
    assert _value(counted, "asistente_llm_cost_total") == read > 100


def test_the_privacy_page_says_who_reads_the_questions(
    served: httpx.Client, server: httpx.Client
) -> None:
    assert f"openai:{MODEL}" in served.get("/privacidad").text
    assert "modelo de lenguaje" not in server.get("/privacidad").text


def test_openai_clients_get_the_same_sentences(model: ModelServer, served: httpx.Client) -> None:
    model.always(Says(WRITTEN))
    client = openai.OpenAI(base_url=f"{served.base_url}/v1", api_key="x")
    chunks = client.chat.completions.create(
        model="MO-SIG-01", messages=[{"role": "user", "content": QUESTION}], stream=True
    )
    said = "".join(c.choices[0].delta.content or "" for c in chunks if c.choices)
    assert said.startswith(FIRST)
    assert "dulces" not in said


def _value(exposition: str, name: str) -> float:
    line = next(each for each in exposition.splitlines() if each.startswith(name))
    return float(line.rpartition(" ")[2])
