"""What comes twice, in a heap, amid a restart or without a network is answered once, in order."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from assistant.answering.answer import Answer
from assistant.asking.core import Assistant
from assistant.desk.outcomes import Outcome
from assistant.desk.questions import QuestionBook
from assistant.running.storage import open_database
from assistant.running.storage.database import now
from bots.telegram.running import TokenError
from tests.bots.telegram.bot_api.people import Person
from tests.bots.telegram.bot_api.server import TelegramServer
from tests.bots.telegram.conftest import Attend

ASKED = "¿a quién le reporta la Jefatura de Geomática?"
OTHER = "¿a quién le reporta la Dirección de Participación Ciudadana?"


INTERNAL = '{"ok":false,"error_code":500,"description":"Internal Server Error: restart"}'
BAD_GATEWAY = (
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>nginx</body>\r\n</html>"
)


class Slow:
    """An assistant that answers a certain question only when it is let."""

    def __init__(self, assistant: Assistant, slow: str) -> None:
        self._assistant = assistant
        self._slow = slow
        self.may_answer = threading.Event()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._assistant, name)

    def ask(self, question: str, *more: Any) -> Answer:
        if question == self._slow:
            assert self.may_answer.wait(30)
        if question == "¡falla!":
            raise RuntimeError("a bug")
        return self._assistant.ask(question, *more)


def slow(assistant: Assistant, question: str) -> tuple[Slow, Assistant]:
    made = Slow(assistant, question)
    return made, cast(Assistant, made)


def test_what_is_delivered_twice_is_answered_once(
    telegram: TelegramServer, attend: Attend, citizen: Person
) -> None:
    telegram.delivers_twice()
    with attend():
        citizen.says(ASKED)
        citizen.receives()
        citizen.says(OTHER)
        citizen.receives()
        citizen.receives_nothing(1.0)


def test_two_questions_at_once_are_answered_in_order(
    telegram: TelegramServer, attend: Attend, citizen: Person, assistant: Assistant
) -> None:
    held, over = slow(assistant, ASKED)
    with attend(over):
        with telegram.at_once():
            citizen.says(ASKED)
            citizen.says("¿y cuáles son sus funciones?")
        citizen.receives_nothing()
        held.may_answer.set()
        assert "Dirección de Gobierno Digital (2.1)" in citizen.receives().text
        assert "(2.1.5.1) tiene 6 funciones" in citizen.receives().text


def test_a_chat_that_waits_keeps_no_other_waiting(
    telegram: TelegramServer, attend: Attend, assistant: Assistant
) -> None:
    held, over = slow(assistant, ASKED)
    first, others = telegram.user("Primera"), [telegram.user(f"N{n}") for n in range(20)]
    with attend(over):
        first.says(ASKED)
        with telegram.at_once():
            for each in others:
                each.says(OTHER)
        for each in others:
            assert "Secretaría de Innovación" in each.receives().text
        first.receives_nothing()
        held.may_answer.set()
        first.receives()


def test_who_asks_too_fast_is_told_once(
    telegram: TelegramServer, attend: Attend, citizen: Person
) -> None:
    other = telegram.user("Luis")
    with attend(telegram_rate_limit="2/minute"):
        for _ in range(2):
            citizen.says(ASKED)
            citizen.receives()
        citizen.says(ASKED)
        assert "Ha hecho demasiadas preguntas seguidas" in citizen.receives().text
        citizen.says(ASKED)
        citizen.receives_nothing()
        other.says(OTHER)
        other.receives()


def test_who_types_too_fast_gets_no_offers_for_a_while(attend: Attend, citizen: Person) -> None:
    with attend(telegram_rate_limit="1/minute"):
        offered = [citizen.types_inline("geomática") for _ in range(7)]
        assert all(offered[:6])
        assert offered[6] == []


@pytest.mark.usefixtures("bot")
def test_many_messages_to_one_chat_are_held_back(citizen: Person) -> None:
    """The server fails the test for more than five within five seconds."""
    begun = time.monotonic()
    for _ in range(6):
        citizen.says("/ayuda")
    for _ in range(6):
        citizen.receives()
    assert time.monotonic() - begun > 4


def test_when_telegram_asks_to_wait_it_waits(
    telegram: TelegramServer, attend: Attend, citizen: Person
) -> None:
    telegram.excuses("Too Many Requests")
    with attend():
        telegram.floods(retry_after=1, times=2)
        citizen.says(ASKED)
        assert "Gobierno Digital" in citizen.receives().text
        citizen.receives_nothing()


def test_a_network_that_is_gone_for_a_while_loses_nothing(
    telegram: TelegramServer, attend: Attend, citizen: Person, assistant: Assistant
) -> None:
    held, over = slow(assistant, ASKED)
    with attend(over):
        citizen.says(ASKED)
        citizen.waits_for_action()
        telegram.gone()
        held.may_answer.set()  # the answer is ready, and there is nobody to take it
        time.sleep(2.0)
        telegram.back()
        assert "Gobierno Digital" in citizen.receives(timeout=20).text
        citizen.says(OTHER)
        citizen.receives(timeout=20)


@pytest.mark.parametrize(
    ("status", "body", "media_type"),
    [(500, INTERNAL, "application/json"), (502, BAD_GATEWAY, "text/html")],
    ids=["500", "502 of a proxy"],
)
def test_a_telegram_that_errs_gets_each_answer_once(
    telegram: TelegramServer,
    attend: Attend,
    citizen: Person,
    status: int,
    body: str,
    media_type: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    with attend():
        citizen.says(ASKED)
        answer = citizen.receives()
        telegram.errs(status, body, media_type, getUpdates=2, sendChatAction=1, sendMessage=2)
        citizen.says(OTHER)
        assert "Secretaría de Innovación" in citizen.receives(timeout=20).text
        telegram.errs(status, body, media_type, answerCallbackQuery=1, editMessageText=1)
        citizen.taps(answer, "§ 2.1.5.1, p. 33", wait=False)
        assert "página 33" in citizen.waits_for_edit(answer).text
        citizen.receives_nothing(1.0)
    assert not telegram.still_errs
    assert telegram.waiting == 0
    assert not [each for each in caplog.records if each.exc_info]  # Telegram's fault, not ours


def test_a_bot_that_starts_while_telegram_errs_attends_afterwards(
    telegram: TelegramServer, attend: Attend, citizen: Person
) -> None:
    telegram.errs(502, BAD_GATEWAY, getMe=1, deleteWebhook=1, setMyCommands=1, getUpdates=1)
    citizen.says(ASKED)
    with attend():
        assert "Gobierno Digital" in citizen.receives(timeout=20).text
        citizen.receives_nothing(1.0)
    assert not telegram.still_errs


def test_an_error_is_told_with_an_id_and_counted_and_the_bot_goes_on(
    attend: Attend,
    citizen: Person,
    assistant: Assistant,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    _, over = slow(assistant, "")
    with attend(over):
        citizen.says("¡falla!")
        apology = citizen.receives().text
        citizen.says(ASKED)
        assert "Gobierno Digital" in citizen.receives().text
    error_id = apology.rpartition(" ")[2].rstrip(".")
    [logged] = [each for each in caplog.records if each.levelname == "ERROR"]
    assert error_id in str(logged.msg)
    assert "a bug" in str(logged.msg)
    database = open_database(tmp_path)
    tallies = QuestionBook(database).tallies(now().date() - timedelta(days=1))
    database.close()
    assert {each.outcome: each.count for each in tallies} == {
        Outcome.ANSWERED: 1,
        Outcome.FAILED: 1,
    }


def test_a_restart_loses_neither_buttons_nor_what_was_left(attend: Attend, citizen: Person) -> None:
    with attend():
        citizen.says(ASKED)
        answer = citizen.receives()
    citizen.taps(answer, "§ 2.1.5.1, p. 33", wait=False)
    citizen.says(OTHER)
    with attend():
        assert "página 33" in citizen.waits_for_edit(answer).text
        citizen.receives()
        citizen.receives_nothing()


def test_what_was_under_way_when_the_process_died_is_answered_by_the_next(
    telegram: TelegramServer, citizen: Person, own_data: Path
) -> None:
    """The process is killed with an update confirmed to Telegram and its answer not yet sent."""
    with process(telegram, own_data) as bot:
        citizen.says(OTHER)
        citizen.receives(timeout=60)
        citizen.says(ASKED)
        citizen.receives()
        telegram.stops_answering(3.0)
        citizen.says("¿y cuáles son sus funciones?")
        waits_for(lambda: telegram.waiting == 0)
        bot.send_signal(signal.SIGKILL)
    with process(telegram, own_data):
        assert "(2.1.5.1) tiene 6 funciones" in citizen.receives(timeout=60).text
        citizen.receives_nothing(1.0)


def test_it_can_be_stopped_while_telegram_cannot_be_reached(
    telegram: TelegramServer, attend: Attend
) -> None:
    telegram.gone()
    begun = time.monotonic()
    with attend():
        time.sleep(1.0)
    assert time.monotonic() - begun < 10
    telegram.back()


def test_a_stop_finishes_what_is_under_way(
    attend: Attend, citizen: Person, assistant: Assistant
) -> None:
    held, over = slow(assistant, ASKED)
    with attend(over):
        citizen.says(ASKED)
        citizen.waits_for_action()
        threading.Timer(0.5, held.may_answer.set).start()
    assert "Gobierno Digital" in citizen.receives(timeout=0.1).text


def test_the_database_names_nobody(attend: Attend, citizen: Person, tmp_path: Path) -> None:
    with attend():
        citizen.says("Soy Ana Ruiz, mi CURP es GOMC800101HDFRRL09, ¿quién ve los baches?")
        citizen.receives()
        citizen.says(ASKED)
        answer = citizen.receives()
        citizen.taps(answer, "👎")
        citizen.taps(citizen.receives(), "Otra cosa")
        citizen.says("llámeme al 811 234 5678", reply_to=citizen.receives())
        citizen.receives()
    open_database(tmp_path).close()
    kept = b"".join(path.read_bytes() for path in tmp_path.glob("asistente.sqlite3*"))
    for personal in ("GOMC800101HDFRRL09", "ana_ruiz", "811 234 5678", str(citizen.account.id)):
        assert personal.encode() not in kept


def test_a_wrong_token_is_told_in_a_sentence(telegram: TelegramServer, attend: Attend) -> None:
    telegram.excuses("Unauthorized")
    with pytest.raises(TokenError, match="Telegram no reconoce el token"):  # noqa: SIM117
        with attend(telegram_token="1:equivocado"):
            time.sleep(2.0)


@contextmanager
def process(telegram: TelegramServer, data: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """`asistente telegram` as an office runs it."""
    settings = {
        "ASISTENTE_DATA_DIR": str(data),
        "ASISTENTE_TELEGRAM_TOKEN": telegram.token,
        "ASISTENTE_TELEGRAM_API_URL": telegram.base_url.removesuffix("/bot"),
        "ASISTENTE_TELEGRAM_RATE_LIMIT": "no",
    }
    command = "from assistant.faces.cli import main; main()"
    running = subprocess.Popen(
        [sys.executable, "-c", command, "telegram"], env={**os.environ, **settings}
    )
    try:
        yield running
    finally:
        running.terminate()
        running.wait(30)


def waits_for(what: Callable[[], bool], seconds: float = 10.0) -> None:
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline
        time.sleep(0.02)
