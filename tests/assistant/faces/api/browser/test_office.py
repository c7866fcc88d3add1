"""The desk in a real browser: the whole story of an office, and how its pages look and read."""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pyotp
import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.running.settings import Settings
from tests.assistant.faces.api.browser.chromium import DESKTOP, PHONE
from tests.assistant.faces.api.browser.conftest import Visit
from tests.assistant.faces.api.conftest import Serve
from tests.assistant.faces.api.desk.provider import provider_at
from tests.conftest import REAL, ROOT

Violations = Callable[..., list[dict[str, Any]]]

ANA, PASSWORD = "ana@oficina.mx", "una frase bastante larga"
_PUBLISHED_MS = 180_000
"""A manual is embedded in seconds, if the machine does nothing else."""
BOSS = "Puesto al que le reporta:\tDirección de Participación Ciudadana\t\t\n"
ASKED = (
    "¿Quién ve lo de las juntas vecinales?",
    "¿A quién le reporta la Jefatura de Geomática?",
    "¿Cuál es la misión?",
    "¿Quién administra el centro de cómputo?",
    "¿Quién abre los datos?",
    "¿Qué hace la Coordinación de Presupuesto Participativo?",
    "¿Cuántas direcciones hay?",
    "¿Quién hace las páginas de internet del municipio?",
    "¿Quién tapa los baches?",
)


@pytest.fixture
def office_data(tmp_path: Path, data_with_real: Path) -> Path:
    folder = tmp_path / "data"
    shutil.copytree(data_with_real, folder, symlinks=True)
    return folder


@pytest.fixture
def office(office_data: Path, serve: Serve) -> Iterator[httpx.Client]:
    """A server whose office keeps questions; nobody was invited yet."""
    settings = Settings(data_dir=office_data, rate_limit="no", keep_questions=True)
    with serve(settings) as client:
        yield client


def _asistente(folder: Path, *words: str) -> str:
    """What a command of `asistente` prints."""
    run = [sys.executable, "-c", "from assistant.faces.cli import main; main()", *words]
    environment = {"ASISTENTE_DATA_DIR": str(folder), "PYTHONPATH": str(ROOT), "PATH": "/usr/bin"}
    done = subprocess.run(
        run, env=environment, check=True, capture_output=True, text=True, cwd=folder
    )
    return done.stdout


def _enter(page: Page, folder: Path) -> None:
    """Make the administrator on the command line, and go in by the link."""
    address = _asistente(folder, "oficina", "alta", ANA).split()[-1]
    page.goto(address[address.index("/oficina") :])
    page.get_by_label(re.compile("Contraseña nueva")).fill(PASSWORD)
    page.get_by_label("La misma, otra vez").fill(PASSWORD)
    page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_role("status")).to_contain_text("Ya puede entrar")
    page.get_by_label("Correo").fill(ANA)
    page.get_by_label("Contraseña").fill(PASSWORD)
    page.get_by_role("button", name="Entrar").click()
    expect(page.get_by_role("heading", name="Tablero")).to_be_visible()


def _citizen(office: httpx.Client, question: str) -> dict[str, Any]:
    answer: dict[str, Any] = office.post("/api/ask", json={"question": question}).json()
    return answer


