"""A real server with an office: one person of each role, and kept questions."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from assistant.desk.entering import Entrance
from assistant.desk.people import PersonBook, Role
from assistant.faces.api.desk.access import COOKIE, FORM_HEADER
from assistant.running.settings import Settings
from assistant.running.storage import open_database
from tests.assistant.faces.api.conftest import Serve

PASSWORD = "una frase bastante larga"
Enter = Callable[..., httpx.Client]


def email_of(role: Role) -> str:
    """Whom the tests have for a role."""
    return f"{role.value}@oficina.mx"


def staffed(folder: Path, *roles: Role) -> None:
    """Make the accounts of an office."""
    database = open_database(folder)
    people = PersonBook(database)
    for role in (Role.ADMINISTRATOR, *roles):
        people.accept(people.invite(email_of(role), role), PASSWORD)
    database.close()


def enter_by_password(client: httpx.Client, role: Role = Role.ADMINISTRATOR) -> None:
    """Enter; what the client changes bears the token of its session from now on."""
    body = {"email": email_of(role), "password": PASSWORD}
    entered = client.post("/api/desk/session", json=body).json()
    client.headers[FORM_HEADER] = entered["form_token"]


@pytest.fixture(scope="module")
def office_data(tmp_path_factory: pytest.TempPathFactory, data_with_real: Path) -> Path:
    """The data folder of an office with somebody of each role."""
    folder = tmp_path_factory.mktemp("office") / "data"
    shutil.copytree(data_with_real, folder, symlinks=True)
    staffed(folder, Role.READER, Role.EDITOR)
    return folder


@pytest.fixture(scope="module")
def office(office_data: Path, serve: Serve) -> Iterator[httpx.Client]:
    """Its server; the client has not entered."""
    settings = Settings(data_dir=office_data, rate_limit="no", keep_questions=True)
    with serve(settings) as client:
        yield client


@pytest.fixture
def enter(office: httpx.Client, office_data: Path) -> Iterator[Enter]:
    """Enters as somebody of a role: a client with their session, and the token of its forms."""
    opened: list[httpx.Client] = []

    def as_(role: Role, server: httpx.Client = office, data: Path = office_data) -> httpx.Client:
        client = httpx.Client(base_url=server.base_url, timeout=30)
        opened.append(client)
        database = open_database(data)
        person = PersonBook(database).by_email(email_of(role))
        assert person is not None
        entered = Entrance(database).open(person)  # the password is asked in the tests of the door
        database.close()
        client.cookies.set(COOKIE, entered.token)
        client.headers[FORM_HEADER] = entered.form_token
        return client

    yield as_
    for each in opened:
        each.close()
