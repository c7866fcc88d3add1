"""Personal data is masked; what the manual itself is about is not."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.running.privacy import mask_personal_data
from assistant.structure.tokens import tokenize

CURPS = st.from_regex(r"[A-Z]{4}[0-9]{6}[HM][A-Z]{5}[A-Z0-9][0-9]", fullmatch=True)
RFCS = st.from_regex(r"[A-ZÑ&]{3,4}[0-9]{6}[A-Z0-9]{2}[A0-9]", fullmatch=True)
EMAILS = st.from_regex(
    r"[a-z][a-z0-9._-]{0,12}@[a-z][a-z0-9-]{0,8}(\.[a-z]{2,5}){1,2}", fullmatch=True
)
PHONES = st.from_regex(
    r"(\+52 ?)?(1 )?(\([0-9]{2,3}\) ?|[0-9]{2,3}[ .-])[0-9]{3,4}[ .-]?[0-9]{4}|[0-9]{10}",
    fullmatch=True,
).filter(lambda phone: sum(c.isdigit() for c in phone) >= 10)
PERSONAL = CURPS | RFCS | EMAILS | PHONES
AROUND = st.text(alphabet="¿?¡!,;: ()«»abcdefgé\n", max_size=30)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (
            "Mi CURP es GOMC800101HDFRRL09, ¿quién me ayuda?",
            "Mi CURP es xxxx000000xxxxxx00, ¿quién me ayuda?",
        ),
        ("rfc gomc800101ab1", "rfc xxxx000000xx0"),
        ("rfc &AA000000000", "rfc &xx000000000"),
        ("(&AAA000000)", "(&xxx000000)"),
        ("llámeme al 951 123 45 67", "llámeme al 000 000 00 00"),
        ("+52 (951) 123-4567", "+00 (000) 000-0000"),
        ("tel. 8112345678", "tel. 0000000000"),
        ("el 515-1234", "el 000-0000"),
        ("escriba a Ana.Ruiz@correo.gob.mx.", "escriba a xxx.xxxx@xxxxxx.xxx.xx."),
    ],
)
def test_it_masks(typed: str, kept: str) -> None:
    assert mask_personal_data(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "¿Qué hace la 2.1.5.1?",
        "¿Cuál es la función 12 de la Jefatura de Geomática (2.1.5.1)?",
        "MO-SIG-01, página 47 de 68",
        "administración 2022-2024",
        "el 12/05/2024",
        "¿Cuántos puestos hay en la 1.10.12.3.4.5.6.7.8.9?",
    ],
)
def test_it_leaves(typed: str) -> None:
    assert mask_personal_data(typed) == typed


@given(PERSONAL, AROUND, AROUND)
def test_nothing_personal_is_left_anywhere_in_a_text(data: str, before: str, after: str) -> None:
    masked = mask_personal_data(f"{before} {data} {after}")
    told = re.sub(r"[\W_]", "", masked[len(before) + 1 : len(before) + 1 + len(data)])
    assert set(told) <= set("x0")


@given(PERSONAL, AROUND, AROUND)
def test_a_mask_moves_no_word(data: str, before: str, after: str) -> None:
    text = f"{before} {data} {after}"
    masked = mask_personal_data(text)
    assert len(masked) == len(text)
    assert len(tokenize(masked)) == len(tokenize(text))


@given(st.text(max_size=200))
def test_masking_twice_is_masking_once(text: str) -> None:
    once = mask_personal_data(text)
    assert mask_personal_data(once) == once


@pytest.mark.parametrize(
    "long", ["1 " * 50_000, "a" * 100_000, "a@" * 50_000, "9" * 100_000, "a." * 50_000]
)
def test_a_hostile_text_takes_no_time(long: str) -> None:
    mask_personal_data(long[:10_000])
