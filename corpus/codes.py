"""The code of a manual: what it may be made of, as it is an id, a file name and an address."""

import re

from corpus.errors import AsistenteError

_LONGEST = 40
"""Characters, as was agreed: a line of a page, a file name and a header all hold that."""
_CODE = re.compile(r"[A-Z0-9][A-Z0-9._-]*")
_SHOWN = 60


class BadCodeError(AsistenteError):
    """A text that can't be the code of a manual."""


def canonical_code(text: str) -> str:
    """The code as it is kept and compared: in capitals, without white space around it.

    Codes are one whatever their case, so "mo-sig-01" finds, and replaces, "MO-SIG-01".
    """
    return text.strip().upper()


def checked_code(text: str) -> str:
    """The canonical code that a text gives.

    Letters (ASCII: other letters are not safe in headers and don't all have one capital), digits,
    "-", "_" and "."; it begins with a letter or digit and has at most 40 characters. Raises
    `BadCodeError`, which says how to give another code.
    """
    stripped = text.strip()
    if stripped.isascii() and len(stripped) <= _LONGEST:
        code = canonical_code(stripped)
        if _CODE.fullmatch(code):
            return code
    raise BadCodeError(
        f"El código del manual, «{_shown(stripped)}», no se puede usar: dé otro con «--codigo», de "
        f"hasta {_LONGEST} letras sin acento, dígitos y los signos «-», «_» y «.»."
    )


def _shown(text: str) -> str:
    """The text in one printable line of moderate length."""
    printable = "".join(c if c.isprintable() else " " for c in text)
    return printable if len(printable) <= _SHOWN else f"{printable[: _SHOWN - 1]}…"
