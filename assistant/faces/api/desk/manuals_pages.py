"""The pages on manuals: what is in force, what was uploaded and read, contradictions."""

from collections import Counter
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Path, Request
from fastapi.responses import HTMLResponse, Response
from pydantic import ValidationError

from assistant.answering.changes import FIELD_NAMES, grouped, place_of
from assistant.desk.drafts import STATE_NAMES as DRAFT_STATES
from assistant.desk.errors import DeskError
from assistant.desk.findings import STATE_NAMES as FINDING_STATES
from assistant.desk.findings import FindingState
from assistant.faces.api.deps import ManualDep, SharedDep
from assistant.faces.api.desk import manuals_api
from assistant.faces.api.desk.access import AdministratorSeat, EditorSeat, ReaderSeat, Seat
from assistant.faces.api.desk.frame import after, desk_page, fields_of
from assistant.faces.api.desk.models import FindingIn, InForceIn
from assistant.reports.audit.vocabulary import KIND_NAMES, SEVERITY_NAMES
from corpus.codes import BadCodeError
from corpus.editions import UnknownVersionError, VersionInForceError

router = APIRouter(prefix="/oficina/manuales", include_in_schema=False)

UPLOAD_ADDRESS = "/oficina/manuales"
DraftId = Annotated[str, Path(max_length=32)]
Code = Annotated[str, Path(max_length=64)]


@router.get("")
async def list_manuals(request: Request, seat: ReaderSeat, shared: SharedDep) -> HTMLResponse:
    """What is in force, and what was uploaded."""
    return await _manuals(request, seat, shared)


@router.post("")
async def upload(request: Request, seat: EditorSeat, shared: SharedDep) -> Response:
    """Take a file in and show what is read of it."""
    try:
        draft = await manuals_api.taken_in(request, seat, shared)
    except (DeskError, BadCodeError) as error:
        return await _manuals(request, seat, shared, 422, str(error))
    return after(f"/oficina/manuales/borradores/{draft.id}")


@router.get("/borradores/{draft}")
async def show_draft(
    draft: DraftId, request: Request, seat: ReaderSeat, shared: SharedDep
) -> HTMLResponse:
    """What was read of a file, its warnings, and what it would change."""
    return await _draft(draft, request, seat, shared)


@router.post("/borradores/{draft}/publicar")
async def publish(
    draft: DraftId, request: Request, seat: EditorSeat, shared: SharedDep
) -> Response:
    """Put it in force."""
    anyway = "aunque" in await fields_of(request)
    try:
        await manuals_api.set_to_publish(draft, seat, shared, request, anyway=anyway)
    except DeskError as error:
        return await _draft(draft, request, seat, shared, 422, str(error))
    return after(f"/oficina/manuales/borradores/{draft}")


@router.post("/borradores/{draft}/descartar")
async def discard(draft: DraftId, seat: EditorSeat, shared: SharedDep) -> Response:
    """Delete it."""
    await manuals_api.discard(draft, seat, shared)
    return after("/oficina/manuales", "descartado")


@router.post("/{code}/anterior")
async def reinstate(code: Code, seat: EditorSeat, shared: SharedDep) -> Response:
    """Put the version before in force again."""
    await manuals_api.reinstate(code, seat, shared)
    return after("/oficina/manuales", "anterior")


@router.post("/{code}/vigente")
async def put_in_force(
    code: Code, request: Request, seat: EditorSeat, shared: SharedDep
) -> Response:
    """Let answers come from another version."""
    try:
        wanted = InForceIn(version=(await fields_of(request)).get("version", "")[:80])
        await manuals_api.put_in_force(code, wanted, seat, shared)
    except UnknownVersionError as error:
        return await _manuals(request, seat, shared, 422, str(error))
    return after("/oficina/manuales", "vigente")


@router.post("/{code}/olvidar")
async def forget_version(
    code: Code, request: Request, seat: AdministratorSeat, shared: SharedDep
) -> Response:
    """Keep a version no longer."""
    version = (await fields_of(request)).get("version", "")[:80]
    try:
        await manuals_api.forget_version(code, version, seat, shared)
    except (UnknownVersionError, VersionInForceError) as error:
        return await _manuals(request, seat, shared, 422, str(error))
    return after("/oficina/manuales", "olvidada")


@router.post("/{code}/quitar")
async def forget(
    code: Code, request: Request, seat: AdministratorSeat, shared: SharedDep
) -> Response:
    """Take it out of the index, if the code was typed."""
    typed = (await fields_of(request)).get("confirma", "")
    if typed.strip().casefold() != code.casefold():
        told = f"Para quitar el manual escriba su código, {code}, tal cual."
        return await _manuals(request, seat, shared, 422, told)
    await manuals_api.forget(code, seat, shared)
    return after("/oficina/manuales", "borrado")


@router.get("/{code}/contradicciones")
async def list_findings(
    seat: ReaderSeat, opened: ManualDep, request: Request, shared: SharedDep
) -> HTMLResponse:
    """Where the manual contradicts itself, and what the office does about it."""
    tracked = await manuals_api.tracked(opened, seat, shared)
    groups = [
        (KIND_NAMES[kind], [each for each in tracked if each.finding.kind is kind])
        for kind in dict.fromkeys(each.finding.kind for each in tracked)
    ]
    return desk_page(
        request,
        "findings.html",
        seat,
        manual=opened.knowledge.manual,
        groups=groups,
        counts=Counter(each.state for each in tracked),
        states=FINDING_STATES,
        severities=SEVERITY_NAMES,
        PENDING=FindingState.PENDING,
    )


@router.post("/{code}/contradicciones/{key}")
async def set_finding(
    seat: EditorSeat,
    key: Annotated[str, Path(max_length=64)],
    opened: ManualDep,
    request: Request,
    shared: SharedDep,
) -> Response:
    """Note how far one has come."""
    form = await fields_of(request)
    try:
        body = FindingIn.model_validate({"state": form.get("estado", "")})
    except ValidationError as error:
        raise DeskError("Elija un estado de la lista.") from error
    await manuals_api.set_finding(seat, key, body, opened, shared)
    where = quote(opened.record.code, safe="")
    return after(f"/oficina/manuales/{where}/contradicciones#{key}")


async def _manuals(
    request: Request, seat: Seat, shared: SharedDep, status: int = 200, complaint: str = ""
) -> HTMLResponse:
    drafts = seat.books.drafts
    return desk_page(
        request,
        "manuals.html",
        seat,
        status,
        manuals=await shared.threads.run(drafts.editions),
        uncorrected=await shared.threads.run(drafts.uncorrected),
        drafts=await shared.threads.run(drafts.all),
        states=DRAFT_STATES,
        most_mb=shared.settings.source_max_mb,
        complaint=complaint,
    )


async def _draft(
    draft_id: str,
    request: Request,
    seat: Seat,
    shared: SharedDep,
    status: int = 200,
    complaint: str = "",
) -> HTMLResponse:
    draft = await shared.threads.run(lambda: seat.books.drafts.find(draft_id))
    read = draft.read
    return desk_page(
        request,
        "draft.html",
        seat,
        status,
        draft=draft,
        read=read,
        groups=grouped(read.comparison) if read and read.comparison else [],
        field_names=FIELD_NAMES,
        place_of=place_of,
        states=DRAFT_STATES,
        complaint=complaint,
    )
