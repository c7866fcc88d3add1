"""Trains the adapter: `python -m corpus.finetuning.train [--epochs 4]`; some 15 minutes.

Contrastive, as e5 itself was trained (Wang et al. 2024): in a batch of questions and functions,
each question must be nearest to its own function (InfoNCE with in-batch negatives), and each
function nearer to its questions than to those that only touch its subject. Only low-rank matrices
in the upper layers are learnt; what the lower layers, which stay as they are, make of each text
is computed once.
"""

import argparse
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

import torch
from rich.console import Console
from torch import Tensor, nn
from torch.nn import functional
from transformers import BertModel

from corpus.finetuning.adapter import ADAPTER_FILE, Matrices, write_adapter
from corpus.finetuning.pairs_file import PAIRS_FOLDER, Pairs, read_pairs
from corpus.model_setup.packaged_e5 import unpack

FROZEN_LAYERS = 6
RANK = 16
LEARNING_RATE = 6e-4
TEMPERATURE = 0.02
"""Of the softmax over the similarities; sharp, as for e5 itself (0.01 there)."""
NEAR_MISS_WEIGHT = 0.25
BATCH = 64
WARM_UP_STEPS = 20
_MOST_TOKENS = 96
_MASKED = -1e9


class LowRank(nn.Module):
    """A linear layer, frozen, with a low-rank addition that is learnt."""

    def __init__(self, linear: nn.Linear, rank: int) -> None:
        super().__init__()
        self.linear = linear
        self.a = nn.Parameter(torch.randn(rank, linear.in_features) / linear.in_features**0.5)
        self.b = nn.Parameter(torch.zeros(linear.out_features, rank))

    def forward(self, values: Tensor) -> Tensor:
        """(…, in) → (…, out)."""
        added: Tensor = self.linear(values) + (values @ self.a.T) @ self.b.T
        return added


