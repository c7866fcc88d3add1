"""People ask on the page, read the passage, are asked back, go on, and come again."""

import re
from collections.abc import Callable
from typing import Any

import httpx
from playwright.sync_api import Browser, Page, expect
from pypdfium2 import PdfDocument

from tests.assistant.faces.api.browser.chromium import DESKTOP, PHONE
from tests.assistant.faces.api.browser.conftest import Asked, Visit

NEIGHBOURS = "¿quién ve lo de las juntas vecinales?"


def test_a_citizen_asks_and_opens_the_passage_that_says_so(visit: Visit, asked: Asked) -> None:
    page = visit()
    asked(page, NEIGHBOURS)
    reply = page.locator(".reply").last
    expect(reply).to_contain_text("Coordinación de Mesas Directivas y Juntas Vecinales (3.2)")
    chip = reply.get_by_role("link", name="§ 3.2 · p. 47").first
    chip.click()
    panel = page.locator("#pasaje")
    expect(panel.get_by_role("heading", level=2)).to_contain_text("Mesas Directivas")
    expect(panel.locator("mark").first).to_contain_text("juntas vecinales")
    expect(panel.locator("mark").first).to_be_in_viewport()
    panel.get_by_role("link", name=re.compile("^Siguiente")).first.click()
    expect(panel.get_by_role("heading", level=2)).to_contain_text("3.2.1")
    panel.get_by_role("link", name=re.compile("^Anterior")).last.click()
    expect(panel.get_by_role("heading", level=2)).to_contain_text("§ 3.2 Coordinación")
    panel.get_by_role("button", name="Cerrar").click()
    expect(panel).to_be_hidden()
    expect(chip).to_be_focused()


def test_the_words_of_the_manual_are_set_apart_from_those_of_the_assistant(
    visit: Visit, asked: Asked, ask_it: Callable[..., dict[str, Any]]
) -> None:
    page = visit()
    asked(page, NEIGHBOURS)
    quotes = {f"«{each['quote']}»" for each in ask_it(NEIGHBOURS)["citations"]}
    assert set(page.locator(".reply q").all_text_contents()) == quotes


def test_functions_are_set_as_the_words_of_the_manual_that_they_are(
    visit: Visit, asked: Asked
) -> None:
    page = visit()
    asked(page, "¿Cuáles son las funciones de la Dirección de Mejora Regulatoria?")
    assert page.locator(".reply li.said").count() == page.locator(".reply li").count() == 24
    asked(page, "¿Quién le reporta a la Dirección de Mejora Regulatoria?")
    expect(page.locator(".turn").last.locator("li.said")).to_have_count(0)


def test_an_answer_is_the_same_with_scripts_and_without(visit: Visit, asked: Asked) -> None:
    written, sent = visit(), visit(java_script_enabled=False)
    for question in (
        NEIGHBOURS,
        "¿Cuánto gana el secretario?",
        "¿Cuáles son las funciones de la Jefatura de Geomática?",
        "¿A quién le reporta la Jefatura de Geomática?",
        "Hola",
        "¿Qué hace el jefe de oficina?",
    ):
        asked(written, question)
        sent.get_by_label("Su pregunta").fill(question)
        sent.get_by_role("button", name="Preguntar").click()
        expect(sent.locator(".asked")).to_contain_text(question)
        assert _shown_in_reply(written) == _shown_in_reply(sent)


def _shown_in_reply(page: Page) -> list[tuple[str, str, str | None]]:
    """Of the last reply each element: its kind, its text, and where it leads."""
    parts = page.locator(".reply").last.locator("h2, p, li, q, .chip, .suggestions button")
    shown: list[list[str | None]] = parts.evaluate_all(
        "all => all.map(e => [e.tagName, e.innerText.trim(), e.getAttribute('href')])"
    )
    return [(str(tag), str(text), leads) for tag, text, leads in shown]


def test_an_ambiguous_question_is_asked_back_and_a_reading_is_chosen(
    visit: Visit, asked: Asked
) -> None:
    page = visit()
    asked(page, "¿Qué hace el jefe de oficina?")
    reply = page.locator(".reply").last
    expect(reply.get_by_role("heading")).to_have_text("Hace falta aclarar")
    readings = reply.locator(".choices").get_by_role("button")
    expect(readings).to_have_count(3)
    readings.nth(1).click()
    expect(page.locator(".turn")).to_have_count(2)
    expect(page.locator(".reply").last).to_contain_text("(2.1.7)")


