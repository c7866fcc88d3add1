"""What a question asks, as the model reads it: the labels with their probabilities."""

import re
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from assistant.structure.mention import Mention
from assistant.structure.tokens import Token
from assistant.understanding.aspects import Sort, sort_of
from corpus.embeddings import NAME_MASKS

if TYPE_CHECKING:
    from corpus.embeddings import OnnxEmbeddings, Reading

_STRUCTURE = 0.8
"""Probability from which structure is what is asked. Of 1,200 wordings of questions, 15 looked
like accusations to the safety head; with this 6 do, and 3 of 100 accusations are lost."""
_MOST_KEPT = 512
"""Readings kept: a question is read again where several manuals, or a follow-up, ask for it."""


@dataclass(frozen=True)
class _Read:
    """A text as it was read, with what is asked of its reading again and again."""

    reading: "Reading"
    ranked: tuple[tuple[str, float], ...]
    """The labels with their probabilities, likeliest first."""
    structure: float
    """How likely it asks for a manual's structure."""


class AspectReader:
    """Reads questions with the model's heads. Safe for threads."""

    def __init__(self, embeddings: "OnnxEmbeddings") -> None:
        """`embeddings` must be of a model with heads: the default one."""
        self.embeddings = embeddings
        self._kept: OrderedDict[str, _Read] = OrderedDict()
        self._lock = threading.Lock()

    def read(self, text: str) -> "Reading":
        """All that the model tells of a text."""
        return self._read(text).reading

    def aspects(self, masked: str) -> Sequence[tuple[str, float]]:
        """The labels of a question whose names are masked, with their probabilities, likeliest
        first."""
        return self._read(masked).ranked

    def _read(self, text: str) -> _Read:
        with self._lock:
            known = self._kept.get(text)
        if known is not None:
            return known
        reading = self.embeddings.read(text)
        told = np.exp(reading.aspects)
        labels = self.embeddings.facts.aspects
        likely = told.tolist()
        ranked = tuple((labels[i], likely[i]) for i in np.argsort(-told).tolist())
        structure = sum(p for label, p in ranked if sort_of(label) is Sort.STRUCTURE)
        with self._lock:
            self._kept[text] = read = _Read(reading, ranked, structure)
            while len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
        return read

    def safety(self, text: str) -> dict[str, float]:
        """How likely a message is an "emergency", an "accusation", or "ordinary", and that it asks
        for a manual's "structure". What clearly does accuses nobody."""
        read = self._read(text)
        told = np.exp(read.reading.safety)
        likely = dict(zip(self.embeddings.facts.safety, told.tolist(), strict=True))
        likely["structure"] = read.structure
        return {**likely, "accusation": 0.0} if read.structure >= _STRUCTURE else likely


def masked(question: str, tokens: Sequence[Token], mentions: Sequence[Mention]) -> str:
    """The question with the names of positions masked, each position with a mask of its own, so
    that the words of a title are not taken for what is asked."""
    masks: dict[tuple[str, ...], str] = {}
    said = question
    for mention in sorted(mentions, key=lambda m: m.start, reverse=True):
        if mention.end > mention.start:
            first, last = tokens[mention.start], tokens[mention.end - 1]
            said = f"{said[: first.at]}\0{mention.start}\0{said[last.at + len(last.typed) :]}"
    for mention in mentions:
        if mention.end == mention.start:  # a section's number
            number = rf"(?<![\d.]){re.escape(mention.text)}(?![\d]|\.\d)"
            said = re.sub(number, f"\0{mention.start}\0", said, count=1)
    for mention in sorted(mentions, key=lambda m: m.start):
        key = tuple(p.number for p in mention.candidates) or (mention.text,)
        mask = masks.setdefault(key, NAME_MASKS[min(len(masks), len(NAME_MASKS) - 1)])
        marked = f"\0{mention.start}\0"
        # the number behind a name belongs to it: "la Dirección de Oficinas (1)"
        said = re.sub(rf"{marked}(?: ?\([\d.]+\))?", mask, said, count=1)
    return said
