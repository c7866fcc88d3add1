"""Manuals at the desk over the API: uploaded, looked at, published, put back, taken away; and their
contradictions."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Path, Request, status
from starlette.datastructures import UploadFile

from assistant.desk.deeds import What
from assistant.desk.drafts import Draft, DraftState
from assistant.desk.errors import DeskError, GoneError
from assistant.desk.findings import STATE_NAMES, TrackedFinding
from assistant.faces.api.deps import ManualDep, Shared, SharedDep
from assistant.faces.api.desk.access import AdministratorSeat, EditorSeat, ReaderSeat, Seat, changed
from assistant.faces.api.desk.models import (
    DraftOut,
    FindingIn,
    FindingOut,
    InForceIn,
    PublishIn,
    draft_out,
)
from assistant.faces.api.desk.working import Work
from assistant.faces.api.problems import problem_responses
from assistant.reports.audit import audit
from corpus.catalog import IndexedManual

router = APIRouter(
    prefix="/api/desk",
    tags=["Oficina"],
    responses=problem_responses(400, 401, 403, 404, 413, 422, 429, 503),
)

UPLOAD_ADDRESS = "/api/desk/drafts"
DraftId = Annotated[str, Path(max_length=32, description="Identificador del borrador.")]
Code = Annotated[str, Path(max_length=64, description="Código del manual.", examples=["MO-SIG-01"])]
_UPLOAD = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {
                        "file": {"type": "string", "format": "binary"},
                        "code": {"type": "string", "maxLength": 40},
                    },
                }
            }
        },
    }
}


@router.get("/drafts", summary="Los manuales subidos")
async def list_drafts(seat: ReaderSeat, shared: SharedDep) -> list[DraftOut]:
    """Los que se subieron, con lo que se leyó de cada uno; lo último primero."""
    return [draft_out(each) for each in await shared.threads.run(seat.books.drafts.all)]


@router.post(
    "/drafts",
    status_code=status.HTTP_202_ACCEPTED,
    summary="Sube un manual",
    openapi_extra=_UPLOAD,
)
async def upload(request: Request, seat: EditorSeat, shared: SharedDep) -> DraftOut:
    """Un PDF, DOCX, TXT, MD o HTML en el campo `file`, y si no trae código impreso, `code`.

    Se lee en un proceso aparte con límites; `GET` del borrador dice qué se leyó. No se publica.
    """
    return draft_out(await taken_in(request, seat, shared))


@router.get("/drafts/{draft}", summary="Un manual subido")
async def read_draft(draft: DraftId, seat: ReaderSeat, shared: SharedDep) -> DraftOut:
    """Lo que se leyó, con sus avisos, y qué cambiaría frente al vigente."""
    return draft_out(await shared.threads.run(lambda: seat.books.drafts.find(draft)))


@router.post(
    "/drafts/{draft}/publish",
    status_code=status.HTTP_202_ACCEPTED,
    summary="Publica un manual subido",
)
async def publish(
    draft: DraftId, body: PublishIn, request: Request, seat: EditorSeat, shared: SharedDep
) -> DraftOut:
    """Queda vigente en todos los procesos en cuanto termina de prepararse. Si el índice perdería
    mucho, hace falta `anyway`."""
    return draft_out(await set_to_publish(draft, seat, shared, request, anyway=body.anyway))


@router.delete(
    "/drafts/{draft}", status_code=status.HTTP_204_NO_CONTENT, summary="Descarta un borrador"
)
async def discard(draft: DraftId, seat: EditorSeat, shared: SharedDep) -> None:
    """Lo publicado no cambia."""

    drafts = seat.books.drafts
    await changed(seat, shared, What.DISCARDED, lambda: drafts.discard(draft).name)


@router.post(
    "/manuals/{code}/former",
    status_code=status.HTTP_204_NO_CONTENT,
    summary="Repone lo que estaba vigente antes",
)
async def reinstate(code: Code, seat: EditorSeat, shared: SharedDep) -> None:
    """También dentro de una misma versión que se publicó corregida. Se puede deshacer igual."""

    drafts = seat.books.drafts
    await changed(seat, shared, What.REINSTATED, lambda: _named(drafts.reinstate(code)))


@router.put(
    "/manuals/{code}/in-force",
    status_code=status.HTTP_204_NO_CONTENT,
    summary="Pone en vigor una versión de un manual",
)
async def put_in_force(code: Code, body: InForceIn, seat: EditorSeat, shared: SharedDep) -> None:
    """Una de las que dice `/api/manuals/{code}/versions`; las demás se conservan."""

    drafts, version = seat.books.drafts, body.version
    await changed(seat, shared, What.IN_FORCE, lambda: _named(drafts.put_in_force(code, version)))


@router.delete(
    "/manuals/{code}/versions/{version}",
    status_code=status.HTTP_204_NO_CONTENT,
    summary="Quita una versión de un manual",
)
async def forget_version(
    code: Code,
    version: Annotated[str, Path(max_length=80, description="Su número, su fecha o ambos.")],
    seat: AdministratorSeat,
    shared: SharedDep,
) -> None:
    """La que está en vigor no se quita mientras haya otras."""

    def forgotten() -> str:
        seat.books.drafts.forget(code, version)
        return f"{code}, versión {version.replace('|', ' ')}"

    await changed(seat, shared, What.FORGOT_VERSION, forgotten)


@router.delete("/manuals/{code}", status_code=status.HTTP_204_NO_CONTENT, summary="Quita un manual")
async def forget(code: Code, seat: AdministratorSeat, shared: SharedDep) -> None:
    """Deja de responderse con él."""

    def forgotten() -> str:
        seat.books.drafts.forget(code)
        return code

    await changed(seat, shared, What.FORGOT, forgotten)


@router.get("/manuals/{code}/findings", summary="Las contradicciones, con su estado")
async def list_findings(seat: ReaderSeat, opened: ManualDep, shared: SharedDep) -> list[FindingOut]:
    """Cada una pendiente, corregida, o «así es»."""
    return [FindingOut.model_validate(each) for each in await tracked(opened, seat, shared)]


@router.put(
    "/manuals/{code}/findings/{key}",
    status_code=status.HTTP_204_NO_CONTENT,
    summary="Marca una contradicción",
)
async def set_finding(
    seat: EditorSeat,
    key: Annotated[str, Path(max_length=64, description="Clave de la contradicción.")],
    body: FindingIn,
    opened: ManualDep,
    shared: SharedDep,
) -> None:
    """Guarda en qué va."""
    found = next((e for e in await tracked(opened, seat, shared) if e.key == key), None)
    if found is None:
        raise GoneError("Esa contradicción ya no está en el manual; vuelva a la lista.")
    code = opened.record.code

    def marked() -> str:
        seat.books.findings.set_state(code, key, body.state, seat.who)
        return f"{code}: {found.finding.message} → {STATE_NAMES[body.state]}"

    await changed(seat, shared, What.FINDING, marked)


async def taken_in(request: Request, seat: Seat, shared: Shared) -> Draft:
    """The file of a form taken in, and its reading begun. Raises DeskError, BadCodeError."""
    form = await request.form()
    file, code = form.get("file"), str(form.get("code", ""))
    if not isinstance(file, UploadFile) or not file.filename:
        raise DeskError("Elija el archivo del manual.")
    name, content = file.filename, await file.read()

    def work() -> Draft:
        draft = seat.books.drafts.add(name, content, code, seat.who)
        seat.note(What.UPLOADED, draft.name)
        return draft

    draft = await shared.threads.run(work)
    _work(request).begin(partial(seat.books.drafts.read, draft.id))
    return draft


async def set_to_publish(
    draft_id: str, seat: Seat, shared: Shared, request: Request, *, anyway: bool
) -> Draft:
    """A draft whose publishing has begun. Raises GoneError and DeskError."""
    draft = await shared.threads.run(lambda: seat.books.drafts.claim(draft_id))

    def work() -> None:
        done = seat.books.drafts.publish(draft_id, anyway=anyway)
        if done.state is DraftState.PUBLISHED:
            code = done.read.review.code if done.read else done.code
            seat.note(What.PUBLISHED, f"{code}, de «{done.name}»")

    _work(request).begin(work)
    return draft


async def tracked(opened: ManualDep, seat: Seat, shared: Shared) -> list[TrackedFinding]:
    """The contradictions of a manual with their states."""

    def work() -> list[TrackedFinding]:
        return seat.books.findings.tracked(opened.record.code, audit(opened.knowledge))

    return await shared.threads.run(work)


def _named(record: IndexedManual) -> str:
    return f"{record.code}, versión {record.edition_name}"


def _work(request: Request) -> Work:
    work: Work = request.app.state.desk_work
    return work
