"""What all pages of the desk share: how they are shown, what was done, the fields of a form."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.datastructures import UploadFile

from assistant.desk.outcomes import CHANNEL_NAMES, OUTCOME_NAMES, Channel, Outcome
from assistant.desk.people import ROLE_NAMES, Role
from assistant.faces.api.desk.access import Seat
from assistant.faces.api.frame import security_headers
from assistant.faces.api.page_frame import page

DONE: Mapping[str, str] = MappingProxyType(
    {
        "alta": "La contraseña quedó puesta. Ya puede entrar.",
        "ajustes": "Los ajustes valen desde ahora, en todos los procesos.",
        "anterior": "Está vigente otra vez lo que había antes, en segundos en todos los procesos.",
        "baja": "La persona ya no puede entrar.",
        "borrado": "El manual ya no está en el índice.",
        "calificada": "Quedó calificada.",
        "clave": "La contraseña cambió; las otras sesiones terminaron.",
        "descartado": "El borrador se descartó.",
        "ensenada": "Quedó enseñada: vale desde la pregunta siguiente.",
        "factor": "El segundo factor quedó como pidió.",
        "papel": "El papel cambió.",
        "olvidada": "La versión ya no se conserva.",
        "quitada": "Lo enseñado se quitó.",
        "vigente": "Esa versión está vigente, en segundos en todos los procesos.",
    }
)
"""What a page may say that was done: the address names it, and never brings words of its own."""


def desk_page(
    request: Request, template: str, seat: Seat | None, status: int = 200, **context: Any
) -> HTMLResponse:
    """A page of the desk: never kept by a browser, never framed by another site."""
    context |= {
        "seat": seat,
        "Role": Role,
        "role_names": ROLE_NAMES,
        "outcome_names": OUTCOME_NAMES,
        "channel_names": CHANNEL_NAMES,
        "Outcome": Outcome,
        "Channel": Channel,
        "told_ms": told_ms,
        "done": DONE.get(request.query_params.get("hecho", ""), ""),
    }
    response = page(request, f"desk/{template}", status, **context)
    response.headers.update(security_headers())
    response.headers["Cache-Control"] = "no-store"
    return response


def after(address: str, done: str = "") -> RedirectResponse:
    """Show a page after a form was sent, and what was done."""
    joined = "&" if "?" in address else "?"
    return RedirectResponse(f"{address}{joined}hecho={done}" if done else address, 303)


def told_ms(ms: int) -> str:
    """A time for people, such as "250 ms" or "2.5 s"; it is never broken."""
    return f"{ms}\u00a0ms" if ms < 1_000 else f"{round(ms / 1_000, 1):g}\u00a0s"


async def fields_of(request: Request) -> dict[str, str]:
    """The fields of a form that are text; of one that is there twice, the last."""
    form = await request.form()
    return {name: said for name, said in form.items() if isinstance(said, str)}


async def files_of(request: Request) -> dict[str, UploadFile]:
    """The fields of a form that are files."""
    form = await request.form()
    return {name: f for name, f in form.items() if isinstance(f, UploadFile) and f.filename}
