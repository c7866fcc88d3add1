"""Fits and measures the thresholds of safety: `python -m evals.fit_safety`.

On the dev families of `corpus/finetuning/safety.jsonl` the least threshold is searched at which
false alarms stay within the bar, since a danger that is missed costs most; the test families, which
neither trained the head nor chose a threshold, say how good it is. The model must be prepared.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from corpus.finetuning.safety_file import SafetyQuestion, read_safety
from corpus.finetuning.training_data import DATA_FOLDER
from rich.console import Console
from rich.table import Table

from assistant.asking.safety import ACCUSATION, EMERGENCY
from assistant.running.settings import load_settings
from assistant.understanding.aspect_reader import AspectReader
from corpus.embeddings import OnnxEmbeddings
from corpus.prepared_model import DEFAULT_MODEL, prepared_folder

FALSE_ALARMS = 0.01
"""Most ordinary messages, as a share, that may be taken for a danger."""
THRESHOLDS = {"emergency": EMERGENCY, "accusation": ACCUSATION}


@dataclass(frozen=True)
class Rates:
    """How a threshold does: both as shares, and of how many."""

    recall: float
    false_alarms: float
    of_kind: int
    ordinary: int


def rates(
    probabilities: Sequence[float], labels: Sequence[str], kind: str, threshold: float
) -> Rates:
    """The rates of a kind at a threshold."""
    told = np.array(probabilities) >= threshold
    is_kind = np.array([label == kind for label in labels])
    ordinary = np.array([label == "ordinary" for label in labels])
    return Rates(
        float(told[is_kind].mean()) if is_kind.any() else 0.0,
        float(told[ordinary].mean()) if ordinary.any() else 0.0,
        int(is_kind.sum()),
        int(ordinary.sum()),
    )


def fitted(probabilities: Sequence[float], labels: Sequence[str], kind: str) -> float:
    """The least threshold, in steps of 0.01, with false alarms within the bar."""
    steps = np.arange(0.02, 0.99, 0.01)
    good = (
        step
        for step in steps
        if rates(probabilities, labels, kind, step).false_alarms <= FALSE_ALARMS
    )
    return round(float(next(good, steps[-1])), 2)


def main(folder: Path = DATA_FOLDER) -> None:
    """Print the fitted thresholds, and the figures of those in use."""
    settings = load_settings()
    reader = AspectReader(OnnxEmbeddings(prepared_folder(settings.data_dir, DEFAULT_MODEL)))
    questions = list(read_safety(folder / "safety.jsonl"))
    table = Table("tipo", "parte", "umbral", "recall", "falsas alarmas", "casos")
    for kind, in_use in THRESHOLDS.items():
        dev = [q for q in questions if not q.held_out]
        least = fitted(_told(dev, kind, reader), [q.label for q in dev], kind)
        for name, part in (("dev", dev), ("test", [q for q in questions if q.held_out])):
            told = _told(part, kind, reader)
            for threshold in dict.fromkeys((least, in_use)):
                got = rates(told, [q.label for q in part], kind, threshold)
                table.add_row(
                    kind,
                    name,
                    f"{threshold:.2f}",
                    f"{got.recall:.3f}",
                    f"{got.false_alarms:.3f}",
                    f"{got.of_kind} / {got.ordinary}",
                )
    Console().print(table)


def _told(questions: Sequence[SafetyQuestion], kind: str, reader: AspectReader) -> list[float]:
    return [reader.safety(q.text.replace("{puesto}", "X"))[kind] for q in questions]


if __name__ == "__main__":
    main()
