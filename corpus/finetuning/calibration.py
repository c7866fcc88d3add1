"""Probabilities that mean what they say: one temperature for a head's logits (Guo et al. 2017)."""

import torch
from torch import Tensor
from torch.nn import functional

_LEAST, _MOST, _TRIED = 0.2, 4.0, 200


def fit_temperature(logits: Tensor, labels: Tensor) -> float:
    """What logits that never trained are to be divided by, so that their likelihood is greatest."""
    tried = torch.exp(
        torch.linspace(float(torch.tensor(_LEAST).log()), float(torch.tensor(_MOST).log()), _TRIED)
    )
    losses = torch.stack([functional.cross_entropy(logits / each, labels) for each in tried])
    return float(tried[losses.argmin()])
