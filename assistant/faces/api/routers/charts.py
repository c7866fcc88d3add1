"""The org chart: as data and as pictures, whole or around one position."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from assistant.answering.finding import find_position
from assistant.answering.knowledge import Knowledge
from assistant.faces.api.deps import ManualDep, SharedDep
from assistant.faces.api.problems import problem_responses
from assistant.reports.charting import ChartRecord, chart_json, chart_pdf, chart_png, chart_svg
from corpus.model import Position

router = APIRouter(
    prefix="/api/manuals/{code}",
    tags=["Organigrama"],
    responses=problem_responses(401, 404, 422, 429, 503),
)

_WIDEST = 8000

Around = Annotated[
    str | None,
    Query(
        max_length=300,
        description="Nombre o número de un puesto, para tener solo su rama.",
        examples=["2.1"],
    ),
]


@router.get("/orgchart", summary="El organigrama como datos")
async def read_chart(opened: ManualDep, shared: SharedDep, puesto: Around = None) -> ChartRecord:
    """Los puestos y las líneas de mando, con la cédula que dice cada una."""
    knowledge = opened.knowledge
    return await shared.threads.run(lambda: chart_json(knowledge, _around(knowledge, puesto)))


@router.get(
    "/orgchart.svg",
    summary="El organigrama como imagen SVG",
    response_class=Response,
    responses={200: {"content": {"image/svg+xml": {}}}},
)
async def draw_svg(opened: ManualDep, shared: SharedDep, puesto: Around = None) -> Response:
    """La imagen, con un enlace de cada puesto a su cédula."""
    knowledge = opened.knowledge
    svg = await shared.threads.run(lambda: chart_svg(knowledge, _around(knowledge, puesto)))
    return Response(svg, media_type="image/svg+xml")


@router.get(
    "/orgchart.png",
    summary="El organigrama como imagen PNG",
    response_class=Response,
    responses={200: {"content": {"image/png": {}}}},
)
async def draw_png(
    opened: ManualDep,
    shared: SharedDep,
    puesto: Around = None,
    ancho: Annotated[
        int | None, Query(ge=100, le=_WIDEST, description="Ancho en píxeles.", examples=[1600])
    ] = None,
) -> Response:
    """La imagen con el ancho que se pida."""
    knowledge = opened.knowledge
    png = await shared.threads.run(lambda: chart_png(knowledge, _around(knowledge, puesto), ancho))
    return Response(png, media_type="image/png")


@router.get(
    "/orgchart.pdf",
    summary="El organigrama en PDF, en hojas carta",
    response_class=Response,
    responses={200: {"content": {"application/pdf": {}}}},
)
async def print_chart(opened: ManualDep, shared: SharedDep, puesto: Around = None) -> Response:
    """En una hoja si ahí se lee; si no, cada rama en la suya."""
    knowledge = opened.knowledge
    pdf = await shared.threads.run(lambda: chart_pdf(knowledge, _around(knowledge, puesto)))
    name = f"organigrama-{knowledge.manual.code}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(pdf, media_type="application/pdf", headers=headers)


def _around(knowledge: Knowledge, name: str | None) -> Position | None:
    return find_position(knowledge, name) if name else None
