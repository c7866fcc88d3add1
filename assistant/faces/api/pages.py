"""The pages that the server renders: each has its own address, and can be read without scripts."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any
from urllib.parse import parse_qs

from fastapi import APIRouter, FastAPI, Path, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.routing import APIRoute
from markupsafe import Markup
from pydantic import ValidationError
from starlette.exceptions import HTTPException

from assistant.answering.changes import FIELD_NAMES, grouped, place_of, title_of
from assistant.answering.finding import PositionError, find_position
from assistant.answering.knowledge import Knowledge
from assistant.asking.examples import Example, Examples, examples_of
from assistant.asking.library import OpenManual
from assistant.faces.api import conversing, downloads, search_engines
from assistant.faces.api.answering import answered, asking, memory_headers
from assistant.faces.api.deps import CheckedQuestion, ServicesDep, Shared, SharedDep, opened_manual
from assistant.faces.api.identity import Identity, mount_identity
from assistant.faces.api.models import Question
from assistant.faces.api.page_frame import (
    WEARS_IDENTITY,
    current_identity,
    install_error_pages,
    mount_static,
    page,
)
from assistant.faces.api.problems import NotFoundError
from assistant.faces.api.routers.manuals import find_section
from assistant.faces.api.routers.versions import compared_versions
from assistant.faces.api.views.addresses import manual_address
from assistant.faces.api.views.chart import linked_city, linked_svg, outline, outline_of_city
from assistant.faces.api.views.contents import around, contents
from assistant.faces.api.views.reply import reply_of
from assistant.faces.api.views.searching import searched
from assistant.faces.api.views.self_check import self_check_of
from assistant.faces.serving.answer_log import Incoming
from assistant.faces.serving.services import Services
from assistant.render.printed_page import printed_page
from assistant.render.reading import shown
from assistant.reports.audit import audit
from assistant.reports.audit.vocabulary import KIND_NAMES
from assistant.reports.charting.city import CityChart
from assistant.reports.induction import induction_pack
from assistant.understanding.question import QuestionError, clean_question
from corpus.catalog import IndexedManual
from corpus.model import Position
from corpus.printed_pages import WIDTHS
from corpus.spanish import fold
from corpus.spanish import words as words_of

_MOST_CARDS = 200
"""Manuals on a page of them; words find the others."""
_EXEMPLARY = 3
"""Manuals that examples are made of."""
_METHODS = ("get", "post", "put", "delete")

router = APIRouter(include_in_schema=False)

Code = Annotated[str | None, Query(max_length=64)]
Number = Annotated[int, Path(ge=1, le=99_999)]
Text = Annotated[str | None, Query(max_length=300)]


def install_pages(app: FastAPI, identity: Identity) -> None:
    """Serve the pages, and the files that they need; after `install_problems`."""
    mount_static(app)
    mount_identity(app, identity, current_identity)
    for each in (conversing.router, downloads.router, search_engines.router, router):
        _answer_head(each)
        app.include_router(each, dependencies=[WEARS_IDENTITY])
    install_error_pages(app)


def _answer_head(pages: APIRouter) -> None:
    """Whoever checks whether a page is there asks with HEAD; the server then sends no body."""
    for route in pages.routes:
        if isinstance(route, APIRoute) and route.methods and "GET" in route.methods:
            route.methods.add("HEAD")


@router.get("/")
async def home(
    request: Request,
    services: ServicesDep,
    shared: SharedDep,
    pregunta: str = "",
    manual: Code = None,
) -> HTMLResponse:
    """The chat, before anything was asked. The page's script asks `pregunta` at once; without
    scripts it stands in the field."""
    context = await _home(request, services, shared) | {
        "typed": pregunta[: shared.settings.question_limit],
        "manual": manual or "",
    }
    return page(request, "home.html", **context)


@router.post("/preguntar")
async def ask_by_form(request: Request, services: ServicesDep, shared: SharedDep) -> HTMLResponse:
    """The chat for who has no scripts: the answer to the question of a form."""
    body = _question(await _form(request))
    try:
        text = clean_question(body.question, shared.settings.question_limit)
    except QuestionError as error:
        context = await _home(request, services, shared)
        context |= {"complaint": str(error), "typed": body.question}
        return page(request, "home.html", 422, **context)
    incoming = Incoming(text, "form", body.manual)
    await shared.answering.require_index(incoming, services)
    if body.manual is not None:
        await opened_manual(body.manual, shared, services)
    question = CheckedQuestion(incoming, body.conversation_id)
    answer = await answered(asking(question, services), incoming, services, shared)
    context = await _home(request, services, shared)
    manuals = context["manuals"]
    reply = await shared.threads.run(lambda: reply_of(text, answer, manuals, body.manual))
    context |= {
        "reply": reply,
        "manual": body.manual or "",
    }
    shown = page(request, "home.html", **context)
    shown.headers.update(memory_headers(answer))
    return shown


@router.post("/preguntar/borrar")
async def forget_by_form(request: Request, services: ServicesDep, shared: SharedDep) -> Response:
    """Erase the conversation of who has no scripts, and begin anew."""
    forgotten = _question(await _form(request)).conversation_id
    if forgotten is not None:
        await shared.threads.run(lambda: services.assistant.forget(forgotten))
    return RedirectResponse("/", 303)


@router.get("/preguntar")
async def back_to_the_form() -> Response:
    """Who asks for the answer's page without a question gets the form."""
    return RedirectResponse("/", 303)


