"""A real server on loopback over the real index, and others where a test needs its own."""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from assistant.asking.core import Assistant
from assistant.faces.api import create_app
from assistant.faces.cli.serving import server_config
from assistant.running.logs import configure_logs
from assistant.running.settings import Settings
from tests.servers import on_thread

_SECONDS = 30.0

IsProblem = Callable[[httpx.Response, int], dict[str, Any]]
Serve = Callable[..., AbstractContextManager[httpx.Client]]
"""Serves an app of some settings, and gives a client of it."""


@contextmanager
def _serving(settings: Settings, assistant: Assistant | None = None) -> Iterator[httpx.Client]:
    with (
        on_thread(server_config(settings, create_app(settings, assistant))) as address,
        httpx.Client(base_url=address, timeout=_SECONDS) as client,
    ):
        yield client


@pytest.fixture(scope="session", autouse=True)
def logs() -> None:
    """The log as a server has it."""
    configure_logs("json")


@pytest.fixture(scope="session")
def serve() -> Serve:
    return _serving


@pytest.fixture(scope="session")
def server(data_to_serve: Path) -> Iterator[httpx.Client]:
    """The server that most tests ask."""
    with _serving(Settings(data_dir=data_to_serve, rate_limit="no")) as client:
        yield client


@pytest.fixture
def ask_it(server: httpx.Client) -> Callable[..., dict[str, Any]]:
    """Asks the server, and gives the answer as it came."""

    def ask(question: str, **more: str) -> dict[str, Any]:
        response = server.post("/api/ask", json={"question": question, **more})
        assert response.status_code == 200, response.text
        answer: dict[str, Any] = response.json()
        return answer

    return ask


@pytest.fixture(scope="session")
def is_problem() -> IsProblem:
    """Fails unless a response is a problem with that status; gives it."""

    def check(response: httpx.Response, status: int) -> dict[str, Any]:
        assert response.status_code == status, response.text
        assert response.headers["content-type"] == "application/problem+json"
        problem: dict[str, Any] = response.json()
        assert problem["status"] == status
        assert problem["instance"] == response.request.url.path
        assert problem["request_id"] == response.headers["x-request-id"]
        assert problem["detail"].endswith(".")
        assert problem["title"]
        return problem

    return check


@pytest.fixture(scope="session")
def events_in() -> Callable[[str], list[tuple[str, Any]]]:
    """The name and the data of each event of a stream."""

    def parse(stream: str) -> list[tuple[str, Any]]:
        events = []
        for block in stream.split("\n\n"):
            fields = dict(line.split(": ", 1) for line in block.splitlines() if line[:1] != ":")
            if fields:
                events.append((fields["event"], json.loads(fields["data"])))
        return events

    return parse
