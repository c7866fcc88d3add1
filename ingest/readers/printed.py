"""The one normalisation of all readers: what of the printed characters is kept.

"Verbatim" is said of the text after it: the words as printed, without what only typesetting put
there. Ligatures are their letters, soft hyphens and invisible characters are gone, the signs that
fonts and word processors use for bullets are "•". Nothing else is changed: quotation marks,
dashes, no-break spaces, spelling mistakes and double words stay as they are printed.
"""

import re
import unicodedata

_LIGATURES = {
    ord(ligature): letters
    for ligature, letters in zip(
        "\ufb00\ufb01\ufb02\ufb03\ufb04\ufb05\ufb06",
        ("ff", "fi", "fl", "ffi", "ffl", "st", "st"),
        strict=True,
    )
}
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u2069\ufeff\ufffe\uffff\ue000-\uefff]"
)
"""Control characters, soft hyphens, what has no width, marks of direction (a text must not read
otherwise than it is stored), and the private use area but for that of symbol fonts."""
_LINE_END = re.compile("\r\n?|\u2028|\u2029|\x0b|\x85")
_BULLET = re.compile(
    "(?:(?<=[\n\t\f])|^)([ \u00a0]*)[\uf000-\uf0ff\u2022\u2023\u25b6\u25ba\u25cf\u27a2\u27a4"
    "\u2713\u2714\u2756\u2611\u2726\u25fc\u25fe](?=[ \t\u00a0])"
)
"""A sign at the start of a line or cell, with white space after it. Those that stand for a lower
level ("◦", "▪", "-", "o") stay."""

_GLUED_BULLET = re.compile("(?:(?<=[\n\t\f])|^)[\uf000-\uf0ff](?=\\w)")


def clean_text(text: str) -> str:
    """Text in NFC, with "\\n" for every line end, as the module says.

    Tabs, form feeds and no-break spaces stay.
    """
    text = _LINE_END.sub("\n", text).translate(_LIGATURES)
    text = _UNWANTED.sub("", unicodedata.normalize("NFC", text))
    return _GLUED_BULLET.sub("• ", _BULLET.sub(r"\1•", text))


def without_ligatures(text: str) -> str:
    """The text with the letters of its ligatures."""
    return text.translate(_LIGATURES)


def is_bullet(text: str) -> bool:
    """Whether a word is nothing but a sign that is kept as "•"."""
    return len(text) == 1 and _BULLET.match(f"{text} ") is not None
