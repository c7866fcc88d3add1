"""Signs before headings and items."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.layouts.marks import Sign, marks_of_row, read_marks
from ingest.text import to_roman


@pytest.mark.parametrize(
    ("text", "sign", "value", "address", "rest"),
    [
        ("4.-TESORERÍA", Sign.ARABIC, 4, "4", "TESORERÍA"),
        ("6.1 Dirección General", Sign.DECIMAL, 1, "6.1", "Dirección General"),
        ("20700001L DIRECCIÓN", Sign.CODE, 0, "20700001L", "DIRECCIÓN"),
        ("CAPÍTULO II", Sign.CHAPTER, 2, "II", ""),
        ("Capítulo Décimo De la Dirección", Sign.CHAPTER, 10, "Décimo", "De la Dirección"),
        ("TÍTULO PRIMERO", Sign.TITLE, 1, "PRIMERO", ""),
        ("Artículo 12.- La Dirección", Sign.ARTICLE, 12, "12", "La Dirección"),
        ("• Vigilar", Sign.BULLET, 0, "•", "Vigilar"),
        ("ab) Vigilar", Sign.SMALL_LETTER, 28, "ab", "Vigilar"),
    ],
)
def test_a_sign_is_read(text: str, sign: Sign, value: int, address: str, rest: str) -> None:
    mark = read_marks(text)[-1 if sign is Sign.SMALL_LETTER else 0]
    assert (mark.sign, mark.value, mark.address, mark.text) == (sign, value, address, rest)


@pytest.mark.parametrize(
    "text", ["La Dirección", "2024 fue un año", "parte del sistema", "título de abogado", "11Reúne"]
)
def test_plain_text_has_no_sign(text: str) -> None:
    assert read_marks(text) == ()


def test_one_letter_may_be_a_roman_numeral_or_a_letter() -> None:
    assert [mark.sign for mark in read_marks("I. OBJETIVO")] == [Sign.ROMAN, Sign.LETTER]


def test_a_number_may_have_a_cell_of_its_own() -> None:
    (mark,) = marks_of_row(("7", "autorizar pagos"))
    assert (mark.value, mark.text) == (7, "autorizar pagos")


@given(st.integers(1, 60))
def test_roman_numerals_count(number: int) -> None:
    assert read_marks(f"{to_roman(number)}. Vigilar")[0].value == number


@given(st.text(max_size=60))
def test_no_text_breaks_it(text: str) -> None:
    for mark in read_marks(text):
        assert text.endswith(mark.text)
