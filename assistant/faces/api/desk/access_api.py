"""The desk's people over the API: entering, accounts, the log."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response, status

from assistant.desk.deeds import Deed, What, as_csv
from assistant.desk.entering import Entered
from assistant.desk.people import ROLE_NAMES
from assistant.faces.api.deps import SharedDep
from assistant.faces.api.desk.access import (
    AdministratorSeat,
    AtDesk,
    ReaderSeat,
    changed,
    client_address,
    end_cookie,
    require_own_page,
    set_cookie,
)
from assistant.faces.api.desk.models import (
    DeedOut,
    EnterIn,
    InviteIn,
    InviteOut,
    PersonOut,
    RoleIn,
    SessionOut,
)
from assistant.faces.api.problems import problem_responses

router = APIRouter(
    prefix="/api/desk",
    tags=["Oficina"],
    responses=problem_responses(400, 401, 403, 404, 413, 422, 429, 503),
)

PersonId = Annotated[str, Path(max_length=32, description="Identificador de la persona.")]
MOST_DEEDS = 5_000


@router.post("/session", summary="Entra a la oficina")
async def enter(
    body: EnterIn, request: Request, response: Response, books: AtDesk, shared: SharedDep
) -> SessionOut:
    """Abre una sesión, que lleva una cookie. Quien cambie algo envía `form_token` en la cabecera
    `X-Form-Token`."""
    require_own_page(request)
    entered = await shared.threads.run(
        lambda: books.entrance.enter(body.email, body.password, body.code, client_address(request))
    )
    set_cookie(response, request, entered)
    return _session(entered)


@router.get("/session", summary="Quién entró")
async def read_session(seat: ReaderSeat) -> SessionOut:
    """La persona de la sesión, con su papel."""
    return _session(seat.entered)


@router.delete("/session", status_code=status.HTTP_204_NO_CONTENT, summary="Sale de la oficina")
async def leave(response: Response, seat: ReaderSeat, shared: SharedDep) -> None:
    """Cierra la sesión."""

    def closed() -> str:
        seat.books.entrance.close(seat.entered.token)
        return ""

    await changed(seat, shared, What.LEFT, closed)
    end_cookie(response)


@router.get("/people", summary="Las personas de la oficina")
async def list_people(seat: AdministratorSeat, shared: SharedDep) -> list[PersonOut]:
    """Quién puede entrar, y con qué papel."""
    return [
        PersonOut.model_validate(each) for each in await shared.threads.run(seat.books.people.all)
    ]


@router.post("/people", status_code=status.HTTP_201_CREATED, summary="Da de alta a una persona")
async def invite(body: InviteIn, seat: AdministratorSeat, shared: SharedDep) -> InviteOut:
    """Hace un enlace de un solo uso; para quien ya está, sirve para poner otra contraseña."""

    def work() -> str:
        token = seat.books.people.invite(body.email, body.role)
        seat.note(What.INVITED, f"{body.email}, {ROLE_NAMES[body.role]}")
        return token

    return InviteOut(path=f"/oficina/alta/{await shared.threads.run(work)}")


@router.put("/people/{person}/role", summary="Cambia el papel de una persona")
async def set_role(
    person: PersonId, body: RoleIn, seat: AdministratorSeat, shared: SharedDep
) -> PersonOut:
    """Siempre queda alguien que administra."""

    def work() -> PersonOut:
        person_now = seat.books.people.set_role(person, body.role)
        seat.note(What.ROLE, f"{person_now.email}, {ROLE_NAMES[body.role]}")
        return PersonOut.model_validate(person_now)

    return await shared.threads.run(work)


@router.delete(
    "/people/{person}", status_code=status.HTTP_204_NO_CONTENT, summary="Da de baja a una persona"
)
async def remove(person: PersonId, seat: AdministratorSeat, shared: SharedDep) -> None:
    """Sus sesiones terminan en el acto."""

    people = seat.books.people
    await changed(seat, shared, What.REMOVED, lambda: people.remove(person).email)


@router.get("/log", summary="La bitácora")
async def read_log(
    seat: AdministratorSeat,
    shared: SharedDep,
    most: Annotated[int, Query(ge=1, le=MOST_DEEDS, description="Cuántas líneas.")] = 200,
) -> list[DeedOut]:
    """Quién cambió qué, y cuándo; lo último primero."""
    deeds = await shared.threads.run(lambda: seat.books.deeds.latest(most))
    return [DeedOut.model_validate(each) for each in deeds]


@router.get(
    "/log.csv",
    summary="La bitácora como CSV",
    response_class=Response,
    responses={200: {"content": {"text/csv": {}}}},
)
async def export_log(seat: AdministratorSeat, shared: SharedDep) -> Response:
    """Lo mismo, para una hoja de cálculo."""

    def work() -> list[Deed]:
        seat.note(What.EXPORTED, "la bitácora")
        return seat.books.deeds.latest(1_000_000)

    deeds = await shared.threads.run(work)
    rows = [(each.at.isoformat(), each.who, each.what, each.about) for each in deeds]
    return csv_file("bitacora.csv", [("cuándo (UTC)", "quién", "qué", "sobre"), *rows])


def csv_file(name: str, rows: list[tuple[object, ...]]) -> Response:
    """A CSV file to be saved; a spreadsheet knows by its mark that it is UTF-8."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response("\ufeff" + as_csv(rows), media_type="text/csv", headers=headers)


def _session(entered: Entered) -> SessionOut:
    person = entered.person
    return SessionOut(email=person.email, role=person.role, form_token=entered.form_token)