def test_the_story_of_an_office(
    office: httpx.Client, office_data: Path, visit: Visit, tmp_path: Path
) -> None:
    assert office.get("/oficina/entrar").status_code == 404  # no desk before somebody is invited
    page = visit("/", server=office, **DESKTOP)
    page.on("dialog", lambda dialog: dialog.accept())
    _enter(page, office_data)

    # a manual with a mistake: its warning is seen before it is published
    mistaken = tmp_path / "MO-SIG-01.txt"
    text = REAL.read_text("utf-8").replace("VERSIÓN:\t01", "VERSIÓN:\t02")
    mistaken.write_text(text.replace(BOSS, "", 1), "utf-8")
    page.get_by_role("link", name="Manuales").click()
    page.get_by_label(re.compile("Elija el archivo")).set_input_files(mistaken)
    page.get_by_role("button", name="Subir y revisar").click()
    expect(page.get_by_role("button", name="Publicar")).to_be_visible()
    expect(page.locator(".warnings")).to_contain_text("no dice a qué puesto le reporta")
    expect(page.get_by_text("Puestos con otro jefe")).to_be_visible()
    expect(page.locator(".findings").first).to_contain_text("Dirección de Participación Ciudadana")
    page.get_by_role("button", name="Publicar").click()
    expect(page.get_by_text("Está vigente.")).to_be_visible(timeout=_PUBLISHED_MS)

    # what is asked in vain is found, with why
    for question in ASKED:
        _citizen(office, question)
    in_vain = _citizen(office, "¿Quién vende los boletos del teatro?")
    assert in_vain["kind"] == "abstain"
    page.get_by_role("link", name="Preguntas").click()
    page.get_by_role("link", name="¿Quién vende los boletos del teatro?").click()
    expect(page.get_by_role("heading", name="Así se respondería ahora")).to_be_visible()
    page.get_by_text("¿Por qué?").first.click()
    expect(page.get_by_text(re.compile("Resultado: sin respuesta")).first).to_be_visible()

    # it is taught: what else would change is seen first, and then a citizen is answered
    page.get_by_label("Buscar en el manual").fill("eventos municipales convocatorias")
    page.get_by_role("button", name="Buscar").click()
    page.get_by_role("radio", name=re.compile("3.2 .*función 6")).check()
    page.get_by_role("button", name="Ver qué cambiaría").click()
    row = page.get_by_role("row", name=re.compile("boletos del teatro"))
    expect(row).to_contain_text("Sin respuesta")
    expect(row).to_contain_text("§ 3.2, función 6")
    page.get_by_role("button", name="Enseñar").click()
    expect(page.get_by_role("status")).to_contain_text("Quedó enseñada")
    for wording in ("¿Quién vende los boletos del teatro?", "quien vende boletos para el teatro"):
        answered = _citizen(office, wording)
        assert (answered["kind"], answered["citations"][0]["section"]) == ("answer", "3.2")
    assert _citizen(office, "¿Quién vende los boletos del cine?")["kind"] == "abstain"
    page.get_by_role("link", name="Preguntas").first.click()
    handled = page.locator(".asked-list > li", has_text="boletos del teatro")
    expect(handled).to_contain_text("Enseñada")
    page.get_by_role("link", name="Lo enseñado").click()
    page.get_by_role("button", name=re.compile("^Quitar")).click()
    expect(page.get_by_role("status")).to_contain_text("se quitó")
    assert _citizen(office, "¿Quién vende los boletos del teatro?")["kind"] == "abstain"

    # ten real answers are scored, and the figures show
    page.get_by_role("link", name="Calificar").click()
    for scored in range(10):
        page.get_by_role("radio", name="Equivocada" if scored == 3 else "Correcta").check()
        page.get_by_role("button", name="Guardar y ver otra").click()
        expect(page.locator(".figures tbody tr").first).to_contain_text(f"Todas{scored + 1}")
    expect(page.locator(".figures tbody tr").first).to_contain_text(re.compile(r"90 % \(60–98\)"))
    page.get_by_role("link", name="Tablero").click()
    expect(page.locator(".tiles")).to_contain_text("Preguntas14")

    # the versions are compared, the old one is put back, and the mistaken one forgotten
    page.get_by_role("link", name="Manuales").click()
    expect(page.locator(".cards")).to_contain_text("Versión 02")
    page.get_by_role("link", name=re.compile("Comparar la versión 01")).click()
    expect(page.get_by_text(re.compile(r"a la 02 .*, un cambio"))).to_be_visible()
    page.go_back()
    page.get_by_role("button", name=re.compile("Poner en vigor la versión 01")).click()
    expect(page.get_by_role("status")).to_contain_text("Esa versión está vigente")
    expect(page.locator(".cards")).to_contain_text("Versión 01")
    page.get_by_role("button", name=re.compile("Quitar la versión 02")).click()
    expect(page.get_by_role("status")).to_contain_text("ya no se conserva")
    expect(page.locator(".versions")).to_have_count(0)

    # and all of it is in the log
    page.get_by_role("link", name="Bitácora").click()
    for deed in ("dio de alta", "entró", "subió un manual", "publicó un manual", "puso en vigor"):
        expect(page.locator("tbody")).to_contain_text(deed)
    expect(page.locator("tbody time").first).to_have_text(re.compile(r"^[\d/]{10} [\d:]{5}$"))


