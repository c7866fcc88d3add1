"""Measures the page: first load, layout shift while an answer comes, time to the first words.

`python -m tests.assistant.faces.api.browser.budget http://127.0.0.1:8000`, while `asistente servir`
runs there. Prints a Markdown table with date and machine, for `docs/design.md`: bytes without
pictures, the worst shift, and the median time with the worst.
"""

import argparse
import os
import platform
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import median
from typing import Any

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.assistant.faces.api.browser.chromium import DESKTOP, PHONE, launched

QUESTIONS = (
    "¿quién ve lo de las juntas vecinales?",
    "¿A quién le reporta la Jefatura de Geomática?",
    "¿Cuáles son las funciones de la Dirección de Mejora Regulatoria?",
    "¿Cuál es la misión?",
    "¿Qué hace el jefe de oficina?",
    "¿Cuánto gana el secretario?",
    "¿Quién atiende el presupuesto participativo?",
    "¿Cuál es el objetivo de la Coordinación de Geomática?",
)
"""Of all kinds: a topic, reporting lines, long lists, asked back, refused."""
_SETTLED = 300
_WATCH = """
window.shifts = 0;
window.asked = window.told = null;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.shifts += entry.value;
}).observe({ type: "layout-shift", buffered: true });
addEventListener("keydown", ({ key }) => {
  if (key === "Enter") [window.asked, window.told, window.shifts] = [performance.now(), null, 0];
}, true);
addEventListener("DOMContentLoaded", () => {
  new MutationObserver(() => {
    const last = document.querySelector(".turn:last-child .reply");
    if (window.told === null && last && !last.querySelector(".working") && last.textContent.trim())
      window.told = performance.now();
  }).observe(document.body, { childList: true, subtree: true });
});
"""


@dataclass(frozen=True)
class Cost:
    """What was measured in one kind of window."""

    bytes_of_first_load: int
    shift: float
    """The worst of the answers: the sum of the layout shifts from the key until it stands, also of
    those that browsers excuse for half a second after an input."""
    milliseconds: tuple[float, ...]
    """From the key to the first words, for each question."""


def cost_of(browser: Browser, address: str, settings: dict[str, Any]) -> Cost:
    """Load the page afresh, ask all questions, and add up."""
    context = browser.new_context(base_url=address, locale="es-MX", **settings)
    context.add_init_script(_WATCH)
    page = context.new_page()
    page.goto("/")
    page.wait_for_load_state("networkidle")
    loaded = page.evaluate(
        "() => performance.getEntriesByType('resource')"
        ".concat(performance.getEntriesByType('navigation'))"
        ".filter(each => !/\\.(svg|png|webp)$/.test(each.name))"
        ".reduce((sum, each) => sum + each.transferSize, 0)"
    )
    asked = [_ask(page, question) for question in QUESTIONS]
    context.close()
    return Cost(loaded, max(shift for shift, _ in asked), tuple(time for _, time in asked))


def _ask(page: Page, question: str) -> tuple[float, float]:
    """The layout shift of an answer, and the time to its first words."""
    turns = page.locator(".turn").count()
    page.get_by_label("Su pregunta").fill(question)
    page.keyboard.press("Enter")
    expect(page.locator(".turn")).to_have_count(turns + 1)
    expect(page.locator("#conversacion")).not_to_have_attribute("aria-busy", "true")
    page.wait_for_timeout(_SETTLED)
    return float(page.evaluate("window.shifts")), float(page.evaluate("window.told - window.asked"))


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address")
    address = parser.parse_args().address
    print("| window | first load | layout shift of an answer | to the first words |")
    print("|---|---|---|---|")
    with sync_playwright() as playwright, launched(playwright) as browser:
        for name, settings in (("1280 × 800", DESKTOP), ("390 × 844", PHONE)):
            cost = cost_of(browser, address, settings)
            times = f"{median(cost.milliseconds):.0f} ms ({max(cost.milliseconds):.0f} ms)"
            size = f"{cost.bytes_of_first_load / 1000:.1f} kB"
            print(f"| {name} | {size} | {cost.shift:.3f} | {times} |")
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Chromium headless, over loopback"
    print(f"\n{datetime.now(UTC):%Y-%m-%d}, {machine}.")


if __name__ == "__main__":
    main()
