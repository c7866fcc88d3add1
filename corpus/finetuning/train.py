"""Trains the adapter: `python -m corpus.finetuning.train`; docs/training.md tells how well.

One low-rank addition to the upper layers serves three ends, and is trained on all at once: a
question's vector is nearest to the function that answers it, among those of the same office; the
first head tells what is asked, the second whether it needs care. General texts are held to what
the packaged model made of them.
"""

import argparse
import json
import random
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, fields, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from rich.console import Console
from torch import Tensor

from corpus.finetuning.adapter import ADAPTER_FILE, Adapter, Matrices, read_adapter, write_adapter
from corpus.finetuning.batches import function_batches, shuffled
from corpus.finetuning.encoder import TrainableEncoder, by_length, packaged
from corpus.finetuning.filling import Filler
from corpus.finetuning.head import Head
from corpus.finetuning.measure import Figures, measure
from corpus.finetuning.noise import as_typed
from corpus.finetuning.objectives import classified, contrastive, kept
from corpus.finetuning.plan import Plan
from corpus.finetuning.safety_file import SAFETY_LABELS
from corpus.finetuning.training_data import DATA_FOLDER, TOPIC, Split, read_data

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

CACHE = Path(__file__).parents[2] / ".cache" / "finetuning"
QUERY, PASSAGE = "query: ", "passage: "
_UNLIKE = 0.8
"""Share of the functions of other offices that are taken to answer other questions; the rest, the
nearest ones, may answer the same. Offices overlap, and held against one another such functions
made vectors worse the longer they were trained (docs/training.md)."""
_TOLD_EVERY = 25


