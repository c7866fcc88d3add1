"""What is written above and below a chart, and what it is called for screen readers."""

from dataclasses import dataclass

from assistant.reports.charting.branch import Branch
from assistant.reports.charting.hierarchy import trees
from corpus.model import Manual
from corpus.spanish import joined, long_date

_MOST_NAMED = 8


@dataclass(frozen=True)
class Heading:
    """The words around a chart."""

    kind: str
    """ "Organigrama", or "Organigrama · Rama de 2.1.5 Coordinación de Geomática"."""
    dependency: str
    source: str
    """ "Manual de organización MO-SIG-01 · versión 01 · 31 de marzo de 2023"."""
    counts: str
    description: str
    """The chart in a few sentences."""


def heading_of(branch: Branch, manual: Manual) -> Heading:
    """The words around the chart of a branch."""
    around = branch.around
    kind = f"Organigrama · Rama de {around.number} {around.title}" if around else "Organigrama"
    edition = (f"Manual de organización {manual.code}", f"versión {manual.version}", issued(manual))
    counts = _counts(branch)
    description = f"{kind} de {manual.name}. {counts}. {_tops(branch)}"
    return Heading(kind, manual.name, " · ".join(edition), counts, description)


def issued(manual: Manual) -> str:
    """The date of a manual: "31 de marzo de 2023", or as printed where it can't be read."""
    day = manual.emission_date
    if day is None:
        return manual.emission_printed
    return long_date(day)


def _counts(branch: Branch) -> str:
    sheets = sum(not node.external for node in branch.nodes)
    others = len(branch.nodes) - sheets
    told = [f"{sheets} {'puesto' if sheets == 1 else 'puestos'} con cédula"]
    if others:
        told.append(
            f"{others} {'puesto o unidad' if others == 1 else 'puestos o unidades'} sin ella"
        )
    found = len(branch.discrepancies)
    if found:
        told.append(f"{found} {'discrepancia' if found == 1 else 'discrepancias'} entre cédulas")
    return joined(told)


def _tops(branch: Branch) -> str:
    """Who stands at the top, and who reports to them, for those who can't see the picture."""
    told = []
    for root in trees(branch):
        names = [child.node.title for child in root.children if not child.is_reference]
        shown, left = names[:_MOST_NAMED], len(names) - _MOST_NAMED
        listed = joined([*shown, f"{left} más"] if left > 0 else shown)
        reports = f"; le reportan: {listed}" if names else ""
        told.append(f"En lo más alto: {root.node.title}{reports}.")
    return " ".join(told[:_MOST_NAMED])
