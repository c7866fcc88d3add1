"""Puts gold questions to the assistant and prints what share it gets right.

`python -m evals.run [FILE.jsonl ...] [--manual CODE] [--failures]`; without files, every gold set
of this folder whose manual is indexed.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table

from assistant.answer import Answer, AnswerKind
from assistant.conversation import new_conversation_id
from assistant.core import Assistant, open_assistant
from assistant.settings import load_settings
from evals.gold import GOLD_FOLDER, GoldQuestion, Verdict, judge, read_gold


@dataclass(frozen=True)
class Result:
    """A question, what was answered, and what is right in it."""

    gold: GoldQuestion
    answer: Answer
    verdict: Verdict


def run(assistant: Assistant, questions: Sequence[GoldQuestion], manual: str) -> list[Result]:
    """Answer each question in a conversation of its own."""
    results = []
    for gold in track(questions, description=manual, console=Console(stderr=True)):
        conversation = new_conversation_id()
        for earlier in gold.history:
            assistant.ask(earlier, conversation, manual)
        answer = assistant.ask(gold.question, conversation, manual)
        results.append(Result(gold, answer, judge(gold, answer)))
    return results


def figures(results: Sequence[Result]) -> dict[str, tuple[int, int]]:
    """Each measure as right and total.

    A false refusal is a refusal of what the manual answers; a section counts as right where an
    answer was due and given.
    """
    due = [r for r in results if r.gold.expect is AnswerKind.ANSWER]
    given = [r for r in due if r.answer.kind is AnswerKind.ANSWER and r.answer.citations]
    refusals = [r for r in results if r.gold.expect is AnswerKind.ABSTAIN]
    clarify = [r for r in results if r.gold.expect is AnswerKind.CLARIFY]
    return {
        "right, of all": (sum(r.verdict.correct for r in results), len(results)),
        "answers right": (sum(r.verdict.correct for r in due), len(due)),
        "cited section right": (sum(r.verdict.sections for r in given), len(given)),
        "refusals right": (sum(r.verdict.kind for r in refusals), len(refusals)),
        "false refusals": (sum(r.answer.kind is AnswerKind.ABSTAIN for r in due), len(due)),
        "asked back right": (sum(r.verdict.kind for r in clarify), len(clarify)),
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--manual", help="code of the manual; default: from the file's name")
    parser.add_argument("--failures", action="store_true", help="show what went wrong")
    options = parser.parse_args(arguments)
    assistant = open_assistant(load_settings())
    files = options.files or sorted(GOLD_FOLDER.glob("*.jsonl"))
    table = Table(title="Gold sets: right, of how many, in %", pad_edge=False)
    table.add_column("set", no_wrap=True)
    for measure in figures([]):
        table.add_column(measure, justify="right")
    for file in files:
        code = options.manual or file.name.split(".")[0].removesuffix("-b").upper()
        results = run(assistant, list(read_gold(file)), code)
        table.add_row(file.stem, *(_share(*share) for share in figures(results).values()))
        if options.failures:
            _show_failures(results)
    Console().print(table)


def _share(right: int, total: int) -> str:
    return f"{right}/{total}\n{100 * right / total:.1f}" if total else "–"


def _show_failures(results: Sequence[Result]) -> None:
    for r in results:
        if not r.verdict.correct:
            wrong = [name for name, right in r.verdict.model_dump().items() if not right]
            cited = sorted({f"{c.section} p.{c.page}" for c in r.answer.citations})
            told = {"id": r.gold.id, "question": r.gold.question, "wrong": wrong, "cited": cited}
            sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
