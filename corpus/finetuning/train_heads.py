"""Trains the heads that read a question: `python -m corpus.finetuning.train_heads`.

On the encoder as the additions leave it, which stays as it is: what its layers make of all texts is
computed once, then each head learns alone. One head tells what is asked, the other danger and
accusations. Run it after `corpus.finetuning.train`; docs/training.md tells how well.
"""

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import torch
from rich.console import Console
from torch import Tensor

from corpus.finetuning.adapter import read_adapter, write_adapter
from corpus.finetuning.adapter_file import ADAPTER_FILE
from corpus.finetuning.encoder import TrainableEncoder, by_length, packaged
from corpus.finetuning.filling import Filler, as_said
from corpus.finetuning.head import Head, fit_temperature
from corpus.finetuning.measure import Classes, classes, filled
from corpus.finetuning.noise import as_typed
from corpus.finetuning.objectives import classified
from corpus.finetuning.training_data import DATA_FOLDER, SAFETY_LABELS, TOPIC, Split, read_data

_QUERY = "query: "
_ORDINARY = "ordinary"
_NAME = "Geomática"
"""The position that the messages held out are about."""
Labelled = tuple[str, str]
"""A text and its label."""


@dataclass(frozen=True)
class HeadPlan:
    """One training of a head."""

    epochs: int
    variants: int
    """Each text so often: filled anew, and as people type."""
    rate: float
    decay: float
    queries: int
    values: int
    everyday: int
    """Questions of the pairs among the texts."""
    seed: int = 7
    size: int = 64
    """Of a batch."""
    taps: tuple[int, ...] = (8, 12)
    """The layers whose states the head reads."""


ASPECTS = HeadPlan(
    epochs=10, variants=2, rate=2e-3, decay=0.05, queries=8, values=256, everyday=1_500
)
SAFETY = HeadPlan(
    epochs=12, variants=2, rate=1e-3, decay=0.1, queries=8, values=128, everyday=9_000
)


@dataclass(frozen=True)
class Seen:
    """Texts as the encoder's layers see them, with the places of their labels."""

    states: list[Tensor]
    """Of each text (tokens, width), in half precision."""
    labels: Tensor


def wordings(trained: Split, plan: HeadPlan) -> Iterator[Labelled]:
    """What tells the aspects apart, everyday questions as ones that ask who is responsible."""
    rng, filler = random.Random(plan.seed), Filler(trained.pairs)
    for wording in trained.wordings:
        for _ in range(plan.variants):
            yield filler.fill(wording.text, rng), wording.label
    for question in _everyday(trained, plan, rng):
        yield as_typed(question, rng), TOPIC


