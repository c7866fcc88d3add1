"""The served encoder on what it never saw: `python -m evals.encoder [--xquad F] [--data D]`.

Unlike the figures that a training prints, these are of the int8 graph that answers, on the
processor that runs it.
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

from assistant.retrieval.hybrid import standardised
from corpus.embeddings import OnnxEmbeddings, Reading, Vector
from corpus.finetuning.filling import Filler
from corpus.finetuning.measure import Classes, Retrieval, classes, filled, ranked
from corpus.finetuning.training_data import Split, read_data
from corpus.model_setup import prepare_model
from evals.methods.chunk_search import plain_bm25
from evals.xquad import read_xquad

_LEXICAL = np.float32(0.5)
"""Weight of BM25 in the plain sum, as in the figures that are to be beaten."""


@dataclass(frozen=True)
class Xquad:
    """Recall@1 on XQuAD-es."""

    dense: float
    fused: float
    """Standardised scores: vectors + 0.5 · BM25."""


@dataclass(frozen=True)
class Served:
    """All figures; None where the model has no such head, or no file was given."""

    model: str
    retrieval: Retrieval
    aspects: Classes | None
    safety: Classes | None
    xquad: Xquad | None


def examine(embeddings: OnnxEmbeddings, held_out: Split, xquad: Path | None) -> Served:
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
    return Served(
        facts.name,
        _retrieval(embeddings, held_out),
        aspects,
        safety,
        _xquad(embeddings, xquad) if xquad else None,
    )


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


def _xquad(embeddings: OnnxEmbeddings, path: Path) -> Xquad:
    retrieval = read_xquad(path)
    passages = embeddings.passage_vectors(retrieval.paragraphs)
    words = plain_bm25(retrieval.paragraphs)
    dense = fused = 0
    for question, place in retrieval.questions:
        similarity = passages @ embeddings.query_vector(question)
        dense += int(similarity.argmax()) == place
        both = standardised(similarity) + _LEXICAL * standardised(words(question))
        fused += int(both.argmax()) == place
    return Xquad(dense / len(retrieval.questions), fused / len(retrieval.questions))


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--xquad", type=Path, help="xquad.es.json")
    parser.add_argument("--data", type=Path, default=Path("data"), help="where models are prepared")
    options = parser.parse_args()
    embeddings = OnnxEmbeddings(prepare_model(options.data))
    figures = examine(embeddings, read_data()[1], options.xquad)
    Console().print_json(json.dumps(asdict(figures), ensure_ascii=False))


if __name__ == "__main__":
    main()
