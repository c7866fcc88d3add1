"""Questions that mean the same go together, whatever their words."""

import numpy as np

from assistant.desk.groups import grouped, together
from assistant.desk.outcomes import Channel, Outcome
from assistant.desk.questions import KeptQuestion
from assistant.running.storage.database import now
from corpus.embeddings import OnnxEmbeddings


def _kept(question: str, embeddings: OnnxEmbeddings | None) -> KeptQuestion:
    vector = embeddings.query_vector(question) if embeddings else None
    return KeptQuestion(
        question, now(), Channel.WEB, "MO-1", question, "", Outcome.REFUSED, None, None, (), 10,
        None, None, vector,
    )  # fmt: skip


def test_the_same_need_in_other_words_is_one_group(embeddings: OnnxEmbeddings) -> None:
    potholes = [
        "¿Quién repara los baches?",
        "quien repara los baches aquí",
        "reparar baches",
    ]
    passports = ["¿Cuánto cuesta el pasaporte?", "costo del pasaporte"]
    asked = [*potholes[:2], *passports, potholes[2], "¿A quién le reporta Geomática?"]
    groups = [
        {q.question for q in g.questions} for g in grouped([_kept(a, embeddings) for a in asked])
    ]
    assert groups[:2] == [set(potholes), set(passports)]
    assert groups[2:] == [{"¿A quién le reporta Geomática?"}]


def test_what_has_no_vector_stands_alone() -> None:
    assert [len(g.questions) for g in grouped([_kept("una", None), _kept("dos", None)])] == [1, 1]


def test_no_two_groups_are_left_that_are_alike_enough() -> None:
    rng = np.random.default_rng(5)
    centres = rng.normal(size=(6, 24))
    vectors = np.concatenate([c + 0.2 * rng.normal(size=(8, 24)) for c in centres])
    found = together(vectors.astype(np.float32), 0.8)
    assert sorted(sorted(each) for each in found) == [
        list(range(i, i + 8)) for i in range(0, 48, 8)
    ]
    assert together(np.empty((0, 24), np.float32)) == []


def test_the_one_in_their_midst_stands_for_all() -> None:
    around = np.array([[1, 0.0], [1, 0.3], [1, -0.3]], np.float32)
    kept = [_kept(name, None) for name in ("la de en medio", "una", "otra")]
    with_vectors = [
        KeptQuestion(**{**vars(each), "vector": vector})
        for each, vector in zip(kept, around, strict=True)
    ]
    (group,) = grouped(with_vectors[::-1])
    assert group.representative.question == "la de en medio"
