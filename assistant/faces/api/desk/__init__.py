"""The office's desk over HTTP: `/api/desk` for programs, `/oficina` for people.

The pages call what the API offers; both have the same access (`access.py`). A test holds every
endpoint of both to a table of who may call it.
"""

from fastapi import FastAPI, Request, Response
from fastapi.responses import RedirectResponse

from assistant.faces.api.desk import (
    access_api,
    access_pages,
    manuals_api,
    manuals_pages,
    questions_api,
    questions_pages,
    settings_api,
    settings_pages,
    teaching_api,
    teaching_pages,
)
from assistant.faces.api.page_frame import WEARS_IDENTITY
from assistant.faces.api.problems import (
    NotEnteredError,
    current_request_id,
    problem_response,
)

UPLOADS = (manuals_api.UPLOAD_ADDRESS, manuals_pages.UPLOAD_ADDRESS)
"""What takes whole files."""
_APIS = (access_api, questions_api, teaching_api, manuals_api, settings_api)
_PAGES = (access_pages, questions_pages, teaching_pages, manuals_pages, settings_pages)


def install_desk(app: FastAPI) -> None:
    """Serve the desk: nothing of it shows before somebody was invited."""
    for api in _APIS:
        app.include_router(api.router)
    for pages in _PAGES:
        app.include_router(pages.router, dependencies=[WEARS_IDENTITY])
    app.add_exception_handler(NotEnteredError, _to_the_door)


async def _to_the_door(request: Request, error: Exception) -> Response:
    """Who reads pages and has not entered is shown the door; a program is told."""
    if request.url.path.startswith("/oficina"):
        return RedirectResponse("/oficina/entrar", 303)
    return problem_response(error, request.url.path, current_request_id())
