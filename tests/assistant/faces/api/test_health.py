"""What those who run the server see: is it alive, is it ready, and how is it doing."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from assistant.running.settings import Settings
from tests.assistant.faces.api.conftest import IsProblem

NEEDS_AN_INDEX = [
    ("GET", "/readyz", None),
    ("GET", "/api/manuals", None),
    ("GET", "/api/manuals/MO-SIG-01/sections", None),
    ("GET", "/api/manuals/MO-SIG-01/orgchart.svg", None),
    ("POST", "/api/ask", {"question": "hola"}),
    ("POST", "/api/ask/stream", {"question": "hola"}),
    ("GET", "/v1/models", None),
    ("POST", "/v1/chat/completions", {"messages": [{"role": "user", "content": "hola"}]}),
]


def test_alive_and_ready(server: httpx.Client) -> None:
    assert server.get("/healthz").json() == {"status": "ok"}
    assert server.get("/readyz").json() == {"status": "ok", "manuals": ["MO-SIG-01"]}


@pytest.fixture(scope="module")
def unready(
    serve: Any, tmp_path_factory: pytest.TempPathFactory, lend_model: Callable[[Path], None]
) -> Any:
    """A server with a model and no index."""
    folder = tmp_path_factory.mktemp("unready")
    lend_model(folder)
    with serve(Settings(data_dir=folder)) as client:
        yield client


@pytest.mark.parametrize(("method", "path", "body"), NEEDS_AN_INDEX)
def test_without_an_index_it_lives_and_says_what_is_missing(
    unready: httpx.Client, is_problem: IsProblem, method: str, path: str, body: object
) -> None:
    assert unready.get("/healthz").status_code == 200
    response = unready.request(method, path, json=body)
    assert "asistente ingerir" in is_problem(response, 503)["detail"]
    assert int(response.headers["retry-after"]) > 0


def test_without_a_model_it_says_so(serve: Any, tmp_path: Path, is_problem: IsProblem) -> None:
    with serve(Settings(data_dir=tmp_path)) as client:
        assert "modelo" in is_problem(client.get("/readyz"), 503)["detail"]


def test_without_a_database_it_answers_without_memory_and_says_so(
    serve: Any, data_to_serve: Path, is_problem: IsProblem
) -> None:
    url = "postgresql://asistente:secreta@127.0.0.1:1/asistente"
    with serve(Settings.model_validate({"data_dir": data_to_serve, "database_url": url})) as client:
        ready = client.get("/readyz")
        assert ready.status_code == 200
        assert ready.json()["status"] == "degraded"
        [fault] = ready.json()["faults"]
        assert "base de datos" in fault
        answered = client.post("/api/ask", json={"question": "¿A quién le reporta el 3.2?"})
        assert answered.json()["kind"] == "answer"
        assert answered.json()["remembered"] is False
        assert answered.headers["conversation-memory"] == "unavailable"
        page = client.post("/preguntar", data={"pregunta": "¿A quién le reporta el 3.2?"})
        assert "no puedo recordar la conversación" in page.text
        opinion = {"answer_id": answered.json()["answer_id"], "thumbs": "up"}
        detail = is_problem(client.post("/api/feedback", json=opinion), 503)["detail"]
        for told in (ready.text, answered.text, page.text, detail):
            for inside in ("secreta", "127.0.0.1:1", "asistente@", "ASISTENTE_"):
                assert inside not in told


def test_it_becomes_ready_once_it_can_be_opened(
    serve: Any, tmp_path: Path, data_to_serve: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.faces.serving.services._TRY_AGAIN", 0.0)
    late = tmp_path / "late"
    with serve(Settings(data_dir=late)) as client:
        assert client.get("/readyz").status_code == 503
        (late / "models").symlink_to(data_to_serve / "models")
        assert "ningún manual" in client.get("/readyz").json()["detail"]


def test_the_metrics_count_and_time(server: httpx.Client) -> None:
    before = metrics_of(server)
    for question in ("¿Quién ve lo de las juntas vecinales?", "¿Qué hace el astronauta?"):
        assert server.post("/api/ask", json={"question": question}).status_code == 200
    server.post("/api/ask", json={"question": ""})
    after = metrics_of(server)

    def more(name: str) -> float:
        return after.get(name, 0.0) - before.get(name, 0.0)

    assert more('asistente_answers_total{endpoint="ask",kind="answer",reason="none"}') == 1
    assert more('asistente_answers_total{endpoint="ask",kind="abstain",reason="out_of_scope"}') == 1
    request = 'method="POST",route="/api/ask"'
    assert more(f'asistente_http_requests_total{{{request},status="200"}}') == 2
    assert more(f'asistente_http_requests_total{{{request},status="422"}}') == 1
    assert more(f"asistente_http_request_seconds_count{{{request}}}") == 3
    for step in ("understand", "retrieve", "answer", "verify"):
        assert more(f'asistente_step_seconds_count{{step="{step}"}}') == 2
    assert after["asistente_http_requests_under_way"] == 1  # the one that asks for the metrics


def test_no_address_of_a_visitor_makes_a_metric(server: httpx.Client) -> None:
    server.get("/una/dirección/que/alguien/inventa")
    server.get("/api/manuals/MO-SIG-01/sections/3.2")
    text = server.get("/metrics").text
    assert "inventa" not in text
    assert 'route="/api/manuals/{code}/sections/{number:path}"' in text


def metrics_of(server: httpx.Client) -> dict[str, float]:
    response = server.get("/metrics")
    assert response.headers["content-type"].startswith("text/plain; version=0.0.4")
    lines = re.findall(r"^([^#\s].*) (\S+)$", response.text, re.MULTILINE)
    return {name: float(value) for name, value in lines}
