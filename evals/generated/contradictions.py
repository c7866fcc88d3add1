"""Puts contradictions into a consistent draft, and remembers each one.

An injection picks a sheet that no other has touched, changes the draft, and says what it did. The
sections at odds are resolved to numbers only at the end, since a sheet's number may be what
changes.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from random import Random

from evals.generated.injector import Injected, Injection, Injector
from evals.generated.sheets import Draft, Duty, Listed, Report, Sheet
from evals.generated.structure import Level
from evals.generated.truth import Contradiction, Kind


def inject(draft: Draft, kinds: Sequence[Kind] | None, rng: Random) -> list[Injected]:
    """Put in these kinds, or some of chance; what is asked for and cannot be is a ValueError."""
    injector = Injector(draft, rng)
    asked = list(kinds) if kinds is not None else _some(len(draft.sheets), rng)
    done = []
    for kind in sorted(asked, key=list(Kind).index):
        try:
            done.append(Injected(kind, *_INJECTIONS[kind](injector)))
        except LookupError as error:
            if kinds is not None:
                raise ValueError(f"{kind}: {error}") from error
    return done


def _some(sheets: int, rng: Random) -> list[Kind]:
    kinds = rng.sample(list(Kind), min(len(Kind), 2 + sheets // 6))
    return kinds + rng.choices(list(Kind), k=sheets // 25)


def _is_renameable(sheet: Sheet) -> bool:
    """A coordination or office whose other name is nobody else's."""
    unit = sheet.unit
    is_middle = unit.level in (Level.COORDINATION, Level.OFFICE)
    return is_middle and not (unit.is_desk or unit.echo or any(c.echo for c in unit.children))


def _is_leaf(sheet: Sheet) -> bool:
    return "." in sheet.number and not sheet.unit.children


def _numbering(injector: Injector) -> Injection:
    sheet = injector.pick(lambda s: _is_leaf(s) and not s.unit.is_desk)
    old, sheet.number = sheet.number, injector.next_number(sheet)
    sheet.dot = injector.line_of(sheet).dot = False
    message = f"VIII numera {old} a «{sheet.title}» y su cédula {sheet.number}"
    return ["VIII", sheet], message, [f"{old} {sheet.title}", f"{sheet.number} {sheet.title}"]


def _name(injector: Injector) -> Injection:
    sheet = injector.pick(lambda s: _is_leaf(s) and " " in s.unit.unit_name and not s.unit.is_desk)
    line = injector.line_of(sheet)
    line.title = _misnamed(sheet, injector.rng)
    message = f"VIII dice «{line.title}» y la cédula «{sheet.title}»"
    return ["VIII", sheet], message, [line.title, sheet.title]


def _misnamed(sheet: Sheet, rng: Random) -> str:
    title = sheet.title
    words = title.split()
    ways = [" ".join([*words[:-1], "de", words[-1]])]
    if " y " in title:
        ways.append(title.rpartition(" y ")[0])
    if not title.endswith(("s", "n")):
        ways.append(f"{title}s")
    return rng.choice(ways)


def _category(injector: Injector) -> Injection:
    sheet = injector.pick(_is_renameable)
    other = Level.OFFICE if sheet.unit.level is Level.COORDINATION else Level.COORDINATION
    line = injector.line_of(sheet)
    line.title = sheet.unit.title_as(other)
    message = f"VIII dice «{line.title}» y la cédula «{sheet.title}»"
    return ["VIII", sheet], message, [line.title, sheet.title]


def _word_order(injector: Injector) -> Injection:
    sheet = injector.pick(lambda s: s.unit.parent and _swapped(s.unit.parent.title))
    boss = injector.boss_of(sheet)
    sheet.reports_to = sheet.area = _swapped(boss.title) or ""
    message = f"reporta a «{sheet.reports_to}», que su cédula llama «{boss.title}»"
    return [sheet, boss], message, [sheet.reports_to, boss.title]


