"""The packaged encoder as it is trained: frozen layers below, low-rank additions above.

What the frozen layers make of a text is computed once and kept, since on two cores that is half
of the work.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, cast

import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import BertModel

from corpus.finetuning.adapter import Matrices
from corpus.model_setup.packaged_e5 import unpack
from corpus.model_setup.quiet import quiet

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

MOST_TOKENS = 64
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


@dataclass(frozen=True)
class States:
    """What the layers make of texts of like length."""

    by_layer: Mapping[int, Tensor]
    """(texts, tokens, hidden) after the layers that were asked for and after the last."""
    last: int
    mask: Tensor
    """1 for a token, 0 for padding, (texts, tokens)."""

    def vectors(self) -> Tensor:
        """Unit vectors for the search, (texts, hidden)."""
        weight = self.mask[..., None]
        pooled = (self.by_layer[self.last] * weight).sum(1) / weight.sum(1)
        return functional.normalize(pooled, dim=-1)

    def side_by_side(self, layers: Sequence[int]) -> Tensor:
        """For a head: (texts, tokens, hidden · layers)."""
        return torch.cat([self.by_layer[layer] for layer in layers], dim=-1)


class TrainableEncoder:
    """The packaged encoder, cut in two."""

    def __init__(self, loaded: "SentenceTransformer", *, frozen: int, rank: int) -> None:
        """Layers above the first `frozen` ones of a BERT get additions of `rank`, none if it is
        0. The model is changed in place."""
        self._tokenizer = loaded.tokenizer
        self._bert = cast(BertModel, loaded[0].auto_model).eval()
        for parameter in self._bert.parameters():
            parameter.requires_grad = False
        for name, part in self._bert.named_modules():
            if name.endswith("attention.self.dropout"):
                part.p = 0.0  # dropout of all attention weights would take a fifth of the time
        layers = cast(nn.ModuleList, self._bert.encoder.layer)
        self.hidden = int(self._bert.config.hidden_size)
        self.layers, self._frozen = len(layers), frozen
        self._below, self._above = layers[:frozen], layers[frozen:]
        self.adapted = {
            f"encoder.layer.{frozen + i}.{name}": _adapt(layer, name, rank)
            for i, layer in enumerate(self._above if rank else [])
            for name in [n for n, part in layer.named_modules() if isinstance(part, nn.Linear)]
        }

    def begin_with(self, matrices: Matrices) -> None:
        """Go on from additions of the same layers and rank. Raises KeyError for others."""
        for name, part in self.adapted.items():
            a, b = matrices[name]
            part.a.data, part.b.data = torch.from_numpy(a), torch.from_numpy(b)

    def parameters(self) -> list[nn.Parameter]:
        """What is learnt."""
        return [p for part in self.adapted.values() for p in (part.a, part.b)]

    def matrices(self) -> Matrices:
        """The additions as they stand."""
        return {
            name: (part.a.detach().numpy(), part.b.detach().numpy())
            for name, part in self.adapted.items()
        }

    def settle(self, share: float) -> None:
        """Let only a share of the additions count from now on, and learn no more."""
        for part in self.adapted.values():
            part.b.data *= share
            part.a.requires_grad = part.b.requires_grad = False

    def train(self, training: bool) -> None:
        """Switch dropout in the adapted layers on or off."""
        self._above.train(training)

    @torch.no_grad()
    def below(self, texts: Sequence[str], *, size: int = 64) -> list[Tensor]:
        """What the frozen layers make of each text, prompt included, (tokens, hidden), in half
        precision."""
        made: list[Tensor | None] = [None] * len(texts)
        for chunk in by_length([len(text) for text in texts], size):
            batch = self._tokenizer(
                [texts[i] for i in chunk],
                padding=True,
                truncation=True,
                max_length=MOST_TOKENS,
                return_tensors="pt",
            )
            mask = batch["attention_mask"]
            hidden = self._bert.embeddings(batch["input_ids"])
            for layer in self._below:
                hidden = _through(layer, hidden, mask.float())
            for i, row, length in zip(chunk, hidden, mask.sum(1).tolist(), strict=True):
                made[i] = row[:length].half()
        return cast(list[Tensor], made)

    def below_kept(self, texts: Sequence[str], folder: Path) -> list[Tensor]:
        """The same, kept in a folder from one training to the next."""
        told = "\n".join([str(self._frozen), *texts])
        file = folder / f"below-{sha256(told.encode()).hexdigest()[:16]}.pt"
        if file.exists():
            return cast(list[Tensor], torch.load(file))
        made = self.below(texts)
        folder.mkdir(parents=True, exist_ok=True)
        torch.save(made, file)
        return made

    def above(self, texts: Sequence[Tensor], layers: Sequence[int] = ()) -> States:
        """The states after `layers` and the last, from what `below` made of each text."""
        longest = max(len(text) for text in texts)
        hidden = torch.stack(
            [functional.pad(text.float(), (0, 0, 0, longest - len(text))) for text in texts]
        )
        mask = torch.tensor([[1.0] * len(t) + [0.0] * (longest - len(t)) for t in texts])
        kept = {self._frozen: hidden} if self._frozen in layers else {}
        for number, layer in enumerate(self._above, start=self._frozen + 1):
            hidden = _through(layer, hidden, mask)
            if number in layers or number == self.layers:
                kept[number] = hidden
        return States(kept, self.layers, mask)

    def vectors(self, texts: Sequence[Tensor], *, size: int = 24) -> Tensor:
        """Unit vectors in the order of the texts; texts of like length go together."""
        chunks = list(by_length([len(text) for text in texts], size))
        stacked = torch.cat([self.above([texts[i] for i in chunk]).vectors() for chunk in chunks])
        order = torch.tensor([i for chunk in chunks for i in chunk])
        return stacked[torch.argsort(order)]


def packaged(start: Matrices | None = None) -> "SentenceTransformer":
    """The packaged model, with `start` merged into its weights."""
    from sentence_transformers import SentenceTransformer

    with TemporaryDirectory() as scratch, quiet():
        unpack(Path(scratch), start)
        return SentenceTransformer(
            scratch, device="cpu", model_kwargs={"attn_implementation": "eager"}
        )


def by_length(lengths: Sequence[int], size: int) -> Iterator[list[int]]:
    """The places of texts in chunks of at most `size` and like length, so that little is padded."""
    order = sorted(range(len(lengths)), key=lengths.__getitem__)
    for at in range(0, len(order), size):
        yield order[at : at + size]


def _through(layer: nn.Module, hidden: Tensor, mask: Tensor) -> Tensor:
    bias = (1 - mask[:, None, None, :]) * _MASKED
    given = layer(hidden, attention_mask=bias)
    made: Tensor = given[0] if isinstance(given, tuple) else given
    return made


def _adapt(layer: nn.Module, name: str, rank: int) -> LowRank:
    """Replace one linear part of a layer by an adapted one."""
    *path, last = name.split(".")
    holder = layer
    for step in path:
        holder = getattr(holder, step)
    adapted = LowRank(getattr(holder, last), rank)
    setattr(holder, last, adapted)
    return adapted
