"""The office's name, emblem and colours on the pages; colours that can't be read are refused."""

from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from assistant.asking.core import Assistant
from assistant.faces.api.identity import LEAST_CONTRAST, IdentityError, contrast, identity_of
from assistant.running.settings import Settings


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_a_colour_that_can_not_be_read_is_refused_with_what_to_do() -> None:
    with pytest.raises(IdentityError, match=r"ASISTENTE_PAGE_COLOUR se lee mal.*más oscuro"):
        identity_of(Settings(page_colour="#ffcc00"))
    with pytest.raises(IdentityError, match="más claro"):
        identity_of(Settings(page_colour_dark="#0b5d6b"))


@given(st.from_regex(r"#[0-9a-f]{6}", fullmatch=True))
def test_whatever_colour_is_taken_reads_in_light_and_in_dark(colour: str) -> None:
    try:
        identity = identity_of(Settings(page_colour=colour))
    except IdentityError:
        return
    assert contrast(identity.accent, "#ffffff") >= LEAST_CONTRAST
    assert contrast(identity.accent_dark, "#192229") >= LEAST_CONTRAST


def test_an_emblem_that_is_no_picture_or_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(IdentityError, match="no es un archivo SVG"):
        identity_of(Settings(page_emblem=tmp_path / "emblema.txt"))
    with pytest.raises(IdentityError, match="No se pudo leer"):
        identity_of(Settings(page_emblem=tmp_path / "emblema.svg"))


def test_name_emblem_colours_and_contact_are_on_the_page(
    serve: Any, data_to_serve: Path, assistant: Assistant, tmp_path: Path
) -> None:
    emblem = tmp_path / "emblema.svg"
    emblem.write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', "utf-8")
    settings = Settings(
        data_dir=data_to_serve,
        page_name="Manual de Ejemplo",
        page_emblem=emblem,
        page_colour="#7a1f3d",
        page_owner="Dirección de Ejemplo",
        contact="Oficialía, 55 5555 0100",
    )
    version = identity_of(settings).version
    with serve(settings, assistant) as client:
        page = client.get("/privacidad").text
        assert "<span>Manual de</span> Ejemplo" in page
        assert "Responsable de este asistente: Dirección de Ejemplo." in page
        assert "Lo mantiene: Dirección de Ejemplo." in client.get("/").text
        assert 'Oficialía, <a class="whole" href="tel:5555550100">55 5555 0100</a>' in page
        assert "#7a1f3d" in client.get(f"/identidad/{version}/colores.css").text
        shown = client.get(f"/identidad/{version}/emblema")
        assert shown.headers["content-type"] == "image/svg+xml"
        assert client.get("/manifiesto.webmanifest").json()["name"] == "Manual de Ejemplo"


def test_a_telephone_can_put_the_page_on_its_screen(server: httpx.Client) -> None:
    manifest = server.get("/manifiesto.webmanifest").json()
    assert manifest["display"] == "standalone"
    sizes = {}
    for icon in manifest["icons"]:
        picture = server.get(icon["src"])
        assert picture.headers["content-type"] == icon["type"]
        if icon["type"] == "image/png":
            width, height = Image.open(BytesIO(picture.content)).size
            sizes[icon["sizes"]] = f"{width}x{height}"
    assert sizes == {"192x192": "192x192", "512x512": "512x512"}
