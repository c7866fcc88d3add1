"""For those who run the server: is it alive, is it ready, how is it doing."""

import structlog
from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from assistant.faces.api.deps import ServicesDep, SharedDep
from assistant.faces.api.metrics import CONTENT_TYPE
from assistant.faces.api.problems import problem_responses

log = structlog.get_logger("asistente.api")

router = APIRouter(tags=["Operación"])


class State(BaseModel):
    """That something is well."""

    status: str = Field(default="ok", examples=["ok"])


class Readiness(State):
    """What can be asked about, and what is missing beside it."""

    status: str = Field(default="ok", examples=["ok", "degraded"])
    manuals: list[str] = Field(examples=[["MO-SIG-01"]])
    faults: list[str] = Field(default_factory=list, exclude_if=lambda told: not told)


@router.get("/healthz", summary="¿Vive el servidor?")
async def alive() -> State:
    """Responde mientras el proceso vive, aunque no haya índice."""
    return State()


@router.get("/readyz", summary="¿Puede responder?", responses=problem_responses(503))
async def ready(services: ServicesDep, shared: SharedDep) -> Readiness:
    """Hace una búsqueda en cada manual; si no se puede, dice por qué.

    `degraded`: responde, pero falta algo, que `faults` dice; sin la base de datos responde sin
    recordar la conversación, y sin el almacén, con lo que ya abrió.
    """
    await shared.threads.run(services.check)
    manuals = await shared.threads.run(services.library.manuals)
    faults = await shared.threads.run(services.faults)
    for each in faults:
        log.warning("responde con fallas", reason=str(each))
    return Readiness(
        status="degraded" if faults else "ok",
        manuals=[each.record.code for each in manuals],
        faults=[each.for_visitors for each in faults],
    )


@router.get(
    "/metrics",
    summary="Métricas para Prometheus",
    response_class=Response,
    responses={200: {"content": {"text/plain": {}}}},
)
async def metrics(shared: SharedDep) -> Response:
    """Solicitudes, tiempos, respuestas por tipo y pasos de cada respuesta."""
    exposition = await shared.threads.run(shared.metrics.exposition)
    return Response(exposition, headers={"Content-Type": CONTENT_TYPE})
