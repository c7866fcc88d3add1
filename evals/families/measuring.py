"""Makes manuals, writes them, has them read, and scores what was read."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from evals.families.manuals import FamilyManual, make
from evals.families.output.files import Format, truth_of, write_file
from evals.families.scoring import MEASURES, Score, refused, score_manual
from evals.families.style import Family
from ingest import IngestError, parse_manual, read_source


@dataclass(frozen=True)
class Cell:
    """The score of a family in a format."""

    family: Family
    format: Format
    score: Score


def measure(
    families: Sequence[Family],
    formats: Sequence[Format],
    seeds: Iterable[int],
    on_file: Callable[[Path], None] = lambda _: None,
) -> list[Cell]:
    """Every family in every format, over the seeds."""
    cells = {(f, form): Cell(f, form, Score()) for f in families for form in formats}
    with TemporaryDirectory() as folder:
        for seed in seeds:
            for family in families:
                manual = make(family, seed)
                for form in formats:
                    path = write_file(manual, form, Path(folder))
                    cells[family, form].score.add(score_file(path, manual, form))
                    on_file(path)
                    path.unlink()
    return list(cells.values())


def score_file(path: Path, manual: FamilyManual, form: Format) -> Score:
    """The score of one file. Whatever error the parser raises counts as a refusal."""
    truth = truth_of(manual, form)
    try:
        read = parse_manual(read_source(path))
    except IngestError as error:
        score = refused(truth, str(error))
    except Exception as error:  # a crash must not end the measuring, and counts no better
        score = refused(truth, f"{type(error).__name__}: {error}")
    else:
        score = score_manual(read, truth, form.has_pages)
    score.misses = [f"{path.name}: {miss}" for miss in score.misses]
    score.denials = [f"{path.name}: {denial}" for denial in score.denials]
    return score


def write_json(cells: Sequence[Cell], path: Path) -> None:
    """Write all counts, denials and misses."""
    rows = [
        {
            "family": cell.family,
            "format": cell.format,
            "files": cell.score.files,
            "refused": cell.score.refused,
            **{m: asdict(cell.score.count(m)) for m in MEASURES},
            "denials": cell.score.denials,
            "misses": cell.score.misses,
        }
        for cell in cells
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", "utf-8")