class Trainer:
    """One training, step by step."""

    def __init__(self, model: "SentenceTransformer", data: Split, plan: Plan) -> None:
        torch.manual_seed(plan.seed)
        self.plan, self._data = plan, data
        self._rng = random.Random(plan.seed)
        self._filler = Filler(data.pairs)
        self.encoder = TrainableEncoder(model, frozen=plan.frozen, rank=plan.rank)
        labels = sorted({w.label for w in data.wordings})
        self.aspects = Head(labels, plan.taps, self.encoder.hidden)
        self.safety = Head(SAFETY_LABELS, plan.taps, self.encoder.hidden, queries=4, values=64)
        self._read_texts()
        self._batches()
        self._optimiser = torch.optim.AdamW(
            [
                {"params": self.encoder.parameters(), "lr": plan.rate, "weight_decay": 0.01},
                {
                    "params": [*self.aspects.parameters(), *self.safety.parameters()],
                    "lr": plan.head_rate,
                    "weight_decay": 0.05,
                },
            ]
        )
        self._schedule = torch.optim.lr_scheduler.LambdaLR(self._optimiser, self._share_of_rate)
        self._remembered: deque[tuple[int, Tensor]] = deque(maxlen=plan.remembered)

    def _share_of_rate(self, step: int) -> float:
        plan = self.plan
        return min(1.0, (step + 1) / plan.warm_up) * max(0.02, 1 - step / plan.steps)

    def _read_texts(self) -> None:
        """What the frozen layers make of all texts that stay as they are."""
        pairs, general = self._data.pairs, self._data.general
        texts = [PASSAGE + p.passage for p in pairs]
        texts += [QUERY + q for p in pairs for q in (*p.questions, *p.near_misses)]
        read = iter(self.encoder.below_kept(texts, CACHE))
        self._passages = list(islice(read, len(pairs)))
        self._questions, self._misses = [], []
        for each in pairs:
            self._questions.append(list(islice(read, len(each.questions))))
            self._misses.append(list(islice(read, len(each.near_misses))))
        texts = [PASSAGE + g.passage for g in general]
        texts += [QUERY + q for g in general for q in g.questions]
        self._general = self.encoder.below_kept(texts, CACHE)
        with torch.no_grad():
            self._functions_before = self.encoder.vectors(self._passages)
            some = self._functions_before[:: max(1, len(pairs) // 800)]
            self._alike = torch.quantile(some @ some.T, _UNLIKE)
            self._general_before = self.encoder.vectors(self._general) if general else None

    def _batches(self) -> None:
        plan, rng = self.plan, self._rng
        offices = [p.office for p in self._data.pairs]
        self._function_batches = function_batches(offices, plan.functions, plan.neighbours, rng)
        self._wording_batches = shuffled(len(self._data.wordings), plan.wordings, rng)
        self._safety_batches = shuffled(len(self._data.safety), plan.safety, rng)
        self._general_batches = shuffled(len(self._general), plan.general, rng)

    def step(self) -> dict[str, float]:
        """One step; gives what each objective stands at."""
        plan = self.plan
        losses = {}
        if plan.pairs_weight:
            losses["pairs"] = plan.pairs_weight * self._pairs_loss()
        losses["aspects"] = plan.aspects_weight * self._aspects_loss()
        if self._data.safety:
            losses["safety"] = plan.safety_weight * self._safety_loss()
        if self._general_before is not None and plan.general_weight and plan.rank:
            losses["general"] = plan.general_weight * self._general_loss()
        self._learn(self._optimiser, losses)
        self._schedule.step()
        return {name: loss.item() for name, loss in losses.items()}

    def _pairs_loss(self) -> Tensor:
        plan, rng, encoder = self.plan, self._rng, self.encoder
        functions = next(self._function_batches)
        questions, own = [], []
        for place, function in enumerate(functions):
            asked = self._questions[function]
            questions += rng.sample(asked, min(plan.questions, len(asked)))
            own += [place] * min(plan.questions, len(asked))
        misses = [rng.choice(self._misses[function]) for function in functions]
        asked_vectors = encoder.vectors([*questions, *misses])
        passages = encoder.vectors([self._passages[function] for function in functions])
        bank = [(f, v) for f, v in self._remembered if f not in set(functions)]
        numbers = [*functions, *(function for function, _ in bank)]
        every = torch.cat([passages, *(vector[None] for _, vector in bank)])
        self._remembered.extend(zip(functions, passages.detach(), strict=True))
        return contrastive(
            asked_vectors[: len(questions)],
            every,
            asked_vectors[len(questions) :],
            torch.tensor(own),
            self._excused(numbers),
        )

    def _excused(self, functions: Sequence[int]) -> Tensor:
        """Pairs of functions of different offices that are nearly the same."""
        before = self._functions_before[list(functions)]
        offices = [self._data.pairs[function].office for function in functions]
        numbers = {office: number for number, office in enumerate(sorted(set(offices)))}
        office = torch.tensor([numbers[each] for each in offices])
        return (before @ before.T > self._alike) & (office[:, None] != office[None, :])

    def _aspects_loss(self) -> Tensor:
        wordings = [self._data.wordings[i] for i in next(self._wording_batches)]
        texts = [QUERY + self._filler.fill(w.text, self._rng) for w in wordings]
        labels = torch.tensor([self.aspects.labels.index(w.label) for w in wordings])
        topic = torch.tensor([w.label == TOPIC for w in wordings])
        asked, careful, order = [], [], []
        below = self.encoder.below(texts)
        for chunk in by_length([len(text) for text in below], 24):
            states = self.encoder.above([below[i] for i in chunk], self.plan.taps)
            beside = states.side_by_side(self.plan.taps)
            asked.append(self.aspects(beside, states.mask))
            careful.append(self.safety(beside, states.mask))
            order += chunk
        loss = classified(torch.cat(asked), labels[order]) + self._topics_loss()
        if not self._data.safety:
            return loss
        # What is asked of a manual's structure needs no care, whatever its wording.
        plain = torch.cat(careful)[~topic[order]]
        ordinary = torch.full((len(plain),), SAFETY_LABELS.index("ordinary"))
        return loss + self.plan.ordinary_weight * classified(plain, ordinary)

    def _topics_loss(self) -> Tensor:
        """Everyday questions ask who is responsible, whatever they are about."""
        if TOPIC not in self.aspects.labels or not self.plan.topics_weight:
            return torch.zeros(())
        some = self._rng.sample(self._questions, min(self.plan.safety, len(self._questions)))
        texts = [self._rng.choice(questions) for questions in some]
        label = torch.full((len(texts),), self.aspects.labels.index(TOPIC))
        return self.plan.topics_weight * classified(*self._in_order(self.aspects, texts, label))

    def _safety_loss(self) -> Tensor:
        asked = [self._data.safety[i] for i in next(self._safety_batches)]
        texts = [QUERY + as_typed(each.text, self._rng) for each in asked]
        labels = torch.tensor([SAFETY_LABELS.index(each.label) for each in asked])
        below = self.encoder.below(texts)
        return classified(*self._in_order(self.safety, below, labels))

    def _general_loss(self) -> Tensor:
        assert self._general_before is not None
        some = next(self._general_batches)
        vectors = self.encoder.vectors([self._general[i] for i in some])
        return kept(vectors, self._general_before[some])

    def _in_order(
        self, head: Head, below: Sequence[Tensor], labels: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Logits and labels, both in an order in which little is padded."""
        chunks = list(by_length([len(text) for text in below], 32))
        made = []
        for chunk in chunks:
            states = self.encoder.above([below[i] for i in chunk], head.layers)
            made.append(head(states.side_by_side(head.layers), states.mask))
        return torch.cat(made), labels[[i for chunk in chunks for i in chunk]]

    def train(self, on_step: Callable[[int, dict[str, float]], None]) -> None:
        """All steps; `on_step` is told the number and the losses."""
        for module in (self.encoder, self.aspects, self.safety):
            module.train(True)
        for step in range(self.plan.steps):
            on_step(step, self.step())
        self.settle(on_step)
        for module in (self.aspects, self.safety):
            module.train(False)

    def settle(self, on_step: Callable[[int, dict[str, float]], None]) -> None:
        """Let the share of the additions count that stays, and the heads get used to it."""
        plan = self.plan
        self.encoder.settle(plan.share)
        self.encoder.train(False)
        heads = [*self.aspects.parameters(), *self.safety.parameters()]
        optimiser = torch.optim.AdamW(heads, lr=plan.head_rate / 3, weight_decay=0.05)
        for step in range(plan.settling):
            for group in optimiser.param_groups:
                group["lr"] = plan.head_rate / 3 * (1 - step / plan.settling)
            losses = {"aspects": self._aspects_loss()}
            if self._data.safety:
                losses["safety"] = plan.safety_weight * self._safety_loss()
            self._learn(optimiser, losses)
            on_step(step, {name: loss.item() for name, loss in losses.items()})

    @staticmethod
    def _learn(optimiser: torch.optim.Optimizer, losses: Mapping[str, Tensor]) -> None:
        optimiser.zero_grad()
        total: Tensor = sum(losses.values(), start=torch.zeros(()))
        total.backward()  # type: ignore[no-untyped-call]
        optimiser.step()

    def adapter(self) -> Adapter:
        """The adapter as it stands."""
        heads = {"aspects": self.aspects.weights()}
        if self._data.safety:
            heads["safety"] = self.safety.weights()
        return Adapter(self.encoder.matrices(), heads)


def train(
    model: "SentenceTransformer",
    trained: Split,
    held_out: Split,
    plan: Plan,
    out: Path,
    console: Console,
    already: Matrices | None = None,
) -> Figures:
    """Train, calibrate on what is held out, measure, and write the adapter to `out`.

    `already` are additions that `model` has merged, if it has: they are written with the heads.
    """
    started = time.monotonic()
    trainer = Trainer(model, trained, plan)
    recent: deque[dict[str, float]] = deque(maxlen=_TOLD_EVERY)

    def tell(step: int, losses: dict[str, float]) -> None:
        recent.append(losses)
        if (step + 1) % _TOLD_EVERY == 0:
            means = {k: sum(each[k] for each in recent) / len(recent) for k in losses}
            recent.clear()
            told = ", ".join(f"{name} {mean:.3f}" for name, mean in means.items())
            console.print(f"{step + 1} {time.monotonic() - started:.0f} s: {told}")

    trainer.train(tell)
    figures = measure(trainer.encoder, trainer.aspects, trainer.safety, trained, held_out)
    made = trainer.adapter()
    write_adapter(replace(made, matrices={**(already or {}), **made.matrices}), out)
    console.print(f"{time.monotonic() - started:.0f} s")
    return figures


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ADAPTER_FILE)
    parser.add_argument("--data", type=Path, default=DATA_FOLDER)
    parser.add_argument("--figures", type=Path, help="where to write the figures as JSON")
    parser.add_argument(
        "--all-wordings", action="store_true", help="train on the held-out families too"
    )
    parser.add_argument(
        "--families", type=float, default=1.0, help="share of the training families that are used"
    )
    for field in fields(Plan):
        if field.type in (int, float):
            parser.add_argument(f"--{field.name.replace('_', '-')}", type=field.type)
    parser.add_argument(
        "--heads-only", action="store_true", help="on the additions of the shipped adapter"
    )
    parser.add_argument("--threads", type=int, default=2, help="one on a busy machine")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    plan = replace(
        Plan(),
        **{
            field.name: given
            for field in fields(Plan)
            if (given := getattr(options, field.name, None)) is not None
        },
    )
    trained, held_out = read_data(
        options.data, all_wordings=options.all_wordings, families=options.families
    )
    console = Console(stderr=True)
    already = read_adapter().matrices if options.heads_only else None
    if options.heads_only:
        plan = replace(plan, rank=0, pairs_weight=0.0, settling=0, share=1.0)
    figures = train(packaged(already), trained, held_out, plan, options.out, console, already)
    told = json.dumps(asdict(figures), ensure_ascii=False, indent=1)
    if options.figures:
        options.figures.write_text(told, "utf-8")
    console.print(told)


if __name__ == "__main__":
    main()
