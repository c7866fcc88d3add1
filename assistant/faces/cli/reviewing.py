"""`asistente ingerir --revisar`: what would be read of files, in the terminal."""

from collections.abc import Sequence
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from assistant.desk.limits import limits_of
from assistant.faces.cli.answers import print_error
from assistant.faces.cli.indexing import files_to_read
from assistant.running.settings import Settings
from corpus.errors import AsistenteError
from ingest.review import Review, ReviewedUnit, review

_STYLES = {"alta": "bold green", "media": "bold yellow", "baja": "bold red"}
_MOST_UNPLACED = 40
_LEGEND = (
    "«–»: no se leyó; el asistente dirá eso, no que no exista. «ninguno»: así lo imprime el "
    "manual. (u1): sin número impreso; es sólo una dirección para citarlo."
)
_LABELS = (
    ("titles", "puesto", "Puesto"),
    ("bosses", "jefe", "Jefe inmediato"),
    ("reports", "subordinados", "Personal a su cargo"),
    ("objectives", "objetivo", "Objetivo"),
    ("functions", "funciones", "Funciones"),
)
"""What may be unread, its key in [etiquetas], and a label as an example."""


def show_reviews(paths: Sequence[Path], settings: Settings, *, code: str = "") -> None:
    """Show what would be read of files; exit status 1 if one of them can't be read."""
    console = Console()
    failed = False
    for path in files_to_read(paths, settings, code):
        try:
            show_review(review(path, code, limits_of(settings)), console)
        except AsistenteError as error:
            failed = True
            print_error(str(error), Console(stderr=True))
    if failed:
        raise SystemExit(1)


def show_review(found: Review, console: Console) -> None:
    """One review: facts, chapters, units, what was not placed."""
    console.print(Text(f"{found.file}: {found.code}", style="bold"))
    for name, value in _facts(found):
        console.print(Text(f"  {name}: {value}"))
    certainty = Text("  Certeza de la lectura: ")
    certainty.append(found.certainty, style=_STYLES[found.certainty])
    console.print(certainty)
    for reason in found.reasons:
        console.print(Text(f"    {reason}"))
    _show_chapters(found, console)
    _show_units(found, console)
    _show_unplaced(found, console)
    _show_way_on(found, console)


def _facts(found: Review) -> list[tuple[str, str]]:
    evidence = ", ".join(f"{name}: {count}" for name, count in found.evidence.items())
    facts = [
        ("Código", f"{found.code} (según {found.code_from})"),
        ("Versión", found.version or "no se encontró"),
        ("Emisión", found.emission or "no se encontró"),
        ("Dependencia", found.dependency or "no se encontró"),
        ("Páginas", str(found.pages)),
        ("Forma", found.family + (f" ({evidence})" if evidence else "")),
    ]
    if found.deduced:
        deduced = ", ".join(f"«{label}» = {meaning}" for label, meaning in found.deduced)
        facts.append(("Etiquetas deducidas", deduced))
    if found.pages_without_text:
        facts.append(("Páginas sin texto", ", ".join(map(str, found.pages_without_text))))
    if found.pages_by_ocr:
        facts.append(("Páginas leídas por OCR", ", ".join(map(str, found.pages_by_ocr))))
    return facts


def _show_chapters(found: Review, console: Console) -> None:
    table = Table("Apartado", "Título", "Pág.", title="Capítulos y apartados", box=SIMPLE_HEAD)
    for chapter in found.chapters:
        title = "" if chapter.title == chapter.number else chapter.title
        table.add_row(chapter.number, title, str(chapter.page))
    console.print(table)


def _show_units(found: Review, console: Console) -> None:
    if not found.units:
        return
    table = Table(title="Unidades y puestos", box=SIMPLE_HEAD)
    for column in ("Núm.", "Título", "Pág.", "Le reporta a", "Le reportan", "Obj.", "Func."):
        table.add_column(column)
    for unit in found.units:
        table.add_row(*_row(unit))
    console.print(table)
    console.print(Text(f"  {_LEGEND}", "dim"))


def _row(unit: ReviewedUnit) -> tuple[str, ...]:
    number = unit.number if unit.printed_number else f"({unit.number})"
    reports = "ninguno" if unit.no_reports else "; ".join(unit.reports)
    functions = str(unit.functions) if unit.functions or unit.functions_listed else "–"
    return (
        number,
        unit.title,
        str(unit.page),
        unit.boss or "–",
        reports or "–",
        "sí" if unit.objective else "–",
        functions,
    )


def _show_unplaced(found: Review, console: Console) -> None:
    if not found.unplaced:
        return
    console.print(Text("Lo que no se pudo colocar o parece mal", style="bold yellow"))
    for warning in found.unplaced[:_MOST_UNPLACED]:
        quoted = f" «{warning.text[:80]}»" if warning.text else ""
        place = f"página {warning.page}" if warning.page else "todo el documento"
        console.print(Text(f"  {place}: {warning.message}{quoted}"))
    left = len(found.unplaced) - _MOST_UNPLACED
    if left > 0:
        console.print(Text(f"  … y {left} más", style="dim"))


def _show_way_on(found: Review, console: Console) -> None:
    """What to write where something is wrong, beginning with what was read of no unit."""
    console.print(
        Text(
            f"Si algo está mal, escríbalo en «{found.adjustments}», junto al archivo, y vuelva a "
            "revisar. Por ejemplo:"
        )
    )
    for line in _example(found):
        console.print(Text(f"  {line}", "dim"))


def _example(found: Review) -> list[str]:
    lines = [] if found.version else ['version = "02"']
    lines += [] if found.dependency else ['dependencia = "el nombre de su dependencia"']
    if not found.units:
        lines.append('unidades = ["EL ENCABEZADO DE UNA UNIDAD, TAL CUAL"]')
    else:
        lines.append(
            f'no_unidades = ["{found.units[-1].title}"]   # si no es una unidad ni un puesto'
        )
    unread = [each for each in _LABELS if not _is_read(each[0], found)]
    if unread:
        lines.append("[etiquetas]   # cómo llama su manual a lo que no se leyó")
        lines += [f'{key} = ["{label}"]' for _, key, label in unread]
    return lines


def _is_read(what: str, found: Review) -> bool:
    """Whether something of the kind was read of any unit."""
    read = {
        "titles": bool(found.units),
        "bosses": any(unit.boss for unit in found.units),
        "reports": any(unit.reports or unit.no_reports for unit in found.units),
        "objectives": any(unit.objective for unit in found.units),
        "functions": any(unit.functions for unit in found.units),
    }
    return read[what]
