"""By webhook: Telegram calls the bot, with a secret, on its own or in the process of the API."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from assistant.faces.cli.serving import server_config
from assistant.running.settings import Settings
from bots.telegram.identity import Identity
from bots.telegram.webhook import SECRET_HEADER, create_app_with_api, create_webhook_app
from tests.bots.telegram.bot_api.people import Person
from tests.bots.telegram.bot_api.server import TelegramServer
from tests.bots.telegram.conftest import settings_of
from tests.conftest import free_port
from tests.servers import on_thread

ASKED = "¿a quién le reporta la Jefatura de Geomática?"


@pytest.fixture(params=[create_webhook_app, create_app_with_api], ids=["alone", "with-api"])
def served(
    request: pytest.FixtureRequest, telegram: TelegramServer, own_data: Path
) -> Iterator[httpx.Client]:
    """The webhook at its address, and a client for it."""
    port = free_port()
    address = f"http://127.0.0.1:{port}/telegram/aqui"
    settings = settings_of(telegram, own_data, telegram_webhook_url=address, port=port)
    with _serving(settings, request.param) as client:
        yield client


@contextmanager
def _serving(settings: Settings, create: Callable[[Settings], FastAPI]) -> Iterator[httpx.Client]:
    with (
        on_thread(server_config(settings, create(settings)), settings.port) as address,
        httpx.Client(base_url=address, timeout=10) as client,
    ):
        yield client


def update(number: int, person: Person, text: str) -> dict[str, Any]:
    """An update as Telegram posts it."""
    who = {"id": person.account.id, "is_bot": False, "first_name": "Ana"}
    chat = {"id": person.account.id, "type": "private", "first_name": "Ana"}
    message = {"message_id": 1, "date": 1_700_000_000, "chat": chat, "from": who, "text": text}
    return {"update_id": number, "message": message}


def test_telegram_calls_and_the_bot_answers(served: httpx.Client, citizen: Person) -> None:
    assert served.get("/healthz").status_code == 200
    citizen.says(ASKED)
    answer = citizen.receives()
    assert "Dirección de Gobierno Digital (2.1)" in answer.text
    citizen.taps(answer, "§ 2.1.5.1, p. 33")
    assert "página 33" in citizen.waits_for_edit(answer).text


def test_nobody_else_can_deliver(
    served: httpx.Client, telegram: TelegramServer, citizen: Person
) -> None:
    posted = update(990_001, citizen, ASKED)
    for headers in ({}, {SECRET_HEADER: "adivinado"}, {SECRET_HEADER: telegram.token[:20]}):
        assert served.post("/telegram/aqui", json=posted, headers=headers).status_code == 403
    citizen.receives_nothing()


def test_an_update_that_is_posted_again_is_taken_and_not_answered_again(
    served: httpx.Client, telegram: TelegramServer, citizen: Person
) -> None:
    citizen.says("/ayuda")  # so that the bot may write
    citizen.receives()
    secret = {SECRET_HEADER: Identity(telegram.token).webhook_secret}
    for _ in range(3):
        posted = update(990_001, citizen, ASKED)
        assert served.post("/telegram/aqui", json=posted, headers=secret).status_code == 200
    assert "Dirección de Gobierno Digital (2.1)" in citizen.receives().text
    citizen.receives_nothing()


def test_what_is_no_update_is_refused(served: httpx.Client, telegram: TelegramServer) -> None:
    secret = {SECRET_HEADER: Identity(telegram.token).webhook_secret}
    for body in (
        b"",
        b"{",
        b"[]",
        b'{"a": 1}',
        b"\xff\xfe",
        b'{"update_id": "x"}',
        b"null",
        b"[" * 20_000,
        b'{"a":' * 10_000,
    ):
        response = served.post("/telegram/aqui", content=body, headers=secret)
        assert response.status_code == 400, body
    assert served.get("/telegram/aqui").status_code in {404, 405}


def test_odd_entities_do_no_harm(
    served: httpx.Client, telegram: TelegramServer, citizen: Person
) -> None:
    """Offsets count UTF-16 units, and a hostile sender may say anything."""
    citizen.says("/ayuda")  # so that the bot may write
    citizen.receives()
    secret = {SECRET_HEADER: Identity(telegram.token).webhook_secret}
    odd: list[dict[str, Any]] = [
        {"type": "bot_command", "offset": 900, "length": 5},
        {"type": "mention", "offset": 1, "length": 9_999},
        {"type": "bot_command", "offset": 0, "length": 0},
        {"type": "text_mention", "offset": 0, "length": 1},
        {"type": "lo_que_venga", "offset": 0, "length": 2},
    ]
    for number, entity in enumerate(odd):
        posted = update(990_100 + number, citizen, f"😀 {ASKED}")
        posted["message"]["entities"] = [entity]
        assert served.post("/telegram/aqui", json=posted, headers=secret).status_code == 200
        assert "Dirección de Gobierno Digital (2.1)" in citizen.receives().text


def test_beside_the_api_both_answer(
    telegram: TelegramServer, citizen: Person, own_data: Path
) -> None:
    port = free_port()
    address = f"http://127.0.0.1:{port}/telegram"
    settings = settings_of(telegram, own_data, telegram_webhook_url=address, port=port)
    with _serving(settings, create_app_with_api) as client:
        citizen.says(ASKED)
        told = citizen.receives().text
        asked = client.post("/api/ask", json={"question": ASKED}).json()
        assert "Dirección de Gobierno Digital (2.1)" in told
        assert "Dirección de Gobierno Digital (2.1)" in asked["answer"]
        assert "/telegram" not in client.get("/openapi.json").json()["paths"]
