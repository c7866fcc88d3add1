"""The pages of teaching: from a question that was asked in vain to what answers it, and back."""

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Path, Request
from fastapi.responses import HTMLResponse, Response
from pydantic import ValidationError

from assistant.answering.answer import Answer
from assistant.asking.library import OpenManual
from assistant.desk.errors import DeskError
from assistant.desk.options import cited_options, found_options, read_option
from assistant.desk.questions import KeptQuestion
from assistant.faces.api.deps import ManualDep, ServicesDep, SharedDep, opened_manual
from assistant.faces.api.desk import questions_api, teaching_api
from assistant.faces.api.desk.access import EditorSeat, ReaderSeat
from assistant.faces.api.desk.frame import after, desk_page, fields_of
from assistant.faces.api.desk.models import TeachIn
from assistant.faces.serving.services import Services

router = APIRouter(prefix="/oficina", include_in_schema=False)

NOT_SAID, OFF_TOPIC = "no_lo_dice", "fuera_de_tema"
_NOWHERE = (NOT_SAID, OFF_TOPIC)


@router.post("/preguntas/{question}/probar")
async def try_word(
    question: Annotated[str, Path(max_length=64)],
    request: Request,
    seat: EditorSeat,
    shared: SharedDep,
    services: ServicesDep,
) -> HTMLResponse:
    """What else would be answered differently, before it is taught."""
    kept = await questions_api.kept_question(question, seat, shared)
    form = await fields_of(request)
    body, opened = _body(form), await _manual(form, shared, services)
    return desk_page(
        request,
        "trial.html",
        seat,
        question=kept,
        body=body,
        manual=opened.record.code,
        place=_place(body, opened),
        choice=form.get("lugar", ""),
        found=await teaching_api.tried(body, opened, seat, services, shared),
        most=teaching_api.MOST_TRIED,
    )


@router.post("/preguntas/{question}/ensenar")
async def teach(
    question: Annotated[str, Path(max_length=64)],
    request: Request,
    seat: EditorSeat,
    shared: SharedDep,
    services: ServicesDep,
) -> Response:
    """Teach it."""
    form = await fields_of(request)
    opened = await _manual(form, shared, services)
    await teaching_api.teach(seat, _body(form), opened, services, shared)
    return after(f"/oficina/preguntas/{quote(question, safe='')}", "ensenada")


@router.get("/ensenado")
async def list_taught(
    request: Request, seat: ReaderSeat, shared: SharedDep, services: ServicesDep
) -> HTMLResponse:
    """What was taught, manual by manual; and what comes from a file apart: it may be hundreds."""
    groups = []
    for each in await questions_api.manuals_there(shared, services):
        words = await teaching_api.all_taught(each, services, shared)
        own, others = ([w for w in words if w.by_office is here] for here in (True, False))
        groups.append((each.knowledge.manual, own, others))
    return desk_page(request, "taught.html", seat, groups=groups)


@router.post("/ensenado/{code}/quitar")
async def unteach(
    seat: EditorSeat,
    opened: ManualDep,
    request: Request,
    shared: SharedDep,
    services: ServicesDep,
) -> Response:
    """Take it back."""
    key = (await fields_of(request)).get("clave", "")[:32]
    await teaching_api.unteach(seat, key, opened, services, shared)
    return after("/oficina/ensenado", "quitada")


def teaching(kept: KeptQuestion, now: Answer, words: str, opened: OpenManual) -> dict[str, Any]:
    """What the page of a question needs to teach from it: where it may lead."""
    manual = opened.knowledge.manual
    found = found_options(manual, words) if words else []
    offered = found or [
        *cited_options(manual, now.citations),
        *found_options(manual, kept.question),
    ]
    return {
        "manual": manual,
        "options": list(dict.fromkeys(offered)),
        "words": words,
        "not_said": NOT_SAID,
        "off_topic": OFF_TOPIC,
    }


def _body(form: dict[str, str]) -> TeachIn:
    """The wording of a form. Raises DeskError."""
    choice = form.get("lugar", "")
    try:
        section, function = (None, None) if choice in _NOWHERE else read_option(choice)
        return TeachIn(
            text=form.get("frase", ""),
            section=section,
            function=function,
            off_topic=choice == OFF_TOPIC,
        )
    except (ValueError, ValidationError) as error:
        raise DeskError(
            "Elija qué función o sección responde la pregunta, o diga que ninguna; la frase es de 2"
            " a 300 letras."
        ) from error


async def _manual(form: dict[str, str], shared: SharedDep, services: Services) -> OpenManual:
    return await opened_manual(form.get("manual", "")[:64], shared, services)


def _place(body: TeachIn, opened: OpenManual) -> str:
    """Where a wording leads, in words."""
    manual = opened.knowledge.manual
    if body.section is None:
        return "está fuera de tema" if body.off_topic else "nada del manual la responde"
    section, position = manual.section(body.section), manual.position(body.section)
    title = f"{body.section} {section.title if section else ''}".strip()
    if body.function is None or position is None:
        return title
    text = next((f.text for f in position.functions if f.number == body.function), "")
    return f"{title}, función {body.function}: «{text}»"
