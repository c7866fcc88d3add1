"""Cities whose manuals contradict each other in known ways, put to `audit_between`.

`python -m evals.city.contradictions [--cities 8]` prints precision and recall of each kind.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from random import Random

from assistant.reports.audit.between import BetweenFinding, BetweenKind, audit_between
from corpus.model import Manual
from corpus.spanish import STOPWORDS, fold, words
from evals.city.scores import Case, Key, main
from evals.generated.rendering import render
from evals.generated.sheets import Chart, Draft, Duty, Listed, Sheet
from evals.generated.structure import Unit
from evals.generated.vocabulary import dependencies
from evals.generated.writing import draft
from ingest import SourceText, parse_manual

_SIZES = (28, 36, 45)
_NO_UNITS = (
    "Coordinación de Husos Horarios", "Jefatura de Faros y Balizas", "Dirección de Astilleros",
    "Jefatura de Minas Antiguas", "Coordinación de Relojes Públicos", "Dirección de Glaciares",
)  # fmt: skip
_OTHER_NAMES = (
    "Jefatura de Vinculación Operativa", "Coordinación de Enlace Estratégico",
    "Jefatura de Proyectos Transversales", "Coordinación de Innovación Institucional",
)  # fmt: skip
_LEAST_TOLD = 4
"""Words that say something, for a function to tell whose it is."""
_SMALL_CHANGES = ("oportunamente", "en tiempo y forma", "")


@dataclass
class City:
    """Manuals of a municipality, parsed as files would be, and what is wrong between them: the
    kinds, each with the sheets that it is about."""

    manuals: list[Manual]
    expected: set[Key] = field(default_factory=set)
    liaison: set[tuple[str, str]] = field(default_factory=set)
    """Sheets of the liaison direction, which dependencies have alike by the generator's making:
    what is told of two of them is true, and not counted."""


class _Meddler:
    """Puts contradictions between the drafts of a city, and notes them."""

    def __init__(self, drafts: list[Draft], rng: Random) -> None:
        self._drafts = drafts
        self._rng = rng
        self._used: set[int] = set()
        self.expected: set[Key] = set()

    def claim(self) -> None:
        """Two dependencies claim a function, in the same words or with a word more."""
        one, other = self._rng.sample(self._drafts, 2)
        owner, claimant = self._sheet(one, 1), self._sheet(other)
        duty = self._rng.choice([d for d in owner.duties if _is_own(d)])
        text = duty.text.rstrip(".;")
        text = f"{text} {self._rng.choice(_SMALL_CHANGES)}".strip() + "."
        claimant.duties.insert(self._rng.randrange(len(claimant.duties) + 1), Duty(text))
        self._note(BetweenKind.FUNCTION_OF_TWO, (one, owner), (other, claimant))

    def name_no_unit(self) -> None:
        """A function names a unit of another dependency that has none such."""
        one, other = self._rng.sample(self._drafts, 2)
        sheet = self._sheet(one)
        unit = self._rng.choice(_NO_UNITS)
        sheet.duties.append(Duty(f"Enviar cada mes el padrón actualizado a {_of(unit, other)}."))
        self._note(BetweenKind.UNKNOWN_UNIT, (one, sheet))

    def name_a_unit(self) -> None:
        """A function names a unit that the other dependency does have: no contradiction."""
        one, other = self._rng.sample(self._drafts, 2)
        unit = self._rng.choice(other.sheets[1:]).title
        sheet = self._sheet(one)
        sheet.duties.append(Duty(f"Entregar los informes del trimestre a {_of(unit, other)}."))

    def copy_post(self) -> None:
        """A dependency has another's post under another name."""
        one, other = self._rng.sample(self._drafts, 2)
        owner, copy = self._sheet(one, 3), self._sheet(other)
        duties = [d for d in owner.duties if _is_own(d)]
        copy.duties = [*copy.duties[:1], *(replace(duty) for duty in duties)]
        _rename(other, copy, self._rng.choice(_OTHER_NAMES))
        self._note(BetweenKind.POST_OF_TWO_NAMES, (one, owner), (other, copy))

    def _sheet(self, of: Draft, own: int = 0) -> Sheet:
        """A sheet that nothing was done to yet, with so many functions of its own and none below
        it."""
        fit = [
            sheet
            for sheet in of.sheets[1:]
            if id(sheet) not in self._used
            and _is_of_its_own(sheet.unit, of)
            and sum(map(_is_own, sheet.duties)) >= own
            and not any(report.unit for report in sheet.reports)
            and [each.title for each in of.sheets].count(sheet.title) == 1
        ]
        sheet = self._rng.choice(fit)
        self._used.add(id(sheet))
        return sheet

    def _note(self, kind: BetweenKind, *sheets: tuple[Draft, Sheet]) -> None:
        places = frozenset((of.code, sheet.number) for of, sheet in sheets)
        self.expected.add((kind.value, places))