class AdaptedEncoder:
    """The packaged encoder, cut in two: frozen layers below, adapted ones above."""

    def __init__(self, folder: Path) -> None:
        from sentence_transformers import SentenceTransformer

        unpack(folder)
        loaded = SentenceTransformer(
            str(folder), device="cpu", model_kwargs={"attn_implementation": "eager"}
        )
        self._tokenizer = loaded.tokenizer
        self._bert = cast(BertModel, loaded[0].auto_model).eval()
        for parameter in self._bert.parameters():
            parameter.requires_grad = False
        layers = cast(nn.ModuleList, self._bert.encoder.layer)
        self._below, self._above = layers[:FROZEN_LAYERS], layers[FROZEN_LAYERS:]
        self.adapted = {
            f"encoder.layer.{FROZEN_LAYERS + i}.{name}": _adapt(layer, name)
            for i, layer in enumerate(self._above)
            for name in [n for n, part in layer.named_modules() if isinstance(part, nn.Linear)]
        }

    def parameters(self) -> list[nn.Parameter]:
        """What is learnt."""
        return [p for part in self.adapted.values() for p in (part.a, part.b)]

    def matrices(self) -> Matrices:
        """The adapter as it stands."""
        return {
            name: (part.a.detach().numpy(), part.b.detach().numpy())
            for name, part in self.adapted.items()
        }

    def train(self, training: bool) -> None:
        """Switch dropout in the adapted layers on or off."""
        self._above.train(training)

    @torch.no_grad()
    def below(self, texts: Sequence[str]) -> list[Tensor]:
        """What the frozen layers make of each text, (tokens, hidden)."""
        made: list[Tensor] = []
        for at in range(0, len(texts), BATCH):
            batch = self._tokenizer(
                list(texts[at : at + BATCH]),
                padding=True,
                truncation=True,
                max_length=_MOST_TOKENS,
                return_tensors="pt",
            )
            mask = batch["attention_mask"]
            hidden = _through(self._below, self._bert.embeddings(batch["input_ids"]), mask.float())
            rows = zip(hidden, mask.sum(1), strict=True)
            made += [row[:length].clone() for row, length in rows]
        return made

    def above(self, texts: Sequence[Tensor]) -> Tensor:
        """Unit vectors, (texts, hidden), from what `below` made of them."""
        longest = max(len(text) for text in texts)
        hidden = torch.stack(
            [functional.pad(text, (0, 0, 0, longest - len(text))) for text in texts]
        )
        mask = torch.tensor([[1.0] * len(t) + [0.0] * (longest - len(t)) for t in texts])
        hidden = _through(self._above, hidden, mask)
        pooled = (hidden * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        return functional.normalize(pooled, dim=-1)


def _through(layers: nn.Module, hidden: Tensor, mask: Tensor) -> Tensor:
    bias = (1 - mask[:, None, None, :]) * _MASKED
    for layer in layers.children():
        given = layer(hidden, attention_mask=bias)
        hidden = given[0] if isinstance(given, tuple) else given
    return hidden


def _adapt(layer: nn.Module, name: str) -> LowRank:
    """Replace one linear part of a layer by an adapted one."""
    *path, last = name.split(".")
    holder = layer
    for step in path:
        holder = getattr(holder, step)
    adapted = LowRank(getattr(holder, last), RANK)
    setattr(holder, last, adapted)
    return adapted


class Prepared:
    """The training texts, as the frozen layers leave them."""

    def __init__(self, pairs: Sequence[Pairs], encoder: AdaptedEncoder) -> None:
        self.passages = encoder.below([f"passage: {p.passage}" for p in pairs])
        self.questions = [encoder.below([f"query: {q}" for q in p.questions]) for p in pairs]
        self.near_misses = [encoder.below([f"query: {q}" for q in p.near_misses]) for p in pairs]


def batches(questions: Sequence[int], rng: random.Random) -> Iterator[list[tuple[int, int]]]:
    """One epoch as batches of (function, question); in a batch, each function stands once.

    `questions` are how many questions each function has.
    """
    pool = [(i, j) for i, count in enumerate(questions) for j in range(count)]
    rng.shuffle(pool)
    while pool:
        taken: dict[int, tuple[int, int]] = {}
        left = []
        for pair in pool:
            if len(taken) < BATCH and pair[0] not in taken:
                taken[pair[0]] = pair
            else:
                left.append(pair)
        if len(taken) < min(BATCH, len(questions)):
            return
        yield list(taken.values())
        pool = left


def loss_of(questions: Tensor, passages: Tensor, near_misses: Tensor) -> Tensor:
    """InfoNCE both ways; a near miss is one more negative of its passage. Each (batch, hidden)."""
    similarity = questions @ passages.T / TEMPERATURE
    own = torch.arange(len(questions))
    missed = (near_misses * passages).sum(-1, keepdim=True) / TEMPERATURE
    of_passages = torch.cat([similarity.T, missed], dim=1)
    return functional.cross_entropy(similarity, own) + NEAR_MISS_WEIGHT * functional.cross_entropy(
        of_passages, own
    )


def train(epochs: int, out: Path, pairs_folder: Path = PAIRS_FOLDER) -> None:
    """Train on all pairs of a folder and write the adapter after each epoch."""
    torch.manual_seed(7)
    rng = random.Random(7)
    console = Console(stderr=True)
    pairs = list(read_pairs(pairs_folder))
    with TemporaryDirectory() as scratch:
        encoder = AdaptedEncoder(Path(scratch))
    prepared = Prepared(pairs, encoder)
    counts = [len(p.questions) for p in pairs]
    steps = epochs * sum(1 for _ in batches(counts, random.Random(7)))
    optimiser = torch.optim.AdamW(encoder.parameters(), lr=LEARNING_RATE, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / WARM_UP_STEPS) * max(0.02, 1 - step / steps)
    )
    encoder.train(True)
    for epoch in range(epochs):
        losses = []
        for batch in batches(counts, rng):
            texts = [prepared.questions[i][j] for i, j in batch]
            texts += [prepared.passages[i] for i, _ in batch]
            texts += [rng.choice(prepared.near_misses[i]) for i, _ in batch]
            loss = loss_of(*encoder.above(texts).chunk(3))
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            schedule.step()
            losses.append(loss.item())
        write_adapter(encoder.matrices(), out)
        console.print(f"epoch {epoch + 1}: loss {sum(losses) / len(losses):.3f}")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--out", type=Path, default=ADAPTER_FILE)
    parser.add_argument("--pairs", type=Path, default=PAIRS_FOLDER)
    options = parser.parse_args()
    train(options.epochs, options.out, options.pairs)


if __name__ == "__main__":
    main()
