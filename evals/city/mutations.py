"""Pairs of versions of made-up manuals with known changes, and how many of them are found.

`python -m evals.city.mutations [--pairs 60]` prints precision and recall of each kind of change.
"""

from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from assistant.structure.comparing import Change, Kind, compare
from assistant.structure.comparing.pairing import plain
from corpus.model import Manual
from evals.city.scores import Case, Key, main
from evals.generated.rendering import render
from evals.generated.sheets import Chart, Draft, Duty, Listed, Report, Sheet
from evals.generated.structure import Level
from evals.generated.truth import GeneratedManual
from evals.generated.vocabulary import dependencies
from evals.generated.writing import draft
from ingest import SourceText, parse_manual

_TOPICS = (
    "Vinculación Estratégica", "Gestión de Riesgos", "Análisis Territorial", "Innovación Operativa",
    "Enlace Ciudadano", "Evaluación de Resultados", "Logística Interna", "Mejora Continua",
    "Proyectos Especiales", "Seguimiento Documental", "Calidad Institucional", "Control de Acceso",
)  # fmt: skip
_FUNCTIONS = (
    "Resguardar las bitácoras de recorridos nocturnos en las delegaciones foráneas.",
    "Operar la mesa de despacho de unidades en los eventos masivos de temporada.",
    "Digitalizar los planos históricos que conserva la hemeroteca del ayuntamiento.",
    "Convocar cada bimestre al comité mixto de abasto y revisar sus minutas.",
    "Calibrar los instrumentos de medición que usan las cuadrillas de campo.",
    "Emitir el boletín quincenal de avances para las cámaras empresariales.",
    "Tramitar las pólizas de seguro de los vehículos arrendados.",
    "Custodiar las llaves maestras de los inmuebles desocupados.",
    "Traducir al náhuatl los avisos que se fijan en los estrados.",
    "Rotular las cajas del archivo de concentración con su código de barras.",
    "Inventariar las esculturas de los camellones y sus placas.",
    "Sortear los turnos de guardia entre el personal voluntario.",
)
_LAWS = (
    "Ley de Husos Horarios y Calendarios Cívicos",
    "Reglamento de Mascotas y Animales de Compañía",
    "Código de Ornato y Paisaje",
    "Ley de Archivos Sonoros",
)


@dataclass
class Pair:
    """Two versions, parsed as files would be, and what was changed: its kind, where it was and is,
    and the texts of before and after."""

    before: Manual
    after: Manual
    expected: Counter[Key] = field(default_factory=Counter)


