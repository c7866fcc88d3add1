"""Makes manuals, writes them, has them read, and scores what was read."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from evals.families.choices import Family
from evals.families.manuals import FamilyManual, make
from evals.families.output.files import Format, truth_of, write_file
from evals.families.scoring import MEASURES, Score, refused, score_manual
from evals.families.truth import FamilyTruth
from ingest import IngestError, parse_manual, read_source


@dataclass(frozen=True)
class Measured:
    """The score of one file, and what it was printed like."""

    truth: FamilyTruth
    format: Format
    score: Score

    def trait(self, name: str) -> str:
        """A choice of its style: a field of the truth, or the format."""
        return str(self.format if name == "format" else getattr(self.truth, name))


TRAITS = ("family", "format", "country", "header", "numerals", "seed")
"""By what the scores of files may be summed up."""


def measure(
    families: Sequence[Family],
    formats: Sequence[Format],
    seeds: Iterable[int],
    on_file: Callable[[Path], None] = lambda _: None,
) -> list[Measured]:
    """Every family in every format, over the seeds."""
    files = []
    with TemporaryDirectory() as folder:
        for seed in seeds:
            for family in families:
                manual = make(family, seed)
                for form in formats:
                    path = write_file(manual, form, Path(folder))
                    score = score_file(path, manual, form)
                    files.append(Measured(truth_of(manual, form), form, score))
                    on_file(path)
                    path.unlink()
    return files


def summed(files: Iterable[Measured], *traits: str) -> dict[tuple[str, ...], Score]:
    """The scores of files that share these traits, added up, in order of appearance."""
    sums: dict[tuple[str, ...], Score] = {}
    for file in files:
        key = tuple(file.trait(name) for name in traits)
        sums.setdefault(key, Score()).add(file.score)
    return sums


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


def write_json(files: Sequence[Measured], path: Path) -> None:
    """Write the counts, denials and misses of every file."""
    rows = [
        {
            **{name: file.trait(name) for name in TRAITS},
            "refused": bool(file.score.refused),
            **{m: asdict(file.score.count(m)) for m in MEASURES},
            "denials": file.score.denials,
            "misses": file.score.misses,
        }
        for file in files
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", "utf-8")
