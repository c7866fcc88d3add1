"""An explanation is in the words of the office, whatever was read."""

import pytest

from assistant.answering.answer import AnswerKind, Reason
from assistant.faces.serving.asked_names import KIND_NAMES, REASON_NAMES, asked_name
from assistant.understanding.types import Expected, Intent
from corpus.finetuning.training_data import DATA_FOLDER, read_wordings

LABELS = {wording.label.split(":")[0] for wording in read_wordings(DATA_FOLDER / "wordings")}


@pytest.mark.parametrize("label", sorted({*Intent, *Expected, *LABELS} - {"multi"}))
def test_what_can_be_asked_has_a_name(label: str) -> None:
    assert asked_name(label) != label


def test_a_label_keeps_what_it_says_more_exactly() -> None:
    assert asked_name("count:laws") == "cuántos hay (laws)"


def test_every_end_has_a_name() -> None:
    assert set(KIND_NAMES) == set(AnswerKind)
    assert set(REASON_NAMES) == set(Reason)
