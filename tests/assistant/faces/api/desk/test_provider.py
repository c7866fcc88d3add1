"""Entering by the office's own accounts: a small provider on loopback tells who it is."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from assistant.desk.identity_provider import ProviderSettingsError
from assistant.desk.people import Role
from assistant.faces.api import create_app
from assistant.running.settings import Settings
from tests.assistant.faces.api.conftest import Serve
from tests.assistant.faces.api.desk.conftest import email_of, staffed
from tests.assistant.faces.api.desk.provider import OTHER_KEY, Provider, provider_at


@pytest.fixture
def provider() -> Iterator[Provider]:
    """A provider that lets in whom the test says."""
    with provider_at("127.0.0.1") as says:
        yield says


@pytest.fixture
def office(own_data: Path, provider: Provider, serve: Serve) -> Iterator[httpx.Client]:
    staffed(own_data, Role.EDITOR)
    settings = Settings(
        data_dir=own_data,
        rate_limit="no",
        oidc_issuer=provider.issuer,
        oidc_client_id="mesa",
        oidc_client_secret="secreto",  # type: ignore[arg-type]
    )
    with serve(settings) as client:
        yield client


def _came_back(office: httpx.Client, provider: Provider, state: str = "") -> httpx.Response:
    """Go to the provider and come back with a code."""
    sent = urlsplit(office.get("/oficina/oidc").headers["location"])
    provider.asked = {k: v[0] for k, v in parse_qs(sent.query).items()}
    assert provider.asked["code_challenge_method"] == "S256"
    back = {"code": "abc", "state": state or provider.asked["state"]}
    return office.get("/oficina/oidc/vuelta", params=back, headers={"Accept": "text/html"})


def test_who_has_an_account_enters_with_their_role(
    office: httpx.Client, provider: Provider
) -> None:
    assert "Entrar con la cuenta de la oficina" in office.get("/oficina/entrar").text
    provider.claims = {"email": email_of(Role.EDITOR).upper()}
    assert _came_back(office, provider).status_code == 200
    assert office.get("/api/desk/session").json()["role"] == "editor"


def test_who_has_none_does_not(office: httpx.Client, provider: Provider) -> None:
    provider.claims = {"email": "otra@oficina.mx"}
    told = _came_back(office, provider)
    assert (told.status_code, "no tiene alta" in told.text) == (422, True)
    assert office.get("/api/desk/session").status_code == 401


@pytest.mark.parametrize(
    "claims",
    [
        {"email_verified": False},
        {"email_verified": "true"},
        {"nonce": "otro"},
        {"aud": "otra"},
        {"iss": "http://otro.example"},
        {"exp": 1_000_000_000},
    ],
    ids=lambda claims: next(iter(claims)),
)
def test_what_can_not_be_trusted_lets_nobody_in(
    office: httpx.Client, provider: Provider, claims: dict[str, Any]
) -> None:
    provider.claims = {"email": email_of(Role.ADMINISTRATOR), **claims}
    assert _came_back(office, provider).status_code == 422
    assert office.get("/api/desk/session").status_code == 401


def test_another_key_and_another_state_let_nobody_in(
    office: httpx.Client, provider: Provider
) -> None:
    provider.claims = {"email": email_of(Role.ADMINISTRATOR)}
    assert _came_back(office, provider, state="otro").status_code == 422
    provider.key = OTHER_KEY
    assert _came_back(office, provider).status_code == 422
    assert office.get("/api/desk/session").status_code == 401


def test_half_of_the_settings_is_told_when_the_server_starts() -> None:
    with pytest.raises(ProviderSettingsError, match="ASISTENTE_OIDC_CLIENT_ID"):
        create_app(Settings(oidc_issuer="https://cuentas.example"))
