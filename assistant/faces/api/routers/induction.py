"""The induction pack of a position."""

from fastapi import APIRouter, Response

from assistant.answering.knowledge import Knowledge
from assistant.faces.api.deps import ManualDep, SharedDep
from assistant.faces.api.problems import problem_responses
from assistant.faces.api.routers.manuals import Number, find_position_by_number
from assistant.reports.charting import chart_png
from assistant.reports.induction import InductionPack, induction_pack

router = APIRouter(
    prefix="/api/manuals/{code}/positions/{number}",
    tags=["Inducción"],
    responses=problem_responses(401, 404, 422, 429, 503),
)


@router.get("/induction", summary="La inducción de un puesto")
async def read_induction(opened: ManualDep, number: Number, shared: SharedDep) -> InductionPack:
    """Lo que debe conocer quien empieza en el puesto, con citas, y cinco preguntas de repaso."""
    position = find_position_by_number(opened.knowledge.manual, number)
    return await shared.threads.run(lambda: induction_pack(position, opened.knowledge))


@router.get(
    "/induction.pdf",
    summary="La inducción de un puesto, para imprimir",
    response_class=Response,
    responses={200: {"content": {"application/pdf": {}}}},
)
async def print_induction(opened: ManualDep, number: Number, shared: SharedDep) -> Response:
    """La misma inducción como PDF, con la rama del organigrama."""
    knowledge = opened.knowledge
    pdf = await shared.threads.run(lambda: _pdf(knowledge, number))
    name = f"induccion-{knowledge.manual.code}-{number}.pdf"
    return Response(
        pdf,
        media_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )


def _pdf(knowledge: Knowledge, number: str) -> bytes:
    from assistant.reports.induction.pdf import pack_pdf

    position = find_position_by_number(knowledge.manual, number)
    pack = induction_pack(position, knowledge)
    return pack_pdf(pack, chart_png(knowledge, around=position))
