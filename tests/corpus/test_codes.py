"""Codes of manuals: what is one, and what can't be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.codes import BadCodeError, checked_code


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("MO-SIG-01", "MO-SIG-01"),
        ("mo-sig-01", "MO-SIG-01"),
        ("  Mo_Sfa.04 \n", "MO_SFA.04"),
        ("7", "7"),
        ("A" * 40, "A" * 40),
    ],
)
def test_a_code_is_one_whatever_its_case(printed: str, code: str) -> None:
    assert checked_code(printed) == code


@pytest.mark.parametrize(
    "printed",
    [
        "", "  ", ".", "..", "../../x", ".oculto", "-rf", "a/b", "a\\b", "MO 01", "MO\n01",
        "MO\r\nSet-Cookie: x", "MO-😀-01", "MO-ñ", "mo-sıg-01", "<b>", "A" * 41, "MO\0",
    ],
)  # fmt: skip
def test_what_could_break_a_path_a_header_or_a_page_is_refused(printed: str) -> None:
    with pytest.raises(BadCodeError, match="--codigo") as raised:
        checked_code(printed)
    assert str(raised.value).isprintable()
    assert str(raised.value).endswith(".")


@given(st.text(max_size=60))
def test_a_checked_code_is_safe_and_stays_what_it_is(text: str) -> None:
    try:
        code = checked_code(text)
    except BadCodeError:
        return
    assert checked_code(code) == code == checked_code(code.lower())
    assert code.isascii()
    assert code.replace("-", "").replace("_", "").replace(".", "").isalnum()
    assert code not in (".", "..")
