"""The page of the office's own settings."""

from collections.abc import Mapping

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from pydantic import ValidationError

from assistant.desk.choices import MOST_EXAMPLES, Choices
from assistant.desk.outcomes import Channel
from assistant.faces.api.deps import SharedDep
from assistant.faces.api.desk import settings_api
from assistant.faces.api.desk.access import AdministratorSeat, ReaderSeat, Seat
from assistant.faces.api.desk.frame import after, desk_page, fields_of, files_of
from assistant.faces.api.identity import picture_of
from assistant.faces.api.problems import IdentityError

router = APIRouter(prefix="/oficina/ajustes", include_in_schema=False)


@router.get("")
async def show_settings(request: Request, seat: ReaderSeat, shared: SharedDep) -> HTMLResponse:
    """What is chosen, and what holds without."""
    chosen = await shared.threads.run(seat.books.choices.read)
    return _settings(request, seat, shared, chosen, _as_form(chosen))


@router.post("")
async def write_settings(request: Request, seat: AdministratorSeat, shared: SharedDep) -> Response:
    """Let what the form says hold from now on."""
    before = await shared.threads.run(seat.books.choices.read)
    form, files = await fields_of(request), await files_of(request)
    try:
        emblem = None if "sin_emblema" in form else before.emblem
        if file := files.get("emblema"):
            emblem = picture_of(file.filename or "", await file.read())
        chosen = Choices(
            name=form.get("nombre") or None,
            contact=_one_line(form, "contacto"),
            emergency=form.get("emergencia") or None,
            colour=form.get("color") or None,
            colour_dark=form.get("color_oscuro") or None,
            emblem=emblem,
            examples=tuple(
                line.strip() for line in form.get("ejemplos", "").splitlines() if line.strip()
            ),
            notice=_one_line(form, "aviso"),
            closed=frozenset(each for each in Channel if f"abierto_{each.value}" not in form),
        )
        await settings_api.write_settings(chosen, seat, shared)
    except ValidationError:
        told = (
            "Revise los ajustes: los colores son como #0b5d6b, los textos tienen un largo máximo y "
            f"caben {MOST_EXAMPLES} ejemplos."
        )
        return _settings(request, seat, shared, before, form, told)
    except IdentityError as error:
        return _settings(request, seat, shared, before, form, str(error))
    return after("/oficina/ajustes", "ajustes")


def _one_line(form: Mapping[str, str], name: str) -> str | None:
    return " ".join(form.get(name, "").split()) or None


def _as_form(chosen: Choices) -> dict[str, str]:
    """The fields of the form for what is chosen."""
    fields = {
        "nombre": chosen.name,
        "color": chosen.colour,
        "color_oscuro": chosen.colour_dark,
        "contacto": chosen.contact,
        "aviso": chosen.notice,
        "emergencia": chosen.emergency,
        "ejemplos": "\n".join(chosen.examples),
    }
    opened = {f"abierto_{each.value}": "on" for each in Channel if each not in chosen.closed}
    return {name: said or "" for name, said in fields.items()} | opened


def _settings(
    request: Request,
    seat: Seat,
    shared: SharedDep,
    chosen: Choices,
    form: Mapping[str, str],
    complaint: str = "",
) -> HTMLResponse:
    """The form, filled in: with what holds, or with what was typed and can't be taken."""
    return desk_page(
        request,
        "settings.html",
        seat,
        422 if complaint else 200,
        form=form,
        has_emblem=chosen.emblem is not None,
        settings=shared.settings,
        complaint=complaint,
        most_examples=MOST_EXAMPLES,
    )
