"""Trains the additions of the adapter: `python -m corpus.finetuning.train`; docs/training.md tells
how well.

Low-rank additions to the upper layers bring a question's vector nearest to the function that
answers it, among those of the same office. General texts are held to what the packaged model made
of them. The heads that read a question are trained after, on the encoder as it then is
(`corpus.finetuning.train_heads`).
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

from corpus.finetuning.adapter import Adapter, Matrices, read_adapter, write_adapter
from corpus.finetuning.adapter_file import ADAPTER_FILE
from corpus.finetuning.batches import function_batches, shuffled
from corpus.finetuning.encoder import TrainableEncoder, packaged
from corpus.finetuning.measure import Retrieval, retrieval
from corpus.finetuning.objectives import contrastive, kept
from corpus.finetuning.plan import Plan
from corpus.finetuning.training_data import DATA_FOLDER, Split, read_data

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

CACHE = Path(__file__).parents[2] / ".cache" / "finetuning"
QUERY, PASSAGE = "query: ", "passage: "
_UNLIKE = 0.97
"""Share of the functions of other offices that are taken to answer other questions; the rest, the
nearest ones, may answer the same. Offices overlap, and held against one another such functions
made vectors worse the longer they were trained (docs/training.md)."""
_TOLD_EVERY = 10


class Trainer:
    """One training, step by step."""

    def __init__(
        self, model: "SentenceTransformer", data: Split, plan: Plan, start: Matrices | None = None
    ) -> None:
        """`start` are additions to go on from."""
        torch.manual_seed(plan.seed)
        self.plan, self._data = plan, data
        self._rng = random.Random(plan.seed)
        self.encoder = TrainableEncoder(model, frozen=plan.frozen, rank=plan.rank)
        self._read_texts()
        if start is not None:
            self.encoder.begin_with(start)
        offices = [p.office for p in self._data.pairs]
        self._function_batches = function_batches(
            offices, plan.functions, plan.neighbours, self._rng
        )
        self._general_batches = shuffled(len(self._general), plan.general, self._rng)
        self._optimiser = torch.optim.AdamW(
            self.encoder.parameters(), lr=plan.rate, weight_decay=0.01
        )
        self._schedule = torch.optim.lr_scheduler.LambdaLR(self._optimiser, self._share_of_rate)

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

    def step(self) -> dict[str, float]:
        """One step; gives what each objective stands at."""
        losses = {"pairs": self._pairs_loss()}
        if self._general_before is not None and self.plan.general_weight:
            losses["general"] = self.plan.general_weight * self._general_loss()
        self._optimiser.zero_grad()
        total: Tensor = sum(losses.values(), start=torch.zeros(()))
        total.backward()  # type: ignore[no-untyped-call]
        self._optimiser.step()
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
        return contrastive(
            asked_vectors[: len(questions)],
            passages,
            asked_vectors[len(questions) :],
            torch.tensor(own),
            self._excused(functions),
        )

    def _excused(self, functions: Sequence[int]) -> Tensor:
        """Pairs of functions of different offices that are nearly the same."""
        before = self._functions_before[list(functions)]
        offices = [self._data.pairs[function].office for function in functions]
        numbers = {office: number for number, office in enumerate(sorted(set(offices)))}
        office = torch.tensor([numbers[each] for each in offices])
        return (before @ before.T > self._alike) & (office[:, None] != office[None, :])

    def _general_loss(self) -> Tensor:
        assert self._general_before is not None
        some = next(self._general_batches)
        vectors = self.encoder.vectors([self._general[i] for i in some])
        return kept(vectors, self._general_before[some])

    def train(self, on_step: Callable[[int, Mapping[str, float]], None]) -> None:
        """All steps; `on_step` is told the number and the losses."""
        self.encoder.train(True)
        for step in range(self.plan.steps):
            on_step(step, self.step())
        self.encoder.settle(self.plan.share)
        self.encoder.train(False)


def train(
    model: "SentenceTransformer",
    trained: Split,
    held_out: Split,
    plan: Plan,
    out: Path,
    console: Console,
    start: Matrices | None = None,
) -> Retrieval | None:
    """Train, from `start` on if given, measure on what is held out, and write the adapter to `out`,
    without heads."""
    started = time.monotonic()
    trainer = Trainer(model, trained, plan, start)
    recent: deque[Mapping[str, float]] = deque(maxlen=_TOLD_EVERY)

    def tell(step: int, losses: Mapping[str, float]) -> None:
        recent.append(losses)
        if (step + 1) % _TOLD_EVERY == 0:
            means = {k: sum(each[k] for each in recent) / len(recent) for k in losses}
            told = ", ".join(f"{name} {mean:.3f}" for name, mean in means.items())
            console.print(f"{step + 1} {time.monotonic() - started:.0f} s: {told}")

    trainer.train(tell)
    write_adapter(Adapter(trainer.encoder.matrices(), {}), out)
    return retrieval(trainer.encoder, held_out.pairs) if held_out.pairs else None


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ADAPTER_FILE)
    parser.add_argument("--data", type=Path, default=DATA_FOLDER)
    for field in fields(Plan):
        parser.add_argument(f"--{field.name.replace('_', '-')}", type=field.type)
    parser.add_argument("--onwards", type=Path, help="an adapter of the same plan to go on from")
    parser.add_argument("--threads", type=int, default=2, help="one on a busy machine")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    given = {f.name: v for f in fields(Plan) if (v := getattr(options, f.name)) is not None}
    trained, held_out = read_data(options.data)
    console = Console(stderr=True)
    start = read_adapter(options.onwards).matrices if options.onwards else None
    plan = replace(Plan(), **given)
    figures = train(packaged(), trained, held_out, plan, options.out, console, start)
    if figures is not None:
        console.print(json.dumps(asdict(figures), ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
