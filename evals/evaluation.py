"""A whole evaluation: its parts stand in `evaluate_all`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from assistant.running.settings import Settings
from evals.experiment import (
    Exam,
    as_question_sets,
    examine,
    method_report,
    prepare,
    with_unrefused,
)
from evals.generated_sets import examine_generated
from evals.gold import GOLD_FOLDER
from evals.gold_sets import Split, gold_sets
from evals.methods.base import MethodKind
from evals.methods.catalog import METHODS, NEVER_REFUSES, OURS
from evals.origin import this_origin
from evals.report_model import Generated, MethodReport, Outcome, Report, Xquad
from evals.workbench import Workbench, open_workbench
from evals.xquad import WAYS, examine_retrieval


@dataclass(frozen=True)
class Extent:
    """How much is evaluated."""

    splits: Sequence[Split] = (Split.DEV, Split.TEST)
    methods: Sequence[MethodKind] = METHODS
    xquad: Path | None = None
    generated: int = 0
    """How many manuals are generated."""
    gold: Path = GOLD_FOLDER
    """Where the gold sets are: the project's, or an office's exam."""


QUICK = Extent(splits=(Split.DEV,), methods=(OURS,))
"""What CI looks at: the assistant alone, on the dev sets."""


def evaluate_all(extent: Extent, settings: Settings, console: Console) -> Report:
    """Evaluate, with a progress bar on `console`. Raises AsistenteError."""
    skipped: list[str] = []
    with progress_on(console) as progress:
        workbench = open_workbench(settings)
        exams = _exams(extent, settings, workbench, progress, skipped)
        methods = _methods(extent.methods, exams, workbench, progress)
        generated = _generated(extent, workbench, progress, skipped)
        xquad = _xquad(extent.xquad, workbench, progress, skipped)
    return Report(
        origin=this_origin(),
        sets=as_question_sets(exams),
        methods=methods,
        xquad=xquad,
        generated=generated,
        skipped=skipped,
    )


def progress_on(console: Console) -> Progress:
    """A bar for each part of an evaluation."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
    )


def _exams(
    extent: Extent,
    settings: Settings,
    workbench: Workbench,
    progress: Progress,
    skipped: list[str],
) -> list[Exam]:
    sets, missing = gold_sets(settings.manuals_dir, extent.splits, extent.gold)
    skipped += [f"{name}: no se encontró su manual." for name in missing]
    task = progress.add_task("Indexar los manuales", total=1)
    exams = prepare(sets, workbench)
    progress.advance(task)
    return exams


def _methods(
    kinds: Sequence[MethodKind], exams: Sequence[Exam], workbench: Workbench, progress: Progress
) -> list[MethodReport]:
    count = sum(len(exam.questions.questions) for exam in exams)
    outcomes: dict[str, list[Outcome]] = {}
    for kind in kinds:
        outcomes[kind.key] = examine(kind, exams, workbench, advancing(progress, kind.name, count))
    if OURS.key in outcomes and NEVER_REFUSES.key in outcomes:
        outcomes[OURS.key] = with_unrefused(outcomes[OURS.key], outcomes[NEVER_REFUSES.key])
    sets = as_question_sets(exams)
    return [method_report(kind, outcomes[kind.key], sets) for kind in kinds]


def _generated(
    extent: Extent, workbench: Workbench, progress: Progress, skipped: list[str]
) -> Generated | None:
    if not extent.generated:
        skipped.append("Manuales generados: no se pidieron.")
        return None
    advance = advancing(progress, "Manuales generados", extent.generated)
    return examine_generated(extent.generated, workbench, advance)


def _xquad(
    path: Path | None, workbench: Workbench, progress: Progress, skipped: list[str]
) -> Xquad | None:
    if path is None or not path.exists():
        where = f"no está «{path}»" if path else "no se dio el archivo con --xquad"
        skipped.append(f"XQuAD-es: {where}.")
        return None
    return examine_retrieval(path, workbench, advancing(progress, "XQuAD-es", WAYS))


def advancing(progress: Progress, name: str, total: int) -> Callable[[], None]:
    """A new bar, and what moves it on by one."""
    task = progress.add_task(name, total=total)
    return lambda: progress.advance(task)
