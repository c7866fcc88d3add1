"""Takes the pictures of the pages that the README shows.

`python -m tests.assistant.faces.api.browser.screenshots http://127.0.0.1:8000 [--out docs/img]`,
while `asistente servir` runs there with MO-SIG-01 in its index.
"""

import argparse
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.assistant.faces.api.browser.chromium import DESKTOP, PHONE, launched

_QUESTION = "¿quién ve lo de las juntas vecinales?"
_DARK = {"color_scheme": "dark"}
_MOST_COLOURS = 128
_SETTLED = 600


def take_all(browser: Browser, address: str, out: Path) -> None:
    """Every picture, as a PNG file of moderate size."""

    def opened(path: str, **settings: Any) -> Page:
        page = browser.new_context(base_url=address, locale="es-MX", **settings).new_page()
        page.goto(path)
        return page

    for name, settings in (("escritorio", DESKTOP), ("telefono", PHONE)):
        page = opened("/", **settings)
        _ask(page)
        page.locator(".reply .chip").first.click()
        expect(page.locator("#pasaje mark").first).to_be_visible()
        _take(page, out / f"web-{name}.png")
    page = opened("/", **(PHONE | _DARK))
    _ask(page)
    _take(page, out / "web-telefono-oscuro.png")
    for name, path, settings in (
        ("inicio", "/", DESKTOP),
        ("organigrama-oscuro", "/organigrama?manual=MO-SIG-01", DESKTOP | _DARK),
        ("repaso", "/induccion?manual=MO-SIG-01&puesto=2.1.5.1&r1=3&r2=0#repaso", DESKTOP),
    ):
        _take(opened(path, **settings), out / f"web-{name}.png")


def _ask(page: Page) -> None:
    page.get_by_label("Su pregunta").fill(_QUESTION)
    page.get_by_role("button", name="Preguntar").click()
    expect(page.locator(".reply .tools")).to_be_visible()
    page.wait_for_timeout(_SETTLED)


def _take(page: Page, file: Path) -> None:
    page.wait_for_timeout(_SETTLED)
    page.screenshot(path=file)
    page.context.close()
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