def _swapped(title: str) -> str | None:
    """A title with the two parts of its name in the other order."""
    level, _, name = title.partition(" de ")
    first, separator, last = name.rpartition(" y ")
    if not separator or "," in first or level == "Titular":
        return None
    return f"{level} de {last} y {first}"


def _typo(injector: Injector) -> Injection:
    sheet = injector.pick(lambda s: s.unit.parent and s.unit.parent.level is not Level.HEAD)
    boss = injector.boss_of(sheet)
    wrong = injector.rng.choice([w for w in _slips(boss.title) if w != boss.title])
    field = injector.rng.choice(["reports_to", "area"])
    setattr(sheet, field, wrong)
    message = f"escribe «{wrong}» por «{boss.title}»"
    return [sheet, boss], message, [wrong, boss.title]


def _slips(title: str) -> list[str]:
    words = title.split()
    unaccented = title.replace("ción", "cion", 1)
    dropped = words[0][:3] + words[0][4:]
    return [
        " ".join([dropped, *words[1:]]),
        " ".join([*words[:-1], words[-1], words[-1]]),
        " ".join([*words[:-1], words[-1].lower()]),
        unaccented,
    ]


def _boss_without_sheet(injector: Injector) -> Injection:
    sheet = injector.pick(lambda s: _is_leaf(s) and injector.is_free(injector.boss_of(s)))
    boss = injector.take(injector.boss_of(sheet))
    boss.reports = [r for r in boss.reports if r.unit is not sheet.unit]
    sheet.reports_to = sheet.area = injector.ghost("ghost_bosses")
    message = f"reporta a «{sheet.reports_to}», unidad sin cédula"
    return [sheet], message, [sheet.reports_to]


def _report_without_sheet(injector: Injector) -> Injection:
    sheet = injector.pick(lambda s: s.unit.level in (Level.DIRECTION, Level.COORDINATION))
    ghost = injector.ghost("ghost_units")
    sheet.reports.append(Report(ghost))
    return [sheet], f"dice que le reporta «{ghost}», unidad sin cédula", [ghost]


def _omitted_child(injector: Injector) -> Injection:
    child = injector.pick(lambda s: s.unit.parent and injector.is_free(injector.boss_of(s)))
    boss = injector.take(injector.boss_of(child))
    boss.reports = [r for r in boss.reports if r.unit is not child.unit]
    message = f"«{boss.title}» no menciona a «{child.title}», que dice reportarle"
    return [boss, child], message, [child.title]


def _claimed_child(injector: Injector) -> Injection:
    boss = injector.pick(lambda s: s.unit.level is not Level.SUPERVISION and s.unit.children)
    family = [boss.unit, *boss.unit.ancestors(), *boss.unit.children]
    child = injector.pick(
        lambda s: s.unit not in family and s.unit.level is not Level.HEAD and not s.unit.is_desk
    )
    boss.reports.insert(0, Report(child.title, child.unit))
    message = f"dice que le reporta «{child.title}», que reporta a «{child.reports_to}»"
    return [boss, child], message, [child.title, child.reports_to]


def _listed_without_sheet(injector: Injector) -> Injection:
    sister = injector.pick(_is_leaf)
    ghost, number = injector.ghost("ghost_units"), injector.next_number(sister)
    lines = injector.draft.listed
    stem = number.rpartition(".")[0] + "."
    last = max(i for i, line in enumerate(lines) if line.number.startswith(stem))
    lines.insert(last + 1, Listed(number, ghost, None))
    return ["VIII"], f"VIII lista {number} «{ghost}», que no tiene cédula", [f"{number} {ghost}"]


def _not_listed(injector: Injector) -> Injection:
    sheet = injector.pick(_is_leaf)
    injector.draft.listed.remove(injector.line_of(sheet))
    sheet.dot = False
    message = f"la cédula «{sheet.title}» no está en la lista de VIII"
    return [sheet, "VIII"], message, [f"{sheet.number} {sheet.title}"]


