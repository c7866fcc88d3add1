"""Writes a consistent manual: every sheet agrees with its boss, its list and its charts."""

from datetime import date
from random import Random

from evals.generated.sheets import (
    Boilerplate,
    Chart,
    Draft,
    Duty,
    FunctionsLabel,
    Listed,
    Report,
    Sheet,
)
from evals.generated.structure import Level, Unit, organise
from evals.generated.vocabulary import Common, Dependency, common


def draft(dependency: Dependency, count: int, seed: int) -> Draft:
    """A consistent manual of this dependency with `count` sheets.

    City, dates and code depend on the seed alone, so that manuals of one seed differ in size only.
    """
    rng, words = Random(f"{seed}:identity"), common()
    city, state = rng.choice(words.data["cities"])
    first, last = rng.choice(words.data["administrations"])
    emission = date(rng.randint(first + 1, last), rng.randint(1, 9), rng.randint(1, 28))
    code = f"MO-{dependency.acronym}-{rng.randint(1, 19):02d}"
    version = f"{rng.choice([1, 1, 1, 2, 3]):02d}"
    units = organise(dependency, words, count, Random(f"{seed}:organisation"))
    rng = Random(f"{seed}:sheets")
    writer = _Writer(dependency, words, emission, rng)
    sheets = [writer.sheet(unit) for unit in units]
    dotted = rng.random() < 0.15
    return Draft(
        dependency=dependency,
        city=city,
        state=state,
        code=code,
        version=version,
        emission=emission,
        administration=f"{first}-{last}",
        sheets=sheets,
        listed=[Listed(s.number, s.title, s, dot=dotted or "." not in s.number) for s in sheets],
        charts=_charts(units, sheets, dependency, rng),
    )


def _charts(
    units: list[Unit], sheets: list[Sheet], dependency: Dependency, rng: Random
) -> list[Chart]:
    dash = rng.choice(["-", "–"])
    charts = [Chart("1", f"Oficina de la persona Titular {dependency.genitive}", sheets[0], True)]
    for unit, sheet in zip(units, sheets, strict=True):
        if unit.level is Level.GENERAL:
            charts.append(Chart(unit.number, f"{unit.title} {dash} Direcciones", sheet))
        elif unit.level is Level.DIRECTION and unit.parent and unit.parent.level is Level.GENERAL:
            charts.append(Chart(unit.number, f"{unit.parent.title} {dash} {unit.title}", sheet))
        elif unit.level is Level.DIRECTION:
            charts.append(Chart(unit.number, unit.title, sheet, True))
    return charts


