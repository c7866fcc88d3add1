"""Nobody may ask too often; several processes count together in a Redis."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn

from assistant.asking.core import Assistant
from assistant.faces.api.gate import READS_FOR_A_QUESTION
from assistant.running.settings import Settings

IsProblem = Callable[[httpx.Response, int], dict[str, Any]]
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
        assert {client.get("/readyz").status_code for _ in range(50)} == {200}


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