def test_a_follow_up_goes_on_also_after_a_reload(visit: Visit, asked: Asked) -> None:
    page = visit()
    asked(page, "¿Cuál es el objetivo de la Coordinación de Geomática?")
    page.reload()
    expect(page.locator(".turn")).to_have_count(1)
    asked(page, "¿y a quién le reporta?")
    expect(page.locator(".reply").last).to_contain_text("Dirección de Gobierno Digital (2.1)")


def test_a_new_conversation_erases_the_old_one_here_and_on_the_server(
    visit: Visit, asked: Asked
) -> None:
    page = visit()
    asked(page, NEIGHBOURS)
    page.get_by_role("button", name="Nueva conversación").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    with page.expect_request(lambda made: made.method == "DELETE") as erased:
        asked(page, "¿Cuál es la misión?")
    response = erased.value.response()
    assert response is not None
    assert response.ok
    page.reload()
    expect(page.locator(".turn")).to_have_count(1)


def test_a_new_conversation_can_be_undone(visit: Visit, asked: Asked) -> None:
    page = visit()
    asked(page, "¿Cuál es el objetivo de la Coordinación de Geomática?")
    page.get_by_role("button", name="Nueva conversación").click()
    expect(page.locator(".turn")).to_have_count(0)
    page.get_by_role("button", name="Deshacer").click()
    expect(page.locator(".turn")).to_have_count(1)
    asked(page, "¿y a quién le reporta?")
    expect(page.locator(".reply").last).to_contain_text("Dirección de Gobierno Digital (2.1)")


def test_a_shared_question_is_asked_at_once_and_only_once(visit: Visit) -> None:
    page = visit("/?pregunta=" + "%C2%BFCu%C3%A1l+es+la+misi%C3%B3n%3F")
    expect(page.locator(".asked")).to_contain_text("¿Cuál es la misión?")
    expect(page.locator(".reply .chip").first).to_be_visible()
    page.reload()
    expect(page.locator(".turn")).to_have_count(1)
    without_scripts = visit("/?pregunta=Hola", java_script_enabled=False)
    expect(without_scripts.get_by_label("Su pregunta")).to_have_value("Hola")


def test_a_vote_is_still_shown_after_a_reload(visit: Visit, asked: Asked) -> None:
    page = visit()
    asked(page, NEIGHBOURS)
    page.get_by_role("button", name="Sí", exact=True).click()
    expect(page.locator(".thanks")).to_be_visible()
    page.reload()
    voted = page.get_by_role("button", name="Sí", exact=True)
    expect(voted).to_have_attribute("aria-pressed", "true")


def test_on_a_phone_back_closes_the_passage(visit: Visit, asked: Asked) -> None:
    page = visit(**PHONE)
    asked(page, NEIGHBOURS)
    for way in (page.go_back, page.get_by_role("button", name="Cerrar").click):
        page.locator(".reply .chip").first.click()
        expect(page.locator("#pasaje mark").first).to_be_visible()
        way()
        expect(page.locator("#pasaje")).to_be_hidden()
        expect(page.locator(".turn")).to_have_count(1)


def test_what_answers_is_set_large_and_others_are_folded(visit: Visit, asked: Asked) -> None:
    page = visit(**PHONE)
    asked(page, "¿quién revisa las políticas de datos?")
    reply = page.locator(".reply").last
    expect(reply.locator(".lead")).to_be_in_viewport()
    expect(reply.locator(".lead")).to_contain_text("Innovación")
    others = reply.locator("details")
    expect(others.locator("li").first).to_be_hidden()
    others.get_by_text("También lo mencionan").click()
    expect(others.locator("li").first).to_be_visible()


def test_on_paper_nothing_is_folded(visit: Visit, asked: Asked) -> None:
    page = visit()
    asked(page, "¿Cuáles son las funciones de la Dirección de Mejora Regulatoria?")
    last = page.locator(".reply li").last
    expect(last).to_be_hidden()
    words = str(last.text_content()).split()[:4]
    document = PdfDocument(page.pdf(prefer_css_page_size=True))
    printed = " ".join(each.get_textpage().get_text_bounded() for each in document)
    assert " ".join(words) in " ".join(printed.split())
    assert "Ver las" not in printed


