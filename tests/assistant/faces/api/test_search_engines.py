"""Search engines find the manual's sections, if the office has said where its page is."""

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from assistant.running.settings import Settings
from tests.assistant.faces.api.conftest import Serve

SITE = "https://manual.example.gob.mx"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(scope="module")
def public(serve: Serve, data_to_serve: Path) -> Iterator[httpx.Client]:
    """A server that knows its public address."""
    with serve(Settings(data_dir=data_to_serve, rate_limit="no", page_url=SITE)) as client:
        yield client


def test_the_sitemap_leads_to_every_section_and_each_address_is_there(
    public: httpx.Client,
) -> None:
    assert f"Sitemap: {SITE}/sitemap.xml" in public.get("/robots.txt").text
    response = public.get("/sitemap.xml")
    assert response.headers["content-type"] == "application/xml"
    locations = [str(each.text) for each in ET.fromstring(response.content).iter(f"{SITEMAP}loc")]
    assert f"{SITE}/manual/MO-SIG-01/3.2" in locations
    for location in locations[::9]:
        page = public.get(location.removeprefix(SITE))
        assert page.status_code == 200
        assert f'<link rel="canonical" href="{location}">' in page.text


def test_a_passage_that_is_cited_has_the_section_as_its_canonical_address(
    public: httpx.Client,
) -> None:
    page = public.get("/manual/MO-SIG-01/3.2?pagina=47&cita=juntas+vecinales").text
    assert f'<link rel="canonical" href="{SITE}/manual/MO-SIG-01/3.2">' in page
    assert "canonical" not in public.get("/manual/MO-SIG-01?q=vecinales").text


def test_a_section_says_what_it_is_part_of(public: httpx.Client) -> None:
    page = public.get("/manual/MO-SIG-01/3.2").text
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    assert block is not None
    chapter, crumbs = json.loads(block[1])["@graph"]
    assert chapter["name"] == "3.2 Coordinación de Mesas Directivas y Juntas Vecinales"
    assert chapter["pagination"] == "47"
    assert chapter["isPartOf"]["datePublished"] == "2023-03-31"
    assert [each["position"] for each in crumbs["itemListElement"]] == [1, 2, 3]


def test_without_an_address_nothing_of_it_is_served(server: httpx.Client) -> None:
    assert server.get("/sitemap.xml").status_code == 404
    assert server.get("/robots.txt").status_code == 404
    page = server.get("/manual/MO-SIG-01/3.2").text
    assert "canonical" not in page
    assert "ld+json" not in page
