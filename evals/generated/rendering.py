"""Prints a draft page by page, and writes down the truth of what was printed."""

from collections.abc import Sequence
from random import Random

from evals.generated.book import Book, clean, noisy
from evals.generated.chapters import Chapters
from evals.generated.contradictions import resolve
from evals.generated.frame import Frame
from evals.generated.injector import Injected
from evals.generated.layout import Header, Letterhead, Printer
from evals.generated.sheets import Boilerplate, Draft, FunctionsLabel, Sheet
from evals.generated.truth import (
    DirectReport,
    Function,
    GeneratedManual,
    PageInfo,
    Position,
    Printed,
    Topical,
    Truth,
)
from evals.generated.vocabulary import Specific, common

_DEFINITION = "Objetivo General del puesto: "
_LABEL = "Funciones y Responsabilidades Clave:"
_WHAT = "DESCRIPCION DE LA FUNCION: ¿Qué hace? ¿Para qué lo hace?"
_EACH = "Cada función integra un conjunto de actividades. VERBO DE ACCIÓN+COMPLEMENTO+RESULTADO"
_LABELS = {
    FunctionsLabel.THREE_LINES: [_LABEL, _WHAT, _EACH],
    FunctionsLabel.TWO_LINES: [_LABEL, f"{_WHAT} {_EACH}"],
    FunctionsLabel.GLUED_TWO: [
        f"{_LABEL} {_WHAT.replace('CION DE', 'CIÓN DE').replace('CION:', 'CIÓN:')}",
        _EACH,
    ],
    FunctionsLabel.GLUED_ONE: [f"{_LABEL} {_WHAT} {_EACH}"],
    FunctionsLabel.GLUED_SHORT: [f"{_LABEL} {_WHAT}"],
    FunctionsLabel.TAGGED: [f"<p>{_LABEL} {_WHAT}</p> <p>{_EACH}</p>"],
    FunctionsLabel.SHORT: [_LABEL, _WHAT],
}


def render(draft: Draft, injected: Sequence[Injected], seed: int, rng: Random) -> GeneratedManual:
    """The manual as text, with its truth."""
    emission = f"{draft.emission:%d/%m/%y}"
    name = draft.dependency.name
    printer = Printer(Letterhead(draft.city, draft.code, draft.version, emission, name), rng)
    book = Book(printer)
    frame, chapters = Frame(book, draft), Chapters(book, draft)
    frame.front()
    chapters.prose()
    chapters.framework()
    chapters.structure_list()
    chapters.chart_pages()
    positions = _print_sheets(printer, chapters, draft)
    chapters.guidelines()
    frame.back()
    frame.fill_index()
    truth = _truth(seed, draft, injected, frame, chapters, positions)
    return GeneratedManual(printer.text() + "\n", truth)


def _truth(
    seed: int,
    draft: Draft,
    injected: Sequence[Injected],
    frame: Frame,
    chapters: Chapters,
    positions: tuple[Position, ...],
) -> Truth:
    printer = chapters.book.printer
    pages = tuple(PageInfo(n, p.header.value) for n, p in enumerate(printer.pages, 1))
    return Truth(
        seed=seed,
        dependency_key=draft.dependency.key,
        code=draft.code,
        version=draft.version,
        emission_date=draft.emission,
        emission_printed=printer.letterhead.emission,
        dependency=draft.dependency.name,
        municipality=draft.city,
        state=draft.state,
        total_pages=len(pages),
        pages=pages,
        objective=chapters.purposes["IV"],
        mission=chapters.purposes["V"],
        vision=chapters.purposes["VI"],
        sections=chapters.book.sections(),
        legal=tuple(chapters.legal),
        structure=tuple(chapters.structure),
        chart_headings=tuple(chapters.charts),
        index=tuple(frame.index),
        positions=positions,
        officers=tuple(frame.officers),
        changes=tuple(frame.changes),
        contradictions=resolve(injected),
        topical=_topical(draft),
    )


def _print_sheets(printer: Printer, chapters: Chapters, draft: Draft) -> tuple[Position, ...]:
    positions: list[Position] = []
    for sheet in draft.sheets:
        printer.new_page()
        if not positions:
            chapters.chapter("X")
        positions.append(_SheetPrinter(printer, draft, sheet).print())
    return tuple(positions)


