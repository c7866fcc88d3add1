"""Search among the vectors of one manual, held in memory: one product of a matrix and a vector."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

MOST_VECTORS = 20_000
"""Up to so many are held in memory: 30 MB at 384 dimensions. Beyond, Chroma's own index serves."""


class FlatSearch:
    """Finds the nearest of the vectors that it holds, exactly. Safe for threads."""

    def __init__(self, ids: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """`vectors` is (ids, dimension), of any length."""
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        self._vectors = np.ascontiguousarray(vectors / np.maximum(norms, np.float32(1e-12)))
        self._ids = list(ids)

    def nearest(self, vector: NDArray[np.float32], k: int) -> list[tuple[str, float]]:
        """The ids of the `k` nearest with their cosine similarities, best first.

        `vector` is (dimension,).
        """
        cosines = self._vectors @ (vector / max(float(np.linalg.norm(vector)), 1e-12))
        best = np.argpartition(-cosines, k - 1)[:k] if k < len(cosines) else np.arange(len(cosines))
        order = best[np.argsort(-cosines[best], kind="stable")]
        return [(self._ids[i], float(cosines[i])) for i in order]
