"""What all pages share: templates, static files, and errors told as a page."""

from collections.abc import Awaitable, Callable
from hashlib import sha256
from inspect import isawaitable
from pathlib import Path
from typing import Any

from fastapi import Depends, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles
from fastapi.templating import Jinja2Templates
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.exceptions import HTTPException
from starlette.types import Scope

from assistant.desk.choices import ChoiceBook, Choices
from assistant.faces.api.identity import Identity, identity_of
from assistant.faces.api.problems import current_request_id, problem_of, problem_response
from assistant.faces.api.views import addresses
from assistant.render import places
from assistant.render.inline import inline
from assistant.render.reachable import reached
from corpus.errors import AsistenteError
from corpus.model import heading_of
from corpus.spanish import long_date

_WEB = Path(__file__).parent / "web"
_STATIC = _WEB / "static"
PROGRAMS = ("/api/", "/v1/")
"""Where programs ask: what goes wrong there is always a problem, never a page."""
_MOST_LISTED = 40
"""Manuals that a page lists to choose from; of more, it leads to the page that searches them."""
_A_YEAR = "public, max-age=31536000, immutable"


def _digest() -> str:
    """Of all static files: it is part of their address, so that browsers can keep them for ever."""
    files = sorted(path for path in _STATIC.rglob("*") if path.is_file())
    return sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:12]


STATIC_ADDRESS = f"/estatico/{_digest()}"


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_WEB / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "static": STATIC_ADDRESS,
        "most_listed": _MOST_LISTED,
        "heading_of": heading_of,
        "inline": inline,
        "places": places,
        "long_date": long_date,
        "reached": reached,
        "section_address": addresses.section_address,
        "manual_address": addresses.manual_address,
        "quoted_address": addresses.quoted_address,
        "page_address": addresses.page_address,
        "picture_address": addresses.picture_address,
        "passage_address": addresses.passage_address,
        "chart_address": addresses.chart_address,
        "city_address": addresses.city_address,
        "induction_address": addresses.induction_address,
    }
    return environment


_templates = Jinja2Templates(env=_environment())


def page(request: Request, template: str, status: int = 200, **context: Any) -> HTMLResponse:
    """A template as a page. Pages are made anew each time, and may be asked about again cheaply."""
    context["identity"] = getattr(request.state, "identity", request.app.state.identity)
    response = _templates.TemplateResponse(request, template, context, status_code=status)
    response.headers["Cache-Control"] = "no-cache"
    return response


async def current_identity(request: Request) -> Identity:
    """The office's name, emblem and colours as they are now: chosen at the desk, or else set."""
    shared, of_settings = request.app.state.shared, request.app.state.identity
    if shared.desk.opened is None:
        return of_settings  # type: ignore[no-any-return]
    book = ChoiceBook(shared.desk.opened.database)
    try:
        chosen = await shared.threads.run(book.read)
        return of_settings if chosen == Choices() else identity_of(shared.settings, chosen)
    except AsistenteError:  # a page without the office's colours is better than none
        return of_settings  # type: ignore[no-any-return]


async def _wear(request: Request) -> None:
    request.state.identity = await current_identity(request)


WEARS_IDENTITY = Depends(_wear)
"""Dependency of all pages: they bear the office's name and colours."""


def fragment(request: Request, template: str, **context: Any) -> str:
    """A template that is a part of a page, as HTML."""
    return _templates.get_template(template).render(request=request, **context)


def install_error_pages(app: FastAPI) -> None:
    """Tell errors as a page to who reads pages; to all others as they are told now.

    To be called after `install_problems`.
    """
    for kind in (AsistenteError, RequestValidationError, HTTPException):
        app.add_exception_handler(kind, _told_as_page(app.exception_handlers[kind]))


Handler = Callable[[Request, Any], Response | Awaitable[Response]]


def _told_as_page(otherwise: Handler) -> Handler:
    async def handler(request: Request, error: Exception) -> Response:
        if _reads_pages(request):
            return error_page(request, error)
        told = otherwise(request, error)
        return await told if isawaitable(told) else told

    return handler


def error_response(request: Request, error: Exception) -> Response:
    """What went wrong, as a page to who reads pages and as a problem to all others."""
    if _reads_pages(request):
        return error_page(request, error)
    return problem_response(error, request.url.path, current_request_id())


def _reads_pages(request: Request) -> bool:
    wants_page = "text/html" in request.headers.get("accept", "")
    return wants_page and not request.url.path.startswith(PROGRAMS)


def error_page(request: Request, error: Exception) -> HTMLResponse:
    """What went wrong, said to a person."""
    problem, headers = problem_of(error, request.url.path, current_request_id())
    response = page(request, "error.html", problem.status, problem=problem)
    response.headers.update(headers)
    return response


class _KeptFiles(StaticFiles):
    """Static files that browsers need not ask for twice: a change changes their address."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        if response.status_code < 400:
            response.headers["Cache-Control"] = _A_YEAR
        return response


def static_file(name: str, media_type: str) -> Response:
    """A static file at an address that does not change with it: asked about again each time."""
    headers = {"Cache-Control": "no-cache"}
    return Response((_STATIC / name).read_bytes(), media_type=media_type, headers=headers)


def mount_static(app: FastAPI) -> None:
    """Serve the static files."""
    app.mount(STATIC_ADDRESS, _KeptFiles(directory=_STATIC), name="static")