class _Writer:
    """Writes the sheets of one manual."""

    def __init__(self, dependency: Dependency, words: Common, emission: date, rng: Random) -> None:
        self._dependency = dependency
        self._words = words
        self._emission = emission
        self._rng = rng

    def sheet(self, unit: Unit) -> Sheet:
        """The sheet of a unit."""
        rng, name = self._rng, self._dependency.name
        direction = unit.direction
        boss = (
            unit.parent.title if unit.parent else "Titular de la Administración Pública Municipal"
        )
        is_below_head = unit.parent is not None and unit.parent.level is Level.HEAD
        return Sheet(
            unit=unit,
            number=unit.number,
            title=unit.title,
            functional=unit.functional(rng.choice([" (a)", " (a)", "(a)"])),
            nominal=unit.title if unit.level is not Level.HEAD else name,
            secretaria=name,
            direccion=direction.title if direction else "N/A",
            area=name if unit.parent is None or is_below_head else boss,
            reports_to=self._head_as_boss() if is_below_head else boss,
            reports=self._reports(unit),
            nothing=rng.choice(["N/A", "N/A", "No aplica", "No Aplica"]),
            joiner=rng.choice([", ", ", ", " y ", " y ", " , "]),
            tail=rng.choice(["", "", "", "."]),
            objective=self._objective(unit),
            value=rng.choice(self._words.texts("values")),
            type=rng.choice(self._words.texts("types")),
            date=self._date(),
            duties=self._duties(unit),
            boilerplate=rng.choices(list(Boilerplate), [60, 20, 12, 8])[0],
            label=rng.choices(list(FunctionsLabel), [40, 20, 8, 8, 8, 8, 8])[0],
            date_cell=rng.choices([0, 1, 2], [75, 20, 5])[0],
            dot=rng.random() < (0.1 if "." in unit.number else 0.9),
        )

    def _head_as_boss(self) -> str:
        name = self._dependency.name
        ways = [name, f"Titular {self._dependency.genitive}"]
        if name.startswith("Secretaría"):
            ways += [
                name.replace("Secretaría", "Secretaria"),
                name.replace("Secretaría", "Secretaria (o)"),
            ]
        return self._rng.choice(ways)

    def _date(self) -> str:
        d = self._emission
        if self._rng.random() < 0.1:
            return f"{d.day}/{d.month}/{d.year}"
        return f"{d:%d/%m/%Y}"

    def _objective(self, unit: Unit) -> str:
        if unit.zone:
            return (
                f"Supervisar en campo las actividades de {unit.topic} en la Zona {unit.zone} y "
                "reportar sus resultados."
            )
        if unit.theme.objective and not unit.echo:
            return unit.theme.objective
        owner = unit.parent.theme if unit.parent else unit.theme
        purpose = owner.objective[:1].lower() + owner.objective[1:]
        ways = [
            f"Ejecutar las actividades de {unit.topic} conforme a los programas autorizados, con "
            f"el propósito de {purpose}",
            f"Atender con oportunidad los asuntos de {unit.topic} para {purpose}",
            f"Organizar los trabajos de {unit.topic} bajo criterios de calidad y eficiencia, a fin "
            f"de {purpose}",
        ]
        return self._rng.choice(ways)

    def _reports(self, unit: Unit) -> list[Report]:
        reports = [Report(child.title, child) for child in unit.children]
        rng = self._rng
        is_leaf = not unit.children
        if rng.random() < (0.5 if is_leaf else 0.3):
            names = rng.sample(self._words.texts("staff"), rng.randint(1, 3))
            reports += [Report(name) for name in names]
        if rng.random() < 0.3:
            reports.append(self._counted())
        return reports

    def _counted(self) -> Report:
        name = self._rng.choice(self._words.texts("counted_staff"))
        count = self._rng.randint(2, 9)
        if self._rng.random() < 0.5:
            return Report(name, None, count, f"{count} {name}")
        return Report("Auxiliar", None, count, f"Auxiliar ({count})")

    def _duties(self, unit: Unit) -> list[Duty]:
        rng = self._rng
        own = [Duty(s.text, s) for s in unit.functions]
        if unit.echo and not unit.zone:
            chosen = rng.sample(unit.theme.functions, max(1, len(unit.theme.functions) - 1))
            own = [Duty(_supporting(s.text, rng), s, echo=True) for s in chosen]
        target = max(len(own) + 1, rng.choice([4, 6, 7, 8, 10, 12, 15, 20, 27]))
        generic = self._generic(unit)
        duties = own + generic[: max(0, target - len(own))]
        rng.shuffle(duties)
        return [Duty(self._dressed(d), d.says, d.echo) for d in duties]

    def _generic(self, unit: Unit) -> list[Duty]:
        pools = {
            Level.HEAD: ["executive"],
            Level.GENERAL: ["executive"],
            Level.DIRECTION: ["executive", "middle"],
            Level.COORDINATION: ["middle", "operative"],
            Level.OFFICE: ["operative"],
            Level.SUPERVISION: ["zone", "operative"],
        }[unit.level]
        texts = [text for pool in pools for text in self._words.texts("generic", pool)]
        self._rng.shuffle(texts)
        zone = f"Zona {unit.zone}"
        return [Duty(text.format(topic=unit.topic, zone=zone)) for text in texts]

    def _dressed(self, duty: Duty) -> str:
        """A function's text with a tail, a first letter and an end of chance."""
        rng, text = self._rng, duty.text
        if rng.random() < (0.1 if duty.says else 0.2):
            text += ", " + rng.choice(self._words.texts("generic", "endings"))
        if rng.random() < 0.04:
            text = text[0].lower() + text[1:]
        return text + rng.choices([".", "", ";"], [60, 30, 10])[0]


def _supporting(text: str, rng: Random) -> str:
    return rng.choice(["Apoyar para ", "Coadyuvar para "]) + text[0].lower() + text[1:]
