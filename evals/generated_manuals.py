"""Made-up *Manuales de Organización* with a typed truth, in the printed layout of the real one.

    manual = generate(seed=7, positions=60)
    manual.text                  # as if it were read from a file
    manual.truth.positions       # every sheet, with the page of every function
    questions(manual.truth)      # gold lines for the evaluation

The same seed always gives the same manual. Nothing in them is real but the names of cities.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from random import Random

from evals.generated.contradictions import inject
from evals.generated.questions import questions
from evals.generated.rendering import render
from evals.generated.truth import GeneratedManual, Kind, Truth
from evals.generated.vocabulary import dependencies, dependency
from evals.generated.writing import draft

__all__ = ["GeneratedManual", "Kind", "Truth", "dependency_keys", "generate", "questions"]


def dependency_keys() -> tuple[str, ...]:
    """The dependencies that there are manuals of."""
    return tuple(d.key for d in dependencies())


def generate(
    seed: int,
    positions: int | None = None,
    contradictions: Sequence[Kind] | None = None,
    dependency_key: str | None = None,
) -> GeneratedManual:
    """A made-up manual.

    `positions` is the number of sheets (8 to 400), by default one of chance. `contradictions` are
    the kinds to put in, once for each mention: none for an empty sequence, and some of chance by
    default. ValueError when a manual of this size has no place for one of them.
    """
    rng = Random(f"{seed}:subject")
    subject = dependency(dependency_key) if dependency_key else rng.choice(dependencies())
    count = positions or rng.choice([12, 20, 28, 36, 45, 60, 80])
    manual = draft(subject, count, seed)
    injected = inject(manual, contradictions, Random(f"{seed}:contradictions"))
    return render(manual, injected, seed, Random(f"{seed}:layout"))


def write(manual: GeneratedManual, folder: Path) -> list[Path]:
    """Write text, truth and questions into a folder; gives the files."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(q, ensure_ascii=False) for q in questions(manual.truth)]
    contents = {
        ".txt": manual.text,
        ".truth.json": manual.truth.as_json() + "\n",
        ".questions.jsonl": "\n".join(lines) + "\n",
    }
    written = []
    for suffix, text in contents.items():
        path = folder / f"{manual.truth.code}{suffix}"
        path.write_text(text, "utf-8")
        written.append(path)
    return written


def main(arguments: Sequence[str] | None = None) -> None:
    """Command line: write one made-up manual into a folder."""
    parser = argparse.ArgumentParser(description="Genera un manual de organización ficticio.")
    parser.add_argument("--seed", type=int, default=1, help="semilla")
    parser.add_argument("--positions", type=int, help="número de cédulas de puesto (8 a 400)")
    parser.add_argument("--dependency", choices=dependency_keys(), help="dependencia")
    parser.add_argument("--clean", action="store_true", help="sin contradicciones")
    parser.add_argument("--out", type=Path, required=True, help="carpeta de salida")
    options = parser.parse_args(arguments)
    kinds = () if options.clean else None
    manual = generate(options.seed, options.positions, kinds, options.dependency)
    for path in write(manual, options.out):
        print(path)


if __name__ == "__main__":
    main()