_PAGES = (
    "/oficina",
    "/oficina/preguntas",
    "/oficina/preguntas?resultado=todas&ver=lista",
    "/oficina/calificar",
    "/oficina/manuales",
    "/oficina/manuales/MO-SIG-01/contradicciones",
    "/oficina/ajustes",
    "/oficina/personas",
    "/oficina/bitacora",
    "/oficina/cuenta",
)


@pytest.mark.parametrize("settings", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing_to_mend_and_nothing_is_too_wide(
    office: httpx.Client,
    office_data: Path,
    visit: Visit,
    violations: Violations,
    settings: dict[str, Any],
) -> None:
    page = visit("/", server=office, color_scheme="light", **settings)
    for question in ASKED:
        _citizen(office, question)
    _enter(page, office_data)
    _asistente(office_data, "oficina", "alta", f"{'maria.del.rosario.' * 3}ruiz@oficina.gob.mx")
    page.get_by_role("link", name="Preguntas").click()
    first = page.locator(".asked-list a").first.get_attribute("href")
    found: dict[str, Any] = {}
    for address in (*_PAGES, str(first)):
        page.goto(address)
        on_page = violations(page)
        page.emulate_media(color_scheme="dark")
        on_page += violations(page, "color-contrast")
        page.emulate_media(color_scheme="light")
        if on_page:
            found[address] = on_page
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, address
    assert found == {}


def test_all_can_be_done_by_keyboard(office: httpx.Client, office_data: Path, visit: Visit) -> None:
    page = visit("/", server=office, **DESKTOP)
    _enter(page, office_data)
    page.goto("/oficina/ajustes")
    page.get_by_label("Aviso en todas las páginas").focus()
    page.keyboard.type("El manual se está actualizando")
    for _ in range(7):  # the other texts, the channels, the button
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Guardar")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Los ajustes valen desde ahora")
    page.goto("/")
    expect(page.get_by_role("note")).to_have_text("El manual se está actualizando")


def test_a_manual_is_dropped_onto_the_page(
    office: httpx.Client, office_data: Path, visit: Visit, tmp_path: Path
) -> None:
    page = visit("/", server=office, **DESKTOP)
    _enter(page, office_data)
    page.goto("/oficina/manuales")
    dropped = tmp_path / "manual corregido.txt"
    dropped.write_text(REAL.read_text("utf-8"), "utf-8")
    tools = page.context.new_cdp_session(page)
    box_of_files = page.locator(".drop")
    for at in (box_of_files, page.locator("h1")):  # also beside it
        at.scroll_into_view_if_needed()
        box = at.bounding_box()
        assert box is not None
        carried = {"items": [], "files": [str(dropped)], "dragOperationsMask": 1}
        where = {"x": box["x"] + 20, "y": box["y"] + 10, "data": carried}
        for kind in ("dragEnter", "dragOver"):
            tools.send("Input.dispatchDragEvent", {"type": kind, **where})
        expect(page.locator(".drop.over")).to_have_count(1)
        tools.send("Input.dispatchDragEvent", {"type": "drop", **where})
        expect(page.locator(".drop.over")).to_have_count(0)
        file = page.get_by_label(re.compile("Elija el archivo"))
        expect(file).to_have_value(re.compile(r"manual corregido\.txt$"))
        if at is box_of_files:
            file.evaluate("input => { input.value = '' }")
    page.get_by_role("button", name="Subir y revisar").click()
    expect(page.get_by_role("heading", name="manual corregido.txt")).to_be_visible()
    expect(page.get_by_text("Nada: dice lo mismo que el vigente")).to_be_visible()