class Mutator:
    """Changes a draft in places, and notes what it changed."""

    def __init__(self, manual: Draft, rng: Random) -> None:
        self._manual = manual
        self._rng = rng
        self._touched: set[int] = set()
        self._topics = rng.sample(_TOPICS, len(_TOPICS))
        self._texts = rng.sample(_FUNCTIONS, len(_FUNCTIONS))
        self.expected: Counter[Key] = Counter()

    def rename(self) -> None:
        """Give a position another name, wherever it is named."""
        sheet = self._pick()
        old, rank = sheet.title, sheet.title.split()[0]
        new = f"{rank} de {self._topics.pop()}"
        self._replace(old, new)
        sheet.title, sheet.nominal = new, new
        sheet.functional = f"Titular de la {new}"
        self._note(Kind.POSITION_RENAMED, sheet.number, sheet.number, old, new)

    def move(self) -> None:
        """Let a position without reports of its own report to another."""
        sheet = self._pick(leaf=True)
        bosses = [
            each
            for each in self._manual.sheets
            if each.unit.level in (Level.DIRECTION, Level.COORDINATION)
            and each.title != sheet.reports_to
            and each is not sheet
            and self._is_unique(each)
            and id(each) not in self._touched
        ]
        boss = self._rng.choice(bosses)
        self._touched.add(id(boss))
        self._leave_boss(sheet)
        boss.reports.append(Report(sheet.title))
        sheet.reports_to = sheet.area = boss.title
        self._note(Kind.POSITION_MOVED, sheet.number, sheet.number)

    def renumber(self) -> None:
        """Give a position a number that none has."""
        sheet = self._pick(leaf=True)
        old = sheet.number
        branch = old.rpartition(".")[0]
        sheet.number = f"{branch}.{40 + self._rng.randrange(50)}"
        for entry in self._entries():
            if entry.sheet is sheet:
                entry.number = sheet.number
        self._note(Kind.POSITION_RENUMBERED, old, sheet.number)

    def remove(self) -> None:
        """Take a position away."""
        sheet = self._pick(leaf=True)
        self._leave_boss(sheet)
        self._manual.sheets.remove(sheet)
        self._manual.listed = [e for e in self._manual.listed if e.sheet is not sheet]
        self._manual.charts = [e for e in self._manual.charts if e.sheet is not sheet]
        self._note(Kind.POSITION_REMOVED, sheet.number, None)

    def add(self) -> None:
        """Put in a position with duties of its own."""
        model = self._pick(leaf=True)
        at = self._manual.sheets.index(model)
        sheet = deepcopy(model)
        sheet.title = sheet.nominal = f"Jefatura de {self._topics.pop()}"
        sheet.functional = f"Jefe (a) de {sheet.title.removeprefix('Jefatura de ')}"
        sheet.number = f"{model.number.rpartition('.')[0]}.{95 + len(self._touched) % 5}"
        sheet.objective = f"Conducir los asuntos de {sheet.title.lower()} con apego a la norma."
        sheet.duties = [Duty(self._texts.pop()) for _ in range(3)]
        self._manual.sheets.insert(at + 1, sheet)
        entry = next(e for e in self._manual.listed if e.sheet is model)
        new = deepcopy(entry)
        new.number, new.title, new.sheet = sheet.number, sheet.title, sheet
        self._manual.listed.insert(self._manual.listed.index(entry) + 1, new)
        boss = next((s for s in self._manual.sheets if s.title == sheet.reports_to), None)
        if boss is not None:
            boss.reports.append(Report(sheet.title))
        self._touched.add(id(sheet))
        self._note(Kind.POSITION_ADDED, None, sheet.number)

    def add_function(self) -> None:
        """Give a position another function."""
        sheet, text = self._pick(), self._texts.pop()
        sheet.duties.insert(self._rng.randrange(len(sheet.duties) + 1), Duty(text))
        self._note(Kind.FUNCTION_ADDED, None, sheet.number, None, text)

    def remove_function(self) -> None:
        """Take a function away that no other sheet has."""
        sheet = self._pick(duties=3)
        duty = self._own_duty(sheet)
        sheet.duties.remove(duty)
        self._note(Kind.FUNCTION_REMOVED, sheet.number, None, duty.text, None)

    def reword_function(self) -> None:
        """Put a function in some other words."""
        sheet = self._pick(duties=2)
        duty = self._own_duty(sheet)
        words = duty.text.rstrip(".;").split()
        at = self._rng.randrange(1, len(words))
        way = self._rng.randrange(3)
        if way == 0 and len(words) > 6:
            words[at] = self._rng.choice(["oportunamente", "integralmente", "coordinadamente"])
        elif way == 1:
            words = [*words, "en coordinación con las áreas competentes"]
        else:
            words = [*words[:at], "además", *words[at:]]
        new = " ".join(words) + "."
        old, duty.text = duty.text, new
        self._note(Kind.FUNCTION_REWORDED, sheet.number, sheet.number, old, new)

    def move_function(self) -> None:
        """Give a function of a position to another."""
        sheet = self._pick(duties=3)
        other = self._pick()
        duty = self._own_duty(sheet)
        sheet.duties.remove(duty)
        other.duties.insert(self._rng.randrange(len(other.duties) + 1), duty)
        self._note(Kind.FUNCTION_MOVED, sheet.number, other.number, duty.text, duty.text)

    def change_field(self) -> None:
        """Change a sheet's objective, value or type."""
        sheet = self._pick()
        name = self._rng.choice(["objective", "value", "type"])
        old = getattr(sheet, name)
        if name == "objective":
            new = f"{old.rstrip('.')}, con perspectiva de derechos humanos."
        else:
            new = {"value": "Estratégico especial", "type": "Por concurso abierto"}[name]
        setattr(sheet, name, new)
        self._note(Kind.FIELD_CHANGED, sheet.number, sheet.number, name)

    def _pick(self, *, leaf: bool = False, duties: int = 1) -> Sheet:
        """A sheet whose name is its own, that nothing was done to yet."""
        fit = [
            each
            for each in self._manual.sheets[1:]
            if id(each) not in self._touched
            and self._is_unique(each)
            and "." in each.number
            and len(each.duties) >= duties
            and any(self._is_own(duty) for duty in each.duties)
            and not (leaf and any(report.unit for report in each.reports))
        ]
        sheet = self._rng.choice(fit)
        self._touched.add(id(sheet))
        return sheet

    def _own_duty(self, sheet: Sheet) -> Duty:
        return self._rng.choice([duty for duty in sheet.duties if self._is_own(duty)])

    def _is_own(self, duty: Duty) -> bool:
        """Whether no other sheet prints the like: else nobody could say which one moved."""
        return duty.says is not None and not duty.echo

    def _is_unique(self, sheet: Sheet) -> bool:
        titles = [plain(each.title) for each in self._manual.sheets]
        return titles.count(plain(sheet.title)) == 1

    def _leave_boss(self, sheet: Sheet) -> None:
        for each in self._manual.sheets:
            each.reports = [r for r in each.reports if r.name != sheet.title]

    def _replace(self, old: str, new: str) -> None:
        for sheet in self._manual.sheets:
            for name in ("direccion", "area", "reports_to"):
                if getattr(sheet, name) == old:
                    setattr(sheet, name, new)
            for report in sheet.reports:
                if report.name == old:
                    report.name, report.printed = new, report.printed.replace(old, new)
        for entry in self._entries():
            entry.title = entry.title.replace(old, new)

    def _entries(self) -> list[Listed | Chart]:
        """The lines of VIII and the chart pages of IX."""
        return [*self._manual.listed, *self._manual.charts]

    def _note(self, kind: Kind, *told: str | None) -> None:
        before, after, *texts = told
        self.expected[(kind.value, before, after, *(plain(t) if t else None for t in texts))] += 1


