"""`asistente ingerir --revisar`: what would be read of files, in the terminal."""

from collections.abc import Sequence
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from assistant.desk.drafts import limits_of
from assistant.faces.cli.answers import print_error
from assistant.faces.cli.indexing import files_to_read
from assistant.running.settings import Settings
from corpus.errors import AsistenteError
from ingest.review import Review, ReviewedUnit, review

_STYLES = {"alta": "bold green", "media": "bold yellow", "baja": "bold red"}
_MOST_UNPLACED = 40


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
    console.print(
        Text(f"Si algo está mal, corríjalo en «{found.adjustments}», junto al archivo.", "dim")
    )


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
        console.print(Text(f"  página {warning.page}: {warning.message}{quoted}"))
    left = len(found.unplaced) - _MOST_UNPLACED
    if left > 0:
        console.print(Text(f"  … y {left} más", style="dim"))
