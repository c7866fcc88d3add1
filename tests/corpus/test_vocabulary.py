"""Which pieces of the multilingual vocabulary stay."""

import numpy as np
import pytest

from corpus.model_setup.packed import BLOCK, PackedModel
from corpus.model_setup.vocabulary import keep_latin

SPECIAL = ["<s>", "<pad>", "</s>", "<unk>"]


def kept(*pieces: str) -> list[str]:
    """What stays of a vocabulary of the special pieces and these."""
    everything = [*SPECIAL, *pieces]
    model = PackedModel(
        hidden=32, layers=0, heads=1, intermediate=1, positions=1, token_types=1, epsilon=0.0,
        bos=0, eos=2, pad=1, unknown=3,
        pieces=tuple((piece, 0.0) for piece in everything),
        tensors={"emb.word": np.zeros(len(everything), BLOCK)},
    )  # fmt: skip
    return [piece for piece, _ in keep_latin(model).pieces]


@pytest.mark.parametrize(
    "piece", ["▁año", "▁ÑANDÚ", "güe", "2024", "▁«", "…", "°", "$", "✓", "😀", "fi", "e\u0301", "Å"]
)
def test_what_latin_text_uses_stays(piece: str) -> None:
    assert kept(piece) == [*SPECIAL, piece]


@pytest.mark.parametrize("piece", ["▁мир", "語", "ا", "שלום", "ไ", "αβγ", "한국", "aя"])
def test_other_scripts_go(piece: str) -> None:
    assert kept(piece) == SPECIAL


def test_the_order_stays() -> None:
    assert kept("b", "語", "a") == [*SPECIAL, "b", "a"]