def messages(trained: Split, plan: HeadPlan) -> Iterator[Labelled]:
    """What needs care and what doesn't; what is asked of a manual is ordinary."""
    rng, filler = random.Random(plan.seed), Filler(trained.pairs)
    names = sorted({pairs.unit for pairs in trained.pairs})
    for message in trained.safety:
        for variant in range(plan.variants):
            text = named(message.text, as_said(rng.choice(names), rng))
            yield as_typed(text, rng) if variant else text, message.label
    for question in _everyday(trained, plan, rng):
        yield question, _ORDINARY
    some = min(plan.everyday // 2, len(trained.wordings))
    for wording in rng.sample(list(trained.wordings), some):
        yield filler.fill(wording.text, rng), _ORDINARY


def _everyday(trained: Split, plan: HeadPlan, rng: random.Random) -> list[str]:
    asked = [question for pairs in trained.pairs for question in pairs.questions]
    return rng.sample(asked, min(plan.everyday, len(asked)))


def named(text: str, name: str) -> str:
    """A message with a position's name where one stands."""
    return text.replace("{puesto}", name)


@torch.no_grad()
def seen(
    encoder: TrainableEncoder, taps: Sequence[int], texts: Sequence[Labelled], labels: Sequence[str]
) -> Seen:
    """What the encoder makes of texts; `labels` are all of the head's."""
    below = encoder.below([_QUERY + text for text, _ in texts])
    states: list[Tensor] = [torch.empty(0)] * len(texts)
    for chunk in by_length([len(each) for each in below], 48):
        made = encoder.above([below[i] for i in chunk], taps)
        beside, lengths = made.side_by_side(taps), made.mask.sum(1).int().tolist()
        for i, row, length in zip(chunk, beside, lengths, strict=True):
            states[i] = row[:length].half()
    return Seen(states, torch.tensor([labels.index(label) for _, label in texts]))


def trained_head(head: Head, on: Seen, plan: HeadPlan, console: Console) -> Head:
    """The head, once it has learnt."""
    rng = random.Random(plan.seed)
    steps = plan.epochs * (len(on.states) // plan.size)
    optimiser = torch.optim.AdamW(head.parameters(), lr=plan.rate, weight_decay=plan.decay)
    schedule = torch.optim.lr_scheduler.LinearLR(optimiser, 1.0, 0.02, steps)
    head.train()
    for epoch in range(plan.epochs):
        order = list(range(len(on.states)))
        rng.shuffle(order)
        total = 0.0
        for at in range(0, len(order) - plan.size + 1, plan.size):
            chosen = order[at : at + plan.size]
            states, mask = padded([on.states[i] for i in chosen])
            loss = classified(head(states, mask), on.labels[chosen])
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            schedule.step()
            total += loss.item()
        console.print(f"{epoch + 1}: {total * plan.size / len(order):.3f}")
    return head.eval()


def padded(states: Sequence[Tensor]) -> tuple[Tensor, Tensor]:
    """States of several texts as one batch, with 1 for each token that is none of the padding."""
    batch = torch.nn.utils.rnn.pad_sequence([each.float() for each in states], batch_first=True)
    lengths = torch.tensor([len(each) for each in states])
    return batch, (torch.arange(batch.shape[1])[None] < lengths[:, None]).float()


@torch.no_grad()
def logits_of(head: Head, on: Seen) -> Tensor:
    """(texts, labels)."""
    made = [head(*padded(on.states[at : at + 64])) for at in range(0, len(on.states), 64)]
    return torch.cat(made)


@dataclass(frozen=True)
class Figures:
    """What the heads are worth, on what is held out."""

    aspects: Classes | None = None
    aspects_as_typed: Classes | None = None
    """With noise."""
    topics_told: float | None = None
    """Share of the held-out offices' questions that are told to ask who is responsible."""
    safety: Classes | None = None


class HeadTrainer:
    """Trains both heads on one encoder."""

    def __init__(
        self, encoder: TrainableEncoder, trained: Split, held_out: Split, console: Console
    ) -> None:
        self._encoder, self._console = encoder, console
        self._trained, self._held_out = trained, held_out

    def aspects(self, plan: HeadPlan) -> tuple[Head, Classes, Classes, float]:
        """The head that tells what is asked; its figures, those as typed, and the topics told."""
        apart = self._held_out
        labels = sorted({w.label for w in self._trained.wordings})
        truth, filler = [w.label for w in apart.wordings], Filler(apart.pairs)
        head = self._learnt(list(wordings(self._trained, plan)), labels, plan)
        logits = self._calibrated(head, filled(apart.wordings, filler), truth)
        typed = self.logits(head, filled(apart.wordings, filler, noise=True))
        told = self.logits(head, [q for p in apart.pairs for q in p.questions]).argmax(1)
        return (
            head,
            classes(logits, truth, labels),
            classes(typed, truth, labels),
            float((told == labels.index(TOPIC)).float().mean()),
        )

    def safety(self, plan: HeadPlan) -> tuple[Head, Classes]:
        """The head that tells what needs care, and its figures."""
        head = self._learnt(list(messages(self._trained, plan)), SAFETY_LABELS, plan)
        truth = [each.label for each in self._held_out.safety]
        texts = [named(each.text, _NAME) for each in self._held_out.safety]
        return head, classes(self._calibrated(head, texts, truth), truth, SAFETY_LABELS)

    def logits(self, head: Head, texts: Sequence[str]) -> Tensor:
        """A head's calibrated logits for questions, (texts, labels), in their order."""
        some = head.labels[0]
        on = seen(self._encoder, head.layers, [(text, some) for text in texts], head.labels)
        return logits_of(head, on) / head.temperature

    def _learnt(self, texts: Sequence[Labelled], labels: Sequence[str], plan: HeadPlan) -> Head:
        torch.manual_seed(plan.seed)
        self._console.print(f"{len(texts)} textos")
        on = seen(self._encoder, plan.taps, texts, labels)
        head = Head(
            labels, plan.taps, self._encoder.hidden, queries=plan.queries, values=plan.values
        )
        return trained_head(head, on, plan, self._console)

    def _calibrated(self, head: Head, texts: Sequence[str], truth: Sequence[str]) -> Tensor:
        """The head's logits, once its temperature fits them."""
        logits = self.logits(head, texts)
        head.temperature = fit_temperature(
            logits, torch.tensor([head.labels.index(label) for label in truth])
        )
        return logits / head.temperature


def main() -> None:
    """Train the heads, calibrate them on what is held out, and write the adapter with them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--adapter", type=Path, default=ADAPTER_FILE)
    parser.add_argument("--out", type=Path, default=ADAPTER_FILE)
    parser.add_argument("--data", type=Path, default=DATA_FOLDER)
    parser.add_argument(
        "--all-wordings",
        action="store_true",
        help="train on the held-out families too, with the temperature of the heads that are there",
    )
    parser.add_argument(
        "--families", type=float, default=1.0, help="share of the training families that are used"
    )
    parser.add_argument(
        "--head", choices=["aspects", "safety"], help="this one alone; the other stays as it is"
    )
    parser.add_argument("--threads", type=int, default=2, help="one on a busy machine")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    console = Console(stderr=True)
    adapter = read_adapter(options.adapter)
    encoder = TrainableEncoder(packaged(adapter.matrices), frozen=0, rank=0)
    trained, held_out = read_data(
        options.data, all_wordings=options.all_wordings, families=options.families
    )
    trainer = HeadTrainer(encoder, trained, held_out, console)
    heads, figures = dict(adapter.heads), Figures()
    if options.head != "safety":
        aspects, told, typed, topics = trainer.aspects(ASPECTS)
        if options.all_wordings and "aspects" in heads:
            # what it was trained on can't calibrate it: that of its twin, which never saw it, can
            aspects.temperature = heads["aspects"].temperature
        heads["aspects"] = aspects.weights()
        figures = replace(figures, aspects=told, aspects_as_typed=typed, topics_told=topics)
    if options.head != "aspects":
        safety, careful = trainer.safety(SAFETY)
        heads["safety"] = safety.weights()
        figures = replace(figures, safety=careful)
    write_adapter(replace(adapter, heads=heads), options.out)
    console.print(json.dumps(asdict(figures), ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
