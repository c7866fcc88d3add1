"""A manual of three sheets as text, any row of which a test may print otherwise."""

_HEADER = """

MANUAL DE ORGANIZACIÓN

CÓDIGO:\tMO-TST-09
VERSIÓN:\t01
EMISIÓN:\t01/02/24
PÁGINA:\t{page} de 6

DIRECCIÓN DE OFICINAS DE PRUEBA

"""
_FRONT = """I. INTRODUCCIÓN

Este documento reúne los puestos de la dirección. El Instituto de la Música es su vecino.

VIII. ESTRUCTURA ORGÁNICA

1. Dirección de Oficinas
1.1 Coordinación de Edificios
1.2 Jefatura de Archivo
"""
_SHEET = """{heading}

Identificación:
Puesto funcional:\t{title}\tFecha:\t01/02/2024
Puesto nominal:\t{title}
Secretaría:\tDirección de Oficinas de Prueba
Dirección:\tN/A
Área:\tN/A
Organización:
{boss}
{reports}
{objective}
Valor que aporta al puesto que reporta:\tAlto\tTipo de Puesto\tDe carrera
{functions}
"""
NOTHING_READ = {
    "boss": "Quien en los hechos lo dirige:\tla Presidencia",
    "reports": "Los de su cuadrilla:\tCoordinación de Edificios, Jefatura de Archivo",
    "objective": "Razón que anima sus trabajos:\tCuidar las oficinas.",
    "functions": "Lo que en la jornada se ve por aquí\nbarrer, pintar y podar",
}
"""Rows that no reader of forms can be expected to know."""
PRINTED = {
    "boss": "Puesto al que le reporta:\tPresidencia Municipal",
    "reports": "Puestos que le reportan:\tCoordinación de Edificios, Jefatura de Archivo",
    "objective": "Objetivo General del puesto:\nDirigir las oficinas de la ciudad.",
    "functions": "Funciones y Responsabilidades Clave:\n1\tAprobar el plan de mantenimiento.\n"
    "2\tAutorizar la compra de mobiliario.",
}
_BELOW = {
    "boss": "Puesto al que le reporta:\tDirección de Oficinas",
    "reports": "Puestos que le reportan:\tN/A",
    "objective": "Objetivo General del puesto:\nConservar lo que se le encarga.",
    "functions": "Funciones y Responsabilidades Clave:\n1\tRevisar cada mes los elevadores.",
}


def small_manual(**first: str) -> str:
    """The text; keywords are rows of the first sheet printed in another way."""
    sheets = [
        ("1. Dirección de Oficinas", "Dirección de Oficinas", PRINTED | first),
        ("1.1 Coordinación de Edificios", "Coordinación de Edificios", _BELOW),
        ("1.2 Jefatura de Archivo", "Jefatura de Archivo", _BELOW),
    ]
    pages = ["MANUAL DE ORGANIZACIÓN\n\nDirección de Oficinas de Prueba\n"]
    pages.append(_HEADER.format(page=2) + _FRONT)
    for number, (heading, title, rows) in enumerate(sheets, 3):
        chapter = "X. PUESTOS Y FUNCIONES\n\n" if number == 3 else ""
        sheet = _SHEET.format(heading=heading, title=title, **rows)
        pages.append(_HEADER.format(page=number) + chapter + sheet)
    return "\f".join(pages)