@router.get("/manual")
async def list_manuals(
    request: Request, services: ServicesDep, shared: SharedDep, q: Text = None
) -> Response:
    """The manuals, or those that some words name; where there is one, its contents at once."""
    manuals = await shared.threads.run(services.library.manuals)
    if len(manuals) == 1:
        return RedirectResponse(manual_address(manuals[0].record.code), 307)
    said = (q or "").strip()
    found = [each for each in manuals if _is_named(each.record, said)]
    return page(
        request,
        "manuals.html",
        manuals=found[:_MOST_CARDS],
        found=len(found),
        total=len(manuals),
        words=said,
    )


@router.get("/manual/{code}")
async def read_contents(
    request: Request, code: str, services: ServicesDep, shared: SharedDep, q: Text = None
) -> HTMLResponse:
    """The contents of a manual, and where some words stand in it."""
    opened = await opened_manual(code, shared, services)
    manual, words = opened.knowledge.manual, (q or "").strip()
    found = await shared.threads.run(lambda: searched(manual, words)) if words else None
    return page(
        request,
        "manual.html",
        manual=manual,
        contents=contents(manual),
        words=words,
        found=found,
    )


@router.get("/manual/{code}/pagina/{page_number}.webp")
async def read_picture(
    code: str,
    page_number: Number,
    services: ServicesDep,
    shared: SharedDep,
    ancho: int = WIDTHS[0],
) -> Response:
    """The picture of a printed page, where the manual came as PDF."""
    opened = await opened_manual(code, shared, services)
    pages = shared.printed.of(opened.record.source_sha256)
    picture = await shared.threads.run(lambda: pages.picture(page_number, ancho) if pages else None)
    if picture is None:
        raise HTTPException(404)
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    return Response(picture, media_type="image/webp", headers=headers)


@router.get("/manual/{code}/pagina/{page_number}")
async def read_page(
    request: Request, code: str, page_number: Number, services: ServicesDep, shared: SharedDep
) -> HTMLResponse:
    """A printed page: its picture, or its text typeset as it is printed."""
    opened = await opened_manual(code, shared, services)
    manual = opened.knowledge.manual
    if page_number > manual.page_count:
        raise NotFoundError(f"El manual «{manual.code}» tiene {manual.page_count} páginas.")
    pages = shared.printed.of(opened.record.source_sha256)
    printed = await shared.threads.run(lambda: printed_page(manual, page_number, pages))
    return page(request, "printed.html", manual=manual, page=printed)


@router.get("/manual/{code}/{number:path}")
async def read_section(
    request: Request,
    code: str,
    number: str,
    services: ServicesDep,
    shared: SharedDep,
    cita: Annotated[list[Annotated[str, Query(max_length=4000)]] | None, Query()] = None,
    pagina: str | None = None,
) -> HTMLResponse:
    """A section as a page of its own, with the passages that are cited marked."""
    opened = await opened_manual(code, shared, services)
    manual = opened.knowledge.manual
    section = find_section(manual, number)
    at = int(pagina) if pagina and pagina.isdecimal() and len(pagina) < 6 else None
    view = shown(manual, section, cita or [], at)
    pages = shared.printed.of(opened.record.source_sha256)
    cited = {section.number: cita or []}
    printed = await shared.threads.run(
        lambda: {n: printed_page(manual, n, pages, cited) for n in view.marked_pages}
    )
    position = manual.position(section.number)
    site = request.app.state.identity.url
    return page(
        request,
        "section.html",
        manual=manual,
        view=view,
        printed=printed,
        structured=search_engines.structured_section(site, manual, section) if site else None,
        position=position,
        around=around(manual, section),
    )


