"""The low-rank adapter (LoRA, Hu et al. 2021) that fine-tuning leaves: a small file of matrices.

For a linear layer with weight W (out, in) it holds A (rank, in) and B (out, rank); the fine-tuned
weight is W + B·A.
"""

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from transformers import BertModel

ADAPTER_FILE = Path(__file__).with_name("adapter.npz")
_A, _B = ".A", ".B"

Matrices = dict[str, tuple[NDArray[np.float32], NDArray[np.float32]]]
"""By the name of the linear layer ("encoder.layer.8.output.dense"): A and B."""


def digest() -> str:
    """Eight characters that change with the adapter, as a part of the model's identity."""
    return sha256(ADAPTER_FILE.read_bytes()).hexdigest()[:8]


def read_adapter(path: Path = ADAPTER_FILE) -> Matrices:
    """The adapter's matrices, in float32. Raises OSError where there is no such file."""
    with np.load(path) as stored:
        layers = [name.removesuffix(_A) for name in stored.files if name.endswith(_A)]
        return {
            layer: (stored[layer + _A].astype(np.float32), stored[layer + _B].astype(np.float32))
            for layer in layers
        }


def write_adapter(matrices: Matrices, path: Path = ADAPTER_FILE) -> None:
    """Write the matrices in half precision."""
    stored = {}
    for layer, (a, b) in matrices.items():
        stored[layer + _A], stored[layer + _B] = a.astype(np.float16), b.astype(np.float16)
    np.savez_compressed(path, **stored)  # type: ignore[arg-type]


def merge(model: "BertModel", matrices: Matrices) -> None:
    """Add the adapter to the model's weights, in place. Raises KeyError for a layer it lacks."""
    import torch

    weights = dict(model.named_parameters())
    with torch.no_grad():
        for layer, (a, b) in matrices.items():
            weights[f"{layer}.weight"].add_(torch.from_numpy(b @ a))
