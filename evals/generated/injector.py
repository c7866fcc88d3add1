"""Chooses where in a draft a contradiction goes, so that each has sheets of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from evals.generated.sheets import Chart, Draft, Listed, Sheet
from evals.generated.truth import Contradiction, Kind
from evals.generated.vocabulary import common

Injection = tuple[list[Sheet | str], str, list[str]]
"""The sections at odds, what is wrong, and wordings of it that will be printed."""


@dataclass
class Injected:
    """A contradiction as it was put in: `sections` are sheets or the numbers of chapters."""

    kind: Kind
    sections: list[Sheet | str]
    message: str
    printed: list[str]

    def resolved(self) -> Contradiction:
        """The record for the truth."""
        numbers = tuple(s if isinstance(s, str) else s.number for s in self.sections)
        return Contradiction(self.kind, numbers, self.message, tuple(self.printed))


class Injector:
    """Puts contradictions into one draft, each on sheets of its own."""

    def __init__(self, draft: Draft, rng: Random) -> None:
        self.draft = draft
        self.rng = rng
        self._touched: list[Sheet] = []
        self._chapters = ["II", "III", "IV", "VII", "VIII", "X", "XI"]
        self._charts = draft.charts[1:]

    def pick(self, suits: Callable[[Sheet], object]) -> Sheet:
        """An untouched sheet that suits."""
        found = [s for s in self.draft.sheets if s not in self._touched and suits(s)]
        if not found:
            raise LookupError("ninguna cédula sirve para esta contradicción")
        return self.take(self.rng.choice(found))

    def take(self, sheet: Sheet) -> Sheet:
        """Keep other injectors away from this sheet."""
        self._touched.append(sheet)
        return sheet

    def is_free(self, sheet: Sheet | None) -> bool:
        """Whether there is such a sheet, and no injector touched it."""
        return sheet is not None and sheet not in self._touched

    def boss_of(self, sheet: Sheet) -> Sheet:
        """The sheet of the boss."""
        boss = self.draft.sheet_of(sheet.unit.parent)
        if boss is None:
            raise LookupError("la persona titular no tiene jefe con cédula")
        return boss

    def line_of(self, sheet: Sheet) -> Listed:
        """The line of VIII that stands for a sheet."""
        for line in self.draft.listed:
            if line.sheet is sheet:
                return line
        raise LookupError("la unidad no está en la lista")

    def next_number(self, sheet: Sheet) -> str:
        """The first number after the sheet's last sister."""
        stem, _, _ = sheet.unit.number.rpartition(".")
        used = [line.number for line in self.draft.listed] + [s.number for s in self.draft.sheets]
        taken = [number for number in used if number.rpartition(".")[0] == stem]
        return f"{stem}.{max(int(number.rpartition('.')[2]) for number in taken) + 1}"

    def ghost(self, pool: str) -> str:
        """The name of a unit that nothing else mentions."""
        mentioned = {r.name for s in self.draft.sheets for r in s.reports}
        mentioned |= {s.title for s in self.draft.sheets} | {x.title for x in self.draft.listed}
        mentioned |= {s.reports_to for s in self.draft.sheets}
        return self.rng.choice([g for g in common().texts(pool) if g not in mentioned])

    def free_chapter(self) -> str:
        """A chapter whose line of the index is still right."""
        if not self._chapters:
            raise LookupError("ya no quedan capítulos")
        chapter = self.rng.choice(self._chapters)
        self._chapters.remove(chapter)
        return chapter

    def free_chart(self) -> Chart:
        """A chart page whose heading is still right."""
        if not self._charts:
            raise LookupError("ya no quedan páginas de organigrama")
        return self._charts.pop(self.rng.randrange(len(self._charts)))
