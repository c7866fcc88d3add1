"""The adapter that fine-tuning leaves: a small file of matrices beside the packaged weights.

It holds low-rank additions (LoRA, Hu et al. 2021): for a linear layer with weight W (out, in), A
(rank, in) and B (out, rank), so that the fine-tuned weight is W + B·A. And it holds the heads that
read a question off the encoder's states: what is asked, and whether the question is one to take
care with.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from corpus.finetuning.adapter_file import ADAPTER_FILE

if TYPE_CHECKING:
    from transformers import BertModel

Matrices = dict[str, tuple[NDArray[np.float32], NDArray[np.float32]]]
"""By the name of the linear layer ("encoder.layer.8.output.dense"): A and B."""

_A, _B = ".A", ".B"
_LABELS, _LAYERS, _TEMPERATURE = "labels", "layers", "temperature"


@dataclass(frozen=True)
class HeadWeights:
    """One head as it is stored; `corpus.finetuning.head` makes a torch module of it."""

    labels: tuple[str, ...]
    layers: tuple[int, ...]
    """Which layers' states it reads: 12 is the last one's of twelve."""
    temperature: float
    """What its logits are divided by, so that its probabilities are calibrated."""
    parameters: Mapping[str, NDArray[np.float32]]
    """By the names of the torch module's parameters."""


@dataclass(frozen=True)
class Adapter:
    """What fine-tuning adds to the packaged encoder."""

    matrices: Matrices
    heads: Mapping[str, HeadWeights]
    """By what they tell: "aspects", "safety"."""


def read_adapter(path: Path = ADAPTER_FILE) -> Adapter:
    """The adapter, in float32. Raises OSError where there is no such file."""
    with np.load(path) as stored:
        arrays = {name: _in_float32(stored[name]) for name in stored.files}
    layers = [name.removesuffix(_A) for name in arrays if name.endswith(_A)]
    heads = {name.split("/")[0] for name in arrays if "/" in name}
    return Adapter(
        matrices={layer: (arrays[layer + _A], arrays[layer + _B]) for layer in layers},
        heads={head: _head(head, arrays) for head in sorted(heads)},
    )


def _in_float32(array: NDArray[Any]) -> NDArray[Any]:
    return array.astype(np.float32) if array.dtype.kind == "f" else array


def _head(head: str, arrays: Mapping[str, NDArray[Any]]) -> HeadWeights:
    own = {
        name.removeprefix(f"{head}/"): array
        for name, array in arrays.items()
        if name.startswith(f"{head}/")
    }
    return HeadWeights(
        labels=tuple(map(str, own.pop(_LABELS))),
        layers=tuple(map(int, own.pop(_LAYERS))),
        temperature=float(own.pop(_TEMPERATURE)),
        parameters=own,
    )


def write_adapter(adapter: Adapter, path: Path = ADAPTER_FILE) -> None:
    """Write the adapter, its matrices in half precision."""
    stored = dict(_stored(adapter))
    np.savez_compressed(path, **stored)  # type: ignore[arg-type]


def _stored(adapter: Adapter) -> Iterator[tuple[str, NDArray[np.generic]]]:
    for layer, (a, b) in adapter.matrices.items():
        yield layer + _A, a.astype(np.float16)
        yield layer + _B, b.astype(np.float16)
    for name, head in adapter.heads.items():
        yield f"{name}/{_LABELS}", np.array(head.labels)
        yield f"{name}/{_LAYERS}", np.array(head.layers)
        yield f"{name}/{_TEMPERATURE}", np.array(head.temperature)
        for parameter, array in head.parameters.items():
            yield f"{name}/{parameter}", array.astype(np.float16)


def merge(model: "BertModel", matrices: Matrices) -> None:
    """Add the matrices to the model's weights, in place. Raises KeyError for a layer it lacks."""
    import torch

    weights = dict(model.named_parameters())
    with torch.no_grad():
        for layer, (a, b) in matrices.items():
            weights[f"{layer}.weight"].add_(torch.from_numpy(b @ a))
