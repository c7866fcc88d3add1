"""A question over HTTP: the same answer as in the terminal, or a problem that says what to do."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from assistant.answering.answer import Answer
from assistant.asking.core import Assistant
from tests.assistant.faces.api.conftest import IsProblem

Ask = Callable[..., dict[str, Any]]


@pytest.mark.parametrize(
    "question",
    ["¿Quién ve lo de las juntas vecinales?", "¿A quién le reporta la Jefatura de Geomática?"],
)
def test_the_answer_is_that_of_the_core(ask_it: Ask, assistant: Assistant, question: str) -> None:
    over_http, direct = Answer.model_validate(ask_it(question)), assistant.ask(question)
    assert over_http.answer == direct.answer
    assert over_http.citations == direct.citations
    assert over_http.suggestions == direct.suggestions


def test_all_fields_of_the_contract_are_there(ask_it: Ask) -> None:
    answer = ask_it("¿Quién ve lo de las juntas vecinales?")
    assert set(answer) == {
        "answer", "kind", "reason", "citations", "suggestions", "conversation_id", "answer_id",
        "blocks",
    }  # fmt: skip
    assert set(answer["citations"][0]) == {
        "manual", "section", "title", "page", "function", "quote",
    }  # fmt: skip


def test_a_conversation_goes_on(ask_it: Ask) -> None:
    first = ask_it("¿A quién le reporta la Jefatura de Geomática?")
    then = ask_it("¿Y cuál es su objetivo?", conversation_id=first["conversation_id"])
    assert then["conversation_id"] == first["conversation_id"]
    assert then["citations"][0]["section"] == "2.1.5.1"


def test_a_conversation_can_be_erased(server: httpx.Client, ask_it: Ask) -> None:
    first = ask_it("¿A quién le reporta la Jefatura de Geomática?")
    for _ in range(2):  # the second time there is nothing to erase, which is as well
        response = server.delete(f"/api/conversations/{first['conversation_id']}")
        assert (response.status_code, response.content) == (204, b"")
    then = ask_it("¿Y cuál es su objetivo?", conversation_id=first["conversation_id"])
    assert "2.1.5.1" not in [c["section"] for c in then["citations"]]


def test_a_manual_can_be_named_in_any_case(ask_it: Ask) -> None:
    answer = ask_it("¿Cuántos puestos hay?", manual="mo-sig-01")
    assert answer["citations"][0]["manual"] == "MO-SIG-01"


@pytest.mark.parametrize("question", ["", "   ", "\u200b\u202e", "¿?"])
def test_an_empty_question(server: httpx.Client, is_problem: IsProblem, question: str) -> None:
    problem = is_problem(server.post("/api/ask", json={"question": question}), 422)
    assert problem["detail"].startswith("La pregunta está vacía")


def test_a_question_that_is_too_long(server: httpx.Client, is_problem: IsProblem) -> None:
    problem = is_problem(server.post("/api/ask", json={"question": "a" * 501}), 413)
    assert "501 caracteres" in problem["detail"]


@pytest.mark.parametrize("body", [b"{", b'{"question": "hola"', b"hola", b'{"question": "\xff"}'])
def test_broken_json(server: httpx.Client, is_problem: IsProblem, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    is_problem(server.post("/api/ask", content=body, headers=headers), 400)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "question"),
        ({"question": None}, "question"),
        ({"question": ["hola"]}, "question"),
        ({"question": "hola", "conversation_id": "../../etc"}, "conversation_id"),
        ({"question": "hola", "conversation_id": "a" * 200}, "conversation_id"),
        ({"question": "hola", "manual": 3}, "manual"),
        ([], "body"),
        (None, "body"),
    ],
)
def test_a_wrong_form_is_told_field_by_field(
    server: httpx.Client, is_problem: IsProblem, body: object, field: str
) -> None:
    problem = is_problem(server.post("/api/ask", json=body), 422)
    assert [each["field"] for each in problem["errors"]] == [field]
    assert f"«{field}»" in problem["detail"]


def test_a_body_that_is_no_json_at_all(server: httpx.Client, is_problem: IsProblem) -> None:
    is_problem(server.post("/api/ask", content=b"question=hola"), 422)
    is_problem(server.post("/api/ask"), 422)


def test_half_a_character_is_no_text(server: httpx.Client, is_problem: IsProblem) -> None:
    body, headers = b'{"question": "\\ud83d"}', {"Content-Type": "application/json"}
    is_problem(server.post("/api/ask", content=body, headers=headers), 422)


def test_an_unknown_manual(server: httpx.Client, is_problem: IsProblem) -> None:
    asked = {"question": "hola", "manual": "MO-NADA-99"}
    assert "MO-NADA-99" in is_problem(server.post("/api/ask", json=asked), 404)["detail"]


def test_what_was_sent_is_not_repeated_in_a_problem(server: httpx.Client) -> None:
    response = server.post("/api/ask", json={"question": {"curp": "GOMC800101HDFRRL09"}})
    assert "GOMC" not in response.text


def test_an_address_that_does_not_exist(server: httpx.Client, is_problem: IsProblem) -> None:
    is_problem(server.get("/api/nada"), 404)
    is_problem(server.get("/nada"), 404)
    is_problem(server.get("/api/ask"), 405)


@pytest.mark.parametrize("chunked", [False, True], ids=["told", "untold"])
def test_a_body_that_is_too_large(
    server: httpx.Client, is_problem: IsProblem, chunked: bool
) -> None:
    body = b'{"question": "' + b"a" * 100_000 + b'"}'
    content = iter([body[:50_000], body[50_000:]]) if chunked else body
    headers = {"Content-Type": "application/json"}
    problem = is_problem(server.post("/api/ask", content=content, headers=headers), 413)
    assert problem["detail"] == "La solicitud es demasiado grande."


@pytest.mark.parametrize("thumbs", ["up", "down"])
def test_feedback_is_taken(server: httpx.Client, ask_it: Ask, thumbs: str) -> None:
    given = {"answer_id": ask_it("hola")["answer_id"], "thumbs": thumbs, "comment": "¡Bien!"}
    response = server.post("/api/feedback", json=given)
    assert (response.status_code, response.content) == (204, b"")


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"answer_id": "a", "thumbs": "sideways"},
        {"answer_id": "a\u0000b", "thumbs": "up"},
        {"answer_id": "a", "thumbs": "up", "comment": "a" * 2001},
    ],
)
def test_feedback_of_a_wrong_form(
    server: httpx.Client, is_problem: IsProblem, given: dict[str, str]
) -> None:
    is_problem(server.post("/api/feedback", json=given), 422)
