"""The gate of CI: the dev sets against the figures that are committed."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from corpus.errors import AsistenteError
from evals.gold_sets import Split
from evals.metrics.figures import LOWER_IS_BETTER, Metric
from evals.report_model import Report

REFERENCE = Path(__file__).parent / "reference.json"
TOLERANCE = 0.01
"""A drop of one point is allowed: another processor rounds vectors a little differently."""
_ROUNDING = 1e-9
GATED = (
    Metric.CORRECTNESS,
    Metric.CITATION_PRECISION,
    Metric.CITATION_RECALL,
    Metric.VERBATIM,
    Metric.PAGES,
    Metric.ABSTENTION_F1,
    Metric.FALSE_REFUSALS,
)


class UnreadableReferenceError(AsistenteError):
    """The reference can't be read."""


class Reference(BaseModel):
    """The figures not to fall behind, by dev set."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    commit: str
    figures: dict[str, dict[Metric, float]]


@dataclass(frozen=True)
class Drop:
    """A figure that is worse than the reference by more than the tolerance."""

    set: str
    metric: Metric
    was: float
    now: float | None
    """None where it isn't measured any more."""


def as_reference(report: Report) -> Reference:
    """The report's own figures as a reference."""
    return Reference(commit=report.origin.commit, figures=dict(_gated(report)))


def drops(report: Report, reference: Reference) -> list[Drop]:
    """Where a report falls behind the reference. What it no longer measures falls behind too."""
    measured = dict(_gated(report))
    found = []
    for set_, figures in reference.figures.items():
        for metric, was in figures.items():
            now = measured.get(set_, {}).get(metric)
            if now is None or _worse_by(metric, was, now) > TOLERANCE + _ROUNDING:
                found.append(Drop(set_, metric, was, now))
    return found


def read_reference(path: Path = REFERENCE) -> Reference:
    """The committed reference. Raises UnreadableReferenceError."""
    try:
        return Reference.model_validate_json(path.read_text("utf-8"))
    except (OSError, ValidationError) as error:
        raise UnreadableReferenceError(
            f"No se pudo leer «{path}»; hágalo de nuevo con «asistente evaluar --rapido --fijar»."
        ) from error


def _gated(report: Report) -> Iterator[tuple[str, dict[Metric, float]]]:
    for each in report.sets:
        if each.split is Split.DEV:
            own = report.ours.figures[each.key]
            yield each.key, {m: round(own[m].value, 4) for m in GATED if m in own}


def _worse_by(metric: Metric, was: float, now: float) -> float:
    return now - was if metric in LOWER_IS_BETTER else was - now