@router.get("/organigrama")
async def see_chart(
    request: Request,
    services: ServicesDep,
    shared: SharedDep,
    manual: Code = None,
    puesto: Text = None,
    municipio: Text = None,
) -> HTMLResponse:
    """The org chart, or the branch of a position; with `municipio`, that of a whole city."""
    manuals, opened = await _chosen(manual, services, shared)
    if municipio:
        return await _city(request, municipio, manuals, shared)
    knowledge = opened.knowledge
    around, complaint = await _position(knowledge, puesto, shared)
    svg = await shared.threads.run(lambda: linked_svg(knowledge, around))
    return page(
        request,
        "chart.html",
        manuals=manuals,
        manual=knowledge.manual,
        around=around,
        complaint=complaint,
        typed=puesto or "",
        svg=Markup(svg),
        outline=outline(knowledge, around),
        city=_city_of(opened, manuals),
    )


def _city_of(opened: OpenManual, manuals: Sequence[OpenManual]) -> str | None:
    """The municipality of a manual, where others are of it too."""
    place = opened.record.municipality
    return place if place and sum(m.record.municipality == place for m in manuals) > 1 else None


async def _city(
    request: Request, name: str, manuals: Sequence[OpenManual], shared: Shared
) -> HTMLResponse:
    """The chart of a municipality, its dependencies as branches."""
    own = [each for each in manuals if fold(each.record.municipality) == fold(name.strip())]
    if not own:
        raise NotFoundError(f"No hay manuales de «{name}».")

    place = own[0].record.municipality
    chart = await shared.threads.run(
        lambda: CityChart.of(place, (each.knowledge.manual for each in own))
    )
    svg = await shared.threads.run(lambda: linked_city(chart))
    return page(request, "city.html", chart=chart, svg=Markup(svg), outline=outline_of_city(chart))


@router.get("/induccion")
async def see_induction(
    request: Request,
    services: ServicesDep,
    shared: SharedDep,
    manual: Code = None,
    puesto: Text = None,
) -> HTMLResponse:
    """The induction: choose a position, read its pack, mark the self-check."""
    manuals, opened = await _chosen(manual, services, shared)
    knowledge = opened.knowledge
    position, complaint = await _position(knowledge, puesto, shared)
    context: dict[str, Any] = {
        "manuals": manuals,
        "manual": knowledge.manual,
        "position": position,
        "complaint": complaint,
        "typed": puesto or "",
    }
    if position is None:
        return page(request, "induction.html", **context)
    pack = await shared.threads.run(lambda: induction_pack(position, knowledge))
    check = self_check_of(pack.quiz, request.query_params)
    return page(request, "induction_pack.html", pack=pack, check=check, **context)


@router.get("/auditoria")
async def see_contradictions(
    request: Request, services: ServicesDep, shared: SharedDep, manual: Code = None
) -> HTMLResponse:
    """In what the manual contradicts itself, where the office wants that to be seen."""
    if not shared.settings.page_audit:
        raise HTTPException(404)
    _, opened = await _chosen(manual, services, shared)
    knowledge = opened.knowledge
    findings = await shared.threads.run(lambda: audit(knowledge))
    groups = [
        (KIND_NAMES[kind], [each for each in findings if each.kind is kind])
        for kind in dict.fromkeys(each.kind for each in findings)
    ]
    return page(request, "audit.html", manual=knowledge.manual, findings=findings, groups=groups)


@router.get("/comparar")
async def see_changes(
    request: Request,
    services: ServicesDep,
    shared: SharedDep,
    manual: Code = None,
    antes: Text = None,
    ahora: Text = None,
) -> HTMLResponse:
    """What changed between two versions of a manual."""
    _, opened = await _chosen(manual, services, shared)
    code = opened.record.code
    editions = await shared.threads.run(lambda: services.library.editions(code))
    comparison = (
        await shared.threads.run(lambda: compared_versions(services, code, antes, ahora))
        if len(editions) > 1
        else None
    )
    return page(
        request,
        "comparison.html",
        record=opened.record,
        editions=editions,
        comparison=comparison,
        groups=grouped(comparison) if comparison else [],
        field_names=FIELD_NAMES,
        place_of=place_of,
        title=title_of(comparison) if comparison else "",
        before=antes or "",
        after=ahora or "",
    )


