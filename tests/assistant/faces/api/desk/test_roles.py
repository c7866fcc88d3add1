"""Who may do what: every endpoint of the desk, for everybody. The table must have them all."""

import re
from collections.abc import Iterator

import httpx
import pytest
from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute

from assistant.desk.people import Role
from assistant.faces.api import create_app
from assistant.running.settings import Settings
from tests.assistant.faces.api.desk.conftest import Enter

ANYBODY = None
"""Who has not entered: the door itself."""
LEAST: dict[tuple[str, str], Role | None] = {
    ("POST", "/api/desk/session"): ANYBODY,
    ("GET", "/oficina/entrar"): ANYBODY,
    ("POST", "/oficina/entrar"): ANYBODY,
    ("GET", "/oficina/oidc"): ANYBODY,
    ("GET", "/oficina/oidc/vuelta"): ANYBODY,
    ("GET", "/oficina/alta/{link}"): ANYBODY,
    ("POST", "/oficina/alta/{link}"): ANYBODY,
    # what somebody may see
    ("GET", "/api/desk/session"): Role.READER,
    ("DELETE", "/api/desk/session"): Role.READER,
    ("GET", "/api/desk/questions"): Role.READER,
    ("GET", "/api/desk/questions/groups"): Role.READER,
    ("GET", "/api/desk/questions/{question}"): Role.READER,
    ("GET", "/api/desk/questions/{question}/now"): Role.READER,
    ("GET", "/api/desk/figures"): Role.READER,
    ("GET", "/api/desk/figures.csv"): Role.READER,
    ("GET", "/api/desk/scores"): Role.READER,
    ("GET", "/api/desk/drafts"): Role.READER,
    ("GET", "/api/desk/drafts/{draft}"): Role.READER,
    ("GET", "/api/desk/manuals/{code}/findings"): Role.READER,
    ("GET", "/api/desk/settings"): Role.READER,
    ("GET", "/oficina"): Role.READER,
    ("GET", "/oficina/tablero.csv"): Role.READER,
    ("GET", "/oficina/preguntas"): Role.READER,
    ("GET", "/oficina/preguntas/{question}"): Role.READER,
    ("GET", "/oficina/calificar"): Role.READER,
    ("GET", "/oficina/manuales"): Role.READER,
    ("GET", "/oficina/manuales/borradores/{draft}"): Role.READER,
    ("GET", "/oficina/manuales/{code}/contradicciones"): Role.READER,
    ("GET", "/oficina/ajustes"): Role.READER,
    ("GET", "/oficina/cuenta"): Role.READER,
    ("POST", "/oficina/cuenta/clave"): Role.READER,
    ("POST", "/oficina/cuenta/factor"): Role.READER,
    ("POST", "/oficina/salir"): Role.READER,
    ("GET", "/api/desk/manuals/{code}/wordings"): Role.READER,
    ("GET", "/oficina/ensenado"): Role.READER,
    # what changes how questions are answered
    ("POST", "/api/desk/manuals/{code}/wordings"): Role.EDITOR,
    ("POST", "/api/desk/manuals/{code}/wordings/trial"): Role.EDITOR,
    ("DELETE", "/api/desk/manuals/{code}/wordings/{key}"): Role.EDITOR,
    ("POST", "/oficina/preguntas/{question}/probar"): Role.EDITOR,
    ("POST", "/oficina/preguntas/{question}/ensenar"): Role.EDITOR,
    ("POST", "/oficina/ensenado/{code}/quitar"): Role.EDITOR,
    ("GET", "/api/desk/scores/next"): Role.EDITOR,
    ("POST", "/api/desk/scores"): Role.EDITOR,
    ("GET", "/api/desk/scores/exam/{code}"): Role.EDITOR,
    ("POST", "/api/desk/drafts"): Role.EDITOR,
    ("POST", "/api/desk/drafts/{draft}/publish"): Role.EDITOR,
    ("DELETE", "/api/desk/drafts/{draft}"): Role.EDITOR,
    ("POST", "/api/desk/manuals/{code}/former"): Role.EDITOR,
    ("PUT", "/api/desk/manuals/{code}/in-force"): Role.EDITOR,
    ("PUT", "/api/desk/manuals/{code}/findings/{key}"): Role.EDITOR,
    ("POST", "/oficina/calificar"): Role.EDITOR,
    ("GET", "/oficina/calificar/{code}.jsonl"): Role.EDITOR,
    ("POST", "/oficina/manuales"): Role.EDITOR,
    ("POST", "/oficina/manuales/borradores/{draft}/publicar"): Role.EDITOR,
    ("POST", "/oficina/manuales/borradores/{draft}/descartar"): Role.EDITOR,
    ("POST", "/oficina/manuales/{code}/anterior"): Role.EDITOR,
    ("POST", "/oficina/manuales/{code}/vigente"): Role.EDITOR,
    ("POST", "/oficina/manuales/{code}/contradicciones/{key}"): Role.EDITOR,
    # what changes who may do so, and what can't be taken back
    ("GET", "/api/desk/people"): Role.ADMINISTRATOR,
    ("POST", "/api/desk/people"): Role.ADMINISTRATOR,
    ("PUT", "/api/desk/people/{person}/role"): Role.ADMINISTRATOR,
    ("DELETE", "/api/desk/people/{person}"): Role.ADMINISTRATOR,
    ("GET", "/api/desk/log"): Role.ADMINISTRATOR,
    ("GET", "/api/desk/log.csv"): Role.ADMINISTRATOR,
    ("DELETE", "/api/desk/manuals/{code}"): Role.ADMINISTRATOR,
    ("DELETE", "/api/desk/manuals/{code}/versions/{version}"): Role.ADMINISTRATOR,
    ("PUT", "/api/desk/settings"): Role.ADMINISTRATOR,
    ("GET", "/oficina/personas"): Role.ADMINISTRATOR,
    ("POST", "/oficina/personas"): Role.ADMINISTRATOR,
    ("POST", "/oficina/personas/{person}/papel"): Role.ADMINISTRATOR,
    ("POST", "/oficina/personas/{person}/baja"): Role.ADMINISTRATOR,
    ("GET", "/oficina/bitacora"): Role.ADMINISTRATOR,
    ("GET", "/oficina/bitacora.csv"): Role.ADMINISTRATOR,
    ("POST", "/oficina/ajustes"): Role.ADMINISTRATOR,
    ("POST", "/oficina/manuales/{code}/quitar"): Role.ADMINISTRATOR,
    ("POST", "/oficina/manuales/{code}/olvidar"): Role.ADMINISTRATOR,
}
_ROLES = (None, *Role)
_IDS = [f"{method} {path}" for method, path in LEAST]