def _duplicate_function(injector: Injector) -> Injection:
    sheet = injector.pick(lambda s: len(s.duties) >= 3)
    position = injector.rng.randrange(len(sheet.duties) - 1)
    duty = sheet.duties[position]
    sheet.duties.append(Duty(duty.text, duty.says, duty.echo))
    message = f"la función {position + 1} se repite como {len(sheet.duties)}"
    return [sheet], message, [duty.text]


def _boilerplate(injector: Injector) -> Injection:
    sheet = injector.pick(lambda s: s.unit.level is not Level.HEAD)
    ways = [
        f"Identificar, atender y dar seguimiento a los asuntos de {sheet.unit.topic} que le sean "
        "encomendados.",
        f"Conocer las necesidades de {sheet.unit.topic}, así como aplicar las herramientas "
        "técnicas que se requieran para su gestión.",
    ]
    sheet.replaced = injector.rng.choice(ways)
    message = "el texto fijo del objetivo fue sustituido por otro"
    return [sheet], message, [f"Objetivo General del puesto: {sheet.replaced}"]


def _index_page(injector: Injector) -> Injection:
    chapter = injector.free_chapter()
    injector.draft.index_shift[chapter] = injector.rng.choice([-1, 1, 2])
    return [chapter], f"el índice manda a otra página para {chapter}", []


def _date(injector: Injector) -> Injection:
    sheet = injector.pick(lambda s: s.date)
    days = injector.rng.choice([-365, -31, 30, 366])
    sheet.date = f"{injector.draft.emission + timedelta(days=days):%d/%m/%Y}"
    message = f"su fecha es {sheet.date} y la del manual {injector.draft.emission:%d/%m/%Y}"
    return [sheet], message, [sheet.date]


def _functional(injector: Injector) -> Injection:
    sheet = injector.pick(_is_renameable)
    other = Level.OFFICE if sheet.unit.level is Level.COORDINATION else Level.COORDINATION
    sheet.functional = sheet.unit.functional(" (a)", other)
    message = f"el puesto funcional es «{sheet.functional}» y la cédula «{sheet.title}»"
    return [sheet], message, [sheet.functional, sheet.title]


def _chart(injector: Injector) -> Injection:
    chart = injector.free_chart()
    right, sheet = chart.title, chart.sheet
    chart.title = f"{right} Municipal" if not right.endswith("Direcciones") else right[:-2]
    message = f"IX titula «{chart.title}» la página de «{sheet.title}»"
    return ["IX", sheet], message, [chart.title, sheet.title]


_INJECTIONS: dict[Kind, Callable[[Injector], Injection]] = {
    Kind.NUMBERING_MISMATCH: _numbering,
    Kind.NAME_MISMATCH: _name,
    Kind.CATEGORY_MISMATCH: _category,
    Kind.WORD_ORDER: _word_order,
    Kind.TYPO_UNIT_NAME: _typo,
    Kind.REPORTS_TO_WITHOUT_SHEET: _boss_without_sheet,
    Kind.REPORT_WITHOUT_SHEET: _report_without_sheet,
    Kind.OMITTED_CHILD: _omitted_child,
    Kind.CLAIMED_CHILD: _claimed_child,
    Kind.LISTED_WITHOUT_SHEET: _listed_without_sheet,
    Kind.SHEET_NOT_LISTED: _not_listed,
    Kind.DUPLICATE_FUNCTION: _duplicate_function,
    Kind.BOILERPLATE_REPLACED: _boilerplate,
    Kind.INDEX_PAGE_ERROR: _index_page,
    Kind.DATE_MISMATCH: _date,
    Kind.FUNCTIONAL_TITLE_MISMATCH: _functional,
    Kind.CHART_HEADING_MISMATCH: _chart,
}


def resolve(injected: Iterable[Injected]) -> tuple[Contradiction, ...]:
    """The records for the truth."""
    return tuple(i.resolved() for i in injected)
