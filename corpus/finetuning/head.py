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
_INNER = 384
"""The width of a head's own layers."""
_LOOKS = 6
"""Attention heads of an own layer."""


class OwnLayer(nn.Module):
    """A transformer layer (norm first) that only a head has: it learns how the words of a question
    hang together, where the encoder's own layers learnt what texts are about."""

    def __init__(self, width: int, dropout: float) -> None:
        super().__init__()
        self.norm, self.norm_after = nn.LayerNorm(width), nn.LayerNorm(width)
        self.looks = nn.Linear(width, 3 * width)
        self.put = nn.Linear(width, width)
        self.wider, self.narrower = nn.Linear(width, 2 * width), nn.Linear(2 * width, width)
        self.dropout = nn.Dropout(dropout)

    def forward(self, states: Tensor, mask: Tensor | None) -> Tensor:
        """(texts, tokens, width) → the same."""
        looks = self.looks(self.norm(states)).unflatten(-1, (3, _LOOKS, -1))
        query, key, value = (looks[:, :, i].transpose(1, 2) for i in range(3))
        near = query @ key.transpose(2, 3) / query.shape[-1] ** 0.5
        if mask is not None:
            near = near + (1 - mask[:, None, None, :]) * _MASKED
        seen = (near.softmax(-1) @ value).transpose(1, 2).flatten(2)
        states = states + self.dropout(self.put(seen))
        wider = functional.gelu(self.wider(self.norm_after(states)))
        added: Tensor = states + self.dropout(self.narrower(wider))
        return added


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
        depth: int = 0,
    ) -> None:
        """`hidden` is the encoder's width, `values` the width that each query pools, `depth` how
        many layers of its own the head has."""
        super().__init__()
        self.labels, self.layers = tuple(labels), tuple(layers)
        self.temperature = 1.0
        width = hidden * len(self.layers)
        self.norm = nn.LayerNorm(width)
        self.narrowed = nn.Linear(width, _INNER) if depth else None
        self.own = nn.ModuleList(OwnLayer(_INNER, dropout / 2) for _ in range(depth))
        width = _INNER if depth else width
        self.query = nn.Linear(width, queries)
        self.value = nn.Linear(width, values)
        self.out = nn.Linear(queries * values, len(self.labels))
        self.dropout = nn.Dropout(dropout)

    def forward(self, states: Tensor, mask: Tensor | None = None) -> Tensor:
        """States of `layers` side by side, (texts, tokens, width), and 1 for each token that is
        none of the padding, (texts, tokens) → logits, (texts, labels)."""
        states = self.norm(states)
        if self.narrowed is not None:
            states = self.narrowed(self.dropout(states))
        for layer in self.own:
            states = layer(states, mask)
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
    head = Head(
        weights.labels,
        weights.layers,
        len(parameters["norm.weight"]) // len(weights.layers),
        queries=len(parameters["query.weight"]),
        values=len(parameters["value.weight"]),
        depth=len({name.split(".")[1] for name in parameters if name.startswith("own.")}),
    )
    head.load_state_dict(parameters)
    head.temperature = weights.temperature
    return head.eval()
