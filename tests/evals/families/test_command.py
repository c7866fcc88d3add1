"""`python -m evals.families` measures what it made, and tells of files that could not be read."""

import json
from pathlib import Path

import pytest

from evals.families import measuring
from evals.families.__main__ import main, seed_range
from evals.families.choices import Family
from evals.families.manuals import make
from evals.families.measuring import score_file
from evals.families.output.files import Format, write_file
from ingest import SourceText


def test_measures_and_writes_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "families.json"
    main(
        [
            *["--seeds", "0", "--families", "units", "--formats", "txt,md"],
            *["--out", str(out), "--markdown"],
        ]
    )
    rows = json.loads(out.read_text("utf-8"))
    assert [(row["family"], row["format"], row["seed"]) for row in rows] == [
        ("units", "txt", "0"),
        ("units", "md", "0"),
    ]
    assert rows[0]["units"]["due"] == len(make(Family.UNITS, 0).one_column.truth.units)
    table = capsys.readouterr().out.splitlines()
    assert table[0].startswith("| family | format | units |")
    assert table[-1].startswith("| units | all |")


def test_sums_up_by_what_manuals_are_printed_like(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chosen = ["--seeds", "0-3", "--families", "units", "--formats", "md", "--by", "header"]
    main([*chosen, "--out", str(tmp_path / "o.json"), "--markdown"])
    lines = capsys.readouterr().out.splitlines()[2:]
    headers = {make(Family.UNITS, seed).style.header for seed in range(4)}
    assert [line.split(" | ")[1] for line in lines] == sorted(headers)


def test_writes_manuals_with_their_truth(tmp_path: Path) -> None:
    main(
        ["--seeds", "2-3", "--families", "table", "--formats", "txt,pdf2", "--write", str(tmp_path)]
    )
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == [
        f"table-{seed}{end}"
        for seed in (2, 3)
        for end in ("-2col.pdf", "-2col.pdf.truth.json", ".txt", ".txt.truth.json")
    ]


def test_a_parser_that_crashes_counts_as_a_refusal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(source: SourceText) -> None:
        raise ValueError(source.name)

    monkeypatch.setattr(measuring, "parse_manual", crash)
    manual = make(Family.LABELLED, 1, positions=9)
    score = score_file(write_file(manual, Format.TXT, tmp_path), manual, Format.TXT)
    assert score.refused == 1
    assert score.misses == ["labelled-1.txt: refused: ValueError: labelled-1.txt"]


def test_seeds() -> None:
    assert list(seed_range("20-22")) == [20, 21, 22]
    assert list(seed_range("7")) == [7]
