"""The training script learns, on a slice small enough for seconds, and what it writes is read."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from rich.console import Console
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Pooling, Transformer

from corpus.finetuning.adapter import (
    Adapter,
    HeadWeights,
    read_adapter,
    write_adapter,
)
from corpus.finetuning.adapter_file import ADAPTER_FILE
from corpus.finetuning.encoder import TrainableEncoder
from corpus.finetuning.head import Head, fit_temperature, head_of
from corpus.finetuning.measure import classes
from corpus.finetuning.objectives import contrastive
from corpus.finetuning.plan import Plan
from corpus.finetuning.train import train
from corpus.finetuning.train_heads import ASPECTS, SAFETY, HeadTrainer
from corpus.finetuning.training_data import SAFETY_LABELS, Split, read_data


@pytest.fixture(autouse=True)
def _one_thread() -> Iterator[None]:
    """Two threads wait for each other on a machine that runs other tests."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def slices() -> tuple[Split, Split]:
    """A few texts of each kind."""
    trained, held_out = read_data()

    def cut(split: Split, labels: tuple[str, ...]) -> Split:
        return replace(
            split,
            pairs=split.pairs[:4],
            wordings=[
                wording
                for label in labels
                for wording in [w for w in split.wordings if w.label == label][:4]
            ],
            safety=split.safety[::24],
            general=split.general[:2],
        )

    labels = ("reports_to", "money", "responsible")
    return cut(trained, labels), cut(held_out, labels)


@pytest.fixture
def tiny(tiny_encoder: Transformer) -> SentenceTransformer:
    return SentenceTransformer(modules=[tiny_encoder, Pooling(32)], device="cpu")


