"""In what a manual contradicts itself."""

from fastapi import APIRouter

from assistant.faces.api.deps import ManualDep, SharedDep
from assistant.faces.api.problems import problem_responses
from assistant.reports.audit import Finding, audit

router = APIRouter(
    prefix="/api/manuals/{code}",
    tags=["Auditoría"],
    responses=problem_responses(401, 404, 422, 429, 503),
)


@router.get("/audit", summary="Las inconsistencias de un manual")
async def read_audit(opened: ManualDep, shared: SharedDep) -> list[Finding]:
    """Cada inconsistencia con sus secciones y lo que dice cada una; las más graves primero."""
    return await shared.threads.run(lambda: audit(opened.knowledge))
