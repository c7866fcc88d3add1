"""The dialogues that `docs/telegram.md` shows, held again: the document must be what is said.

`TRANSCRIPTS=write make test` writes them anew.
"""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.bots.telegram.bot_api.server import TelegramServer

DOCUMENT = Path(__file__).parents[3] / "docs" / "telegram.md"
_MARKER = "<!-- dialogues, written by tests/bots/telegram/test_transcripts.py -->\n"
pytestmark = pytest.mark.usefixtures("bot")


def a_citizen(telegram: TelegramServer) -> str:
    """A citizen asks, opens the passage, asks on, and rates"""
    ana = telegram.user("Ana")
    ana.says("/start")
    ana.receives()
    ana.says("¿quién ve lo de las juntas vecinales?")
    answer = ana.receives()
    ana.taps(answer, "§ 3.2, p. 47")
    passage = ana.waits_for_edit(answer)
    ana.taps(passage, "↩ Volver")
    answer = ana.waits_for_edit(passage)
    ana.says("¿y a quién le reporta?")
    following = ana.receives()
    ana.taps(following, "👍")
    ana.waits_for_edit(following)
    ana.says("¿cuánto cuesta el predial?")
    ana.receives()
    return ana.transcript()


def asked_back(telegram: TelegramServer) -> str:
    """What may mean several positions is asked back"""
    luis = telegram.user("Luis")
    luis.says("¿qué hace el director?")
    luis.taps(luis.receives(), "Mejora Regulatoria (4)")
    answer = luis.receives()
    luis.taps(answer, "👎")
    complaint = luis.receives()
    luis.taps(complaint, "Le falta información")
    luis.waits_for_edit(complaint)
    return luis.transcript()


def a_newcomer(telegram: TelegramServer) -> str:
    """A new employee begins the induction, and checks what was learnt"""
    rosa = telegram.user("Rosa")
    rosa.says("/induccion jefatura de geomática")
    step = rosa.receives()
    while "Siguiente ›" in step.labels:
        rosa.taps(step, "Siguiente ›")
        step = rosa.receives()
    rosa.taps(step, "Comprobar")
    question = rosa.receives()
    for _ in range(4):
        rosa.taps(question, "B")
        question = rosa.waits_for_edit(question)
        rosa.taps(question, "Siguiente pregunta")
        question = rosa.receives()
    rosa.taps(question, "A")
    question = rosa.waits_for_edit(question)
    rosa.taps(question, "La inducción en PDF")
    rosa.receives()
    return rosa.transcript()


def staff(telegram: TelegramServer) -> str:
    """Staff check a reporting line in a group, and get the chart"""
    eva, hugo = telegram.user("Eva"), telegram.user("Hugo")
    group = telegram.group("Gobierno Digital", eva, hugo)
    eva.says("¿Alguien sabe a quién le reporta Geomática?", where=group)
    name = f"@{telegram.bot.username}"
    hugo.says(f"{name} ¿a quién le reporta la Jefatura de Geomática?", where=group)
    answer = group.receives()
    eva.says("¿y cuál es su cadena de mando?", reply_to=answer, where=group)
    group.receives()
    eva.says(f"/organigrama{name} jefatura de geomática", where=group)
    group.receives()
    return group.transcript()


DIALOGUES: tuple[Callable[[TelegramServer], str], ...] = (a_citizen, asked_back, staff, a_newcomer)


@pytest.mark.parametrize("dialogue", DIALOGUES, ids=lambda each: each.__name__)
def test_the_document_shows_what_is_said(
    dialogue: Callable[[TelegramServer], str], telegram: TelegramServer
) -> None:
    told = f"## {dialogue.__doc__}\n\n{dialogue(telegram)}\n"
    head, marker, shown = DOCUMENT.read_text("utf-8").partition(_MARKER)
    if os.environ.get("TRANSCRIPTS") == "write":
        before = "" if dialogue is DIALOGUES[0] else shown
        DOCUMENT.write_text(head + marker + before + told, "utf-8")
        return
    assert told in shown
