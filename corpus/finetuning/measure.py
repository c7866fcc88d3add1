"""What a training is worth: figures on what it never saw."""

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import torch
from torch import Tensor

from corpus.finetuning.encoder import TrainableEncoder
from corpus.finetuning.filling import Filler
from corpus.finetuning.training_data import Pairs, Wording

RANKS = (1, 3, 10)


@dataclass(frozen=True)
class Retrieval:
    """How often a question's own function is among the first, of all held-out offices together and
    of its own office alone."""

    questions: int
    together: Mapping[int, float]
    own_office: Mapping[int, float]
    right_unit: float
    """The first function is at least of the right unit, within the office."""


@torch.no_grad()
def retrieval(encoder: TrainableEncoder, pairs: Sequence[Pairs]) -> Retrieval:
    """Every question of the pairs against all of their functions."""
    passages = encoder.vectors(encoder.below([f"passage: {p.passage}" for p in pairs]))
    asked = [(i, q) for i, p in enumerate(pairs) for q in p.questions]
    vectors = encoder.vectors(encoder.below([f"query: {q}" for _, q in asked]))
    return ranked(vectors @ passages.T, torch.tensor([i for i, _ in asked]), pairs)


def ranked(similarity: Tensor, own: Tensor, pairs: Sequence[Pairs]) -> Retrieval:
    """Figures of similarities, (questions, functions), where `own` is each question's function."""
    offices = [p.office for p in pairs]
    numbers = torch.tensor([sorted(set(offices)).index(office) for office in offices])
    elsewhere = numbers[own][:, None] != numbers[None, :]
    inside = similarity.masked_fill(elsewhere, -1.0)
    units = [p.unit for p in pairs]
    first = inside.argmax(1).tolist()
    right = [units[a] == units[b] for a, b in zip(first, own.tolist(), strict=True)]
    return Retrieval(
        len(own), _recall(similarity, own), _recall(inside, own), sum(right) / len(right)
    )


def _recall(similarity: Tensor, own: Tensor) -> dict[int, float]:
    rank = (similarity > similarity.gather(1, own[:, None])).sum(1)
    return {k: float((rank < k).float().mean()) for k in RANKS}


def filled(
    wordings: Sequence[Wording], filler: Filler, seed: int = 11, *, noise: bool = False
) -> list[str]:
    """The wordings with their placeholders filled, always alike."""
    return [filler.fill(w.text, random.Random(f"{seed}{w.text}"), noise=noise) for w in wordings]


@dataclass(frozen=True)
class Classes:
    """How often a head is right."""

    count: int
    right: float
    among_three: float
    of_label: Mapping[str, float] = field(default_factory=dict)
    confused: Mapping[str, int] = field(default_factory=dict)
    """"right label → given label", how often; the most frequent ones."""
    calibration_error: float = 0.0


def classes(logits: Tensor, labels: Sequence[str], names: Sequence[str]) -> Classes:
    """Figures of logits, (texts, names), already divided by the temperature."""
    truth = torch.tensor([names.index(label) for label in labels])
    first = logits.argmax(1)
    right = first == truth
    three = (logits.topk(min(3, len(names)), dim=1).indices == truth[:, None]).any(1)
    confused = Counter(
        f"{names[is_so]} → {names[told]}"
        for told, is_so in zip(first.tolist(), truth.tolist(), strict=True)
        if told != is_so
    )
    return Classes(
        len(labels),
        float(right.float().mean()),
        float(three.float().mean()),
        {
            name: float(right[truth == i].float().mean())
            for i, name in enumerate(names)
            if (truth == i).any()
        },
        dict(confused.most_common(40)),
        _calibration_error(logits, right),
    )


def _calibration_error(logits: Tensor, right: Tensor, bins: int = 10) -> float:
    """Expected calibration error over bins of equal width."""
    sure = logits.softmax(1).max(1).values
    place = (sure * bins).long().clamp(max=bins - 1)
    error = 0.0
    for each in range(bins):
        inside = place == each
        if inside.any():
            gap = sure[inside].mean() - right[inside].float().mean()
            error += float(gap.abs() * inside.float().mean())
    return error
