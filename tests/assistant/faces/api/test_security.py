"""Headers on every response, keys, origins, and a log that keeps nothing of who asked what."""

import logging
import re
from pathlib import Path
from typing import Any

import httpx
import pytest

from assistant.asking.core import Assistant
from assistant.running.settings import Settings
from tests.assistant.faces.api.conftest import IsProblem

HOLA = {"question": "hola"}
PATHS = [
    "/", "/docs", "/openapi.json", "/healthz", "/api/manuals", "/nada", "/metrics",
    "/api/manuals/MO-SIG-01/orgchart.svg", "/estatico/nada.js",
]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_every_response_is_locked_down(server: httpx.Client, path: str) -> None:
    headers = server.get(path).headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == "'none'"
    for name, value in policy.items():
        if name.endswith("-src"):
            assert value in {"'self'", "'none'"}, name
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert re.fullmatch("[0-9a-f]{16}", headers["x-request-id"])
    assert "server" not in headers


@pytest.mark.parametrize("path", ["/", "/docs"])
def test_pages_load_nothing_from_elsewhere_and_hold_no_script(
    server: httpx.Client, path: str
) -> None:
    page = server.get(path)
    assert page.headers["content-type"].startswith("text/html")
    assert '<html lang="es' in page.text
    for address in re.findall(r'(?:src|href)="([^"]*)"', page.text):
        assert address.startswith(("/", "#")), address
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", page.text)


def test_the_docs_list_every_operation(server: httpx.Client) -> None:
    page = server.get("/docs").text
    for path in server.get("/openapi.json").json()["paths"]:
        assert path in page


def test_a_request_id_of_a_proxy_is_kept(server: httpx.Client) -> None:
    kept = server.get("/healthz", headers={"X-Request-ID": "proxy-12345678"})
    assert kept.headers["x-request-id"] == "proxy-12345678"
    odd = server.get("/healthz", headers={"X-Request-ID": "a b\t<script>"})
    assert re.fullmatch("[0-9a-f]{16}", odd.headers["x-request-id"])


def test_with_keys_set_only_who_has_one_may_ask(
    serve: Any, data_to_serve: Path, assistant: Assistant, is_problem: IsProblem
) -> None:
    given = {"data_dir": data_to_serve, "api_keys": "una-clave, otra-clave"}
    with serve(Settings.model_validate(given), assistant) as client:
        for headers in (
            {},
            {"Authorization": "Bearer mala"},
            {"Authorization": "una-clave"},
            {"X-API-Key": ""},
            {"X-API-Key": "una-clave, otra-clave"},
        ):
            refused = client.post("/api/ask", json=HOLA, headers=headers)
            is_problem(refused, 401)
            assert refused.headers["www-authenticate"] == "Bearer"
            is_problem(client.get("/v1/models", headers=headers), 401)
        for headers in ({"Authorization": "Bearer una-clave"}, {"X-API-Key": "otra-clave"}):
            assert client.post("/api/ask", json=HOLA, headers=headers).status_code == 200
        for path in ("/", "/healthz", "/readyz", "/openapi.json"):
            assert client.get(path).status_code == 200
        told = client.get("/openapi.json").json()
        assert told["paths"]["/api/ask"]["post"]["security"] == [{"clave": []}]


def test_with_keys_set_people_at_the_page_need_none(
    serve: Any, data_to_serve: Path, assistant: Assistant
) -> None:
    given = {"data_dir": data_to_serve, "api_keys": "una-clave"}
    with serve(Settings.model_validate(given), assistant) as client:
        assert client.post("/preguntar", data={"pregunta": "Hola"}).status_code == 200
        stream = client.post("/preguntar/flujo", json=HOLA)
        assert "event: done" in stream.text
        opinion = {"answer_id": "una-respuesta", "thumbs": "up"}
        assert client.post("/preguntar/opinion", json=opinion).status_code == 204
        assert client.delete("/preguntar/conversacion/una-id").status_code == 204
        for address in (
            "/organigrama.svg?manual=MO-SIG-01",
            "/organigrama.png?manual=MO-SIG-01&puesto=2.1.5",
            "/induccion.pdf?manual=MO-SIG-01&puesto=2.1.5.1",
        ):
            assert client.get(address).status_code == 200


def test_what_the_page_asks_for_counts_against_the_rate(
    serve: Any, data_to_serve: Path, assistant: Assistant
) -> None:
    settings = Settings(data_dir=data_to_serve, rate_limit="1/minute")
    with serve(settings, assistant) as client:
        statuses = [client.post("/preguntar/flujo", json=HOLA).status_code for _ in range(2)]
        assert statuses == [200, 429]


def test_a_page_may_be_framed_only_by_the_named_origins(
    serve: Any, data_to_serve: Path, assistant: Assistant, server: httpx.Client
) -> None:
    denied = server.get("/privacidad").headers
    assert denied["x-frame-options"] == "DENY"
    assert "frame-ancestors 'none'" in denied["content-security-policy"]
    settings = Settings(data_dir=data_to_serve, page_parents="https://www.ejemplo.gob.mx")
    with serve(settings, assistant) as client:
        allowed = client.get("/privacidad").headers
        assert "x-frame-options" not in allowed
        policy = allowed["content-security-policy"]
        assert policy.endswith("frame-ancestors https://www.ejemplo.gob.mx")


def test_whether_a_page_is_there_is_answered_without_its_body(server: httpx.Client) -> None:
    for address in ("/", "/manual/MO-SIG-01", "/organigrama", "/privacidad"):
        response = server.head(address)
        assert response.status_code == 200
        assert response.content == b""


def test_only_pages_of_the_named_origins_may_call(
    serve: Any, data_to_serve: Path, assistant: Assistant
) -> None:
    settings = Settings(data_dir=data_to_serve, cors_origins="https://a.gob.mx, https://b.gob.mx")
    with serve(settings, assistant) as client:
        for origin, allowed in (("https://b.gob.mx", True), ("https://malo.example", False)):
            response = client.get("/api/manuals", headers={"Origin": origin})
            assert response.headers.get("access-control-allow-origin") == (
                origin if allowed else None
            )
        asked = {"Origin": "https://a.gob.mx", "Access-Control-Request-Method": "POST"}
        assert client.options("/api/ask", headers=asked).status_code == 200


def test_by_default_no_other_page_may_call(server: httpx.Client) -> None:
    response = server.get("/api/manuals", headers={"Origin": "https://malo.example"})
    assert "access-control-allow-origin" not in response.headers


@pytest.mark.parametrize("log_questions", [False, True])
def test_the_log_keeps_no_question_unless_told_to_and_never_personal_data(
    serve: Any,
    data_to_serve: Path,
    assistant: Assistant,
    caplog: pytest.LogCaptureFixture,
    log_questions: bool,
) -> None:
    question = "¿Quién ve las juntas vecinales? Mi correo: ana@correo.mx"
    settings = Settings(data_dir=data_to_serve, log_questions=log_questions)
    with caplog.at_level(logging.INFO), serve(settings, assistant) as client:
        answer = client.post("/api/ask", json={"question": question})
        assert answer.status_code == 200
    log = "\n".join(str(record.msg) + record.getMessage() for record in caplog.records)
    assert answer.headers["x-request-id"] in log
    assert answer.json()["answer_id"] in log
    assert ("juntas vecinales? Mi correo: xxx@xxxxxx.xx" in log) is log_questions
    for secret in ("ana@", "127.0.0.1", answer.json()["conversation_id"]):
        assert secret not in log
