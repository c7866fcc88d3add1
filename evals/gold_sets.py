"""The gold sets, each with the manual that it asks about."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from evals.gold import GOLD_FOLDER, GoldQuestion, read_gold

_SOURCES = {".txt", ".pdf", ".docx"}
_TEST_MANUALS = Path(__file__).parents[1] / "tests" / "data" / "manuals"
"""Where a checkout keeps the made-up manual that one of the gold sets is on."""
CLAIMS = "claims-"
"""How the names of the files begin that hold claims instead of questions."""
LOTS = {
    "messages": "beyond one plain question: several in one, conditions, talk, what no manual tells",
    "structure": "mostly on reporting lines, counts, lists and chapters, in wordings of one more"
    " author",
    "whole": "over all sheets and with conditions: counts, lists, extremes, levels, what has none",
    "fresh": "a mixture by one more blind author: everyday, structure, claims, talks, chapters,"
    " traps",
}
"""Further sets on a manual, by how the names of their files begin."""


class Split(StrEnum):
    """What a gold set may be used for."""

    DEV = "dev"
    """To tune on."""
    TEST = "test"
    """For its figures only."""
    GENERATED = "generated"
    """Of a made-up manual: as many as one likes, never seen before."""


@dataclass(frozen=True)
class GoldSet:
    """The questions of one file, and the manual that answers them."""

    code: str
    """The manual's."""
    split: Split
    source: Path
    """The manual's file."""
    questions: tuple[GoldQuestion, ...]
    lot: str = ""
    """Which of `LOTS` it is of, if it is of one."""

    @property
    def key(self) -> str:
        """Such as "MO-SIG-01 dev" or "MO-SIG-01 messages dev"."""
        return " ".join(filter(None, (self.code, self.lot, self.split)))


def gold_sets(
    manuals_dir: Path, splits: Sequence[Split] = tuple(Split), folder: Path = GOLD_FOLDER
) -> tuple[list[GoldSet], list[str]]:
    """The sets `[LOT-]CODE.SPLIT.jsonl` of a folder, by manual; and the names of the
    files of which the manual is nowhere to be found."""
    sets, missing = [], []
    for file in sorted(folder.glob("*.jsonl")):
        name, split = file.stem.rsplit(".", 1)
        if split not in splits or name.startswith(CLAIMS):
            continue
        lot = next((lot for lot in LOTS if name.startswith(f"{lot}-")), "")
        code = name.removeprefix(f"{lot}-").upper()
        source = source_of(code, manuals_dir)
        if source is None:
            missing.append(file.name)
        else:
            questions = tuple(read_gold(file))
            sets.append(GoldSet(code, Split(split), source, questions, lot))
    return sets, missing


def source_of(code: str, manuals_dir: Path) -> Path | None:
    """The file of the manual that a set is on, named by its code; None if there is none."""
    return next(_named(code, (manuals_dir, _TEST_MANUALS)), None)


def _named(code: str, folders: Sequence[Path]) -> Iterator[Path]:
    for folder in folders:
        for suffix in sorted(_SOURCES, reverse=True):  # the plain text first
            path = folder / f"{code}{suffix}"
            if path.is_file():
                yield path
