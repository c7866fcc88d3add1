"""The office's own words: files of them, and what they lead to."""

from pathlib import Path

import pytest

from assistant.answering.knowledge import Knowledge
from corpus.model import Manual
from corpus.office_words import (
    WORDS_FOLDER,
    OfficeWord,
    WordsError,
    leads_somewhere,
    read_words,
    require_known,
    write_words,
)


def test_words_are_one_whatever_their_case_accents_and_spaces() -> None:
    assert OfficeWord(text="Los  MAPITAS").key == OfficeWord(text="los mapitas").key
    assert OfficeWord(text="qué mapas").key == OfficeWord(text="que mapas").key


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    words = [OfficeWord(text="¿y los mapas?", section="2.1", function=3), OfficeWord(text="baches")]
    file = tmp_path / "MO-X.jsonl"
    file.write_text(write_words(words), "utf-8")
    assert read_words(file) == words


def test_a_spreadsheet_is_read_with_its_spanish_columns(tmp_path: Path) -> None:
    file = tmp_path / "palabras.csv"
    file.write_text("Texto,Sección,Función\nlos mapitas,2.1,3\nbaches,,\n", "utf-8-sig")
    assert read_words(file) == [
        OfficeWord(text="los mapitas", section="2.1", function=3),
        OfficeWord(text="baches"),
    ]


@pytest.mark.parametrize("line", ["no es json", '{"texto": "x"}', '{"text": "x"}', "[1, 2]"])
def test_a_line_that_is_no_wording_is_told_by_its_number(tmp_path: Path, line: str) -> None:
    file = tmp_path / "malo.jsonl"
    file.write_text(f'{{"text": "los mapas", "section": "2.1"}}\n{line}\n', "utf-8")
    with pytest.raises(WordsError, match=r"La línea 2 de «malo\.jsonl»"):
        read_words(file)


def test_what_is_no_text_is_told(tmp_path: Path) -> None:
    file = tmp_path / "malo.csv"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(WordsError, match="UTF-8"):
        read_words(file)
    with pytest.raises(WordsError, match="No se pudo leer"):
        read_words(tmp_path / "nada.csv")


@pytest.mark.parametrize(
    ("section", "function", "leads"),
    [("1.1", 2, True), ("1.1", None, True), (None, None, True), ("1.1", 9, False), ("7", 1, False)],
)
def test_a_wording_leads_to_what_the_manual_has(
    tiny_manual: Manual, section: str | None, function: int | None, *, leads: bool
) -> None:
    word = OfficeWord(text="las actas", section=section, function=function)
    assert leads_somewhere(word, tiny_manual) is leads
    if not leads:
        with pytest.raises(WordsError, match="las actas"):
            require_known([word], tiny_manual)


def test_the_shipped_words_lead_somewhere(real: Knowledge) -> None:
    words = read_words(WORDS_FOLDER / "MO-SIG-01.jsonl")
    assert len(words) > 700
    require_known(words, real.manual)
