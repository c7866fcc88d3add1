"""A real browser before the real server. Without Chromium these tests are skipped, by name."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.assistant.faces.api.browser.chromium import launched

AXE = Path(__file__).with_name("vendor") / "axe.min.js"
_WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

Visit = Callable[..., Page]
"""Opens an address in a browser of some settings (viewport, colour scheme, …)."""
Asked = Callable[[Page, str], None]
Violations = Callable[..., list[dict[str, Any]]]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One for each file: Playwright keeps an event loop running, which other tests can't have."""
    if shutil.which("chromium") is None:
        pytest.skip("Chromium is not installed (Debian: chromium)")
    expect.set_options(timeout=15_000)
    with sync_playwright() as playwright, launched(playwright) as browser:
        yield browser


@pytest.fixture
def visit(browser: Browser, server: httpx.Client) -> Iterator[Visit]:
    """Fails at the end if a page told of an error, or asked another host for anything."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def open_page(path: str = "/", server: httpx.Client = server, **settings: Any) -> Page:
        address = str(server.base_url)
        # What goes through a service worker can't be held back by `page.route`.
        settings = {"service_workers": "block", **settings}
        context = browser.new_context(base_url=address, locale="es-MX", **settings)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
        page.on("request", lambda made: _note_if_elsewhere(made.url, address, wrong))
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not wrong


def _note_if_elsewhere(url: str, address: str, wrong: list[str]) -> None:
    if not url.startswith((address, "data:", "blob:", "about:")):
        wrong.append(url)


@pytest.fixture(scope="session")
def asked() -> Asked:
    """Types a question, sends it with Enter, and waits until the answer is whole."""

    def ask(page: Page, question: str) -> None:
        turns = page.locator(".turn").count()
        page.get_by_label("Su pregunta").fill(question)
        page.keyboard.press("Enter")
        expect(page.locator(".turn")).to_have_count(turns + 1)
        expect(page.locator("#conversacion")).not_to_have_attribute("aria-busy", "true")

    return ask


@pytest.fixture(scope="session")
def violations() -> Violations:
    """What axe finds against WCAG 2.2 AA and good practice, or against one of its rules."""
    source = AXE.read_text("utf-8")

    def check(page: Page, rule: str | None = None) -> list[dict[str, Any]]:
        page.evaluate(source)
        only = {"type": "rule", "values": [rule]} if rule else {"type": "tag", "values": _WCAG}
        found: dict[str, Any] = page.evaluate(
            "options => axe.run(document, options)",
            {"runOnly": only, "resultTypes": ["violations"]},
        )
        return [
            {"rule": each["id"], "help": each["help"], "where": [n["html"] for n in each["nodes"]]}
            for each in found["violations"]
        ]

    return check
