"""What is to become small while the adapter is trained."""

import torch
from torch import Tensor
from torch.nn import functional

TEMPERATURE = 0.03
"""Of the softmax over the similarities; sharp, as for e5 itself (0.01 there)."""
NEAR_MISS_WEIGHT = 0.25
SMOOTHING = 0.1
"""Of the labels: a few wordings could bear two."""
_NEVER = -1e9


def contrastive(
    questions: Tensor, passages: Tensor, near_misses: Tensor, own: Tensor, excused: Tensor
) -> Tensor:
    """InfoNCE both ways (Wang et al. 2024); a near miss is one more negative of its own passage.

    `questions` (q, hidden) are answered by the passages that `own` (q,) numbers, of `passages`
    (p, hidden), whose first ones have `near_misses` (≤ p, hidden); those after are negatives
    alone. `excused` (p, p) is true for passages that may answer each other's questions: they are
    not held against one another.
    """
    similarity = questions @ passages.T / TEMPERATURE
    similarity = similarity.masked_fill(excused[own], _NEVER)
    of_questions = functional.cross_entropy(similarity, own)
    missed = (near_misses * passages[: len(near_misses)]).sum(-1) / TEMPERATURE
    # of each question: it, against all questions of other functions and its function's near miss
    others = (questions @ passages.T / TEMPERATURE).T[own]
    others = others.masked_fill(excused[own][:, own], _NEVER)
    same = own[:, None] == own[None, :]
    others = others.masked_fill(same & ~torch.eye(len(own), dtype=torch.bool), _NEVER)
    of_passages = functional.cross_entropy(
        torch.cat([others, missed[own][:, None]], dim=1), torch.arange(len(own))
    )
    return of_questions + NEAR_MISS_WEIGHT * of_passages


def classified(logits: Tensor, labels: Tensor) -> Tensor:
    """Cross-entropy with smoothed labels."""
    return functional.cross_entropy(logits, labels, label_smoothing=SMOOTHING)


def kept(vectors: Tensor, before: Tensor) -> Tensor:
    """How far unit vectors have turned away from what they were."""
    return (1 - (vectors * before).sum(-1)).mean()
