"""The versions of a manual, and what changed between them."""

from typing import Annotated

from fastapi import APIRouter, Query

from assistant.asking.versions import OneVersionError, two_versions
from assistant.faces.api.deps import ManualDep, ServicesDep, SharedDep
from assistant.faces.api.models import VersionRecord
from assistant.faces.api.problems import NotFoundError, problem_responses
from assistant.faces.serving.services import Services
from assistant.structure.comparing import Comparison, compare
from corpus.editions import AmbiguousVersionError, Edition, UnknownVersionError

router = APIRouter(
    prefix="/api/manuals/{code}",
    tags=["Versiones"],
    responses=problem_responses(401, 404, 422, 429, 503),
)

Version = Annotated[
    str | None,
    Query(max_length=60, description="Número de la versión, o su fecha.", examples=["01"]),
]


@router.get("/versions", summary="Las versiones de un manual")
async def list_versions(
    opened: ManualDep, services: ServicesDep, shared: SharedDep
) -> list[VersionRecord]:
    """La vigente primero; las demás, de la más nueva a la más vieja."""
    editions = await shared.threads.run(lambda: services.library.editions(opened.record.code))
    return [_version(each) for each in editions]


@router.get("/comparison", summary="Qué cambió entre dos versiones")
async def read_comparison(
    opened: ManualDep,
    services: ServicesDep,
    shared: SharedDep,
    before: Version = None,
    after: Version = None,
) -> Comparison:
    """Puestos, funciones, datos de cédulas, marco jurídico y textos, con las páginas de ambas.

    Si no se dicen las versiones, la última anterior y la vigente.
    """
    return await shared.threads.run(
        lambda: compared_versions(services, opened.record.code, before, after)
    )


def compared_versions(
    services: Services, code: str, before: str | None, after: str | None
) -> Comparison:
    """The comparison of two versions. Raises NotFoundError where one is not there."""
    library = services.library
    try:
        old, new = two_versions(code, before, after, library.editions(code))
    except (UnknownVersionError, AmbiguousVersionError, OneVersionError) as error:
        raise NotFoundError(str(error)) from error
    before_that, now = library.opened(old.record), library.opened(new.record)
    return compare(before_that.knowledge.manual, now.knowledge.manual)


def _version(edition: Edition) -> VersionRecord:
    record = edition.record
    return VersionRecord(
        version=record.version,
        emission_date=record.emission_date,
        in_force=edition.in_force,
        pages=record.pages,
        positions=record.positions,
        functions=record.functions,
        ingested_at=record.ingested_at,
    )