def cities(number: int, seed: int = 1, dependencies_each: int = 6) -> Iterator[City]:
    """So many cities of so many dependencies, with some ten contradictions each and as many
    references that are right."""
    made = 0
    while made < number:
        seed += 1
        rng = Random(seed)
        chosen = rng.sample(dependencies(), dependencies_each)
        drafts = [draft(subject, rng.choice(_SIZES), seed) for subject in chosen]
        meddler = _Meddler(drafts, rng)
        ways = [meddler.claim] * 4 + [meddler.name_no_unit] * 3 + [meddler.copy_post] * 2
        try:
            for way in (*ways, *[meddler.name_a_unit] * 4):
                way()
        except IndexError:  # no sheet is left that this can be done to
            continue
        made += 1
        parsed = [
            parse_manual(SourceText("m.txt", render(each, (), seed, Random(f"{seed}:{at}")).text))
            for at, each in enumerate(drafts)
        ]
        liaison = {
            (each.code, sheet.number)
            for each in drafts
            for sheet in each.sheets
            if not _is_of_its_own(sheet.unit, each)
        }
        yield City(parsed, meddler.expected, liaison)


def found(manuals: list[Manual]) -> set[Key]:
    """What the audit finds, as keys."""
    return {_key(finding) for finding in audit_between(manuals)}


def cases(number: int, seed: int = 1) -> Iterator[Case]:
    """What the audit finds in so many cities, but for liaison directions, and what it should."""
    for city in cities(number, seed):
        told = {key for key in found(city.manuals) if not key[1] <= city.liaison}
        yield Counter(told), Counter(city.expected)


def _key(finding: BetweenFinding) -> Key:
    return finding.kind.value, frozenset((p.manual, p.section) for p in finding.places)


def _is_of_its_own(unit: Unit, of: Draft) -> bool:
    """Whether a unit does what only this dependency does: all have a liaison direction."""
    above: Unit | None = unit
    while above is not None:
        if above.theme in of.dependency.directions:
            return True
        above = above.parent
    return False


def _is_own(duty: Duty) -> bool:
    """Whether no other sheet prints the like, and it is long enough to be a task of its own."""
    told = [word for word in words(duty.text) if word not in STOPWORDS]
    return duty.says is not None and not duty.echo and len(told) >= _LEAST_TOLD


def _of(unit: str, other: Draft) -> str:
    name = other.dependency.name
    return f"la {unit} {'del' if name.startswith('Instituto') else 'de la'} {name}"


def _rename(of: Draft, sheet: Sheet, title: str) -> None:
    old = sheet.title
    for each in of.sheets:
        for report in each.reports:
            if fold(report.name) == fold(old):
                report.name, report.printed = title, report.printed.replace(old, title)
    entries: list[Listed | Chart] = [*of.listed, *of.charts]
    for entry in entries:
        entry.title = entry.title.replace(old, title)
    sheet.title = sheet.nominal = title
    sheet.functional = f"Titular de la {title}"


if __name__ == "__main__":
    main("Contradicciones conocidas entre manuales.", "--cities", 8, cases)
