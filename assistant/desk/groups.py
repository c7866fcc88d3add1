"""Questions that mean the same, together: by the vectors of the encoder that is there anyway."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.desk.questions import KeptQuestion

ALIKE = 0.66
"""Cosine from which two questions go together, on average over a group: the least at which four of
five in a question's group ask for the same, of questions on dependencies that the encoder was not
trained on, near misses among them (`python -m evals.grouping`). Lower, other needs hide in a group;
higher, only the same words are left together."""


@dataclass(frozen=True)
class Group:
    """Questions that mean the same; the first is the one in their midst."""

    questions: tuple[KeptQuestion, ...]

    @property
    def representative(self) -> KeptQuestion:
        """The question that is nearest to all others."""
        return self.questions[0]


def grouped(questions: Sequence[KeptQuestion], alike: float = ALIKE) -> list[Group]:
    """The questions in groups, the largest first; one without a vector is alone."""
    with_vector = [each for each in questions if each.vector is not None]
    vectors = np.array([each.vector for each in with_vector if each.vector is not None])
    groups = [
        _group([with_vector[at] for at in members], vectors[members])
        for members in together(vectors, alike)
    ]
    groups += [Group((each,)) for each in questions if each.vector is None]
    return sorted(groups, key=lambda each: len(each.questions), reverse=True)


def together(vectors: NDArray[np.float32], alike: float = ALIKE) -> list[list[int]]:
    """Rows of (questions, dimension) that go together, by average linkage: the two groups that
    are most alike become one, until no two are alike enough."""
    if not len(vectors):
        return []
    unit = _unit(vectors)
    likeness = (unit @ unit.T).astype(np.float32)
    np.fill_diagonal(likeness, -1.0)
    members = [[at] for at in range(len(unit))]
    sizes = np.ones(len(unit), np.float32)
    nearest, best = likeness.argmax(axis=1), likeness.max(axis=1)
    while True:
        one = int(best.argmax())
        if best[one] < alike:
            return [each for each in members if each]
        other = int(nearest[one])
        total = sizes[one] + sizes[other]
        merged = (likeness[one] * sizes[one] + likeness[other] * sizes[other]) / total
        merged[[one, other]] = -1.0
        gone = (likeness[other] == -1.0) | (likeness[one] == -1.0)
        merged[gone] = -1.0
        likeness[one], likeness[:, one] = merged, merged
        likeness[other], likeness[:, other] = -1.0, -1.0
        members[one] += members[other]
        members[other] = []
        sizes[one] = total
        for row in np.flatnonzero((nearest == one) | (nearest == other)):
            nearest[row], best[row] = likeness[row].argmax(), likeness[row].max()
        nearest[one], best[one] = likeness[one].argmax(), likeness[one].max()
        best[other] = -1.0
        closer = likeness[one] > best
        nearest[closer], best[closer] = one, likeness[one][closer]


def _unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9), np.float32)


def _group(questions: list[KeptQuestion], vectors: NDArray[np.float32]) -> Group:
    unit = _unit(vectors)
    order = np.argsort(-(unit @ unit.mean(axis=0)), kind="stable")
    return Group(tuple(questions[at] for at in order))
