"""A sentence-transformers model as one ONNX graph: token ids in, unit vector out.

The graph is traced from sentence-transformers' own pipeline, so pooling, dense layers and
normalisation are whatever the model's modules say. It takes one text at a time, hence no mask.
The default model's heads read the same states, so that one run gives all.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.finetuning.adapter import HeadWeights

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

VECTOR = "vector"
"""The output that every model has; heads give one each, by their names."""
_OPSET = 17
_EXACT = re.compile(r"^/heads\.|/encoder/layer\.[0-7]/output/dense/MatMul$")
"""What stays in float32: the heads, and what the feed-forward parts of the lower eight layers put
out, a few large values among many small ones, which eight bits round away and the layers above make
worse of. That costs a fifth of the time, and a held-out office's own function comes first for 56.5
instead of 53.8 % of the questions (docs/training.md)."""


def export(
    model: "SentenceTransformer", graph: Path, heads: Mapping[str, HeadWeights] | None = None
) -> None:
    """Write the float32 graph: "input_ids" int64 (1, tokens) → "vector" float32 (dimension,), and
    for each head the log probabilities of its labels, float32 (labels,)."""
    import torch

    from corpus.finetuning.head import head_of

    class SingleText(torch.nn.Module):
        """The model's pipeline for one text without padding."""

        def __init__(self) -> None:
            super().__init__()
            self.pipeline = model
            self.heads = torch.nn.ModuleList(map(head_of, (heads or {}).values()))

        def forward(self, input_ids: torch.Tensor) -> tuple[torch.Tensor, ...]:
            features = {"input_ids": input_ids, "attention_mask": torch.ones_like(input_ids)}
            made = self.pipeline(features)
            vector = torch.nn.functional.normalize(made["sentence_embedding"], dim=-1)[0]
            return vector, *(self._read(head, made) for head in self.heads)

        @staticmethod
        def _read(head: Any, made: Mapping[str, torch.Tensor]) -> torch.Tensor:
            states = torch.cat([made["all_layer_embeddings"][i] for i in head.layers], dim=-1)
            return torch.log_softmax(head(states)[0] / head.temperature, dim=-1)

    if heads:
        transformer: Any = model[0]
        transformer.auto_model.config.output_hidden_states = True
    example = torch.tensor([model.tokenizer("Manual de organización")["input_ids"]])
    with torch.inference_mode():
        torch.onnx.export(
            SingleText().eval(),
            (example,),
            graph,
            input_names=["input_ids"],
            output_names=[VECTOR, *(heads or {})],
            dynamic_axes={"input_ids": {1: "tokens"}},
            opset_version=_OPSET,
            # The exporter by tracing needs no package beyond onnx; the result is checked against
            # the model itself before it is used.
            dynamo=False,
        )


def quantise(graph: Path, quantised: Path) -> None:
    """Write the graph with int8 weights, scaled per channel, but for the parts of a BERT's lowest
    layers that take the widest activations."""
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic

    nodes = (node.name for node in onnx.load(graph, load_external_data=False).graph.node)
    quantize_dynamic(
        graph,
        quantised,
        per_channel=True,
        nodes_to_exclude=[name for name in nodes if _EXACT.search(name)],
        # Seven bits: with eight, processors without VNNI saturate and give other vectors.
        reduce_range=True,
        weight_type=QuantType.QInt8,
    )
