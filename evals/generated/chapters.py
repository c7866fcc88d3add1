"""Prints the chapters around the sheets: I to IX, and XI."""

from dataclasses import dataclass, field
from random import Random
from typing import Any

from evals.generated.book import Book, noisy
from evals.generated.layout import Header
from evals.generated.sheets import Draft
from evals.generated.truth import LegalItem, NumberedTitle, Printed
from evals.generated.vocabulary import common

CHAPTERS = {
    "I": "INTRODUCCIÓN",
    "II": "OBJETIVO DEL MANUAL",
    "III": "ANTECEDENTES",
    "IV": "OBJETIVO GENERAL DE LA DEPENDENCIA",
    "V": "MISIÓN",
    "VI": "VISIÓN",
    "VII": "MARCO JURÍDICO - ADMINISTRATIVO",
    "VIII": "ESTRUCTURA ORGÁNICA",
    "IX": "ORGANIGRAMA",
    "X": "PUESTOS Y FUNCIONES",
    "XI": "LINEAMIENTOS PARA LA DIFUSIÓN DEL MANUAL DE ORGANIZACIÓN",
}
_LEGAL = {
    "A": ("TRATADOS INTERNACIONALES", "international"),
    "B": ("NIVEL FEDERAL", "federal"),
    "C": ("NIVEL ESTATAL", "state"),
    "D": ("NIVEL MUNICIPAL", "municipal"),
}
_NUMBER_WORDS = ("cero", "un", "dos", "tres", "cuatro", "cinco", "seis")


