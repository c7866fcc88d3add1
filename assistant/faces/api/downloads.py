"""Files that the pages offer: charts, an induction to print, what installs the page.

The same as at `/api`, where programs may need a key; who reads pages needs none.
"""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse

from assistant.faces.api.deps import ServicesDep, SharedDep, opened_manual
from assistant.faces.api.page_frame import STATIC_ADDRESS, static_file
from assistant.faces.api.routers import charts, induction

router = APIRouter(include_in_schema=False)

Code = Annotated[str, Query(max_length=64)]
Name = Annotated[str, Query(max_length=300)]


@router.get("/organigrama.svg")
async def draw_svg(
    manual: Code, services: ServicesDep, shared: SharedDep, puesto: Name | None = None
) -> Response:
    """The chart, or the branch of a position."""
    return await charts.draw_svg(await opened_manual(manual, shared, services), shared, puesto)


@router.get("/organigrama.png")
async def draw_png(
    manual: Code, services: ServicesDep, shared: SharedDep, puesto: Name | None = None
) -> Response:
    """The same as a picture of pixels."""
    return await charts.draw_png(await opened_manual(manual, shared, services), shared, puesto)


@router.get("/organigrama.pdf")
async def print_chart(
    manual: Code, services: ServicesDep, shared: SharedDep, puesto: Name | None = None
) -> Response:
    """The same on letter paper, each branch on a page of its own."""
    return await charts.print_chart(await opened_manual(manual, shared, services), shared, puesto)


@router.get("/induccion.pdf")
async def print_induction(
    manual: Code, puesto: Name, services: ServicesDep, shared: SharedDep
) -> Response:
    """The induction of a position, by its number."""
    opened = await opened_manual(manual, shared, services)
    return await induction.print_induction(opened, puesto, shared)


@router.get("/manifiesto.webmanifest")
async def read_manifest(request: Request) -> JSONResponse:
    """What a telephone needs to put the assistant on its screen."""
    identity = request.app.state.identity
    manifest: dict[str, Any] = {
        "name": identity.name,
        "short_name": identity.words[1],
        "lang": "es-MX",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#f7f8f6",
        "theme_color": identity.accent,
        "icons": [
            {"src": f"{STATIC_ADDRESS}/icon.svg", "sizes": "any", "type": "image/svg+xml"},
            {"src": f"{STATIC_ADDRESS}/icon-192.png", "sizes": "192x192", "type": "image/png"},
            {"src": f"{STATIC_ADDRESS}/icon-512.png", "sizes": "512x512", "type": "image/png"},
        ],
    }
    return JSONResponse(manifest, media_type="application/manifest+json")


@router.get("/sin-conexion.js")
async def read_worker() -> Response:
    """The script that shows a page of its own where there is no network.

    At the root, since a worker only serves what lies beneath it.
    """
    return static_file("worker.js", "text/javascript")


@router.get("/widget.js")
async def read_widget() -> Response:
    """The script that puts a button into a page of the office's own site."""
    response = static_file("widget.js", "text/javascript")
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
