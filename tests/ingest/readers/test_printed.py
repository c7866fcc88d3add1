"""What of the printed characters is kept, whatever the format."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.printed import clean_text


@pytest.mark.parametrize(
    ("printed", "kept"),
    [
        ("o\ufb01cina, e\ufb03caz, \ufb02ujo, o\ufb00set", "oficina, efficaz, flujo, offset"),
        ("edi\u00adficio\u200b", "edificio"),
        ("\uf0b7 Uno\n\uf0fc Dos\n\t\u27a2 Tres", "• Uno\n• Dos\n\t• Tres"),
        ("\uf0b7Uno\n• Dos", "• Uno\n• Dos"),
        ("«Así» — “dijo” … 5\u00a0% 1.º", "«Así» — “dijo” … 5\u00a0% 1.º"),
        ("\u202eodnub\u202c", "odnub"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("a\tb\fc", "a\tb\fc"),
        ("nin\u0303o", "niño"),
    ],
)
def test_only_what_typesetting_put_there_is_taken_away(printed: str, kept: str) -> None:
    assert clean_text(printed) == kept


@given(st.text())
def test_a_clean_text_stays_as_it_is(text: str) -> None:
    clean = clean_text(text)
    assert clean_text(clean) == clean
    assert unicodedata.is_normalized("NFC", clean)
    assert not any(unicodedata.category(c) == "Cc" and c not in "\n\t\f" for c in clean)
