"""`python -m evals.families`: how much of made-up manuals of each layout the parser reads."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from evals.families.choices import Family
from evals.families.manuals import make
from evals.families.measuring import TRAITS, Measured, measure, summed, write_json
from evals.families.output.files import Format, truth_of, write_file
from evals.families.scoring import MEASURES, Score
from evals.metrics.count import Count


def seed_range(text: str) -> range:
    """The seeds of "20-29" or "7"."""
    first, _, last = text.partition("-")
    return range(int(first), int(last or first) + 1)


def percent(count: Count, measure: str) -> str:
    """Recall and precision in %, or the share alone where they are one and the same."""
    shares = [count.recall] if measure == "pages" else [count.recall, count.precision]
    return " / ".join("–" if s is None else f"{100 * s:.1f}" for s in shares)


def shown(files: Sequence[Measured], by: str | None) -> list[list[str]]:
    """The rows of the report: a line a family and format, then each family's total; or, with
    `by`, a line for each value of that trait."""
    if by:
        return [[by, value, *_figures(s)] for (value,), s in sorted(summed(files, by).items())]
    cells, totals = summed(files, "family", "format"), summed(files, "family")
    rows = []
    for (family,), total in totals.items():
        rows += [[f, form, *_figures(s)] for (f, form), s in cells.items() if f == family]
        rows.append([family, "all", *_figures(total)])
    return rows


def _figures(score: Score) -> list[str]:
    counts = [percent(score.count(m), m) for m in MEASURES]
    return [*counts, f"{score.refused} of {score.files}", str(len(score.denials))]


HEAD = ["family", "format", *MEASURES, "refused", "denials"]


def as_markdown(rows: Sequence[Sequence[str]]) -> str:
    """The rows as a table for the documentation."""
    lines = [HEAD, ["---", "---", *["---:"] * (len(HEAD) - 2)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _print(rows: Sequence[Sequence[str]], seeds: range) -> None:
    title = f"Seeds {seeds.start}-{seeds.stop - 1}: recall / precision in %"
    table = Table(*HEAD, title=title)
    for row in rows:
        table.add_row(*row, style="bold" if row[1] == "all" else "", end_section=row[1] == "all")
    Console(width=max(150, Console().width)).print(table)


def _write_all(
    families: Sequence[Family],
    formats: Sequence[Format],
    seeds: range,
    positions: int | None,
    folder: Path,
) -> None:
    for family in families:
        for seed in seeds:
            manual = make(family, seed, positions)
            for form in formats:
                path = write_file(manual, form, folder)
                truth = truth_of(manual, form).as_json()
                path.with_name(f"{path.name}.truth.json").write_text(truth + "\n", "utf-8")


def main(arguments: Sequence[str] | None = None) -> None:
    """Command line: measure, or write the manuals into a folder."""
    parser = argparse.ArgumentParser(prog="python -m evals.families", description=__doc__)
    parser.add_argument("--seeds", type=seed_range, default=range(20, 30), help="e.g. 20-29")
    parser.add_argument("--families", default=",".join(Family), help="separated by commas")
    parser.add_argument("--formats", default=",".join(Format), help="separated by commas")
    parser.add_argument("--out", type=Path, default=Path("data/evals/families.json"))
    parser.add_argument("--by", choices=TRAITS, help="one line for each header, country …")
    parser.add_argument("--markdown", action="store_true", help="print the table as Markdown")
    parser.add_argument("--write", type=Path, help="only write manuals and truth into this folder")
    parser.add_argument("--positions", type=int, help="of each manual, with --write (9 to 400)")
    parser.add_argument("--misses", type=int, default=0, help="print so many misses a row")
    options = parser.parse_args(arguments)
    families = [Family(name) for name in options.families.split(",")]
    formats = [Format(name) for name in options.formats.split(",")]
    if options.write:
        _write_all(families, formats, options.seeds, options.positions, options.write)
        return
    with Progress(console=Console(stderr=True), transient=True) as progress:
        total = len(families) * len(formats) * len(options.seeds)
        task = progress.add_task("files", total=total)
        files = measure(families, formats, options.seeds, lambda _: progress.advance(task))
    write_json(files, options.out)
    rows = shown(files, options.by)
    if options.markdown:
        print(as_markdown(rows))
    else:
        _print(rows, options.seeds)
    for (family, form), score in summed(files, "family", "format").items():
        for miss in [*score.denials, *score.misses][: options.misses]:
            print(f"{family} {form}: {miss}")


if __name__ == "__main__":
    main()
