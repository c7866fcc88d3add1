"""The office's own site: a button opens the assistant in a frame, where the office allows it."""

import functools
import threading
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.running.settings import Settings
from tests.assistant.faces.api.browser.chromium import DESKTOP, PHONE
from tests.assistant.faces.api.conftest import Serve

Violations = Callable[..., list[object]]
HOST = """<!doctype html><html lang="es"><head><title>Sitio de la oficina</title></head><body>
<main><h1>Sitio de la oficina</h1><p>Trámites.</p></main>
<script src="{server}/widget.js" data-manual="MO-SIG-01" data-color="#7a1f3d" async></script>
</body></html>"""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""
        del format, args


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A site of another origin: the folder that it serves, and its address."""
    folder = tmp_path_factory.mktemp("office")
    site = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder)))
    thread = threading.Thread(target=site.serve_forever)
    thread.start()
    yield folder, f"http://127.0.0.1:{site.server_address[1]}"
    site.shutdown()
    thread.join()
    site.server_close()


@pytest.fixture
def visit_office(
    browser: Browser, office: tuple[Path, str], serve: Serve, data_to_serve: Path
) -> Iterator[Callable[..., Page]]:
    """Opens the office's site, whose origin may frame the assistant or may not."""
    folder, address = office
    opened = []

    def visit(parents: str, **settings: object) -> Page:
        ours = Settings(data_dir=data_to_serve, rate_limit="no", page_parents=parents)
        server = serve(ours)
        client = server.__enter__()
        (folder / "index.html").write_text(
            HOST.format(server=str(client.base_url).rstrip("/")), "utf-8"
        )
        context = browser.new_context(locale="es-MX", **settings)  # type: ignore[arg-type]
        opened.append((context, server))
        page = context.new_page()
        page.goto(address)
        return page

    yield visit
    for context, server in opened:
        context.close()
        server.__exit__(None, None, None)


@pytest.mark.parametrize("settings", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_button_opens_the_assistant_and_a_question_is_answered(
    visit_office: Callable[..., Page],
    office: tuple[Path, str],
    violations: Violations,
    settings: dict[str, object],
) -> None:
    page = visit_office(office[1], **settings)
    button = page.get_by_role("button", name="Pregunte al manual")
    expect(button).to_have_css("background-color", "rgb(122, 31, 61)")
    assert page.frames[1:] == []  # nothing is asked of the server before
    assert violations(page) == []
    button.click()
    inside = page.frame_locator("iframe")
    inside.get_by_label("Su pregunta").fill("¿quién ve lo de las juntas vecinales?")
    inside.get_by_role("button", name="Preguntar").click()
    expect(inside.locator(".reply .lead")).to_contain_text("Juntas Vecinales (3.2)")


def test_it_is_opened_and_closed_by_keyboard_alone(
    visit_office: Callable[..., Page], office: tuple[Path, str]
) -> None:
    page = visit_office(office[1], **DESKTOP)
    button = page.get_by_role("button", name="Pregunte al manual")
    expect(button).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    close = page.get_by_role("button", name="Cerrar")
    expect(close).to_have_attribute("aria-expanded", "true")
    close.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Pregunte al manual")).to_be_hidden()
    expect(button).to_be_focused()


def test_a_site_that_the_office_has_not_named_gets_no_frame(
    visit_office: Callable[..., Page],
) -> None:
    page = visit_office("https://otra.example.gob.mx", **DESKTOP)
    with page.expect_console_message(lambda said: "frame-ancestors" in said.text):
        page.get_by_role("button", name="Pregunte al manual").click()
    inside = page.frame_locator("iframe")
    expect(inside.get_by_label("Su pregunta")).to_have_count(0)
