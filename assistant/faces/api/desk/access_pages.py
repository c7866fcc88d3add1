"""The pages of entering: the door, the one-time link, one's own account, the people, the log."""

import base64
import hmac
from typing import Annotated

import segno
from fastapi import APIRouter, Path, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from markupsafe import Markup
from pydantic import ValidationError
from starlette.exceptions import HTTPException

from assistant.desk.deeds import What
from assistant.desk.entering import Entered
from assistant.desk.errors import DeskError, GoneError, LockedOutError
from assistant.desk.identity_provider import (
    IdentityProvider,
    Pending,
    identity_provider_of,
    read_pending,
)
from assistant.desk.people import (
    PasswordError,
    Person,
    Role,
    new_second_factor,
    second_factor_address,
)
from assistant.faces.api.deps import Shared, SharedDep
from assistant.faces.api.desk import access_api
from assistant.faces.api.desk.access import (
    AdministratorSeat,
    AtDesk,
    ReaderSeat,
    Seat,
    client_address,
    end_cookie,
    require_own_page,
    set_cookie,
)
from assistant.faces.api.desk.frame import after, desk_page, fields_of
from assistant.faces.api.desk.models import InviteIn, RoleIn

router = APIRouter(prefix="/oficina", include_in_schema=False)

_PENDING = "oficina-oidc"
_PENDING_SECONDS = 600
Link = Annotated[str, Path(max_length=64)]
PersonId = Annotated[str, Path(max_length=32)]


@router.get("/entrar")
async def show_door(request: Request, books: AtDesk, shared: SharedDep) -> HTMLResponse:
    """The form to enter."""
    del books  # only that there is a desk
    by_provider = shared.settings.oidc_issuer is not None
    return desk_page(request, "enter.html", None, complaint="", email="", by_provider=by_provider)


@router.post("/entrar")
async def enter(request: Request, books: AtDesk, shared: SharedDep) -> Response:
    """Enter, or say why not."""
    require_own_page(request)
    form = await fields_of(request)
    email, code = form.get("correo", ""), form.get("codigo", "")
    try:
        entered = await shared.threads.run(
            lambda: books.entrance.enter(
                email, form.get("clave", ""), code, client_address(request)
            )
        )
    except DeskError as error:
        status = 429 if isinstance(error, LockedOutError) else 422
        return desk_page(
            request,
            "enter.html",
            None,
            status,
            complaint=str(error),
            email=email[:254],
            by_provider=shared.settings.oidc_issuer is not None,
        )
    response = after("/oficina")
    set_cookie(response, request, entered)
    return response


@router.get("/oidc")
async def go_to_provider(request: Request, books: AtDesk, shared: SharedDep) -> Response:
    """Begin to enter by the account that the office has anyway."""
    del books  # only that there is a desk
    provider = _provider(shared)
    begun = await shared.threads.run(lambda: provider.begin(_back(request)))
    response = RedirectResponse(begun.address, 303)
    response.set_cookie(
        _PENDING,
        base64.urlsafe_b64encode(begun.pending.written().encode()).decode(),
        max_age=_PENDING_SECONDS,
        path="/oficina/oidc",
        httponly=True,
        samesite="lax",  # it must come along from the provider's page
        secure=request.url.scheme == "https",
    )
    return response


@router.get("/oidc/vuelta")
async def come_back(request: Request, books: AtDesk, shared: SharedDep) -> Response:
    """Enter with what the provider tells, if the desk knows the person."""
    provider, said = _provider(shared), request.query_params
    pending = _pending(request)
    if pending is None or not hmac.compare_digest(pending.state, said.get("state", "")):
        raise DeskError("La entrada venció o no empezó aquí; empiece otra vez.")
    if "code" not in said:
        raise DeskError("El proveedor de identidad no dejó entrar; pruebe otra vez.")
    back = _back(request)

    def work() -> Entered:
        email = provider.finish(back, said["code"], pending)
        person = books.people.by_email(email)
        if person is None:
            raise DeskError(f"«{email}» no tiene alta en la oficina; pídala a quien administra.")
        return books.entrance.open(person)

    entered = await shared.threads.run(work)
    # A page rather than a redirect: a strict cookie does not go along on the way from elsewhere.
    response = desk_page(request, "came_back.html", None)
    response.delete_cookie(_PENDING, path="/oficina/oidc")
    set_cookie(response, request, entered)
    return response


@router.post("/salir")
async def leave(seat: ReaderSeat, shared: SharedDep) -> Response:
    """Leave."""
    response = after("/oficina/entrar")
    await access_api.leave(response, seat, shared)
    end_cookie(response)
    return response


@router.get("/alta/{link}")
async def show_link(link: Link, request: Request, books: AtDesk, shared: SharedDep) -> HTMLResponse:
    """The form of a one-time link."""
    person = await _invited(link, books, shared)
    return desk_page(request, "link.html", None, person=person, complaint="")


@router.post("/alta/{link}")
async def use_link(link: Link, request: Request, books: AtDesk, shared: SharedDep) -> Response:
    """Set the password."""
    require_own_page(request)
    person = await _invited(link, books, shared)
    form = await fields_of(request)
    try:
        if form.get("clave", "") != form.get("otra", ""):
            raise PasswordError("Las dos contraseñas no son iguales; escríbalas otra vez.")
        await shared.threads.run(lambda: books.people.accept(link, form.get("clave", "")))
    except PasswordError as error:
        return desk_page(request, "link.html", None, 422, person=person, complaint=str(error))
    await shared.threads.run(lambda: books.deeds.write(person.email, What.ACCEPTED))
    return after("/oficina/entrar", "alta")


@router.get("/cuenta")
async def show_account(request: Request, seat: ReaderSeat) -> HTMLResponse:
    """One's own account."""
    return _account(request, seat)


