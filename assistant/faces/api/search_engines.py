"""What search engines are told, where the office has set its address: its sections.

Without `ASISTENTE_PAGE_URL` nothing of it is served: a page at a provisional address should not be
what people find.
"""

import xml.etree.ElementTree as ET
from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

from assistant.asking.library import OpenManual
from assistant.faces.api.deps import ServicesDep, SharedDep
from assistant.faces.api.views.addresses import chart_address, manual_address, section_address
from corpus.model import Manual, Section, heading_of

router = APIRouter(include_in_schema=False)

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_MOST = 50_000
"""Addresses in a sitemap, by its standard."""


@router.get("/robots.txt")
async def read_robots(request: Request) -> Response:
    """Where the sitemap is, and what is not worth visiting."""
    site = _site(request)
    lines = (
        "User-agent: *",
        "Disallow: /preguntar",
        "Disallow: /api/",
        f"Sitemap: {site}/sitemap.xml",
    )
    return Response("\n".join(lines) + "\n", media_type="text/plain")


@router.get("/sitemap.xml")
async def read_sitemap(request: Request, services: ServicesDep, shared: SharedDep) -> Response:
    """The pages that don't depend on what somebody asks."""
    site = _site(request)
    manuals = await shared.threads.run(services.library.manuals)
    root = ET.Element("urlset", {"xmlns": _NAMESPACE})
    for address, since in [("/", ""), *(pair for each in manuals for pair in _pages(each))][:_MOST]:
        url = ET.SubElement(root, "url")
        ET.SubElement(url, "loc").text = site + address
        if since:
            ET.SubElement(url, "lastmod").text = since
    content = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return Response(content, media_type="application/xml")


def structured_section(site: str, manual: Manual, section: Section) -> dict[str, Any]:
    """A section as schema.org describes it: what it is part of, and the way to it."""
    address = site + section_address(manual.code, section.number)
    whole = {
        "@type": "Book",
        "name": f"Manual de organización {manual.code}",
        "bookEdition": manual.version,
        "numberOfPages": manual.page_count,
        "inLanguage": "es-MX",
        "url": site + manual_address(manual.code),
        "publisher": {"@type": "GovernmentOrganization", "name": manual.name},
    }
    if manual.emission_date is not None:
        whole["datePublished"] = manual.emission_date.isoformat()
    trail = [(manual.code, site + manual_address(manual.code))]
    chapter = manual.section(section.parent) if section.parent else None
    if chapter is not None:
        trail.append((heading_of(chapter), site + section_address(manual.code, chapter.number)))
    trail.append((heading_of(section), address))
    crumbs = [
        {"@type": "ListItem", "position": at, "name": name, "item": item}
        for at, (name, item) in enumerate(trail, start=1)
    ]
    last = section.last_page
    return {
        "@context": "https://schema.org",
        "@graph": [
            {
                "@type": "Chapter",
                "name": heading_of(section),
                "url": address,
                "inLanguage": "es-MX",
                "pagination": f"{section.page}"
                if last == section.page
                else f"{section.page}-{last}",
                "isPartOf": whole,
            },
            {"@type": "BreadcrumbList", "itemListElement": crumbs},
        ],
    }


def _site(request: Request) -> str:
    """The address that the office has set. Raises HTTPException where it has set none."""
    site: str | None = request.app.state.identity.url
    if site is None:
        raise HTTPException(404)
    return site


def _pages(opened: OpenManual) -> list[tuple[str, str]]:
    manual, since = opened.knowledge.manual, opened.record.ingested_at.date().isoformat()
    addresses = [manual_address(manual.code), chart_address(manual.code)]
    addresses += [section_address(manual.code, each.number) for each in manual.sections]
    return [(address, since) for address in addresses]
