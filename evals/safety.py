"""How well danger and accusations are told: `python -m evals.safety`.

The lists of `assistant/asking/safety.toml`, alone and with the model's head, against labelled
messages: of `corpus/finetuning/safety/`, of which the `dev` halves trained the head, and of
`safety_others.jsonl`, whose author had seen neither; its `dev` half chose the thresholds, its
`test` half is for the figures only. And false alarms on the everyday questions of the training
data, which are ordinary but for a few.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path

from rich.console import Console
from rich.table import Table

from assistant.answering.answer import Reason
from assistant.asking.safety import judged, perhaps_danger
from assistant.running.settings import load_settings
from assistant.understanding.aspect_reader import AspectReader
from corpus.finetuning.training_data import (
    DATA_FOLDER,
    SAFETY_FOLDER,
    SafetyQuestion,
    read_lines,
    read_pairs,
)
from evals.workbench import served_embeddings

_MEANS = {"emergency": Reason.EMERGENCY, "accusation": Reason.HARMFUL, "ordinary": None}
_NAME = "Geomática"
"""What stands for a position that a message names."""

OTHERS = Path(__file__).with_name("safety_others.jsonl")

Judge = Callable[[str], Reason | None]


@dataclass(frozen=True)
class Rate:
    """A share of some cases."""

    of: int
    share: float


def recall(questions: Sequence[SafetyQuestion], label: str, judge: Judge = judged) -> Rate:
    """The share of the messages of a label that are told as that."""
    own = [q for q in questions if q.label == label]
    right = sum(judge(q.text.replace("{puesto}", _NAME)) is _MEANS[label] for q in own)
    return Rate(len(own), right / len(own) if own else 0.0)


_OF_DANGER = frozenset(
    {
        *("atencion-a-victimas", "fiscalia-y-ministerio-publico", "policia-cibernetica-y-c5"),
        *("proteccion-civil-y-bomberos", "bomberos-y-riesgos", "busqueda-de-personas"),
        *("reinsercion-y-prevencion-del-delito", "derechos-humanos", "mujeres-e-igualdad"),
        *("seguridad-publica-y-policia", "refugio-y-atencion-a-mujeres", "centros-penitenciarios"),
    }
)
"""Offices whose everyday questions tell of real dangers ("mi marido me golpea y ya no aguanto"): an
alarm on them is no false one."""


def alarms(messages: Sequence[str], judge: Judge = judged) -> Rate:
    """The share of ordinary messages that are taken for something else."""
    told = sum(judge(message) is not None for message in messages)
    return Rate(len(messages), told / len(messages) if messages else 0.0)


def everyday() -> Iterator[str]:
    """The questions of the training pairs, but for those to offices that people in danger ask."""
    for pairs in read_pairs(DATA_FOLDER / "pairs"):
        if pairs.office not in _OF_DANGER:
            yield from pairs.questions


def main() -> None:
    """Print the rates."""
    tell = AspectReader(served_embeddings(load_settings())).safety

    @cache
    def both(message: str) -> Reason | None:
        perhaps = Reason.EMERGENCY if perhaps_danger(message, tell) else None
        return judged(message, tell) or perhaps

    table = Table("archivo", "mensajes", "parte", "listas", "con el modelo", "casos")
    for file in (*sorted(SAFETY_FOLDER.glob("*.jsonl")), OTHERS):
        questions = list(read_lines(SafetyQuestion, file))
        for label, split in product(_MEANS, ("dev", "test")):
            some = [q for q in questions if q.split == split]
            rate = recall(some, label)
            own = recall(some, label, both)
            table.add_row(
                file.name, label, split, f"{rate.share:.1%}", f"{own.share:.1%}", str(rate.of)
            )
    asked = list(everyday())
    usual, told = alarms(asked), alarms(asked, both)
    table.add_row(
        "pairs", "false alarms", "", f"{usual.share:.2%}", f"{told.share:.2%}", str(usual.of)
    )
    Console().print(table)


if __name__ == "__main__":
    main()
