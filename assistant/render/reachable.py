"""Telephones, e-mail and web addresses in a text of the office, to be followed with one touch.

    reached("Llame al 911 o escriba a a@b.mx")  # ["Llame al ", Reach("911", "tel:911"), …]

Only for what the office itself has set (whom to call, whom to ask): what people type, and what a
manual prints, is never made a link.
"""

import re
from dataclasses import dataclass

_FOUND = re.compile(
    r"(?P<web>https?://[^\s<>\"«»]+[^\s<>\"«».,;:)])"
    r"|(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?<![\w.])(?P<tel>\+?\(?\d{2,4}\)?(?:[ -]?\d{2,4}){2,4}|[09]\d\d)(?![\w/])"
)
_NOT_DIALLED = re.compile(r"[^\d+]")


@dataclass(frozen=True)
class Reach:
    """A stretch of the text, and where it leads."""

    text: str
    address: str


def reached(text: str) -> list[str | Reach]:
    """The text in pieces; nothing of it is left out."""
    pieces: list[str | Reach] = []
    end = 0
    for found in _FOUND.finditer(text):
        pieces += [text[end : found.start()], Reach(found[0], _address(found))]
        end = found.end()
    return [piece for piece in (*pieces, text[end:]) if piece != ""]


def _address(found: re.Match[str]) -> str:
    if found["web"]:
        return found[0]
    if found["mail"]:
        return f"mailto:{found[0]}"
    return f"tel:{_NOT_DIALLED.sub('', found[0])}"
