"""What an office sets can be dialled, written to and visited; nothing else becomes a link."""

import pytest

from assistant.render.reachable import Reach, reached
from assistant.running.settings import Settings


def addresses(text: str) -> list[str]:
    return [piece.address for piece in reached(text) if isinstance(piece, Reach)]


def test_the_emergency_text_can_be_dialled() -> None:
    assert addresses(Settings().emergency_text) == ["tel:911", "tel:8009112000"]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Llame al 81 1234 5678.", "tel:8112345678"),
        ("(81) 1234-5678, ext. 12", "tel:8112345678"),
        ("+52 81 1234 5678", "tel:+528112345678"),
        ("atencion@ejemplo.gob.mx, de 9 a 15", "mailto:atencion@ejemplo.gob.mx"),
        ("Vea https://ejemplo.gob.mx/ayuda.", "https://ejemplo.gob.mx/ayuda"),
    ],
)
def test_a_contact_can_be_reached(text: str, address: str) -> None:
    assert addresses(text) == [address]
    assert "".join(p if isinstance(p, str) else p.text for p in reached(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "de 9 a 15 horas",
        "las 24 horas",
        "sección 2.1.5.1",
        "31/03/2023",
        "Oficina 12",
        "javascript:x",
    ],
)
def test_what_is_no_way_to_reach_anybody_stays_text(text: str) -> None:
    assert reached(text) == [text]
