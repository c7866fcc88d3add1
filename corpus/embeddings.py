"""Serves a prepared model with ONNX Runtime and `tokenizers`: no torch at run time."""

import os
import threading
import unicodedata
import weakref
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from corpus.prepared_model import GRAPH_FILE, TOKENIZER_FILE, PreparedModel, read_prepared

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

Vector = NDArray[np.float32]
NAME_MASKS = ("X", "Y", "Z", "W")
"""What stands for the names in a text that is read: the first name, the second, …"""

_VECTOR, _ASPECTS, _SAFETY = "vector", "aspects", "safety"
"""The outputs of a graph."""
_INVISIBLE = {"Cc", "Cf", "Cs"}
"""Unicode categories that carry no text: control, format, surrogate."""


@dataclass(frozen=True)
class Reading:
    """What one run of the model tells of a question.

    The log probabilities are calibrated, in the order of the labels in the model's facts; they are
    empty for a model that has no heads.
    """

    vector: Vector
    """For the search: what `query_vector` gives."""
    aspects: Vector
    """Log probabilities of what is asked, (aspects,)."""
    safety: Vector
    """Log probabilities of whether it needs care, (safety,)."""


class OnnxEmbeddings:
    """A prepared model; its vectors have unit norm.

    One text is one run on one thread, so that a text's vector never depends on its neighbours
    (dynamic quantisation scales by what is in the batch). Safe for any number of threads at once.
    The model is loaded with the first text, or by `load`, once for all of a process that serve it.
    """

    def __init__(self, folder: Path, *, workers: int | None = None) -> None:
        """Serve the prepared folder; `workers` passages are embedded at once, one per core if None.

        Raises ModelNotPreparedError.
        """
        self._folder = folder
        self.facts: PreparedModel = read_prepared(folder)
        self._workers = workers or os.cpu_count() or 1

    @property
    def name(self) -> str:
        """Identity of the model, as an index records it."""
        return self.facts.name

    @property
    def dimension(self) -> int:
        return self.facts.dimension

    def load(self) -> None:
        """Load the model now, so that the first text doesn't pay for it."""
        _ = self._loaded

    def query_vector(self, text: str) -> Vector:
        """The question's vector, (dimension,)."""
        return self._embed(self.facts.query_prompt + visible(text))

    def read(self, text: str) -> Reading:
        """All that the model tells of a question, whose names are masked by `NAME_MASKS`."""
        told = self._told(self.facts.query_prompt + visible(text))
        nothing = np.empty(0, np.float32)
        return Reading(told[_VECTOR], told.get(_ASPECTS, nothing), told.get(_SAFETY, nothing))

    def passage_vectors(
        self, texts: Sequence[str], on_progress: Callable[[int, int], None] | None = None
    ) -> Vector:
        """The passages' vectors, (texts, dimension), on all cores.

        `on_progress` is called in this thread with how many are done, of how many.
        """
        vectors = np.empty((len(texts), self.dimension), np.float32)
        if not texts:
            return vectors
        self.load()
        prompted = (self.facts.passage_prompt + visible(text) for text in texts)
        with ThreadPoolExecutor(self._workers) as pool:
            for row, vector in enumerate(pool.map(self._embed, prompted)):
                vectors[row] = vector
                if on_progress is not None:
                    on_progress(row + 1, len(texts))
        return vectors

    def tokens(self, text: str) -> list[str]:
        """The pieces that the model reads of a text without a prompt, cut to `max_tokens`."""
        pieces: list[str] = self._loaded.tokenizer.encode(visible(text)).tokens
        return pieces

    def _embed(self, text: str) -> Vector:
        return self._told(text)[_VECTOR]

    def _told(self, text: str) -> dict[str, Vector]:
        """By the names of the graph's outputs."""
        loaded = self._loaded
        ids = np.array([loaded.tokenizer.encode(text).ids], np.int64)
        outputs = loaded.session.run(None, {"input_ids": ids})
        return dict(zip(loaded.outputs, outputs, strict=True))

    @cached_property
    def _loaded(self) -> "_Loaded":
        return _load(self._folder, self.facts.max_tokens)


class _Loaded:
    """A prepared model in memory, some 200 MB."""

    def __init__(self, folder: Path, max_tokens: int) -> None:
        # read when the library is loaded; without it, usage records go into the home folder and out
        os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
        import onnxruntime
        from tokenizers import Tokenizer

        self.tokenizer: Tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(max_tokens)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.enable_mem_pattern = False  # it caches a plan for every length of text
        self.session: InferenceSession = onnxruntime.InferenceSession(
            str(folder / GRAPH_FILE), options, providers=["CPUExecutionProvider"]
        )
        self.outputs = [output.name for output in self.session.get_outputs()]


_in_memory: "weakref.WeakValueDictionary[tuple[int, ...], _Loaded]" = weakref.WeakValueDictionary()
"""Those that somebody serves, by their files."""
_loading = threading.Lock()


def _load(folder: Path, max_tokens: int) -> _Loaded:
    """A process that ingests while it answers has the model once."""
    graph = (folder / GRAPH_FILE).stat()
    key = (graph.st_dev, graph.st_ino, graph.st_mtime_ns, max_tokens)
    with _loading:
        found = _in_memory.get(key)
        if found is None:
            found = _in_memory[key] = _Loaded(folder, max_tokens)
        return found


def visible(text: str) -> str:
    """The text without NULs, controls and other characters that print nothing."""
    if text.isprintable():
        return text
    return "".join(
        " " if char.isspace() else char
        for char in text
        if char.isspace() or unicodedata.category(char) not in _INVISIBLE
    )
