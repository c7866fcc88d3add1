"""A head that reads a text off the encoder's token states: attention pooling, then classes.

A few learnt queries each look at the tokens that matter to them, so that "a quién reporta X" and
"quién le reporta a X", whose mean vectors are nearly one, are told apart by where things stand.
Imported where models are prepared or trained only, since it needs torch.
"""

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from corpus.finetuning.adapter import HeadWeights

_MASKED = -1e9
_LEAST, _MOST, _TRIED = 0.2, 4.0, 200
"""Temperatures that are tried."""


class Head(nn.Module):
    """Token states of some layers in, a logit for each label out."""

    def __init__(
        self,
        labels: Sequence[str],
        layers: Sequence[int],
        hidden: int,
        *,
        queries: int = 8,
        values: int = 256,
        dropout: float = 0.3,
    ) -> None:
        """`hidden` is the encoder's width, `values` the width that each query pools."""
        super().__init__()
        self.labels, self.layers = tuple(labels), tuple(layers)
        self.temperature = 1.0
        width = hidden * len(self.layers)
        self.norm = nn.LayerNorm(width)
        self.query = nn.Linear(width, queries)
        self.value = nn.Linear(width, values)
        self.out = nn.Linear(queries * values, len(self.labels))
        self.dropout = nn.Dropout(dropout)

    def forward(self, states: Tensor, mask: Tensor | None = None) -> Tensor:
        """States of `layers` side by side, (texts, tokens, width), and 1 for each token that is
        none of the padding, (texts, tokens) → logits, (texts, labels)."""
        states = self.norm(states)
        looks: Tensor = self.query(states)
        if mask is not None:
            looks = looks + (1 - mask[..., None]) * _MASKED
        values = functional.gelu(self.value(self.dropout(states)))
        pooled = looks.softmax(1).transpose(1, 2) @ values
        logits: Tensor = self.out(self.dropout(pooled.flatten(1)))
        return logits

    def weights(self) -> HeadWeights:
        """The head as it is stored."""
        return HeadWeights(
            labels=self.labels,
            layers=self.layers,
            temperature=self.temperature,
            parameters={name: array.detach().numpy() for name, array in self.named_parameters()},
        )


def head_of(weights: HeadWeights) -> Head:
    """The head that was stored, ready to read."""
    parameters = {name: torch.from_numpy(array) for name, array in weights.parameters.items()}
    queries, width = parameters["query.weight"].shape
    head = Head(
        weights.labels,
        weights.layers,
        width // len(weights.layers),
        queries=queries,
        values=len(parameters["value.weight"]),
    )
    head.load_state_dict(parameters)
    head.temperature = weights.temperature
    return head.eval()


def fit_temperature(logits: Tensor, labels: Tensor) -> float:
    """What logits that never trained are to be divided by, so that their likelihood is greatest and
    probabilities mean what they say (Guo et al. 2017)."""
    tried = torch.exp(
        torch.linspace(float(torch.tensor(_LEAST).log()), float(torch.tensor(_MOST).log()), _TRIED)
    )
    losses = torch.stack([functional.cross_entropy(logits / each, labels) for each in tried])
    return float(tried[losses.argmin()])
