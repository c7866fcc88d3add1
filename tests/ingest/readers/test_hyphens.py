"""Words that a line's end broke."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.hyphens import JOINT, mend_hyphens


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("los edi|ficios", "los edificios"),
        ("los trans|formadores", "los transformadores"),
        ("del Centro|Norte", "del Centro-Norte"),
        ("LA ADMINIS|TRACIÓN", "LA ADMINISTRACIÓN"),
        ("lo jurídico y lo técnico, lo técnico|jurídico", "lo jurídico y lo técnico, lo técnico-"
         "jurídico"),
        ("el área teórico-práctica y la teórico|práctica", "el área teórico-práctica y la teórico-"
         "práctica"),
        ("técnicas administrativas, personal técnico|administrativo", "técnicas administrativas, "
         "personal técnico-administrativo"),
        ("de 2021|2024", "de 2021-2024"),
        ("el oficio MO|01", "el oficio MO-01"),
        ("la coor|dinación de co|ordinadores", "la coordinación de coordinadores"),
        ("de pre|y posgrado", "de pre- y posgrado"),
        ("la vice|presidencia, la presidencia", "la vicepresidencia, la presidencia"),
    ],
)  # fmt: skip
def test_a_word_is_joined_where_the_hyphen_is_the_typesetter_s(text: str, mended: str) -> None:
    assert mend_hyphens(text.replace("|", JOINT)) == mended


@given(st.text(f"añoB1- {JOINT}\n\t.", max_size=60))
def test_nothing_but_joints_is_changed(text: str) -> None:
    mended = mend_hyphens(text)
    assert JOINT not in mended
    assert re.sub("[- ]", "", mended) == re.sub(f"[- {JOINT}]", "", text)
