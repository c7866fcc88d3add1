"""Conversations are kept so that any worker can go on with them, with as little as possible."""

import pytest
from sqlalchemy import text

from assistant.answering.knowledge import Knowledge
from assistant.asking.core import Assistant
from assistant.running.storage import Database, SqlConversations
from assistant.understanding.focus import NOTHING, Focus
from corpus.model import Manual


@pytest.fixture
def conversations(database: Database, real: Knowledge) -> SqlConversations:
    return SqlConversations(database, lambda code: real.manual if code == "MO-SIG-01" else None)


def focus_of(knowledge: Knowledge, question: str) -> Focus:
    """What a conversation is about after one question."""
    asked = knowledge.interpreter.understand(question, NOTHING)
    return Focus(asked, tuple(p.number for p in asked.positions), None, knowledge.manual.code)


QUESTIONS = [
    "¿A quién le reporta la Jefatura de Geomática?",
    "¿Cuál es el objetivo del capítulo VII.D?",
    "¿Qué hace el coordinador?",
    "Trabajo en la Dirección de Gobierno Digital, ¿quién ve lo de las juntas vecinales?",
    "Como la Jefatura de Geomática depende de la Secretaría, ¿qué hace?",
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_focus_comes_back_as_it_was(
    conversations: SqlConversations, real: Knowledge, question: str
) -> None:
    focus = focus_of(real, question)
    conversations.save("una", focus)
    assert conversations.load("una") == focus
    pending = Focus(pending=focus.understanding, manual="MO-SIG-01", unplaced="¿quién manda?")
    conversations.save("una", pending)
    assert conversations.load("una") == pending


def test_an_unknown_conversation_is_about_nothing(conversations: SqlConversations) -> None:
    assert conversations.load("ninguna") == NOTHING


def test_conversations_are_told_apart(conversations: SqlConversations, real: Knowledge) -> None:
    one, other = (focus_of(real, question) for question in QUESTIONS[:2])
    conversations.save("una", one)
    conversations.save("otra", other)
    assert (conversations.load("una"), conversations.load("otra")) == (one, other)


def test_a_forgotten_conversation_is_gone(
    conversations: SqlConversations, real: Knowledge, database: Database
) -> None:
    conversations.save("una", focus_of(real, QUESTIONS[0]))
    conversations.forget("una")
    conversations.forget("nunca hubo")
    assert conversations.load("una") == NOTHING
    assert rows(database) == []


def test_nothing_is_written_where_there_is_nothing_to_keep(
    conversations: SqlConversations, database: Database
) -> None:
    conversations.save("saludo", NOTHING)
    assert rows(database) == []


def test_neither_the_id_nor_personal_data_nor_the_manual_is_written(
    conversations: SqlConversations, real: Knowledge, database: Database
) -> None:
    question = (
        "Soy ana@correo.mx, tel. 951 123 4567, CURP GOMC800101HDFRRL09: "
        "¿a quién le reporta la Jefatura de Geomática?"
    )
    conversations.save("la-conversación", focus_of(real, question))
    written = str(rows(database))
    for secret in ("la-conversación", "ana@", "4567", "GOMC"):
        assert secret not in written
    assert "Geomática" in written
    position = real.manual.position("2.1.5.1")
    assert position is not None
    assert position.functions[0].text not in written


def test_a_position_that_the_manual_has_lost_ends_the_conversation(
    database: Database, real: Knowledge
) -> None:
    manuals: dict[str, Manual] = {"MO-SIG-01": real.manual}
    conversations = SqlConversations(database, manuals.get)
    conversations.save("una", focus_of(real, QUESTIONS[0]))
    manuals["MO-SIG-01"] = Manual.model_validate({**dict(real.manual), "positions": ()})
    assert conversations.load("una") == NOTHING
    del manuals["MO-SIG-01"]
    assert conversations.load("una") == NOTHING


@pytest.mark.parametrize(
    "written", ["", "{", "[]", "null", '{"intent": 3}', '{"understanding": 1}']
)
def test_what_another_version_wrote_is_about_nothing(
    conversations: SqlConversations, real: Knowledge, database: Database, written: str
) -> None:
    conversations.save("una", focus_of(real, QUESTIONS[0]))
    with database.transaction() as connection:
        connection.execute(text("UPDATE conversations SET focus = :it"), {"it": written})
    assert conversations.load("una") == NOTHING


def test_another_process_goes_on_with_the_conversation(
    database: Database, assistant: Assistant, real: Knowledge
) -> None:
    def worker() -> Assistant:
        kept = SqlConversations(database, lambda _: real.manual)
        return Assistant(assistant.library, kept, 500)

    first = worker().ask("¿A quién le reporta la Jefatura de Geomática?")
    then = worker().ask("¿y cuál es su objetivo?", first.conversation_id)
    assert then.citations[0].section == "2.1.5.1"


def rows(database: Database) -> list[object]:
    with database.transaction() as connection:
        return list(connection.execute(text("SELECT * FROM conversations")).all())
