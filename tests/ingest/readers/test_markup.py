"""HTML and Markdown files: headings, lists, tables, and what is not shown."""

from pathlib import Path

import pytest

from ingest import IngestError, SourceText, read_source
from tests.ingest.readers.conftest import printed


def read(folder: Path, text: str | bytes, name: str = "manual.html") -> SourceText:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_source(path)


def headings(source: SourceText) -> dict[str, int]:
    lines = source.text.split("\n")
    return {lines[at - 1]: level for at, level in source.headings.items()}


def test_a_page_of_html(tmp_path: Path) -> None:
    source = read(
        tmp_path,
        """<html><head><title>No se ve</title><style>p {color: red}</style></head><body>
        <h1>MANUAL DE
        ORGANIZACIÓN</h1><script>alert(1)</script>
        <p>Uno <b>dos</b>&nbsp;tres<br>cuatro</p><div>Cinco<p>Seis</p>siete</div>
        <p hidden>Oculto</p><p style="display: none">Oculto</p><!-- Oculto -->
        <h2>Jefatura</h2></body></html>""",
    )
    assert printed(source) == [
        "MANUAL DE ORGANIZACIÓN", "Uno dos tres", "cuatro", "Cinco", "Seis", "siete", "Jefatura"
    ]  # fmt: skip
    assert headings(source) == {"MANUAL DE ORGANIZACIÓN": 1, "Jefatura": 2}


def test_lists_have_the_numbers_that_a_browser_shows(tmp_path: Path) -> None:
    source = read(
        tmp_path,
        """<ol start="3"><li>Uno</li><li value="7">Dos<ul><li>Tres</li></ul></li>
        <li>Cuatro</li></ol>
        <ol type="a"><li>Cinco</li></ol><ol style="list-style-type: upper-roman"><li>Seis</li></ol>
        """,
    )
    assert printed(source) == [
        "3.\tUno", "7.\tDos", "•\tTres", "8.\tCuatro", "a.\tCinco", "I.\tSeis"
    ]  # fmt: skip


def test_tables_are_rows_with_tabs(tmp_path: Path) -> None:
    source = read(
        tmp_path,
        """<table><tr><th>Puesto</th><td>Jefe</td></tr>
        <tr><th rowspan="2">Reportan</th><td>Caja</td></tr><tr><td>Archivo</td></tr>
        <tr><th>Funciones</th><td><ul><li>Guardar.</li><li>Dar copias.</li></ul></td></tr>
        </table>""",
    )
    assert printed(source) == [
        "Puesto\tJefe", "Reportan\tCaja", "\tArchivo", "Funciones\t• Guardar.", "\t• Dar copias."
    ]  # fmt: skip


def test_pages_of_html_are_pages(tmp_path: Path) -> None:
    source = read(
        tmp_path, '<p>Uno</p><p style="page-break-before: always">Dos</p><hr class="x"><p>Tres</p>'
    )
    assert printed(source) == ["Uno", "\f", "Dos", "Tres"]


@pytest.mark.parametrize(
    "data",
    [
        "<p>Añadió</p>".encode(),
        '<meta charset="iso-8859-1"><p>Añadió</p>'.encode("latin-1"),
        "<p>Añadió</p>".encode("cp1252"),
        "<p>Añadió</p>".encode("utf-16"),
        b'<?xml version="1.0" encoding="utf-8"?><p>A&ntilde;adi&oacute;</p>',
    ],
    ids=["utf-8", "named", "cp1252", "utf-16", "xhtml"],
)
def test_html_reads_the_same_however_it_was_saved(tmp_path: Path, data: bytes) -> None:
    assert printed(read(tmp_path, data)) == ["Añadió"]


def test_a_markdown_file(tmp_path: Path) -> None:
    source = read(
        tmp_path,
        """---
title: No se ve
---
# MANUAL

Un **párrafo** en
dos líneas.

1. Uno
2. Dos
   - Tres

| Puesto | Nivel |
|---|---|
| Jefe | *12* |

Página
======
""",
        "manual.md",
    )
    assert printed(source) == [
        "MANUAL", "Un párrafo en dos líneas.", "1.\tUno", "2.\tDos", "•\tTres", "Puesto\tNivel",
        "Jefe\t12", "Página",
    ]  # fmt: skip
    assert headings(source) == {"MANUAL": 1, "Página": 1}


@pytest.mark.parametrize("name", ["vacio.html", "vacio.md"])
@pytest.mark.parametrize("text", ["", "  \n", "<!-- nada -->", "<script>x</script>"])
def test_a_file_with_nothing_to_show_is_refused(tmp_path: Path, name: str, text: str) -> None:
    with pytest.raises(IngestError, match="está vacío"):
        read(tmp_path, text, name)
