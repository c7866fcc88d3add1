"""The office's own settings over the API."""

from fastapi import APIRouter

from assistant.desk.choices import Choices, differing
from assistant.desk.deeds import What
from assistant.faces.api.deps import SharedDep
from assistant.faces.api.desk.access import AdministratorSeat, ReaderSeat
from assistant.faces.api.identity import identity_of
from assistant.faces.api.problems import problem_responses

router = APIRouter(
    prefix="/api/desk",
    tags=["Oficina"],
    responses=problem_responses(400, 401, 403, 404, 413, 422, 429, 503),
)


@router.get("/settings", summary="Los ajustes de la oficina")
async def read_settings(seat: ReaderSeat, shared: SharedDep) -> Choices:
    """Lo que la oficina eligió; lo que está en `null` es como dice el entorno."""
    return await shared.threads.run(seat.books.choices.read)


@router.put("/settings", summary="Cambia los ajustes de la oficina")
async def write_settings(body: Choices, seat: AdministratorSeat, shared: SharedDep) -> Choices:
    """Valen en el acto, en todos los procesos. Un color que se lee mal no se admite."""
    identity_of(shared.settings, body)

    def work() -> Choices:
        before = seat.books.choices.read()
        seat.books.choices.write(body)
        seat.note(What.SETTINGS, ", ".join(differing(before, body)))
        return body

    return await shared.threads.run(work)
