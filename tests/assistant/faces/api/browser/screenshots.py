"""Takes the pictures of the pages that the README shows.

`python -m tests.assistant.faces.api.browser.screenshots http://127.0.0.1:8000 [--out docs/img]`,
while `asistente servir` runs there with MO-SIG-01 in its index, a contact (ASISTENTE_CONTACT) and
`ASISTENTE_PAGE_PARENTS=http://127.0.0.1:8765` for the picture of the widget.
"""

import argparse
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.assistant.faces.api.browser.chromium import DESKTOP, PHONE, launched

_QUESTION = "¿quién ve lo de las juntas vecinales?"
_REFUSED = "¿dónde pago el predial?"
_CONTRADICTED = "¿A quién le reporta la Jefatura de Geomática?"
_SMALL: dict[str, Any] = {"viewport": {"width": 320, "height": 640}}
_DARK: dict[str, Any] = {"color_scheme": "dark"}
_MOST_COLOURS = 128
_SETTLED = 600
_PRINT_SCALE = 1.2
_OFFICE_PORT = 8765
_OFFICE = """<!doctype html><html lang="es"><meta charset="utf-8"><title>Oficina</title>
<body style="margin:0;font:18px/1.6 sans-serif;color:#222">
<header style="background:#7a1f3d;color:#fff;padding:20px 48px;font-size:24px">Municipio de Ejemplo
</header><main style="padding:32px 48px;max-width:640px"><h1>Participación ciudadana</h1>
<p>En esta página están los trámites de las juntas vecinales, los horarios de atención y las
convocatorias abiertas.</p><p>Si no sabe a qué área acudir, pregunte.</p></main>
<script src="{server}/widget.js" data-manual="MO-SIG-01" data-color="#7a1f3d" async></script>
</body></html>"""
_CITED = (
    "/manual/MO-SIG-01/3.2?pagina=47&cita=Organizar+la+planeaci%C3%B3n+y+registro+de+las+juntas"
    "+vecinales+constituidas+en+el+municipio%2C+incentivando+la+participaci%C3%B3n+ciudadana#cita"
)


def take_all(browser: Browser, address: str, out: Path) -> None:
    """Every picture, as a PNG file of moderate size."""

    def opened(path: str, **settings: Any) -> Page:
        page = browser.new_context(base_url=address, locale="es-MX", **settings).new_page()
        page.goto(path)
        return page

    for name, scheme in (("escritorio", {}), ("escritorio-oscuro", _DARK)):
        page = opened("/", **(DESKTOP | scheme))
        _ask(page)
        page.locator(".reply .chip").first.click()
        expect(page.locator("#pasaje mark").first).to_be_visible()
        _take(page, out / f"web-{name}.png")
    for name, question, window in (
        ("no-lo-dice", _REFUSED, {}),
        ("contradiccion", _CONTRADICTED, {}),
        ("320", _QUESTION, _SMALL),
    ):
        page = opened("/", **(PHONE | window))
        _ask(page, question)
        _take(page, out / f"web-{name}.png")
    for name, scheme in (("telefono", {}), ("telefono-oscuro", _DARK)):
        page = opened("/", **(PHONE | scheme))
        _ask(page)
        _take(page, out / f"web-{name}.png")
    page = opened("/organigrama?manual=MO-SIG-01", **PHONE)
    page.get_by_label("Puesto, por su nombre o su número").fill("estrategia territorial")
    page.get_by_role("button", name="Buscar").click()
    _take(page, out / "web-organigrama-telefono.png")
    for name, path, settings in (
        ("inicio", "/", DESKTOP),
        ("organigrama-oscuro", "/organigrama?manual=MO-SIG-01", DESKTOP | _DARK),
        ("repaso", "/induccion?manual=MO-SIG-01&puesto=2.1.5.1&r1=3&r2=0#repaso", DESKTOP),
        ("pagina-impresa", _CITED, DESKTOP),
    ):
        _take(opened(path, **settings), out / f"web-{name}.png")
    _take_widget(browser, address, out / "web-widget.png")
    page = opened("/induccion?manual=MO-SIG-01&puesto=4", **DESKTOP)
    _print(page, out / "web-impresa.png")
    page = opened("/", **DESKTOP)
    _ask(page)
    _print(page, out / "web-respuesta-impresa.png", 0)


def _take_widget(browser: Browser, address: str, file: Path) -> None:
    """The assistant in a page of another origin."""
    page = browser.new_context(locale="es-MX", **DESKTOP).new_page()
    with TemporaryDirectory() as folder:
        (Path(folder) / "index.html").write_text(_OFFICE.format(server=address.rstrip("/")))
        serve = partial(SimpleHTTPRequestHandler, directory=folder)
        office = ThreadingHTTPServer(("127.0.0.1", _OFFICE_PORT), serve)
        threading.Thread(target=office.serve_forever).start()
        page.goto(f"http://127.0.0.1:{_OFFICE_PORT}")
        office.shutdown()
    page.get_by_role("button", name="Pregunte al manual").click()
    inside = page.frame_locator("iframe")
    inside.get_by_label("Su pregunta").fill(_QUESTION)
    inside.get_by_role("button", name="Preguntar").click()
    expect(inside.locator(".reply .tools")).to_be_visible()
    _take(page, file)


def _print(page: Page, file: Path, leaf: int = 1) -> None:
    """A page of what comes out of a printer, the second unless it is said."""
    from pypdfium2 import PdfDocument

    document = PdfDocument(page.pdf(prefer_css_page_size=True))
    document[leaf].render(scale=_PRINT_SCALE).to_pil().save(file)
    page.context.close()
    _shrink(file)


def _ask(page: Page, question: str = _QUESTION) -> None:
    page.get_by_label("Su pregunta").fill(question)
    page.get_by_role("button", name="Preguntar").click()
    expect(page.locator(".reply .tools")).to_be_visible()
    page.wait_for_timeout(_SETTLED)


def _take(page: Page, file: Path) -> None:
    page.wait_for_timeout(_SETTLED)
    page.screenshot(path=file)
    page.context.close()
    _shrink(file)


def _shrink(file: Path) -> None:
    with Image.open(file) as picture:
        picture.convert("RGB").quantize(_MOST_COLOURS).save(file, optimize=True)


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address")
    parser.add_argument("--out", type=Path, default=Path("docs/img"))
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright, launched(playwright) as browser:
        take_all(browser, options.address, options.out)


if __name__ == "__main__":
    main()
