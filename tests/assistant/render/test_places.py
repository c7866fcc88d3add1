"""How a place is written is said in one module; nobody else spells it or takes it apart."""

import re
from pathlib import Path

import pytest

from assistant.answering.answer import Citation
from assistant.render import places

ROOT = Path(__file__).parents[3]
SHEET = Citation(manual="M", section="3.2", title="Juntas", page=47, quote="q")
PART = Citation(manual="M", section="DIRECTORIO", title="DIRECTORIO", page=4, quote="q")
_SPELT = re.compile(
    r"[,·] ?p\. ?\{"  # f"{section}, p. {page}", "{{ section }} · p. {{ page }}"
    r"|p\\\. ?\(?\\d"  # a pattern that looks for "p. 47"
)


def test_a_place_is_written_for_a_text_for_a_label_and_for_a_chip() -> None:
    assert places.marks([SHEET, SHEET, PART]) == "[3.2, p. 47] [DIRECTORIO, p. 4]"
    assert (places.label(SHEET), places.label(PART)) == ("§ 3.2, p. 47", "DIRECTORIO, p. 4")
    assert places.chip_label(SHEET) == "§ 3.2 · p. 47"
    assert places.chip_label(PART) == "DIRECTORIO · p. 4"


@pytest.mark.parametrize("room", ["assistant", "bots", "evals"])
def test_only_one_module_spells_it(room: str) -> None:
    sources = (f for s in ("*.py", "*.html", "*.js", "*.toml") for f in (ROOT / room).rglob(s))
    spelling = [
        str(source.relative_to(ROOT))
        for source in sources
        for line in source.read_text("utf-8").splitlines()
        if _SPELT.search(line)
    ]
    assert not spelling
