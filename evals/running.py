"""What `asistente evaluar` does: measure, show, save, and hold against the reference."""

import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from rich.console import Console

from assistant.running.settings import load_settings
from corpus.errors import AsistenteError
from evals import comparison
from evals.evaluation import QUICK, Extent, evaluate_all
from evals.gate import REFERENCE, as_reference, drops, read_reference
from evals.gold_sets import Split
from evals.report_model import Report, read_report, report_json
from evals.reporting.markdown import report_markdown
from evals.reporting.page import report_page
from evals.reporting.terminal import show_comparison, show_report
from evals.reporting.words import METRIC_NAMES, group_name, percent
from evals.reporting.worst import worst


def measure(*, quick: bool, xquad: Path | None, generated: int, exam: Path | None) -> Report:
    """A whole evaluation, or of the dev sets alone, or an office's exam. Raises AsistenteError."""
    extent = QUICK if quick else Extent(xquad=xquad, generated=generated)
    if exam is not None:
        if not list(exam.glob("*.dev.jsonl")):
            raise AsistenteError(
                f"En «{exam}» no hay ningún examen; ponga ahí el CÓDIGO.dev.jsonl que exporta "
                "la oficina."
            )
        extent = replace(QUICK, gold=exam)
    return evaluate_all(extent, load_settings(), Console(stderr=True))


def measure_writing(
    folder: Path, replies: Path, *, quick: bool, sets: Sequence[str], sample: int | None
) -> None:
    """The evaluation of the language model that is set, shown and saved. Raises AsistenteError."""
    from evals.llm.evaluation import LlmExtent, evaluate_llm

    splits = (Split.DEV,) if quick else (Split.DEV, Split.TEST)
    extent = LlmExtent(replies, splits, sets, sample)
    report = evaluate_llm(extent, load_settings(), Console(stderr=True))
    show_report(report, Console())
    _save(folder, {"llm.json": report_json(report), "llm.md": report_markdown(report)})


def show_and_save(report: Report, folder: Path) -> None:
    """All tables in the terminal, and the report as files. Raises AsistenteError."""
    show_report(report, Console())
    contents = {
        "report.json": report_json(report),
        "report.md": report_markdown(report),
        "report.html": report_page(report),
    }
    _save(folder, contents)


def _save(folder: Path, contents: dict[str, str]) -> None:
    """Write files into a folder, and tell of the last. Raises AsistenteError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in contents.items():
            (folder / name).write_text(text, "utf-8")
    except OSError as error:
        raise AsistenteError(
            f"No se pudo escribir en «{folder}»; compruebe la carpeta y los permisos."
        ) from error
    Console().print(f"Informe: {folder / [*contents][-1]}", markup=False, soft_wrap=True)


def print_failures(report: Report) -> None:
    """What went wrong on the dev sets, a line of JSON each."""
    for outcome in worst(report, most=len(report.ours.outcomes)):
        gold = report.gold(outcome)
        told = {
            "set": outcome.set,
            "id": gold.id,
            "history": gold.history,
            "question": gold.question,
            "wrong": outcome.verdict.wrong,
            "kind": outcome.kind,
            "cited": outcome.cited,
        }
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")


def set_reference(report: Report) -> None:
    """Make these figures the reference."""
    REFERENCE.write_text(as_reference(report).model_dump_json(indent=2) + "\n", "utf-8")


def passes(report: Report) -> bool:
    """Whether nothing fell behind the reference; tells what did."""
    console, behind = Console(), drops(report, read_reference())
    for drop in behind:
        now = "ya no se mide" if drop.now is None else percent(drop.now)
        told = f"✗ {group_name(drop.set)}: {METRIC_NAMES[drop.metric]}, {percent(drop.was)} → {now}"
        console.print(told, style="red")
    if not behind:
        console.print("✓ Nada bajó más de un punto de la referencia.", style="green")
    return not behind


def compare(before: Path, after: Path) -> None:
    """Which questions got better or worse between two reports. Raises AsistenteError."""
    compared = comparison.compare(read_report(before), read_report(after))
    show_comparison(compared, Console())
