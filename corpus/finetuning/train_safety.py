"""Trains the head that tells danger and accusations: `python -m corpus.finetuning.train_safety`.

On the encoder as the adapter leaves it, which stays as it is: what its layers make of all messages
is computed once, then the head alone learns. Run it after `corpus.finetuning.train`.
"""

import argparse
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from rich.console import Console
from torch import Tensor

from corpus.finetuning.adapter import ADAPTER_FILE, read_adapter, write_adapter
from corpus.finetuning.calibration import fit_temperature
from corpus.finetuning.encoder import TrainableEncoder, by_length, packaged
from corpus.finetuning.filling import Filler, as_said
from corpus.finetuning.head import Head
from corpus.finetuning.noise import as_typed
from corpus.finetuning.objectives import classified
from corpus.finetuning.plan import Plan
from corpus.finetuning.safety_file import SAFETY_LABELS, SafetyQuestion
from corpus.finetuning.training_data import Split, read_data

_QUERY = "query: "
_ORDINARY = "ordinary"


@dataclass(frozen=True)
class SafetyPlan:
    """One training of the head."""

    epochs: int = 12
    size: int = 64
    seed: int = 7
    variants: int = 3
    """Each message so often: as it is, and as people type."""
    everyday: int = 4_000
    """Questions of the pairs, and wordings of what is asked of a manual, as ordinary ones."""
    rate: float = 1e-3
    decay: float = 0.1
    queries: int = 8
    values: int = 128


@dataclass(frozen=True)
class Messages:
    """Messages as the encoder's layers see them, with their labels' places."""

    states: list[Tensor]
    """Of each message (tokens, width), in half precision."""
    labels: Tensor


def messages(trained: Split, plan: SafetyPlan, rng: random.Random) -> list[tuple[str, str]]:
    """Texts with their labels, to train on."""
    filler = Filler(trained.pairs)
    names = sorted({pairs.unit for pairs in trained.pairs})
    texts = []
    for message in trained.safety:
        for variant in range(plan.variants):
            text = named(message.text, as_said(rng.choice(names), rng))
            texts.append((as_typed(text, rng) if variant else text, message.label))
    everyday = [question for pairs in trained.pairs for question in pairs.questions]
    asked = [filler.fill(wording.text, rng) for wording in trained.wordings]
    some = [*rng.sample(everyday, min(plan.everyday, len(everyday)))]
    some += rng.sample(asked, min(plan.everyday // 2, len(asked)))
    return [*texts, *((text, _ORDINARY) for text in some)]


def named(text: str, name: str) -> str:
    """A message with a position's name where one stands."""
    return text.replace("{puesto}", name)


def seen(
    encoder: TrainableEncoder, layers: Sequence[int], texts: Sequence[tuple[str, str]]
) -> Messages:
    """What the encoder makes of texts with their labels."""
    below = encoder.below([_QUERY + text for text, _ in texts])
    states: list[Tensor] = [torch.empty(0)] * len(texts)
    with torch.no_grad():
        for chunk in by_length([len(each) for each in below], 48):
            made = encoder.above([below[i] for i in chunk], layers)
            beside, lengths = made.side_by_side(layers), made.mask.sum(1).int().tolist()
            for i, row, length in zip(chunk, beside, lengths, strict=True):
                states[i] = row[:length].half()
    return Messages(states, torch.tensor([SAFETY_LABELS.index(label) for _, label in texts]))


def trained_head(head: Head, on: Messages, plan: SafetyPlan, console: Console) -> Head:
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
def logits_of(head: Head, on: Messages) -> Tensor:
    """(messages, labels)."""
    made = [head(*padded(on.states[at : at + 64])) for at in range(0, len(on.states), 64)]
    return torch.cat(made)


def held_out_messages(safety: Sequence[SafetyQuestion]) -> list[tuple[str, str]]:
    """Texts with their labels, as they are, to calibrate and measure on."""
    return [(named(each.text, "Geomática"), each.label) for each in safety]


def main() -> None:
    """Train, calibrate on what is held out, and write the adapter with the new head."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ADAPTER_FILE)
    parser.add_argument("--threads", type=int, default=2, help="one on a busy machine")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    plan, taps, console = SafetyPlan(), Plan().taps, Console(stderr=True)
    torch.manual_seed(plan.seed)
    adapter = read_adapter()
    encoder = TrainableEncoder(packaged(adapter.matrices), frozen=Plan().frozen, rank=0)
    trained, held_out = read_data()
    on = seen(encoder, taps, messages(trained, plan, random.Random(plan.seed)))
    console.print(f"{len(on.states)} textos")
    head = Head(SAFETY_LABELS, taps, encoder.hidden, queries=plan.queries, values=plan.values)
    trained_head(head, on, plan, console)
    apart = seen(encoder, taps, held_out_messages(held_out.safety))
    logits = logits_of(head, apart)
    head.temperature = fit_temperature(logits, apart.labels)
    right = logits.argmax(1) == apart.labels
    for place, label in enumerate(SAFETY_LABELS):
        own = right[apart.labels == place]
        console.print(f"{label}: {own.float().mean():.1%} de {len(own)} apartadas")
    write_adapter(replace(adapter, heads={**adapter.heads, "safety": head.weights()}), options.out)


if __name__ == "__main__":
    main()