@dataclass
class Chapters:
    """Prints the chapters of one draft, and keeps what the truth needs of them."""

    book: Book
    draft: Draft
    legal: list[LegalItem] = field(default_factory=list)
    structure: list[NumberedTitle] = field(default_factory=list)
    charts: list[NumberedTitle] = field(default_factory=list)
    purposes: dict[str, Printed] = field(default_factory=dict)

    def chapter(self, number: str) -> None:
        """Print a chapter's heading."""
        self.book.chapter(number, CHAPTERS[number], f"{number}. {CHAPTERS[number]}")

    def prose(self) -> None:
        """I to VI."""
        new_page = self.book.printer.new_page
        new_page(room=self._rng.randint(12, 24))
        self.chapter("I")
        for text in self._rng.choice(self._prose["introduction"]):
            self.book.paragraph(self.draft.fill(text))
        self.chapter("II")
        self.book.paragraph(self.draft.fill(self._rng.choice(self._prose["manual_objective"])))
        self._background()
        if self._rng.random() < 0.5:
            new_page()
        dependency = self.draft.dependency
        for number, text in (
            ("IV", dependency.objective),
            ("V", dependency.mission),
            ("VI", dependency.vision),
        ):
            self.chapter(number)
            self.purposes[number] = self.book.paragraph(noisy(text, self._rng))

    def framework(self) -> None:
        """VII: the laws by level."""
        self.book.printer.new_page(room=self._rng.randint(16, 40))
        self.chapter("VII")
        for letter, (title, level) in _LEGAL.items():
            self.book.heading(f"VII.{letter}", title, f"{letter}. {title}")
            self.book.printer.blank()
            for law in self._laws(level):
                printed = self.book.item(f"- {noisy(self.draft.fill(law), self._rng, bold=False)}")
                self.legal.append(LegalItem(f"VII.{letter}", printed.text, printed.page))
        self.book.paragraph(self.draft.fill(self._prose["framework_note"]))

    def structure_list(self) -> None:
        """VIII: the list of units, as paragraphs on some pages and as items on others."""
        printer = self.book.printer
        printer.new_page()
        self.chapter("VIII")
        as_items = False
        for line in self.draft.listed:
            text = f"{line.number}{'.' if line.dot else ''} {line.title}"
            if not printer.fits("", text):
                printer.new_page()
                as_items = self._rng.random() < 0.3
            if as_items and "." in line.number:
                self._item_of_list(text)
            else:
                self.book.line(noisy(text, self._rng, bold=False))
            self.structure.append(NumberedTitle(line.number, line.title, printer.page))

    def _item_of_list(self, text: str) -> None:
        lines = self.book.printer.pages[-1].lines
        if lines and not lines[-1].startswith("- "):
            self.book.printer.blank()
            if self._rng.random() < 0.3:
                self.book.printer.put(self._rng.choice([" ", "\u00a0"]))
        self.book.item(f"- {text}")

    def chart_pages(self) -> None:
        """IX: pages with nothing but a heading, and blank lines of several kinds."""
        for position, chart in enumerate(self.draft.charts):
            headers = [Header.FULL, Header.FULL, Header.FULL, Header.LOGO, Header.CODE]
            page = self.book.printer.new_page(self._rng.choice(headers), room=40)
            if position == 0:
                self.chapter("IX")
            self.book.line(f"{chart.number}{'.' if chart.dot else ''} {chart.title}")
            self.charts.append(NumberedTitle(chart.number, chart.title, page))
            space = self._rng.choice([" ", "\u00a0"])
            gaps = [("",) * 5, ("", "", "", space, "", ""), ("", "", space, "", "")]
            self.book.printer.gap(*self._rng.choice(gaps))

    def guidelines(self) -> None:
        """XI, whose parts are numbered from I again, and whose levels go on with E."""
        words = common().data["guidelines"]
        self.book.printer.new_page(room=self._rng.randint(24, 40))
        self.chapter("XI")
        self.book.heading("XI.I", "OBJETIVO", "I. OBJETIVO")
        self.book.paragraph(self.draft.fill(words["objective"]))
        self.book.heading("XI.II", "ALCANCE", "II. ALCANCE")
        self.book.paragraph(words["scope"])
        self.book.heading("XI.III", "MARCO JURÍDICO NORMATIVO", "III. MARCO JURÍDICO NORMATIVO")
        for heading, rule in (
            ("E. NIVEL ESTATAL", "state_rule"),
            ("F. NIVEL MUNICIPAL", "municipal_rule"),
        ):
            self.book.line(heading)
            self.book.line(f"- {self._articles(words[rule])}")
        self.book.heading("XI.IV", "DISPOSICIONES GENERALES", "IV. DISPOSICIONES GENERALES")
        self.book.printer.blank()
        for text in words["dispositions"]:
            self.book.item(text if text.startswith(" ") else f"- {self.draft.fill(text)}")
        self.book.heading("XI.V", "LINEAMIENTOS", "V. LINEAMIENTOS")
        self._rules(words)

    @property
    def _rng(self) -> Random:
        return self.book.rng

    @property
    def _prose(self) -> dict[str, Any]:
        prose: dict[str, Any] = common().data["prose"]
        return prose

    def _articles(self, text: str) -> str:
        a, b, c, d = (str(self._rng.randint(10, 140)) for _ in range(4))
        return self.draft.fill(text, a=a, b=b, c=c, d=d)

    def _background(self) -> None:
        self.chapter("III")
        units = self.draft.dependency.directions[: self._rng.choice([2, 3])]
        for text in self._rng.choice(self._prose["background"]):
            self.book.paragraph(self.draft.fill(text, count=_NUMBER_WORDS[len(units)]))
        pillar = self._rng.choice(self._prose["pillar"])
        for position, unit in enumerate(units, 1):
            self.book.heading(f"III.{position}", unit.unit, f"{position}. {unit.unit}:")
            objective = unit.objective[0].lower() + unit.objective[1:]
            self.book.paragraph(self.draft.fill(pillar, unit=unit.unit, objective=objective))

    def _laws(self, level: str) -> list[str]:
        shared = common().texts("laws", level)
        chosen = self._rng.sample(shared, self._rng.randint(max(1, len(shared) - 2), len(shared)))
        laws = sorted(chosen, key=shared.index) + list(self.draft.dependency.laws.get(level, ()))
        dot = "." if self._rng.random() < 0.4 else ""
        return [law + dot for law in laws]

    def _rules(self, words: dict[str, Any]) -> None:
        number = 0
        for title, rules in (("", "rules"), ("Para la difusión pública", "public_rules")):
            if title:
                self.book.line(title)
            self.book.printer.blank()
            for rule in words[rules]:
                number += 1
                self.book.item(f"{number}. {rule}")
        self.book.line("Para la difusión interna")
        self.book.printer.blank()
        for level in words["levels"]:
            number += 2
            rule = str(words["level_rule"]).format(level=level)
            self.book.item(f"{number - 1}. {rule}")
            self.book.item(f"{number}. {words['level_check']}")
            for numeral, item in zip(("i", "ii", "iii"), words["level_items"], strict=True):
                self.book.item(f" - {numeral}. {item}")
