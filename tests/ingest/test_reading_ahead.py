"""Files are read while others are indexed, and each is as if it were read alone."""

from pathlib import Path

import pytest

from ingest.errors import IngestError
from ingest.readers import read_guarded
from ingest.reading_ahead import ReadingAhead


def test_each_file_comes_as_if_it_were_read_alone(tmp_path: Path) -> None:
    paths = [tmp_path / f"{n}.txt" for n in range(9)]
    for path in paths:
        path.write_text(f"Manual {path.stem}\n", "utf-8")
    with ReadingAhead(paths[:7]) as ahead:
        for path in paths:  # those that were not named too
            assert ahead.read(path) == read_guarded(path)


def test_a_file_that_cannot_be_read_is_told_when_its_turn_comes(tmp_path: Path) -> None:
    good, bad = tmp_path / "bueno.txt", tmp_path / "roto.pdf"
    good.write_text("Manual\n", "utf-8")
    bad.write_bytes(b"%PDF-1.4 roto")
    with ReadingAhead([bad, good]) as ahead:
        with pytest.raises(IngestError):
            ahead.read(bad)
        assert ahead.read(good).text == "Manual\n"


def test_files_that_are_skipped_do_not_hold_up_the_others(tmp_path: Path) -> None:
    paths = [tmp_path / f"{n}.txt" for n in range(20)]
    for path in paths:
        path.write_text("Manual\n", "utf-8")
    with ReadingAhead(paths) as ahead:
        assert ahead.read(paths[-1]).text == "Manual\n"