class _SheetPrinter:
    """Prints one sheet, on the page that was just begun."""

    def __init__(self, printer: Printer, draft: Draft, sheet: Sheet) -> None:
        self._printer = printer
        self._draft = draft
        self._sheet = sheet
        self._page = printer.page
        self._bare_rows = printer.rng.random() < 0.8
        """Whether rows lose their empty cells after a page break, as they do in the real one."""

    def print(self) -> Position:
        """Print the sheet; gives what the truth says of it."""
        sheet, printer = self._sheet, self._printer
        printer.blank()
        printer.put(f"{sheet.number}{'.' if sheet.dot else ''} {sheet.title}", "")
        self._identification()
        objective = self._objective()
        self._row(
            "Valor que aporta al puesto que reporta:", sheet.value, f"Tipo de Puesto\t{sheet.type}"
        )
        for line in _LABELS[sheet.label]:
            printer.put(f"{line}\t\t\t")
        functions = tuple(self._function(n, d.text) for n, d in enumerate(sheet.duties, 1))
        return self._position(objective, functions)

    def _row(self, label: str, text: str, rest: str = "\t") -> None:
        self._printer.put(f"{label}\t{text}\t{rest}")

    def _identification(self) -> None:
        sheet = self._sheet
        date = [f"Fecha:\t{sheet.date}", f"\tFecha: {sheet.date}", f"Fecha\t{sheet.date}"]
        self._printer.put("Identificación:\t\t\t")
        self._row("Puesto funcional:", sheet.functional, date[sheet.date_cell])
        self._row("Puesto nominal:", sheet.nominal)
        self._row("Secretaría:", sheet.secretaria)
        self._row("Dirección:", sheet.direccion)
        self._row("Área:", sheet.area)
        self._printer.put("Organización:\t\t\t")
        self._row("Puesto al que le reporta:", sheet.reports_to)
        self._row("Puestos que le reportan:", sheet.reports_text)

    def _objective(self) -> Printed:
        sheet = self._sheet
        definition = _DEFINITION + (sheet.replaced or str(common().data["prose"]["boilerplate"]))
        objective = noisy(sheet.objective, self._printer.rng)
        lines = {
            Boilerplate.PLAIN: [definition, objective],
            Boilerplate.TAGGED: [f"<p>{definition}</p>", f"<p>{objective}</p>"],
            Boilerplate.HALF_TAGGED: [definition, f"<p>{objective}</p>"],
            Boilerplate.GLUED: [f"<p>{definition}</p> <p>{objective}</p>"],
        }[sheet.boilerplate]
        for line in lines:
            self._printer.put(f"{line}\t\t\t")
        return Printed(clean(objective), self._page)

    def _function(self, number: int, text: str) -> Function:
        raw = noisy(text, self._printer.rng)
        if not self._printer.fits(raw):
            self._continue()
        is_bare = self._bare_rows and self._printer.page != self._page
        page = self._printer.put(f"{number}\t{raw}{'' if is_bare else chr(9) * 2}")
        return Function(number, clean(raw), page)

    def _continue(self) -> None:
        headers = {Header.FULL: 70, Header.LOGO: 8, Header.CODE: 7, Header.NONE: 15}
        header = self._printer.rng.choices(list(headers), list(headers.values()))[0]
        self._printer.new_page(header)

    def _position(self, objective: Printed, functions: tuple[Function, ...]) -> Position:
        sheet, unit = self._sheet, self._sheet.unit
        line = next((x for x in self._draft.listed if x.sheet is sheet), None)
        boss = self._draft.sheet_of(unit.parent)

        def at_start(text: str) -> Printed:
            return Printed(text, self._page)

        return Position(
            number=sheet.number,
            title=sheet.title,
            page=self._page,
            last_page=self._printer.page,
            list_number=line.number if line else None,
            list_title=line.title if line else None,
            boss=boss.number if boss else None,
            functional_title=at_start(sheet.functional),
            nominal_title=at_start(sheet.nominal),
            secretaria=at_start(sheet.secretaria),
            direccion=at_start(sheet.direccion),
            area=at_start(sheet.area),
            reports_to=at_start(sheet.reports_to),
            direct_reports_printed=at_start(sheet.reports_text),
            direct_reports=self._direct_reports(),
            objective=objective,
            value=at_start(sheet.value),
            type=at_start(sheet.type),
            date=at_start(sheet.date),
            functions=functions,
        )

    def _direct_reports(self) -> tuple[DirectReport, ...]:
        found = []
        for report in self._sheet.reports:
            meant = self._draft.sheet_of(report.unit) if report.unit else None
            number = meant.number if meant else None
            found.append(DirectReport(report.name, report.printed, report.count, number))
        return tuple(found)


def _topical(draft: Draft) -> tuple[Topical, ...]:
    said: dict[Specific, list[tuple[bool, str, int]]] = {}
    for sheet in draft.sheets:
        for number, duty in enumerate(sheet.duties, 1):
            if duty.says:
                said.setdefault(duty.says, []).append((duty.echo, sheet.number, number))
    return tuple(
        Topical(ask.text, ask.persona, tuple((sheet, n) for _, sheet, n in sorted(places)))
        for specific, places in said.items()
        for ask in specific.asks
    )
