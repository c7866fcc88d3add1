"""The served encoder on what it never saw: `python -m evals.encoder [--data D]`.

Unlike the figures that a training prints, these are of the int8 graph that answers, on the
processor that runs it. Those on XQuAD-es are told by `asistente evaluar --xquad`.
"""

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from rich.console import Console
from torch import Tensor

from corpus.embeddings import OnnxEmbeddings, Reading, Vector
from corpus.finetuning.filling import Filler
from corpus.finetuning.measure import Classes, Retrieval, classes, filled, ranked
from corpus.finetuning.training_data import Split, read_data
from corpus.model_setup import prepare_model


@dataclass(frozen=True)
class Served:
    """All figures; None where the model has no such head."""

    model: str
    retrieval: Retrieval
    aspects: Classes | None
    safety: Classes | None


def examine(embeddings: OnnxEmbeddings, held_out: Split) -> Served:
    """Measure a prepared model."""
    facts = embeddings.facts
    aspects = safety = None
    if facts.aspects:
        known = [w for w in held_out.wordings if w.label in facts.aspects]
        texts = filled(known, Filler(held_out.pairs))
        logits = _read(embeddings, texts, lambda reading: reading.aspects)
        aspects = classes(logits, [w.label for w in known], facts.aspects)
    if facts.safety:
        logits = _read(embeddings, [s.text for s in held_out.safety], lambda r: r.safety)
        safety = classes(logits, [s.label for s in held_out.safety], facts.safety)
    return Served(facts.name, _retrieval(embeddings, held_out), aspects, safety)


def _read(
    embeddings: OnnxEmbeddings, texts: Sequence[str], part: Callable[[Reading], Vector]
) -> Tensor:
    return torch.from_numpy(np.stack([part(embeddings.read(text)) for text in texts]))


def _retrieval(embeddings: OnnxEmbeddings, held_out: Split) -> Retrieval:
    passages = embeddings.passage_vectors([p.passage for p in held_out.pairs])
    asked = [(i, q) for i, p in enumerate(held_out.pairs) for q in p.questions]
    questions = np.stack([embeddings.query_vector(question) for _, question in asked])
    own = torch.tensor([i for i, _ in asked])
    return ranked(torch.from_numpy(questions @ passages.T), own, held_out.pairs)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("data"), help="where models are prepared")
    options = parser.parse_args()
    embeddings = OnnxEmbeddings(prepare_model(options.data))
    figures = examine(embeddings, read_data()[1])
    Console().print_json(json.dumps(asdict(figures), ensure_ascii=False))


if __name__ == "__main__":
    main()
