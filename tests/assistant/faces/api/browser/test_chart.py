"""The org chart on the page: a list, and a drawing that is moved, sized, searched and enlarged."""

from playwright.sync_api import Page, expect

from tests.assistant.faces.api.browser.chromium import DESKTOP, PHONE
from tests.assistant.faces.api.browser.conftest import Visit

FIELD = "Puesto, por su nombre o su número"


def place(page: Page) -> tuple[float, float]:
    """How far the drawing is scrolled."""
    left, top = page.locator("#lienzo").evaluate("it => [it.scrollLeft, it.scrollTop]")
    return float(left), float(top)


def test_without_scripts_it_is_a_list_and_a_drawing(visit: Visit) -> None:
    page = visit("/organigrama", java_script_enabled=False)
    expect(page.locator("#lienzo svg")).to_be_visible()
    expect(page.get_by_role("button", name="Pantalla completa")).to_be_hidden()
    page.locator(".outline").get_by_role("link", name="3.2.1 Jefatura").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("§ 3.2.1 ")


def test_on_a_phone_the_list_comes_first(visit: Visit) -> None:
    page = visit("/organigrama", **PHONE)
    tops = [page.locator(part).bounding_box() for part in (".outline", "#lienzo")]
    assert tops[0] is not None
    assert tops[1] is not None
    assert tops[0]["y"] < tops[1]["y"]
    page.get_by_role("link", name="Ver el dibujo").click()
    expect(page.locator("#lienzo")).to_be_in_viewport()


def test_its_size_is_changed_by_buttons_and_keys(visit: Visit) -> None:
    page = visit("/organigrama")
    size = page.locator("#tamano")
    before = size.inner_text()
    page.get_by_role("button", name="Acercar").click()
    expect(size).not_to_have_text(before)
    page.locator("#lienzo").focus()
    page.keyboard.press("-")
    expect(size).to_have_text(before)


def test_a_mouse_drags_it_and_does_not_open_the_box_where_it_lets_go(visit: Visit) -> None:
    page = visit("/organigrama", **DESKTOP)
    page.get_by_role("button", name="Acercar").click()
    box = page.locator(".chart a", has_text="Gobierno Abierto").last
    box.scroll_into_view_if_needed()
    at = box.bounding_box()
    assert at is not None
    before = place(page)
    page.mouse.move(at["x"] + 20, at["y"] + 10)
    page.mouse.down()
    page.mouse.move(at["x"] - 60, at["y"] - 20, steps=4)
    page.mouse.up()
    assert place(page)[0] > before[0]
    assert page.url.endswith("/organigrama")


def test_two_fingers_enlarge_it(visit: Visit) -> None:
    page = visit("/organigrama", **PHONE)
    page.locator("#lienzo").scroll_into_view_if_needed()
    size = page.locator("#tamano")
    before = int(size.inner_text().split()[0])
    at = page.locator("#lienzo").bounding_box()
    assert at is not None
    x, y = at["x"] + at["width"] / 2, at["y"] + 100
    session = page.context.new_cdp_session(page)

    def touch(kind: str, apart: float | None) -> None:
        points = [] if apart is None else [{"x": x - apart, "y": y}, {"x": x + apart, "y": y}]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", 40)
    for apart in (50, 65, 80):
        touch("touchMove", apart)
    touch("touchEnd", None)
    assert int(size.inner_text().split()[0]) > 1.5 * before


def test_the_search_jumps_to_the_box_and_to_its_line(visit: Visit) -> None:
    page = visit("/organigrama", **DESKTOP)
    page.get_by_label(FIELD).fill("estrategia territorial")
    page.get_by_role("button", name="Buscar").click()
    expect(page.locator("#hallado")).to_contain_text("3.2.1 Jefatura de Estrategia Territorial")
    expect(page.locator(".chart .hit")).to_have_attribute("data-section", "3.2.1")
    expect(page.locator(".chart .hit")).to_be_in_viewport()
    expect(page.locator(".outline .hit")).to_be_in_viewport()
    expect(page.locator("#tamano")).to_have_text("100 %")


def test_the_box_that_was_searched_is_in_the_middle_of_what_is_in_sight(visit: Visit) -> None:
    page = visit("/organigrama", **DESKTOP)
    for number in ("2.1.5", "1", "5.5"):
        page.evaluate("window.scrollTo(0, 0)")
        page.get_by_label(FIELD).fill(number)
        page.get_by_role("button", name="Buscar").click()
        expect(page.locator(".chart .hit")).to_have_attribute("data-section", number)
        expect(page.locator(".chart .hit")).to_be_in_viewport(ratio=1)
        expect(page.get_by_label(FIELD)).to_be_in_viewport()


def test_the_search_goes_on_to_the_next_and_says_when_there_is_none(visit: Visit) -> None:
    page = visit("/organigrama", **DESKTOP)
    field = page.get_by_label(FIELD)
    field.fill("geomatica")
    for number, told in (("2.1.5", "1 de 2"), ("2.1.5.1", "2 de 2"), ("2.1.5", "1 de 2")):
        field.press("Enter")
        expect(page.locator("#hallado")).to_contain_text(told)
        expect(page.locator(".chart .hit")).to_have_attribute("data-section", number)
    field.fill("astronauta")
    field.press("Enter")
    expect(page.locator("#hallado")).to_have_text("Ningún recuadro dice «astronauta».")


def test_on_a_phone_the_search_goes_to_the_line_of_the_list(visit: Visit) -> None:
    page = visit("/organigrama", **PHONE)
    page.get_by_label(FIELD).fill("5.3")
    page.get_by_role("button", name="Buscar").click()
    expect(page.locator(".outline .hit")).to_contain_text("Jefatura Jurídica")
    expect(page.locator(".outline .hit")).to_be_in_viewport()


def test_by_keyboard_alone_a_box_is_found_brought_up_and_opened(visit: Visit) -> None:
    page = visit("/organigrama", **DESKTOP)
    page.get_by_label(FIELD).focus()
    page.keyboard.type("3.2.1")
    page.keyboard.press("Enter")
    expect(page.locator(".chart .hit")).to_have_attribute("data-section", "3.2.1")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('.outline') !== null"):
            break
    assert page.evaluate("document.activeElement.closest('.outline') !== null")
    page.locator("#lienzo").focus()
    page.keyboard.press("+")
    expect(page.locator("#tamano")).to_have_text("125 %")
    page.locator(".chart a:has(.hit)").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("§ 3.2.1 ")


def test_it_fills_the_screen_and_goes_back(visit: Visit) -> None:
    page = visit("/organigrama", **DESKTOP)
    page.get_by_role("button", name="Pantalla completa").click()
    expect(page.get_by_role("button", name="Salir de pantalla completa")).to_be_visible()
    expect(page.locator("#marco:fullscreen")).to_be_visible()
    page.get_by_role("button", name="Salir de pantalla completa").click()
    expect(page.get_by_role("button", name="Pantalla completa", exact=True)).to_be_visible()


def test_it_is_printed_from_a_pdf(visit: Visit) -> None:
    page = visit("/organigrama?puesto=3")
    with page.expect_download() as pdf:
        page.get_by_role("link", name="PDF para imprimir").click()
    assert pdf.value.suggested_filename == "organigrama-MO-SIG-01.pdf"