def test_a_training_from_end_to_end(
    tiny: SentenceTransformer,
    slices: tuple[Split, Split],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("corpus.finetuning.train.CACHE", tmp_path)
    plan = Plan(steps=2, frozen=1, rank=2, functions=4, neighbours=2, general=2)
    out = tmp_path / "adapter.npz"
    figures = train(tiny, *slices, plan, out, Console(quiet=True))
    adapter = read_adapter(out)
    assert not adapter.heads
    assert all(layer.startswith("encoder.layer.1.") for layer in adapter.matrices)
    learnt = [np.abs(b).max() for _, b in adapter.matrices.values()]
    assert min(learnt) > 0
    assert figures is not None
    assert figures.questions == sum(len(p.questions) for p in slices[1].pairs)


def test_heads_learn_on_the_encoder_as_it_is(
    tiny: SentenceTransformer, slices: tuple[Split, Split]
) -> None:
    before = {name: weight.clone() for name, weight in tiny.named_parameters()}
    encoder = TrainableEncoder(tiny, frozen=0, rank=0)
    trainer = HeadTrainer(encoder, *slices, Console(quiet=True))
    small = {"epochs": 30, "variants": 2, "everyday": 4, "size": 8, "taps": (1, 2)}
    head, told, _, topics = trainer.aspects(replace(ASPECTS, **small))
    assert head.labels == ("money", "reports_to", "responsible")
    assert told.count == len(slices[1].wordings)
    assert 0 <= topics <= 1
    learnt = classes(
        trainer.logits(head, [w.text for w in slices[0].wordings]),
        [w.label for w in slices[0].wordings],
        head.labels,
    )
    assert learnt.right > 0.6
    safety, careful = trainer.safety(replace(SAFETY, **small))
    assert safety.labels == SAFETY_LABELS
    assert careful.count == len(slices[1].safety)
    assert all(torch.equal(before[name], weight) for name, weight in tiny.named_parameters())


def test_what_is_written_is_read(tmp_path: Path) -> None:
    written = Adapter(
        {
            "encoder.layer.0.output.dense": (
                np.ones((2, 3), np.float32),
                np.eye(2, dtype=np.float32),
            )
        },
        {"aspects": HeadWeights(("a", "b"), (8, 12), 0.5, {"out.bias": np.ones(2, np.float32)})},
    )
    write_adapter(written, tmp_path / "adapter.npz")
    read = read_adapter(tmp_path / "adapter.npz")
    assert read.heads["aspects"].labels == ("a", "b")
    assert read.heads["aspects"].layers == (8, 12)
    assert read.heads["aspects"].temperature == 0.5
    assert np.array_equal(read.heads["aspects"].parameters["out.bias"], np.ones(2))
    assert np.array_equal(read.matrices["encoder.layer.0.output.dense"][1], np.eye(2))


def test_the_shipped_adapter_is_small() -> None:
    assert ADAPTER_FILE.stat().st_size < 5_000_000


def test_a_stored_head_reads_as_before() -> None:
    torch.manual_seed(0)
    head = Head(("a", "b", "c"), (1, 2), 8, queries=2, values=4).eval()
    states = torch.randn(3, 5, 16)
    assert torch.equal(head(states), head_of(head.weights())(states))


def test_padding_changes_nothing() -> None:
    torch.manual_seed(0)
    head = Head(("a", "b"), (1,), 8, queries=2, values=4).eval()
    states = torch.randn(1, 5, 8)
    padded = torch.cat([states, torch.full((1, 3, 8), 7.0)], dim=1)
    mask = torch.tensor([[1.0] * 5 + [0.0] * 3])
    assert torch.allclose(head(states), head(padded, mask), atol=1e-6)


def test_a_head_can_tell_the_order_of_states_by_what_they_hold() -> None:
    """Attention pooling weighs tokens: one telling token is enough among many."""
    torch.manual_seed(0)
    head = Head(("a", "b"), (1,), 8, queries=2, values=4, dropout=0)
    optimiser = torch.optim.Adam(head.parameters(), 0.02)
    for _ in range(150):
        states = torch.randn(32, 12, 8)
        labels = torch.randint(0, 2, (32,))
        states[torch.arange(32), torch.randint(0, 12, (32,)), 0] = labels * 12.0 - 6.0
        loss = torch.nn.functional.cross_entropy(head(states), labels)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    assert loss.item() < 0.3


class TestContrastive:
    passages = torch.eye(4)

    def loss(self, questions: torch.Tensor, excused: torch.Tensor | None = None) -> float:
        none = torch.zeros(4, 4, dtype=torch.bool)
        misses = torch.zeros(2, 4)
        own = torch.tensor([0, 1])
        return contrastive(
            questions, self.passages, misses, own, none if excused is None else excused
        ).item()

    def test_questions_by_their_own_function_cost_nothing(self) -> None:
        assert self.loss(torch.eye(4)[:2]) < 0.01

    def test_questions_by_another_function_cost(self) -> None:
        assert self.loss(torch.eye(4)[[1, 0]]) > 10

    def test_a_function_that_may_answer_too_is_not_held_against_it(self) -> None:
        questions = torch.eye(4)[:2] + torch.eye(4)[2]
        excused = torch.zeros(4, 4, dtype=torch.bool)
        excused[0, 2] = excused[2, 0] = excused[1, 2] = excused[2, 1] = True
        assert self.loss(questions, excused) < self.loss(questions) - 0.5

    def test_a_near_miss_by_its_function_costs(self) -> None:
        none = torch.zeros(4, 4, dtype=torch.bool)
        near = contrastive(
            torch.eye(4)[:2], self.passages, torch.eye(4)[:2], torch.tensor([0, 1]), none
        )
        assert near.item() > self.loss(torch.eye(4)[:2]) + 0.1


def test_temperature_makes_boasting_modest() -> None:
    torch.manual_seed(0)
    labels = torch.randint(0, 2, (400,))
    told = torch.where(torch.rand(400) < 0.8, labels, 1 - labels)
    logits = torch.nn.functional.one_hot(told, 2) * 4.0
    temperature = fit_temperature(logits, labels)
    sure = (logits / temperature).softmax(1).max(1).values.mean()
    assert sure.item() == pytest.approx(0.8, abs=0.05)


def test_classes_are_counted_and_confusions_named() -> None:
    logits = torch.tensor([[2.0, 0.0], [0.0, 2.0], [2.0, 0.0], [2.0, 0.0]])
    figures = classes(logits, ["a", "b", "b", "a"], ["a", "b"])
    assert figures.right == 0.75
    assert figures.of_label == {"a": 1.0, "b": 0.5}
    assert figures.confused == {"b → a": 1}
