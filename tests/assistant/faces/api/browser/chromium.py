"""Starts Debian's Chromium, as the tests and the screenshots use it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Playwright

EXECUTABLE = "/usr/bin/chromium"
_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}


@contextmanager
def launched(playwright: Playwright) -> Iterator[Browser]:
    """A browser with a fresh profile, closed at the end."""
    browser = playwright.chromium.launch(executable_path=EXECUTABLE, args=list(_FLAGS))
    try:
        yield browser
    finally:
        browser.close()
