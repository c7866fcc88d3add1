"""The manuals that the tests of `ingest` read: the real one, a made-up one, and tiny ones."""

import json
from pathlib import Path
from typing import Any

import pytest

from corpus.model import Manual, Printed, Section
from ingest import SourceText, parse_manual, read_source

ROOT = Path(__file__).parents[2]
REAL = ROOT / "corpus" / "manuals" / "MO-SIG-01.txt"
MADE_UP = ROOT / "tests" / "data" / "manuals" / "MO-SFA-04.txt"

HEADER = """MANUAL DE ORGANIZACIÓN

CÓDIGO:\tMO-TST-01
VERSIÓN:\t01
EMISIÓN:\t01/02/24
PÁGINA:\t{page} de {total}

SECRETARÍA DE PRUEBAS

"""
FRONT = (
    "Gobierno\nde\n—\nVilla Alta\n\nMANUAL DE ORGANIZACIÓN\n\n\n\n"
    + HEADER
    + "ÍNDICE\n\nI. INTRODUCCIÓN\t3\nII. PUESTOS Y FUNCIONES\t4\n\n\n\n"
)
IDENTIFICATION = """Identificación:\t\t\t
Puesto funcional:\tJefe (a) de Oficina\tFecha:\t01/02/2024
Puesto nominal:\tJefatura de Oficina\t\t
Secretaría:\tSecretaría de Pruebas\t\t
Dirección:\tN/A\t\t
Área:\tN/A\t\t
Organización:\t\t\t
Puesto al que le reporta:\tTitular\t\t
Puestos que le reportan:\tN/A\t\t
"""
OBJECTIVE = "Objetivo General del puesto:\t\t\t\nLlevar la oficina.\t\t\t\n"
VALUE = "Valor que aporta al puesto que reporta:\tAlto\tTipo de Puesto\tDe carrera\n"
FUNCTIONS = "Funciones y Responsabilidades Clave:\t\t\t\n"


def read(text: str, headings: dict[int, int] | None = None, name: str = "manual.txt") -> Manual:
    """The manual that a text is, as if it were a file's."""
    return parse_manual(SourceText(name, text, headings or {}))


def section_of(manual: Manual, number: str) -> Section:
    """The section, which must be there."""
    found = manual.section(number)
    assert found is not None
    return found


def text_of(printed: Printed | None) -> str:
    """The text of a field, which must be there."""
    assert printed is not None
    return printed.text


def page_header(page: int, total: int = 5) -> str:
    """The lines of a full page header."""
    return HEADER.format(page=page, total=total)


@pytest.fixture(scope="session")
def real() -> Manual:
    """MO-SIG-01, parsed."""
    return parse_manual(read_source(REAL))


@pytest.fixture(scope="session")
def real_text() -> str:
    return REAL.read_text("utf-8")


@pytest.fixture(scope="session")
def made_up() -> Manual:
    """MO-SFA-04, parsed from its text."""
    return parse_manual(read_source(MADE_UP))


@pytest.fixture(scope="session")
def truth() -> dict[str, Any]:
    """What is true of MO-SFA-04."""
    loaded: dict[str, Any] = json.loads(MADE_UP.with_suffix(".truth.json").read_text("utf-8"))
    return loaded


def parse_prose(text: str) -> Manual:
    """A manual of five pages whose chapter I, from page 3 on, holds the given text."""
    front = FRONT.format(page=2, total=5)
    sheet = f"1. Titular\n\n{IDENTIFICATION}{OBJECTIVE}{VALUE}{FUNCTIONS}1\tDirigir.\n"
    back = f"\n\n\n{page_header(5)}II. PUESTOS Y FUNCIONES\n\n{sheet}"
    return read(f"{front}{page_header(3)}I. INTRODUCCIÓN\n\n{text}{back}")


def parse_sheet(
    *,
    heading: str = "1. Titular\n\n",
    identification: str = IDENTIFICATION,
    objective: str = OBJECTIVE,
    functions: str = FUNCTIONS + "1\tDirigir.\n",
    back: str = "",
) -> Manual:
    """A manual with one sheet, on page 4 of 5, some of whose usual rows are replaced."""
    front = FRONT.format(page=2, total=5)
    prose = f"{page_header(3)}I. INTRODUCCIÓN\n\nEste manual presenta la oficina.\n\n\n\n"
    chapter = f"{page_header(4)}II. PUESTOS Y FUNCIONES\n\n"
    sheet = heading + identification + objective + VALUE + functions
    return read(front + prose + chapter + sheet + (back or f"\n\n\n{page_header(5)}"))
