"""Prints what frames the chapters: cover, index, formalisation, directory, change control."""

from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from evals.generated.book import Book
from evals.generated.layout import Header
from evals.generated.sheets import Draft, Sheet
from evals.generated.structure import Level
from evals.generated.truth import Change, IndexEntry, Officer
from evals.generated.vocabulary import common

_ROLES = ("ELABORA", "REVISA", "ADMINISTRA", "EXPIDE")


@dataclass
class Frame:
    """Prints the frame of one draft, and keeps what the truth needs of it."""

    book: Book
    draft: Draft
    officers: list[Officer] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    index: list[IndexEntry] = field(default_factory=list)
    _people: list[str] = field(default_factory=list)

    def front(self) -> None:
        """Cover, index page (filled in by `fill_index`) and formalisation sheet."""
        self._cover()
        self.book.printer.new_page(self._rng.choice([Header.FULL, Header.LOGO]), room=99)
        self.book.heading("ÍNDICE", "ÍNDICE", "ÍNDICE")
        self._formalisation()

    def back(self) -> None:
        """Directory and change control."""
        self.book.printer.new_page(self._rng.choice([Header.LOGO, Header.FULL]), room=70)
        self._unnumbered("DIRECTORIO")
        self._directory()
        self._unnumbered("CONTROL DE CAMBIOS")
        self.book.printer.blank()
        self.book.printer.put("VERSIÓN\tFECHA\tMOTIVO")
        self._change_control()

    def fill_index(self) -> None:
        """Print the table of contents on page 2, now that the pages are known."""
        slip = self._rng.random() < 0.5
        lines = self.book.printer.pages[1].lines
        lines.append("")
        for title, page in self.book.index.items():
            shown = title.replace("DEL MANUAL DE O", "DEL MANUAL DEL O") if slip else title
            number = title.partition(".")[0]
            printed = max(1, page + self.draft.index_shift.get(number, 0))
            lines.append(f"{shown}\t{printed}")
            self.index.append(IndexEntry(shown, printed, page))

    def _unnumbered(self, title: str) -> None:
        self.book.chapter(title, title, title)

    @property
    def _rng(self) -> Random:
        return self.book.rng

    def _cover(self) -> None:
        printer = self.book.printer
        printer.new_page(Header.NONE, room=99)
        gap = ["", "", ""] if self._rng.random() < 0.5 else [""]
        first, *rest = self.draft.dependency.name.split()
        half = max(1, len(rest) // 2)
        name = [first, " ".join(rest[:half]), " ".join(rest[half:])]
        printer.put(
            *["", "", "", "", *printer.letterhead.logo(), "", "MANUAL DE ORGANIZACIÓN"],
            *[*gap, *filter(None, name), ""],
            f"ADMINISTRACIÓN {self.draft.administration}",
        )

    def _formalisation(self) -> None:
        self.book.printer.new_page(self._rng.choice([Header.FULL, Header.LOGO]), room=60)
        self._unnumbered("HOJA DE FORMALIZACIÓN")
        offices = [
            self.draft.sheets[0].functional.replace(" (a)", ""),
            "Director de Recursos Humanos",
            "Directora de Enlace Municipal",
            "Titular de la Contraloría Municipal",
        ]
        for role, office in zip(_ROLES, offices, strict=True):
            name = self._holder(office)
            self.book.line(role)
            self.book.line(name)
            page = self.book.line(f"{office} - RÚBRICA").page
            self.officers.append(Officer(name, office, role, page))

    def _holder(self, office: str) -> str:
        """A new person, unless somebody named before holds the office."""
        if self.officers and office.endswith(self.draft.dependency.name):
            return self.officers[0].name
        if office.endswith(" de Enlace Municipal") and len(self.officers) > 2:
            return self.officers[2].name
        return self._person()

    def _person(self) -> str:
        words = common()
        while True:
            surnames = self._rng.sample(words.texts("surnames"), 2)
            name = " ".join([self._rng.choice(words.texts("first_names")), *surnames])
            if name not in self._people:
                self._people.append(name)
                return name

    def _directory(self) -> None:
        president = f"Presidente Municipal del Ayuntamiento de {self.draft.city}"
        offices = [(self._person(), president), (self.officers[0].name, self.draft.dependency.name)]
        offices += [
            (self._holder(sheet.title) if self._is_named(sheet) else "(Por designar)", sheet.title)
            for sheet in self.draft.sheets
            if sheet.unit.level in (Level.GENERAL, Level.DIRECTION)
        ]
        for name, office in offices:
            self.book.line(name)
            page = self.book.item(office).page
            self.officers.append(Officer(name, office, None, page))

    def _is_named(self, sheet: Sheet) -> bool:
        return sheet.unit.theme is common().liaison or self._rng.random() < 0.75

    def _change_control(self) -> None:
        last, prose = int(self.draft.version), common().data["prose"]
        for version in range(1, last + 1):
            date = f"{self.draft.emission - timedelta(days=140 * (last - version)):%d-%m-%Y}"
            reason = self.draft.fill(str(prose["change_first"]))
            if version > 1:
                reason = self._rng.choice(prose["change_later"])
            page = self.book.item(f"{version:02d}\t{date}\t{reason}").page
            self.changes.append(Change(f"{version:02d}", date, reason, page))