endpoint = pytest.mark.parametrize(("method", "path"), LEAST, ids=_IDS)


def test_the_table_has_every_endpoint_of_the_desk() -> None:
    app = create_app(Settings())
    served = {
        (method, route.path)
        for route in _routes(app)
        if route.path.startswith(("/api/desk", "/oficina"))
        for method in route.methods - {"HEAD"}
    }
    documented = {
        (method.upper(), path)
        for path, methods in app.openapi()["paths"].items()
        if path.startswith("/api/desk")
        for method in methods
    }
    assert documented <= served
    assert served == set(LEAST)


def _routes(app: FastAPI | APIRouter) -> Iterator[APIRoute]:
    for route in app.routes:
        if isinstance(route, APIRoute):
            yield route
        elif router := getattr(route, "original_router", None):
            yield from _routes(router)


@endpoint
def test_each_role_is_let_in_where_it_may_and_nowhere_else(
    office: httpx.Client, enter: Enter, method: str, path: str
) -> None:
    least = LEAST[method, path]
    address = _address(path)
    for role in _ROLES:
        client = office if role is None else enter(role)
        response = client.request(method, address)
        if least is None or (role is not None and role.includes(least)):
            assert response.status_code not in (401, 403), f"{role}: {response.text[:200]}"
            assert response.headers.get("location") != "/oficina/entrar" or path.endswith("salir")
        elif role is None and path.startswith("/oficina"):
            assert (response.status_code, response.headers["location"]) == (303, "/oficina/entrar")
        else:
            assert response.status_code == (401 if role is None else 403), f"{role}: {address}"


@endpoint
def test_nothing_is_changed_without_the_token_of_the_session(
    enter: Enter, method: str, path: str
) -> None:
    if method == "GET" or LEAST[method, path] is None:
        return
    client = enter(Role.ADMINISTRATOR)
    for token in ("", "0" * 64, enter(Role.ADMINISTRATOR).headers["X-Form-Token"]):
        client.headers["X-Form-Token"] = token
        assert client.request(method, _address(path)).status_code == 403


@endpoint
def test_nothing_is_changed_for_a_page_of_another_site(
    enter: Enter, method: str, path: str
) -> None:
    if method == "GET":
        return
    client = enter(Role.ADMINISTRATOR)
    body = {"email": "a@b.mx", "password": "x"} if path == "/api/desk/session" else None
    for header in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://otra.example"}):
        assert client.request(method, _address(path), headers=header, json=body).status_code == 403


def _address(path: str) -> str:
    """A path with something in it that isn't there: nobody is let in to see that."""
    known = path.replace("{code}/findings", "MO-SIG-01/findings")
    known = known.replace("{code}/contradicciones", "MO-SIG-01/contradicciones")
    return re.sub(r"\{\w+\}", "nada", known)