def test_the_field_and_the_menu_fit_a_small_phone(visit: Visit) -> None:
    page = visit(viewport={"width": 320, "height": 640})
    field = page.get_by_label("Su pregunta")
    assert field.evaluate("field => field.scrollWidth <= field.clientWidth")
    tops = page.locator("header nav a").evaluate_all("all => all.map(a => a.offsetTop)")
    assert len(set(tops)) == 1


def test_in_a_conversation_on_a_small_phone_the_answer_has_the_room(
    visit: Visit, asked: Asked
) -> None:
    page = visit(**(PHONE | {"viewport": {"width": 320, "height": 640}}))
    before = page.locator("#aviso").inner_text()
    assert "No escriba datos personales." in before
    asked(page, NEIGHBOURS)
    field, composer = page.get_by_label("Su pregunta"), page.locator(".composer").bounding_box()
    assert field.evaluate("field => field.scrollHeight < 60"), "the placeholder takes two rows"
    assert composer is not None
    assert composer["height"] < 640 / 5
    expect(page.locator("#aviso")).to_contain_text("vale el manual impreso")
    one, other = page.locator("#aviso").bounding_box(), page.locator("#nueva").bounding_box()
    assert one is not None
    assert other is not None
    assert max(one["height"], other["height"]) < 40
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_refusal_leads_to_the_sections_that_have_words_of_the_question(
    visit: Visit, asked: Asked
) -> None:
    page = visit(**PHONE)
    asked(page, "¿Cuánto cobran por las vacaciones?")
    reply = page.locator(".reply").last
    expect(reply.get_by_role("heading", level=2)).to_have_text("El manual no lo dice")
    related = reply.get_by_role("navigation", name="Secciones en que están sus palabras")
    expect(related.get_by_role("listitem")).to_have_text("3.5 Jefatura de Oficina «vacaciones»")
    related.get_by_role("link").click()
    expect(page.locator("#pasaje mark").first).to_contain_text("vacaciones")
    page.go_back()
    reply.get_by_role("link", name="Buscar en el manual").click()
    expect(page.get_by_label("Buscar en el manual")).to_be_visible()


def test_nothing_is_pushed_away_while_an_answer_comes(visit: Visit, asked: Asked) -> None:
    page = visit(**PHONE)
    page.evaluate(
        "() => { window.pushed = 0; new PerformanceObserver((list) => list.getEntries().forEach("
        "(each) => { if (!each.hadRecentInput) window.pushed += each.value; }))"
        ".observe({ type: 'layout-shift' }); }"
    )
    page.get_by_label("Su pregunta").fill(NEIGHBOURS)
    page.wait_for_timeout(700)  # the field has grown with what was typed
    page.evaluate("() => { window.pushed = 0; }")
    asked(page, NEIGHBOURS)
    page.wait_for_timeout(700)
    assert page.evaluate("window.pushed") < 0.01


def test_the_footer_does_not_run_through_the_field(visit: Visit, asked: Asked) -> None:
    page = visit(**DESKTOP)
    asked(page, "¿Cuál es la misión?")
    for where in ("0", "document.body.scrollHeight"):
        page.evaluate(f"window.scrollTo(0, {where})")
        composer, footer = (page.locator(part).bounding_box() for part in (".composer", "footer"))
        assert composer is not None
        assert footer is not None
        assert composer["y"] + composer["height"] <= footer["y"] + 1 or footer["y"] >= 800


def test_what_the_manual_does_not_say_is_said_in_so_many_words(visit: Visit, asked: Asked) -> None:
    page = visit()
    asked(page, "¿Cuánto gana el secretario?")
    expect(page.locator(".reply").last.get_by_role("heading")).to_have_text("El manual no lo dice")


