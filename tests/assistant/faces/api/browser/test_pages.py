"""The manual, its chart and the induction, as pages."""

import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from assistant.running.settings import Settings
from corpus.embeddings import OnnxEmbeddings
from corpus.model import Chunk, Manual
from corpus.store import open_store
from tests.assistant.faces.api.browser.chromium import DESKTOP, PHONE
from tests.assistant.faces.api.browser.conftest import Visit
from tests.assistant.faces.api.conftest import Serve

Violations = Callable[..., list[dict[str, Any]]]

PAGES = (
    "/",
    "/manual/MO-SIG-01",
    "/manual/MO-SIG-01?q=vecinales",
    "/manual/MO-SIG-01/3.2",
    "/manual/MO-SIG-01/3.2?pagina=47&cita=Organizar+la+planeaci%C3%B3n+y+registro",
    "/manual/MO-SIG-01/pagina/47",
    "/manual/MO-SIG-01/VII.D",
    "/organigrama",
    "/organigrama?puesto=2.1.5",
    "/organigrama?puesto=nadie",
    "/induccion",
    "/induccion?puesto=2.1.5.1&r1=0",
    "/privacidad",
    "/docs",
)


@pytest.fixture(scope="session")
def server_with_two(
    tmp_path_factory: pytest.TempPathFactory,
    data_with_real: Path,
    embeddings: OnnxEmbeddings,
    tiny_manual: Manual,
    tiny_chunks: list[Chunk],
    serve: Serve,
) -> Iterator[httpx.Client]:
    """A server of MO-SIG-01 and, beside it, a manual of one sheet."""
    folder = tmp_path_factory.mktemp("two") / "data"
    shutil.copytree(data_with_real, folder, symlinks=True)
    vectors = embeddings.passage_vectors([chunk.indexed_text for chunk in tiny_chunks])
    open_store(folder).replace(
        tiny_manual, tiny_chunks, vectors, source_sha256="0" * 64, model_name=embeddings.name
    )
    with serve(Settings(data_dir=folder, rate_limit="no")) as client:
        yield client


def test_axe_finds_nothing_to_mend_in_light_or_dark(visit: Visit, violations: Violations) -> None:
    page = visit(color_scheme="light", **DESKTOP)
    assert _found_on(page, PAGES, violations) == {}


def test_axe_finds_nothing_to_mend_where_there_are_several_manuals(
    server_with_two: httpx.Client, visit: Visit, violations: Violations
) -> None:
    page = visit(server=server_with_two, **PHONE)
    pages = ("/", "/manual", "/organigrama", "/induccion?manual=MO-MINI-01")
    assert _found_on(page, pages, violations) == {}
    chosen = page.get_by_role("navigation", name="Manuales").locator("[aria-current]")
    expect(chosen).to_contain_text("MO-MINI-01")


def test_a_question_is_asked_about_the_manual_that_was_chosen(
    server_with_two: httpx.Client, visit: Visit
) -> None:
    page = visit(server=server_with_two)
    page.get_by_label("Sobre").select_option("MO-MINI-01")
    page.get_by_label("Su pregunta").fill("¿Quién ve lo de las juntas vecinales?")
    page.keyboard.press("Enter")
    expect(page.locator(".reply .chip").first).to_have_attribute(
        "href", re.compile("^/manual/MO-MINI-01/1.1")
    )


def test_a_refusal_about_any_of_several_manuals_leads_to_them(
    server_with_two: httpx.Client, visit: Visit
) -> None:
    page = visit(server=server_with_two)
    page.get_by_label("Su pregunta").fill("¿Cuánto cobran por las vacaciones?")
    page.keyboard.press("Enter")
    page.locator(".reply").get_by_role("link", name="Ver los manuales").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Manuales")


def _found_on(page: Page, addresses: Sequence[str], violations: Violations) -> dict[str, Any]:
    found = {}
    for address in addresses:
        page.goto(address)
        on_page = violations(page)
        page.emulate_media(color_scheme="dark")  # in which only the colours differ
        on_page += violations(page, "color-contrast")
        page.emulate_media(color_scheme="light")
        if on_page:
            found[address] = on_page
    return found


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


def test_no_page_is_too_wide_where_the_office_shows_all_that_it_may(
    data_to_serve: Path, serve: Serve, visit: Visit
) -> None:
    settings = Settings(
        data_dir=data_to_serve,
        rate_limit="no",
        page_audit=True,
        page_owner="Dirección General de Innovación y Gobierno Digital",
        contact="Atención ciudadana, 81 2000 0000, atencion.ciudadana@municipio-de-ejemplo.gob.mx",
    )
    with serve(settings) as server:
        page = visit(server=server, **(PHONE | {"viewport": {"width": 320, "height": 640}}))
        for address in (*PAGES, "/auditoria"):
            page.goto(address)
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
            for link in page.locator("footer li a").all():
                assert link.evaluate("link => link.getBoundingClientRect().height < 40"), address


def test_the_page_says_which_version_of_the_manual_it_knows(visit: Visit) -> None:
    page = visit()
    for address in ("/", "/manual/MO-SIG-01"):
        page.goto(address)
        expect(page.locator("main .meta").first).to_contain_text(
            "MO-SIG-01, versión 01, emitido el 31 de marzo de 2023"
        )


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


