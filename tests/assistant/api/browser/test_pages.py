"""The manual, its chart and the induction, as pages."""

import re
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.assistant.api.browser.chromium import DESKTOP, PHONE

Visit = Callable[..., Page]
Violations = Callable[[Page], list[dict[str, Any]]]

PAGES = (
    "/",
    "/manual/MO-SIG-01",
    "/manual/MO-SIG-01?q=vecinales",
    "/manual/MO-SIG-01/3.2",
    "/manual/MO-SIG-01/VII.D",
    "/organigrama",
    "/organigrama?puesto=2.1.5",
    "/organigrama?puesto=nadie",
    "/induccion",
    "/induccion?puesto=2.1.5.1&r1=0",
    "/privacidad",
    "/docs",
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing_to_mend(
    visit: Visit, violations: Violations, address: str, scheme: str
) -> None:
    assert violations(visit(address, color_scheme=scheme, **DESKTOP)) == []


@pytest.mark.parametrize("settings", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing_to_mend_in_a_conversation(
    visit: Visit,
    asked: Callable[[Page, str], None],
    violations: Violations,
    settings: dict[str, Any],
) -> None:
    page = visit(color_scheme="dark", **settings)
    asked(page, "¿Qué hace el jefe de oficina?")
    asked(page, "¿quién ve lo de las juntas vecinales?")
    page.locator(".reply .chip").first.click()
    expect(page.locator("#pasaje mark").first).to_be_visible()
    assert violations(page) == []


def test_no_page_is_wider_than_a_phone_or_than_a_screen_at_200_percent(visit: Visit) -> None:
    page = visit()
    for address in PAGES:
        page.goto(address)
        # at 200 % a window of 1280 has 640 CSS pixels left
        for width in (320, 640):
            page.set_viewport_size({"width": width, "height": 700})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_a_section_is_found_by_its_contents_and_by_search(visit: Visit) -> None:
    page = visit("/manual")
    page.get_by_role("link", name=re.compile("Coordinación de Gobierno Abierto")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("§ 3.1")
    page.goto("/manual/MO-SIG-01")
    page.get_by_label("Buscar en el manual").fill("mesas directivas")
    page.keyboard.press("Enter")
    expect(page.locator(".found mark").first).to_be_visible()
    page.locator(".found a").nth(1).click()
    expect(page.locator("h1")).to_contain_text("§")


def test_a_box_of_the_chart_leads_to_its_sheet(visit: Visit) -> None:
    page = visit("/organigrama")
    page.locator(".chart a", has_text="Gobierno Abierto").last.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("§")


def test_the_chart_changes_its_size_by_buttons_and_keys(visit: Visit) -> None:
    page = visit("/organigrama")
    size = page.locator("#tamano")
    before = size.inner_text()
    page.get_by_role("button", name="Acercar").click()
    expect(size).not_to_have_text(before)
    page.locator("#lienzo").focus()
    page.keyboard.press("-")
    expect(size).to_have_text(before)


def test_the_branch_of_a_position_is_asked_for_by_its_name(visit: Visit) -> None:
    page = visit("/organigrama")
    page.get_by_label("Puesto, por su nombre o su número").fill("coordinacion de geomatica")
    page.get_by_role("button", name="Ver la rama").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(
        "Coordinación de Geomática (2.1.5)"
    )


def test_a_newcomer_reads_the_pack_and_checks_what_was_learnt(visit: Visit) -> None:
    page = visit("/induccion")
    page.get_by_role("link", name=re.compile("2.1.5.1")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Jefatura de Geomática")
    questions = page.locator("fieldset")
    for at in range(questions.count()):
        questions.nth(at).get_by_role("radio").first.check()
    page.get_by_role("button", name="Ver mi resultado").click()
    expect(page.locator(".score")).to_contain_text(re.compile(r"\d de \d"))
    expect(page.locator(".verdict")).to_have_count(questions.count())
    with page.expect_download() as pdf:
        page.get_by_role("link", name="Descargar en PDF").click()
    assert pdf.value.suggested_filename.endswith(".pdf")


def test_a_page_that_is_not_there_says_so_and_leads_back(server: httpx.Client) -> None:
    response = server.get("/manual/MO-SIG-01/99.9", headers={"Accept": "text/html"})
    assert response.status_code == 404
    assert "Hacer una pregunta" in response.text


@pytest.mark.parametrize("address", PAGES)
def test_privacy_is_linked_from_every_page(server: httpx.Client, address: str) -> None:
    assert 'href="/privacidad"' in server.get(address, follow_redirects=True).text