def test_an_opinion_is_kept_with_its_comment(visit: Visit, asked: Asked) -> None:
    page = visit()
    asked(page, NEIGHBOURS)
    page.get_by_role("button", name="No", exact=True).click()
    page.get_by_label(re.compile("¿Qué esperaba?")).fill("Faltó el horario")
    page.get_by_role("button", name="Enviar").click()
    expect(page.locator(".thanks")).to_have_text("Gracias por su comentario.")
    expect(page.get_by_role("button", name="No", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )


def test_an_answer_and_the_link_to_a_section_are_copied(
    visit: Visit, asked: Asked, ask_it: Callable[..., dict[str, Any]]
) -> None:
    page = visit(permissions=["clipboard-read", "clipboard-write"])
    asked(page, NEIGHBOURS)
    page.get_by_role("button", name="Copiar", exact=True).click()
    expect(page.get_by_role("button", name="Copiado")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert ask_it(NEIGHBOURS)["answer"] in copied
    assert re.search(r"Manual de organización MO-SIG-01, versión \S+: .*3.2, página 47", copied)
    assert copied.splitlines()[-1].startswith(page.url + "?pregunta=")
    page.locator(".reply .chip").first.click()
    page.locator("#pasaje").get_by_role("button", name="Copiar enlace").click()
    expect(page.get_by_role("button", name="Enlace copiado")).to_be_visible()
    page.goto(page.evaluate("navigator.clipboard.readText()"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("§ 3.2 ")


def test_a_question_can_be_stopped_and_is_given_back(visit: Visit) -> None:
    page = visit()
    page.route("**/preguntar/flujo", lambda _: None)  # an answer that never comes
    page.get_by_label("Su pregunta").fill(NEIGHBOURS)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Detener").click()
    expect(page.get_by_label("Su pregunta")).to_have_value(NEIGHBOURS)
    expect(page.locator(".turn")).to_have_count(0)
    expect(page.locator(".example").first).to_be_visible()


def test_an_example_is_asked_by_a_click(visit: Visit) -> None:
    page = visit()
    example = page.locator(".example").first
    question = str(example.get_attribute("value"))
    example.click()
    expect(page.locator(".asked").last).to_contain_text(question)
    expect(page.locator(".reply .chip").first).to_be_visible()
    expect(page.locator(".turn")).to_be_focused()  # its button is gone


def test_markup_in_a_question_is_shown_as_it_was_typed(visit: Visit, asked: Asked) -> None:
    page = visit()
    asked(page, "<img src=x onerror=alert(1)> ¿quién ve las <b>juntas vecinales</b>?")
    expect(page.locator(".asked").last).to_contain_text("<img src=x onerror=alert(1)>")
    assert page.locator("#conversacion img").count() == 0


def test_everything_can_be_done_with_the_keyboard_alone(visit: Visit) -> None:
    page = visit()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Saltar al contenido")).to_be_focused()
    page.keyboard.press("Enter")
    _press_until(page, "Tab", "textarea")
    page.keyboard.type(NEIGHBOURS)
    page.keyboard.press("Enter")
    expect(page.locator(".reply .tools")).to_be_visible()
    _press_until(page, "Shift+Tab", ".reply .chip")
    page.keyboard.press("Enter")
    expect(page.locator("#pasaje h2")).to_be_focused()
    _press_until(page, "Tab", "#pasaje [rel=next]")
    page.keyboard.press("Enter")
    expect(page.locator("#pasaje h2")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#pasaje")).to_be_hidden()
    expect(page.locator(".reply .chip").first).to_be_focused()
    _press_until(page, "Tab", ".suggestions button")
    page.keyboard.press("Enter")
    expect(page.locator(".turn")).to_have_count(2)
    expect(page.locator(".turn").last).to_be_focused()


def _press_until(page: Page, key: str, selector: str, most: int = 30) -> None:
    for _ in range(most):
        page.keyboard.press(key)
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"{selector} is not reached with {most} times {key}")


def test_what_has_the_focus_is_outlined(visit: Visit) -> None:
    page = visit()
    for _ in range(20):
        page.keyboard.press("Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
        assert outline == "3px", page.evaluate("document.activeElement.outerHTML")


def test_with_letters_twice_as_large_nothing_is_cut_off(visit: Visit, asked: Asked) -> None:
    page = visit(**DESKTOP)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    asked(page, NEIGHBOURS)
    page.locator(".reply .chip").first.click()
    expect(page.locator("#pasaje mark").first).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    assert page.evaluate("document.getElementById('pasaje').scrollWidth") <= 1280


def test_it_is_dark_for_who_likes_it_dark(visit: Visit) -> None:
    shade = "Number(getComputedStyle(document.body).backgroundColor.match(/[0-9]+/)[0])"
    assert visit(color_scheme="dark").evaluate(shade) < 64
    assert visit(color_scheme="light").evaluate(shade) > 192


def test_nothing_moves_for_who_wants_no_motion(visit: Visit) -> None:
    moving = "getComputedStyle(document.querySelector('.working')).animationName"
    for motion, name in (("reduce", "none"), ("no-preference", "appear")):
        page = visit(reduced_motion=motion)
        page.route("**/preguntar/flujo", lambda _: None)
        page.get_by_label("Su pregunta").fill(NEIGHBOURS)
        page.keyboard.press("Enter")
        expect(page.locator(".working")).to_be_attached()
        assert page.evaluate(moving) == name


def test_on_a_phone_the_passage_opens_below_and_nothing_is_cut_off(
    visit: Visit, asked: Asked
) -> None:
    page = visit(**PHONE)
    asked(page, NEIGHBOURS)
    page.locator(".reply .chip").first.tap()
    panel = page.locator("#pasaje")
    expect(panel.locator("mark").first).to_be_in_viewport()
    box: dict[str, Any] | None = panel.bounding_box()  # type: ignore[assignment]
    assert box is not None
    assert box["y"] > 844 / 3
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_without_scripts_the_form_asks_and_the_answer_is_a_page(visit: Visit) -> None:
    page = visit(java_script_enabled=False)
    page.get_by_label("Su pregunta").fill(NEIGHBOURS)
    page.get_by_role("button", name="Preguntar").click()
    expect(page.locator(".reply")).to_contain_text("Juntas Vecinales (3.2)")
    page.locator(".reply .chip").first.click()
    expect(page.locator("mark").first).to_contain_text("juntas vecinales")
    expect(page.get_by_role("heading", level=1)).to_contain_text("§ 3.2")


def test_without_scripts_a_conversation_goes_on(visit: Visit) -> None:
    page = visit(java_script_enabled=False)
    for question in ("¿Qué hace la Coordinación de Geomática?", "¿y a quién le reporta?"):
        page.get_by_label("Su pregunta").fill(question)
        page.get_by_role("button", name="Preguntar").click()
    expect(page.locator(".reply")).to_contain_text("Dirección de Gobierno Digital (2.1)")


def test_without_scripts_a_conversation_is_erased_by_a_button(
    visit: Visit, ask_it: Callable[..., dict[str, Any]]
) -> None:
    page = visit(java_script_enabled=False)
    page.get_by_label("Su pregunta").fill("¿Qué hace la Coordinación de Geomática?")
    page.get_by_role("button", name="Preguntar").click()
    conversation = page.locator("#pregunta [name=conversacion]").input_value()
    follow_up = "¿y a quién le reporta?"
    assert "(2.1)" in ask_it(follow_up, conversation_id=conversation)["answer"]
    page.get_by_role("button", name="Nueva conversación").click()
    expect(page.locator(".example").first).to_be_visible()
    assert "(2.1)" not in ask_it(follow_up, conversation_id=conversation)["answer"]


def test_when_an_answer_fails_the_question_can_be_sent_again(visit: Visit) -> None:
    page = visit()
    failing = 'event: error\ndata: {"detail": "Ahora no."}\n\n'
    page.route("**/preguntar/flujo", lambda route: route.fulfill(body=failing))
    page.get_by_label("Su pregunta").fill(NEIGHBOURS)
    page.keyboard.press("Enter")
    notice = page.get_by_role("alert")
    expect(notice).to_contain_text("Ahora no.")
    page.unroute("**/preguntar/flujo")
    notice.get_by_role("button").click()
    expect(page.locator(".reply .chip").first).to_be_visible()


def test_the_first_page_is_light(visit: Visit, server: httpx.Client) -> None:
    page = visit("/privacidad")
    addresses: list[str] = []
    page.on("request", lambda made: addresses.append(made.url))
    page.goto("/")
    page.wait_for_load_state("networkidle")
    pictures = (".png", ".svg", "/emblema")
    sizes = [_compressed(server, each) for each in addresses if not each.endswith(pictures)]
    assert 10_000 < sum(sizes) < 40_000


def _compressed(server: httpx.Client, address: str) -> int:
    """Bytes on the wire; Playwright's own count is wrong for compressed responses."""
    with server.stream("GET", address) as response:
        return sum(map(len, response.iter_raw()))


def test_without_network_the_page_says_so(browser: Browser, server: httpx.Client) -> None:
    with browser.new_context(base_url=str(server.base_url)) as context:
        page = context.new_page()
        page.goto("/")
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        context.set_offline(True)
        page.goto("/organigrama")
        expect(page.get_by_role("heading", level=1)).to_have_text("No hay conexión")
