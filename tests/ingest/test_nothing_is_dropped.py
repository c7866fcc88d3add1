"""Every printed line ends up in exactly one passage, verbatim, or in a warning."""

import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.model import Manual, Passage
from ingest import IngestError, chunk_manual, read_source
from ingest.furniture import find_furniture
from tests.ingest.conftest import read

ROOT = Path(__file__).parents[2]
FILES = [
    ROOT / "corpus" / "manuals" / "MO-SIG-01.txt",
    ROOT / "tests" / "data" / "manuals" / "MO-SFA-04.txt",
]


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def text(request: pytest.FixtureRequest) -> str:
    return read_source(request.param).text


def plain(text: str) -> str:
    """White space collapsed, the source's marks taken away."""
    return " ".join(re.sub(r"</?p>|\*+", " ", text).split()).replace(" ,", ",").replace(" .", ".")


def header_lines(text: str) -> set[int]:
    """The numbers of the lines that are part of a page header."""
    headers = find_furniture(text.split("\n")).headers
    return {at + 1 for h in headers for at in range(h.first, h.last + 1)}


def body_passages(text: str, manual: Manual) -> list[Passage]:
    """The manual's passages but for the one page header that is kept to be cited."""
    headers = header_lines(text)
    return [p for s in manual.sections for p in s.passages if p.line not in headers]


def printed_lines(text: str, manual: Manual) -> Iterator[str]:
    """The lines of the text that are no page header, from the first heading on."""
    headers = header_lines(text)
    first = min(p.line for p in body_passages(text, manual))
    skipped = headers | {warning.line for warning in manual.warnings}
    for number, line in enumerate(text.split("\n"), start=1):
        if number >= first and number not in skipped and plain(line):
            yield line


def without_bullet(line: str) -> str:
    """The line without the bullet, which passages leave away."""
    return re.sub(r"^-\s*", "", line.strip())


def with_number(passage: Passage) -> str:
    """The passage with the function's number, which passages leave away too."""
    numbered = passage.function is not None and not passage.continues
    return f"{passage.function} {passage.text}" if numbered else passage.text


def test_every_passage_is_verbatim_in_the_source(text: str) -> None:
    source = plain(text)
    for section in read(text).sections:
        for passage in section.passages:
            assert plain(passage.text) in source


def test_every_line_is_in_exactly_one_passage(text: str) -> None:
    manual = read(text)
    lines = [plain(without_bullet(line)) for line in printed_lines(text, manual)]
    passages = [plain(with_number(p)) for p in body_passages(text, manual)]
    assert " ".join(passages) == " ".join(lines)


def test_passages_stand_in_printed_order(text: str) -> None:
    manual = read(text)
    places = [(p.page, p.line) for p in body_passages(text, manual)]
    assert places == sorted(places)


@pytest.mark.parametrize("seed", range(6))
def test_a_damaged_text_is_read_as_far_as_it_goes(text: str, seed: int) -> None:
    damaged = damage(text, random.Random(seed))
    try:
        manual = read(damaged)
    except IngestError:
        return
    passages = plain(" ".join(with_number(p) for p in body_passages(damaged, manual)))
    for line in printed_lines(damaged, manual):
        if "Objetivo General" not in line:  # label and objective are two passages of one row
            assert plain(without_bullet(line)) in passages
    chunks = chunk_manual(manual)
    assert len({chunk.id for chunk in chunks}) == len(chunks)


def damage(text: str, rng: random.Random) -> str:
    """The text with lines lost, swapped, cut, joined, and blank lines and tabs changed."""
    lines = text.split("\n")
    for _ in range(60):
        at = rng.randrange(len(lines) - 2)
        match rng.randrange(6):
            case 0:
                del lines[at : at + rng.choice([1, 1, 12])]
            case 1:
                lines[at], lines[at + 1] = lines[at + 1], lines[at]
            case 2:
                lines[at] = lines[at].replace("\t", " ")
            case 3:
                lines[at:at] = [""] * rng.randint(1, 5)
            case 4:
                lines[at : at + 2] = [f"{lines[at]} {lines[at + 1]}"]
            case 5:
                lines[at] = lines[at][: rng.randint(0, len(lines[at]))]
    return "\n".join(lines)
