"""A sentence-transformers model as one ONNX graph: token ids in, unit vector out.

The graph is traced from sentence-transformers' own pipeline, so pooling, dense layers and
normalisation are whatever the model's modules say. It takes one text at a time, hence no mask.
"""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_OPSET = 17


def export(model: "SentenceTransformer", graph: Path) -> None:
    """Write the float32 graph: "input_ids" int64 (1, tokens) → "vector" float32 (dimension,)."""
    import torch

    class SingleText(torch.nn.Module):
        """The model's pipeline for one text without padding."""

        def __init__(self) -> None:
            super().__init__()
            self.pipeline = model

        def forward(self, input_ids: torch.Tensor) -> torch.Tensor:
            features = {"input_ids": input_ids, "attention_mask": torch.ones_like(input_ids)}
            vectors = self.pipeline(features)["sentence_embedding"]
            return torch.nn.functional.normalize(vectors, dim=-1)[0]

    example = torch.tensor([model.tokenizer("Manual de organización")["input_ids"]])
    with torch.inference_mode():
        torch.onnx.export(
            SingleText().eval(),
            (example,),
            graph,
            input_names=["input_ids"],
            output_names=["vector"],
            dynamic_axes={"input_ids": {1: "tokens"}},
            opset_version=_OPSET,
            # The exporter by tracing needs no package beyond onnx; the result is checked against
            # the model itself before it is used.
            dynamo=False,
        )


def quantise(graph: Path, quantised: Path) -> None:
    """Write the graph with int8 weights, scaled per channel."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(
        graph,
        quantised,
        per_channel=True,
        # Seven bits: with eight, processors without VNNI saturate and give other vectors.
        reduce_range=True,
        weight_type=QuantType.QInt8,
    )
