"""Who may do what at the desk: the networks, the session's cookie, roles, and the token of a form.

A route asks for the role that it needs by the type of its seat:

    async def publish(draft: str, seat: EditorSeat) -> …
"""

import ipaddress
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request, Response
from starlette.exceptions import HTTPException

from assistant.desk.books import Books, books_in
from assistant.desk.deeds import What
from assistant.desk.entering import LONGEST, Entered
from assistant.desk.people import Person, Role
from assistant.faces.api.deps import ServicesDep, Shared, SharedDep
from assistant.faces.api.problems import ForbiddenError, ForgedError, NotEnteredError
from assistant.running.settings import Settings, listed
from corpus.errors import AsistenteError

COOKIE = "oficina"
FORM_FIELD, FORM_HEADER = "sello", "X-Form-Token"
"""Where a request that changes something carries the token of its session."""
_HARMLESS = frozenset({"GET", "HEAD", "OPTIONS"})


class NetworksError(AsistenteError):
    """`ASISTENTE_DESK_NETWORKS` has something that is no network."""


@dataclass(frozen=True)
class Seat:
    """Somebody who may be where they are."""

    entered: Entered
    books: Books

    @property
    def person(self) -> Person:
        """Who it is."""
        return self.entered.person

    @property
    def who(self) -> str:
        """The name in the log."""
        return self.entered.person.email

    def note(self, what: What, about: str = "") -> None:
        """Write into the log what they changed. Raises DatabaseError."""
        self.books.deeds.write(self.who, what, about)

    def may(self, role: Role) -> bool:
        """Whether they may do what needs this role."""
        return self.person.role.includes(role)


def networks_of(settings: Settings) -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    """The networks that the desk is served to; none for all. Raises NetworksError."""
    try:
        return [ipaddress.ip_network(each, strict=False) for each in listed(settings.desk_networks)]
    except ValueError as error:
        raise NetworksError(
            "Revise ASISTENTE_DESK_NETWORKS: son redes como 10.0.0.0/8, con comas entre ellas."
        ) from error


async def _at_desk(
    request: Request, shared: SharedDep, services: ServicesDep
) -> AsyncIterator[Books]:
    """What the desk keeps. Where there is no desk, or not for this address, there is no page."""
    if not _is_inside(request, shared.settings):
        raise HTTPException(404)
    books = books_in(services.database, shared.settings)
    if await shared.threads.run(books.people.is_empty):
        raise HTTPException(404)
    try:
        yield books
    finally:
        await request.close()  # the files of a form


AtDesk = Annotated[Books, Depends(_at_desk)]
"""The books, without anybody having entered: for the door itself."""


def _seat_of(role: Role) -> Callable[..., Awaitable[Seat]]:
    async def seat(request: Request, books: AtDesk, shared: SharedDep) -> Seat:
        token = request.cookies.get(COOKIE, "")
        entered = await shared.threads.run(lambda: books.entrance.find(token)) if token else None
        if entered is None:
            raise NotEnteredError
        if not entered.person.role.includes(role):
            raise ForbiddenError
        if request.method not in _HARMLESS:
            require_own_page(request)
            if not entered.made(await _form_token(request)):
                raise ForgedError
        return Seat(entered, books)

    return seat


ReaderSeat = Annotated[Seat, Depends(_seat_of(Role.READER))]
EditorSeat = Annotated[Seat, Depends(_seat_of(Role.EDITOR))]
AdministratorSeat = Annotated[Seat, Depends(_seat_of(Role.ADMINISTRATOR))]


async def changed(seat: Seat, shared: Shared, what: What, change: Callable[[], str]) -> None:
    """Make a change, which says what it was about, and note it. Raises what it does."""
    await shared.threads.run(lambda: seat.note(what, change()))


def require_own_page(request: Request) -> None:
    """Raise ForgedError for what a page of another site sends; a program tells of no site."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        if site not in ("same-origin", "none"):
            raise ForgedError
        return
    origin = request.headers.get("origin")
    if origin is not None and origin.split("://")[-1] != request.headers.get("host"):
        raise ForgedError


def set_cookie(response: Response, request: Request, entered: Entered) -> None:
    """Let the browser carry the session."""
    response.set_cookie(
        COOKIE,
        entered.token,
        max_age=int(LONGEST.total_seconds()),
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )


def end_cookie(response: Response) -> None:
    """Let the browser forget the session."""
    response.delete_cookie(COOKIE, httponly=True, samesite="strict")


def client_address(request: Request) -> str:
    """The address that a request comes from."""
    return request.client.host if request.client else ""


def _is_inside(request: Request, settings: Settings) -> bool:
    networks = networks_of(settings)
    if not networks:
        return True
    try:
        address = ipaddress.ip_address(client_address(request))
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return any((mapped or address) in network for network in networks)


async def _form_token(request: Request) -> str:
    """The token that a request carries. Its body is read only now, when it is known who it is."""
    header = request.headers.get(FORM_HEADER)
    if header is not None:
        return header
    kind = request.headers.get("content-type", "")
    if not kind.startswith(("application/x-www-form-urlencoded", "multipart/form-data")):
        return ""
    return str((await request.form()).get(FORM_FIELD, ""))