_MUTATIONS = (
    Mutator.rename,
    Mutator.move,
    Mutator.renumber,
    Mutator.remove,
    Mutator.add,
    Mutator.add_function,
    Mutator.remove_function,
    Mutator.reword_function,
    Mutator.reword_function,
    Mutator.move_function,
    Mutator.change_field,
)


def pairs(number: int, seed: int = 1) -> Iterator[Pair]:
    """So many pairs of versions, with some five to nine changes each."""
    made = 0
    while made < number:
        seed += 1
        rng = Random(seed)
        subject = rng.choice(dependencies())
        old = draft(subject, rng.choice([36, 45, 60]), seed)
        new = deepcopy(old)
        new.dependency = old.dependency
        mutator = Mutator(new, rng)
        try:
            for mutate in rng.choices(_MUTATIONS, k=rng.randint(5, 9)):
                mutate(mutator)
        except IndexError:  # no sheet is left that this can be done to
            continue
        new.version = f"{int(old.version) + 1:02d}"
        new.emission = old.emission + timedelta(days=400)
        made += 1
        one, two = (render(each, (), seed, Random(f"{seed}:layout")) for each in (old, new))
        text, laws = _with_other_laws(two, rng)
        expected = mutator.expected + laws
        yield Pair(_parsed(one.text), _parsed(text), expected)


def _with_other_laws(manual: GeneratedManual, rng: Random) -> tuple[str, Counter[Key]]:
    """The text with one law exchanged for another, where it prints it in one piece."""
    once = [item for item in manual.truth.legal if manual.text.count(item.text) == 1]
    if not once:
        return manual.text, Counter()
    item, law = rng.choice(once), rng.choice(_LAWS)
    removed = (Kind.LEGAL_REMOVED.value, item.section, None, plain(item.text))
    added = (Kind.LEGAL_ADDED.value, None, item.section, plain(law))
    return manual.text.replace(item.text, law), Counter([removed, added])


def _parsed(text: str) -> Manual:
    return parse_manual(SourceText("version.txt", text))


def found(before: Manual, after: Manual) -> Counter[Key]:
    """The changes that the comparison finds, as keys. Prose is left out: the generator words parts
    of it by chance."""
    return Counter(
        key for change in compare(before, after).changes if (key := _key(change)) is not None
    )


def _key(change: Change) -> Key | None:
    old = change.before.section if change.before else None
    new = change.after.section if change.after else None
    texts = [plain(p.text) if p else None for p in (change.before, change.after)]
    kind = change.kind
    if kind.value.startswith("prose"):
        return None
    if kind is Kind.FIELD_CHANGED:
        return kind.value, old, new, change.field
    if kind is Kind.POSITION_RENAMED or kind.value.startswith("function"):
        return kind.value, old, new, *texts
    if kind.value.startswith("legal"):
        return kind.value, old, new, *(text for text in texts if text is not None)
    return kind.value, old, new


def cases(number: int, seed: int = 1) -> Iterator[Case]:
    """The changes that are found in so many pairs, and those that were made."""
    for pair in pairs(number, seed):
        yield found(pair.before, pair.after), pair.expected


if __name__ == "__main__":
    main("Cambios conocidos entre versiones.", "--pairs", 60, cases)