def test_beside_a_section_stand_the_contents_of_its_chapter(visit: Visit) -> None:
    page = visit("/manual/MO-SIG-01/3.2", **DESKTOP)
    contents = page.get_by_role("navigation", name="Contenido de MO-SIG-01")
    expect(contents.locator("[aria-current=page]")).to_have_text(re.compile("^3.2 "))
    expect(contents.locator("[aria-current=page]")).to_be_in_viewport()
    contents.get_by_role("link", name="IV OBJETIVO").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("§ IV ")
    page.set_viewport_size({"width": 390, "height": 844})
    expect(contents).to_be_hidden()


def test_a_box_of_the_chart_leads_to_its_sheet_by_mouse_and_by_keyboard(visit: Visit) -> None:
    page = visit("/organigrama")
    box = page.locator(".chart a", has_text="Gobierno Abierto").last
    box.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("§ 3.1 ")
    page.go_back()
    box.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("§ 3.1 ")


def test_the_branch_of_a_position_is_asked_for_by_its_name(visit: Visit) -> None:
    page = visit("/organigrama")
    page.get_by_label("Puesto, por su nombre o su número").fill("coordinacion de geomatica")
    page.get_by_role("button", name="Ver la rama").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(
        "Coordinación de Geomática (2.1.5)"
    )


def test_a_newcomer_reads_the_pack_and_checks_what_was_learnt(
    visit: Visit, server: httpx.Client
) -> None:
    page = visit("/induccion")
    page.get_by_role("link", name=re.compile("2.1.5.1")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Jefatura de Geomática")
    pack = server.get("/api/manuals/MO-SIG-01/positions/2.1.5.1/induction").json()
    questions = page.locator("fieldset")
    for at, question in enumerate(pack["quiz"]):
        questions.nth(at).get_by_role("radio").nth(question["right"]).check()
    page.get_by_role("button", name="Ver mi resultado").click()
    many = len(pack["quiz"])
    expect(page.locator(".score")).to_contain_text(f"{many} de {many}")
    expect(page.locator(".verdict.right")).to_have_count(many)
    wrong = (pack["quiz"][0]["right"] + 1) % len(pack["quiz"][0]["options"])
    questions.first.get_by_role("radio").nth(wrong).check()
    page.get_by_role("button", name="Ver mi resultado").click()
    expect(page.locator(".score")).to_contain_text(f"{many - 1} de {many}")
    expect(page.locator(".verdict.wrong")).to_contain_text("No es esa.")
    with page.expect_download() as pdf:
        page.get_by_role("link", name="Descargar en PDF").click()
    assert pdf.value.suggested_filename.endswith(".pdf")


def test_in_a_pack_the_manual_speaks_in_its_own_voice(visit: Visit) -> None:
    page = visit("/induccion?manual=MO-SIG-01&puesto=2.1.5.1")
    expect(page.locator(".mission_and_vision q").first).to_contain_text("«Implementar estrategias")
    serif = page.locator(".functions .said").first.evaluate("e => getComputedStyle(e).fontFamily")
    assert serif == page.locator(".objective q").evaluate("e => getComputedStyle(e).fontFamily")
    assert serif != page.locator(".reports_to").evaluate("e => getComputedStyle(e).fontFamily")


def test_who_sends_the_self_check_without_a_choice_is_told(visit: Visit) -> None:
    page = visit("/induccion?puesto=2.1.5.1", java_script_enabled=False)
    page.get_by_role("button", name="Ver mi resultado").click()
    expect(page.get_by_role("alert")).to_contain_text("No eligió ninguna respuesta.")
    expect(page.locator(".verdict")).to_have_count(0)


def test_the_numbers_of_functions_are_whole_on_the_screen_and_in_print(visit: Visit) -> None:
    page = visit("/induccion?puesto=4", viewport={"width": 320, "height": 700})
    for media in (None, "print"):
        page.emulate_media(media="print" if media else "screen")
        number = page.locator(".functions .number", has_text="12.").first
        box = number.bounding_box()
        assert box is not None
        assert box["x"] >= 0


def test_a_pack_is_printed_without_what_belongs_to_the_screen(visit: Visit) -> None:
    page = visit("/induccion?puesto=2.1.5.1")
    expect(page.get_by_role("button", name="Imprimir")).to_be_visible()
    page.emulate_media(media="print")
    for screen_only in ("header.site", ".actions", ".check .primary"):
        expect(page.locator(screen_only)).to_be_hidden()
    expect(page.get_by_role("heading", name="Sus funciones")).to_be_visible()


def test_without_an_index_the_page_says_so_and_offers_to_try_again(
    serve: Serve, tmp_path: Path
) -> None:
    with serve(Settings(data_dir=tmp_path)) as server:
        response = server.get("/", headers={"Accept": "text/html"})
    assert response.status_code == 503
    assert "Volver a intentarlo" in response.text
    assert response.headers["content-type"].startswith("text/html")


def test_a_page_that_is_not_there_says_so_and_leads_back(server: httpx.Client) -> None:
    response = server.get("/manual/MO-SIG-01/99.9", headers={"Accept": "text/html"})
    assert response.status_code == 404
    assert "Hacer una pregunta" in response.text


@pytest.mark.parametrize("address", PAGES)
def test_privacy_is_linked_from_every_page(server: httpx.Client, address: str) -> None:
    assert 'href="/privacidad"' in server.get(address, follow_redirects=True).text
