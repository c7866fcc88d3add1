"""The printed page, the contradictions; without scripts, at 200 %, aloud."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, expect

from assistant.running.settings import Settings
from corpus.embeddings import OnnxEmbeddings
from corpus.printed_pages import PrintedPages
from corpus.store import open_store
from ingest.indexing import index_manual
from tests.assistant.faces.api.browser.chromium import DESKTOP, PHONE
from tests.assistant.faces.api.browser.conftest import Asked, Visit
from tests.assistant.faces.api.conftest import Serve

Violations = Callable[..., list[dict[str, Any]]]

PDF = Path(__file__).parents[4] / "data" / "manuals" / "MO-SFA-04.pdf"
NEIGHBOURS = "¿quién ve lo de las juntas vecinales?"
PAYMENTS = "¿quién efectúa las transferencias de pago a proveedores?"


@pytest.fixture(scope="module")
def server_with_pictures(
    tmp_path_factory: pytest.TempPathFactory,
    lend_model: Callable[[Path], None],
    embeddings: OnnxEmbeddings,
    serve: Serve,
) -> Iterator[httpx.Client]:
    """A server of a manual that came as PDF, which also shows the contradictions."""
    folder = tmp_path_factory.mktemp("pictures") / "data"
    lend_model(folder)
    printed = PrintedPages(folder)
    index_manual(PDF, open_store(folder), embeddings.name, lambda: embeddings, printed=printed)
    settings = Settings(data_dir=folder, rate_limit="no", page_audit=True)
    with serve(settings) as client:
        yield client


def test_beside_the_text_stands_the_printed_page_with_the_quote_marked(
    server_with_pictures: httpx.Client, visit: Visit, asked: Asked, violations: Violations
) -> None:
    page = visit(server=server_with_pictures, **DESKTOP)
    asked(page, PAYMENTS)
    page.locator(".reply .chip").first.click()
    picture = page.locator("#pasaje .leaf-picture img")
    picture.scroll_into_view_if_needed()
    picture.evaluate("it => it.decode()")
    mark = page.locator("#pasaje .leaf-picture rect").first.bounding_box()
    whole = picture.bounding_box()
    assert mark is not None
    assert whole is not None
    assert whole["x"] < mark["x"] < whole["x"] + whole["width"]
    assert whole["y"] < mark["y"] < whole["y"] + whole["height"]
    assert violations(page) == []
    page.get_by_role("link", name="Abrir en su página").click()
    sheet = page.locator(".sheet:has(.print)")
    text, printed = (sheet.locator(part).bounding_box() for part in (".text", ".print"))
    assert text is not None
    assert printed is not None
    assert printed["x"] > text["x"] + text["width"]


def test_a_phone_gets_the_small_picture_beneath_the_text(
    server_with_pictures: httpx.Client, visit: Visit
) -> None:
    address = "/manual/MO-SFA-04/2.2.2?pagina=38&cita=Programar+y+efectuar+las+transferencias"
    page = visit(address, server=server_with_pictures, **PHONE)
    picture = page.locator(".leaf-picture img")
    picture.scroll_into_view_if_needed()
    picture.evaluate("it => it.decode()")
    assert "ancho=800" in picture.evaluate("it => it.currentSrc")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_text_source_has_its_pages_typeset_and_says_so(visit: Visit, asked: Asked) -> None:
    page = visit(**DESKTOP)
    asked(page, NEIGHBOURS)
    page.locator(".reply .chip").first.click()
    paper = page.locator("#pasaje .paper")
    expect(paper).to_contain_text("Código")
    expect(paper.locator("mark").first).to_contain_text("juntas vecinales")
    expect(page.locator("#pasaje figcaption")).to_contain_text("el impreso puede verse distinto")
    page.goto("/manual/MO-SIG-01/pagina/47")
    page.get_by_role("link", name="Siguiente Página 48").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Página 48 de 68")


def test_a_page_that_is_not_there_says_how_many_there_are(server: httpx.Client) -> None:
    response = server.get("/manual/MO-SIG-01/pagina/69", headers={"Accept": "text/html"})
    assert response.status_code == 404
    assert "tiene 68 páginas" in response.text
    assert server.get("/manual/MO-SIG-01/pagina/1.webp").status_code == 404


@pytest.mark.parametrize("settings", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_contradictions_are_read_with_both_sides(
    server_with_pictures: httpx.Client,
    visit: Visit,
    violations: Violations,
    settings: dict[str, Any],
) -> None:
    page = visit("/auditoria", server=server_with_pictures, **settings)
    expect(page.get_by_role("heading", level=1)).to_contain_text("se contradice")
    assert violations(page) == []
    page.locator("details.fold summary").first.click()
    page.locator("details.fold .chip").first.click()
    expect(page.locator("mark").first).to_be_visible()


def test_the_contradictions_are_nowhere_unless_the_office_wants_it(server: httpx.Client) -> None:
    assert server.get("/auditoria").status_code == 404
    assert "/auditoria" not in server.get("/").text


def test_without_scripts_a_citizen_gets_from_question_to_printed_page(visit: Visit) -> None:
    page = visit(java_script_enabled=False, **PHONE)
    expect(page.get_by_role("button", name="Dictar la pregunta")).to_be_hidden()
    page.get_by_label("Su pregunta").fill(NEIGHBOURS)
    page.get_by_role("button", name="Preguntar").click()
    expect(page.locator(".reply .lead")).to_contain_text("Juntas Vecinales (3.2)")
    expect(page.get_by_role("button", name="Leer en voz alta")).to_be_hidden()
    page.locator(".reply .chip").first.click()
    expect(page.locator(".text mark").first).to_contain_text("juntas vecinales")
    page.locator(".leaf a").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Página 47 de 68")


def test_at_200_percent_nothing_is_cut_off_or_on_top_of_something(
    visit: Visit, asked: Asked
) -> None:
    # at 200 % a window of 1280 x 800 has 640 x 400 CSS pixels left
    page = visit(viewport={"width": 640, "height": 400}, device_scale_factor=2)
    asked(page, NEIGHBOURS)
    assert page.evaluate("document.documentElement.scrollWidth") <= 640
    for control in ("#texto", "#enviar", ".reply .lead", ".reply .chip"):
        one = page.locator(control).first
        one.scroll_into_view_if_needed()
        on_top = one.evaluate(
            "it => { const at = it.getBoundingClientRect();"
            " const top = document.elementFromPoint(at.x + at.width / 2, at.y + at.height / 2);"
            " return it.contains(top) || top.contains(it); }"
        )
        assert on_top, control


def test_what_is_read_aloud_is_the_answer_without_marks_of_sections(
    visit: Visit, asked: Asked
) -> None:
    page = visit()
    asked(page, NEIGHBOURS)
    expect(page.get_by_role("button", name="Leer en voz alta")).to_be_visible()
    parts: list[str] = page.evaluate(
        "async () => { const at = document.querySelector('link[href$=\"speech.js\"]').href;"
        " const { spoken } = await import(at); return spoken(document.querySelector('.reply')); }"
    )
    assert parts[0].startswith("De eso se encarga la Coordinación de Mesas Directivas")
    assert any("Estar presente y activo" in part for part in parts)
    assert not any("§" in part or "También lo mencionan" in part for part in parts)


def test_where_the_browser_has_no_speech_nothing_is_offered(
    browser: Browser, server: httpx.Client, asked: Asked
) -> None:
    context = browser.new_context(base_url=str(server.base_url), service_workers="block")
    for name in ("speechSynthesis", "SpeechRecognition", "webkitSpeechRecognition"):
        context.add_init_script(f"Object.defineProperty(window, '{name}', {{ value: undefined }})")
    page = context.new_page()
    page.goto("/")
    asked(page, NEIGHBOURS)
    expect(page.locator("#dictar")).to_be_hidden()
    expect(page.locator("[data-read]")).to_be_hidden()
    context.close()


HEARS = """
window.SpeechRecognition = class {
  start() { setTimeout(() => {
    this.onresult({ results: [[{ transcript: "¿Cuál es la misión?" }]] });
    this.onend();
  }); }
  stop() {}
};"""


def test_what_is_dictated_stands_in_the_field_and_is_sent_by_the_person(
    browser: Browser, server: httpx.Client
) -> None:
    context = browser.new_context(base_url=str(server.base_url), service_workers="block")
    context.add_init_script(HEARS)
    page = context.new_page()
    page.goto("/")
    page.get_by_role("button", name="Dictar la pregunta").click()
    expect(page.get_by_label("Su pregunta")).to_have_value("¿Cuál es la misión?")
    expect(page.locator(".turn")).to_have_count(0)
    expect(page.locator("#oido")).to_be_empty()
    context.close()


def test_who_may_not_use_the_microphone_is_told_why(browser: Browser, server: httpx.Client) -> None:
    context = browser.new_context(base_url=str(server.base_url), service_workers="block")
    context.add_init_script(
        HEARS.replace("this.onresult(", 'this.onerror({ error: "not-allowed" }, ')
    )
    page = context.new_page()
    page.goto("/")
    page.get_by_role("button", name="Dictar la pregunta").click()
    expect(page.locator("#oido")).to_have_text(
        "El navegador no tiene permiso para usar el micrófono."
    )
    context.close()


def test_the_microphone_is_for_the_page_alone_and_only_where_dictation_is_on(
    serve: Serve, data_to_serve: Path, server: httpx.Client
) -> None:
    assert "microphone=(self)" in server.get("/").headers["permissions-policy"]
    settings = Settings(data_dir=data_to_serve, rate_limit="no", page_dictation=False)
    with serve(settings) as silent:
        page = silent.get("/")
        assert "microphone=()" in page.headers["permissions-policy"]
        assert "Dictar" not in page.text


def test_an_emergency_can_be_dialled(visit: Visit, asked: Asked) -> None:
    page = visit(**PHONE)
    asked(page, "me quiero matar")
    numbers = page.locator(".reply.emergency a").evaluate_all(
        "all => all.map(a => a.getAttribute('href'))"
    )
    assert numbers == ["tel:911", "tel:8009112000"]