@router.get("/sin-conexion")
async def offline(request: Request) -> HTMLResponse:
    """What is shown without a network; the browser keeps it."""
    return page(request, "offline.html")


@router.get("/privacidad")
async def read_privacy(request: Request, shared: SharedDep) -> HTMLResponse:
    """What is kept, for how long, and how it is erased."""
    return page(request, "privacy.html", settings=shared.settings)


@router.get("/docs")
async def read_docs(request: Request) -> HTMLResponse:
    """What programs can ask the server."""
    return page(request, "docs.html", operations=_operations(request.app))


def _is_named(record: IndexedManual, said: str) -> bool:
    """Whether all the words are of a manual's code, dependency or municipality, or begin one."""
    own = words_of(f"{record.code} {record.name}")
    return all(any(word.startswith(each) for word in own) for each in words_of(said))


async def _home(request: Request, services: Services, shared: Shared) -> dict[str, Any]:
    manuals = await shared.threads.run(services.library.manuals)
    return {
        "manuals": manuals,
        "examples": await _offered(request, manuals, services, shared),
        "limit": shared.settings.question_limit,
        "retention_days": shared.settings.retention_days,
        "reply": None,
        "complaint": None,
        "typed": "",
        "manual": "",
    }


async def _form(request: Request) -> dict[str, str]:
    """The fields of a form; of a field that is there twice, the last."""
    body = (await request.body()).decode(errors="replace")
    return {name: said[-1] for name, said in parse_qs(body).items()}


def _question(form: Mapping[str, str]) -> Question:
    """The question of a form. Raises RequestValidationError."""
    try:
        return Question(
            question=form.get("pregunta", ""),
            conversation_id=form.get("conversacion") or None,
            manual=form.get("manual") or None,
        )
    except ValidationError as error:
        raise RequestValidationError(error.errors()) from error


async def _offered(
    request: Request, manuals: list[OpenManual], services: Services, shared: Shared
) -> list[Examples]:
    """The office's own examples, or those that are made from the manuals."""
    own = request.state.identity.examples
    if own:
        questions = tuple(Example(each, each) for each in own)
        return [Examples("Por ejemplo", questions, manuals[0].record.code if manuals else "")]
    return await shared.threads.run(lambda: _examples(manuals, services))


def _examples(manuals: list[OpenManual], services: Services) -> list[Examples]:
    """Of each kind of person one group; the first manuals take turns."""
    groups = [examples_of(each, services.assistant) for each in manuals[:_EXEMPLARY]]
    kinds = dict.fromkeys(each.who for group in groups for each in group)
    chosen = []
    for at, who in enumerate(kinds):
        offered = [each for group in groups for each in group if each.who == who]
        chosen.append(offered[at % len(offered)])
    return chosen


async def _chosen(
    code: str | None, services: Services, shared: Shared
) -> tuple[list[OpenManual], OpenManual]:
    """All manuals, and the one that was chosen, or the first."""
    manuals = await shared.threads.run(services.library.manuals)
    return manuals, await opened_manual(code, shared, services) if code else manuals[0]


async def _position(
    knowledge: Knowledge, name: str | None, shared: Shared
) -> tuple[Position | None, PositionError | None]:
    """The position that was named, or what to say of a name that is not clear."""
    if not (name or "").strip():
        return None, None
    try:
        return await shared.threads.run(lambda: find_position(knowledge, name or "")), None
    except PositionError as error:
        return None, error


def _operations(app: FastAPI) -> dict[str, list[dict[str, str]]]:
    """What the API can do, by its tags, from the OpenAPI document."""
    by_tag: dict[str, list[dict[str, str]]] = {}
    for path, methods in app.openapi()["paths"].items():
        for method in _METHODS:
            if method in methods:
                told = methods[method]
                operation = {
                    "method": method.upper(),
                    "path": path,
                    "summary": told["summary"],
                    "description": told.get("description", ""),
                }
                by_tag.setdefault(told["tags"][0], []).append(operation)
    return by_tag