def test_a_second_factor_is_set_asked_for_and_ended(
    office: httpx.Client, office_data: Path, browser: Browser
) -> None:
    # not by `visit`: for the browser a form that is refused (422) is an error of the page
    context = browser.new_context(base_url=str(office.base_url), locale="es-MX", **DESKTOP)
    page = context.new_page()
    _enter(page, office_data)
    page.get_by_role("link", name="Mi cuenta").click()
    expect(page.get_by_role("img", name="Código QR del segundo factor")).to_be_visible()
    codes = pyotp.TOTP(page.locator("code").inner_text())
    page.get_by_label("El código que muestra").fill(codes.now())
    page.get_by_label("Su contraseña").fill(PASSWORD)
    page.get_by_role("button", name="Activar").click()
    expect(page.get_by_role("status")).to_contain_text("segundo factor quedó")

    page.get_by_role("button", name="Salir").click()
    page.get_by_label("Correo").fill(ANA)
    page.get_by_label("Contraseña").fill(PASSWORD)
    page.get_by_role("button", name="Entrar").click()
    expect(page.get_by_role("alert")).to_contain_text("código")
    expect(page.get_by_label("Correo")).to_have_value(ANA)
    page.get_by_label("Contraseña").fill(PASSWORD)
    following = datetime.now(UTC) + timedelta(seconds=codes.interval)  # none is taken twice
    page.get_by_label(re.compile("Código de su aplicación")).fill(codes.at(following))
    page.get_by_role("button", name="Entrar").click()
    expect(page.get_by_role("heading", name="Tablero")).to_be_visible()

    page.get_by_role("link", name="Mi cuenta").click()
    page.get_by_label("Su contraseña").fill(PASSWORD)
    page.get_by_role("button", name="Quitar el segundo factor").click()
    expect(page.get_by_role("button", name="Activar")).to_be_visible()
    context.close()


def test_one_enters_by_the_account_of_the_office(
    office_data: Path, serve: Serve, browser: Browser
) -> None:
    _asistente(office_data, "oficina", "alta", ANA)
    with provider_at("localhost") as provider:  # for a browser another site than 127.0.0.1
        provider.claims = {"email": ANA}
        settings = Settings(
            data_dir=office_data,
            rate_limit="no",
            oidc_issuer=provider.issuer,
            oidc_client_id="mesa",
            oidc_client_secret="secreto",  # type: ignore[arg-type]
        )
        with serve(settings) as office:
            context = browser.new_context(base_url=str(office.base_url), locale="es-MX")
            page = context.new_page()
            for email in (ANA, "otra@oficina.mx"):
                provider.claims = {"email": email}
                page.goto("/oficina/entrar")
                page.get_by_role("link", name="Entrar con la cuenta de la oficina").click()
                page.get_by_role("link", name="Soy yo").click()
                if email == ANA:
                    expect(page.get_by_role("heading", name="Tablero")).to_be_visible()
                    page.get_by_role("button", name="Salir").click()
            expect(page.get_by_text("no tiene alta en la oficina")).to_be_visible()
            page.goto("/oficina")
            expect(page).to_have_url(re.compile("/oficina/entrar$"))
            context.close()


def test_the_desk_is_not_for_everybody(
    office: httpx.Client, office_data: Path, browser: Browser
) -> None:
    del browser  # only the server is asked
    _asistente(office_data, "oficina", "alta", ANA)
    door = office.get("/oficina/entrar")
    assert door.headers["cache-control"] == "no-store"
    assert "frame-ancestors 'none'" in door.headers["content-security-policy"]
