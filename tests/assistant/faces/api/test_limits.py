"""Nobody may ask too often; several processes count together in a Redis."""

import json
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn

from assistant.asking.core import Assistant
from assistant.faces.api import body
from assistant.faces.api.gate import READS_FOR_A_QUESTION
from assistant.running.settings import Settings
from tests.assistant.faces.api.conftest import IsProblem

HOLA = {"question": "hola"}


@pytest.fixture
def limited(serve: Any, data_to_serve: Path, assistant: Assistant) -> Callable[..., Any]:
    """Servers at which a client may ask three times a minute."""

    @contextmanager
    def start(**more: object) -> Iterator[httpx.Client]:
        given = {"data_dir": data_to_serve, "rate_limit": "3/minute", **more}
        with serve(Settings.model_validate(given), assistant) as client:
            yield client

    return start


def test_who_asks_too_often_is_told_when_to_come_back(limited: Any, is_problem: IsProblem) -> None:
    with limited() as client:
        assert [client.post("/api/ask", json=HOLA).status_code for _ in range(3)] == [200] * 3
        for path in ("/api/ask", "/api/ask/stream", "/v1/chat/completions", "/api/feedback"):
            refused = client.post(path, json=HOLA)
            problem = is_problem(refused, 429)
            assert 0 < int(refused.headers["retry-after"]) <= 60
            assert refused.headers["retry-after"] in problem["detail"]


def test_broken_requests_count_too(limited: Any) -> None:
    with limited() as client:
        statuses = [client.post("/api/ask", content=b"{").status_code for _ in range(4)]
        assert statuses == [422, 422, 422, 429]


def test_reading_may_be_done_more_often(limited: Any) -> None:
    with limited() as client:
        for _ in range(4):
            client.post("/api/ask", json=HOLA)
        statuses = [
            client.get("/api/manuals").status_code for _ in range(3 * READS_FOR_A_QUESTION + 1)
        ]
        assert statuses == [200] * 3 * READS_FOR_A_QUESTION + [429]
        # probes and pages are counted too, probes apart
        statuses = [client.get("/readyz").status_code for _ in range(3 * READS_FOR_A_QUESTION + 1)]
        assert statuses == [200] * 3 * READS_FOR_A_QUESTION + [429]
        page = client.get("/privacidad", headers={"Accept": "text/html"})
        assert page.status_code == 429
        assert "demasiadas" in page.text
        assert {client.get("/healthz").status_code for _ in range(50)} == {200}


def test_who_guesses_keys_is_not_listened_to_for_a_while(
    limited: Any, is_problem: IsProblem
) -> None:
    with limited(api_keys="la-clave", rate_limit="no") as client:
        key = {"Authorization": "Bearer la-clave"}
        assert client.get("/api/manuals", headers=key).status_code == 200
        for number in range(10):
            wrong = {"X-API-Key": f"clave-{number}"}
            is_problem(client.get("/api/manuals", headers=wrong), 401)
        is_problem(client.get("/api/manuals", headers={"X-API-Key": "otra"}), 429)
        is_problem(client.get("/api/manuals", headers=key), 429)  # or it could still be guessed
        is_problem(client.get("/api/manuals"), 401)


def test_a_setting_says_what_stays_open_where_there_are_keys(
    limited: Any, is_problem: IsProblem
) -> None:
    key = {"Authorization": "Bearer la-clave"}
    with limited(api_keys="la-clave", rate_limit="no") as client:
        assert client.get("/").status_code == 200
        assert client.get("/docs").status_code == 200
        is_problem(client.get("/metrics"), 401)
        assert client.get("/metrics", headers=key).status_code == 200
        assert client.get("/readyz").status_code == 200
    closed = {"open_without_key": "metricas", "api_keys": "la-clave", "rate_limit": "no"}
    with limited(**closed) as client:
        assert client.get("/metrics").status_code == 200
        for path in ("/", "/docs", "/openapi.json"):
            is_problem(client.get(path), 401)
            assert client.get(path, headers=key).status_code == 200
        is_problem(client.post("/preguntar/flujo", json=HOLA), 401)


def test_only_its_own_names_are_answered(limited: Any, is_problem: IsProblem) -> None:
    with limited(allowed_hosts="manual.gob.mx,*.interna.mx,127.0.0.1", rate_limit="no") as client:
        for host in ("manual.gob.mx", "Manual.gob.mx:8000", "a.interna.mx", "127.0.0.1"):
            assert client.get("/readyz", headers={"Host": host}).status_code == 200
        for host in ("otro.mx", "interna.mx.otro.mx", "manual.gob.mx.otro.mx", ""):
            is_problem(client.get("/readyz", headers={"Host": host}), 400)
        assert client.get("/healthz", headers={"Host": "10.0.0.1"}).status_code == 200


def test_a_redirection_names_no_host(limited: Any) -> None:
    with limited(rate_limit="no") as client:
        moved = client.get("/api/manuals/", headers={"Host": "malo.example"})
        assert moved.status_code in {307, 404}
        assert "malo.example" not in moved.headers.get("location", "")
        assert moved.headers.get("location", "/api/manuals") == "/api/manuals"


def test_an_address_that_a_stranger_tells_is_not_believed(limited: Any) -> None:
    with limited() as client:
        statuses = [
            client.post(
                "/api/ask", json=HOLA, headers={"X-Forwarded-For": f"10.0.0.{i}"}
            ).status_code
            for i in range(4)
        ]
        assert statuses == [200, 200, 200, 429]


def test_several_processes_count_together_in_redis(limited: Any, redis_url: str) -> None:
    with limited(redis_url=redis_url) as one, limited(redis_url=redis_url) as other:
        statuses = [c.post("/api/ask", json=HOLA).status_code for c in (one, other, one, other)]
        assert statuses == [200, 200, 200, 429]


def test_a_redis_that_has_gone_stops_nobody(
    limited: Any, mortal_redis: tuple[str, Callable[[], None]]
) -> None:
    url, end = mortal_redis
    with limited(redis_url=url) as client:
        assert client.post("/api/ask", json=HOLA).status_code == 200
        end()
        statuses = [client.post("/api/ask", json=HOLA).status_code for _ in range(4)]
        assert statuses == [200, 200, 200, 429]


def test_a_trusted_proxy_tells_the_address(
    monkeypatch: pytest.MonkeyPatch, data_to_serve: Path
) -> None:
    from assistant.faces.cli.serving import API, server_config

    def address_behind(proxies: str | None) -> tuple[bool, Any]:
        settings = Settings(data_dir=data_to_serve, trusted_proxies=proxies)
        config: uvicorn.Config = server_config(settings, API)
        return config.proxy_headers, config.forwarded_allow_ips

    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "*")
    assert address_behind(None) == (False, [])
    assert address_behind("10.0.0.1, 10.1.0.0/16") == (True, ["10.0.0.1", "10.1.0.0/16"])


def test_a_body_that_comes_too_slowly_is_told(
    limited: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(body, "BODY_SECONDS", 0.3)
    with limited() as client:
        where = (client.base_url.host, client.base_url.port)
        with socket.create_connection(where, timeout=30) as slow:
            head = "POST /api/ask HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            slow.sendall(f'{head}Content-Length: 4000\r\n\r\n{{"question": "'.encode())
            told = b"".join(iter(lambda: slow.recv(65_536), b"")).decode()
        head, _, content = told.partition("\r\n\r\n")
        assert head.startswith("HTTP/1.1 408 ")
        assert "application/problem+json" in head
        assert json.loads(content)["detail"].endswith(".")
        assert client.post("/api/ask", json=HOLA).status_code == 200