@router.post("/cuenta/clave")
async def change_password(request: Request, seat: ReaderSeat, shared: SharedDep) -> Response:
    """Set another password."""
    form = await fields_of(request)
    who = seat.who

    def work() -> None:
        if seat.books.people.fits(who, form.get("actual", "")) is None:
            raise PasswordError("La contraseña de ahora no es esa.")
        seat.books.people.change_password(seat.person.id, form.get("nueva", ""), seat.entered.key)
        seat.note(What.PASSWORD)

    try:
        await shared.threads.run(work)
    except PasswordError as error:
        return _account(request, seat, 422, str(error))
    return after("/oficina/cuenta", "clave")


@router.post("/cuenta/factor")
async def change_second_factor(request: Request, seat: ReaderSeat, shared: SharedDep) -> Response:
    """Ask for codes from now on, or no more."""
    form = await fields_of(request)
    people, person = seat.books.people, seat.person

    def work() -> bool:
        if seat.books.people.fits(seat.who, form.get("clave", "")) is None:
            return False
        if person.has_second_factor:
            people.end_second_factor(person.id)
        elif not people.set_second_factor(
            person.id, form.get("secreto", "")[:64], form.get("codigo", "")
        ):
            return False
        seat.note(What.SECOND_FACTOR)
        return True

    if not await shared.threads.run(work):
        return _account(
            request, seat, 422, "La contraseña o el código no coinciden; empiece otra vez."
        )
    return after("/oficina/cuenta", "factor")


@router.get("/personas")
async def list_people(request: Request, seat: AdministratorSeat, shared: SharedDep) -> HTMLResponse:
    """Who may enter."""
    return await _people(request, seat, shared)


@router.post("/personas")
async def invite(request: Request, seat: AdministratorSeat, shared: SharedDep) -> HTMLResponse:
    """Make a one-time link, which is shown once."""
    form = await fields_of(request)
    email = form.get("correo", "")
    try:
        role = Role(form.get("papel", Role.READER.value))
        made = await access_api.invite(InviteIn(email=email, role=role), seat, shared)
    except (DeskError, ValueError) as error:
        told = str(error) if isinstance(error, DeskError) else "Revise el correo y el papel."
        return await _people(request, seat, shared, 422, complaint=told)
    link = str(request.base_url).rstrip("/") + made.path
    return await _people(request, seat, shared, link=link, invited=email)


@router.post("/personas/{person}/papel")
async def set_role(
    person: PersonId, request: Request, seat: AdministratorSeat, shared: SharedDep
) -> Response:
    """Give somebody another role."""
    form = await fields_of(request)
    try:
        role = RoleIn.model_validate({"role": form.get("papel", "")})
        await access_api.set_role(person, role, seat, shared)
    except (DeskError, ValidationError) as error:
        told = str(error) if isinstance(error, DeskError) else "Elija un papel."
        return await _people(request, seat, shared, 422, complaint=told)
    return after("/oficina/personas", "papel")


@router.post("/personas/{person}/baja")
async def remove(
    person: PersonId, request: Request, seat: AdministratorSeat, shared: SharedDep
) -> Response:
    """Take somebody's account away."""
    try:
        await access_api.remove(person, seat, shared)
    except GoneError:
        raise
    except DeskError as error:
        return await _people(request, seat, shared, 422, complaint=str(error))
    return after("/oficina/personas", "baja")


@router.get("/bitacora")
async def read_log(request: Request, seat: AdministratorSeat, shared: SharedDep) -> HTMLResponse:
    """Who changed what."""
    deeds = await shared.threads.run(lambda: seat.books.deeds.latest(300))
    return desk_page(request, "log.html", seat, deeds=deeds)


@router.get("/bitacora.csv")
async def export_log(seat: AdministratorSeat, shared: SharedDep) -> Response:
    """The same as a file."""
    return await access_api.export_log(seat, shared)


async def _people(
    request: Request,
    seat: Seat,
    shared: SharedDep,
    status: int = 200,
    *,
    complaint: str = "",
    link: str = "",
    invited: str = "",
) -> HTMLResponse:
    people = await shared.threads.run(seat.books.people.all)
    return desk_page(
        request,
        "people.html",
        seat,
        status,
        people=people,
        complaint=complaint,
        link=link,
        invited=invited,
    )


def _account(request: Request, seat: Seat, status: int = 200, complaint: str = "") -> HTMLResponse:
    """One's account; for a second factor that isn't set, a fresh secret with its QR code."""
    secret = "" if seat.person.has_second_factor else new_second_factor()
    picture = Markup()
    if secret:
        address = second_factor_address(secret, seat.who, request.state.identity.name)
        code = segno.make(address, error="m")
        # what segno draws is made of numbers only
        picture = Markup(code.svg_inline(scale=4, border=2, dark="#000", light="#fff"))
    return desk_page(
        request,
        "account.html",
        seat,
        status,
        secret=secret,
        picture=picture,
        complaint=complaint,
    )


def _provider(shared: Shared) -> IdentityProvider:
    provider = identity_provider_of(shared.settings)
    if provider is None:
        raise HTTPException(404)
    return provider


def _back(request: Request) -> str:
    """Where the provider sends people back to."""
    return f"{str(request.base_url).rstrip('/')}/oficina/oidc/vuelta"


def _pending(request: Request) -> Pending | None:
    try:
        written = base64.urlsafe_b64decode(request.cookies.get(_PENDING, "")).decode()
    except ValueError:
        return None
    return read_pending(written)


async def _invited(link: str, books: AtDesk, shared: SharedDep) -> Person:
    person = await shared.threads.run(lambda: books.people.invited(link))
    if person is None:
        raise GoneError("El enlace ya se usó o venció; pida otro a quien administra.")
    return person
