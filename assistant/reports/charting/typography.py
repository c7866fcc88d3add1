"""How wide a text is, and how it is wrapped, in the typeface of the pictures.

The typeface is Liberation Sans, which has the widths of Arial and Helvetica: what is measured here
holds in a browser that has any of the three, and the picture needs no font of its own there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FAMILY = "Liberation Sans, Arimo, Arial, Helvetica, sans-serif"
FONT_FILES = tuple(
    Path(__file__).parent / "fonts" / f"LiberationSans-{style}.ttf" for style in ("Regular", "Bold")
)
_ELLIPSIS = "…"
_BALANCING_STEPS = 8


@dataclass(frozen=True)
class Style:
    """A size, in units of the picture, and a weight."""

    size: float
    bold: bool = False

    def width(self, text: str) -> float:
        """The width of a line of text."""
        advances, missing = _advances(self.bold)
        return self.size * sum(advances.get(ord(c), missing) for c in text)


@cache
def register_fonts() -> tuple[str, str]:
    """Make the typeface known to reportlab; gives its names, regular and bold."""
    from reportlab.pdfbase.pdfmetrics import registerFont  # imports slowly
    from reportlab.pdfbase.ttfonts import TTFont

    names = ("Manual", "Manual-Bold")
    for name, path in zip(names, FONT_FILES, strict=True):
        registerFont(TTFont(name, str(path)))
    return names


@cache
def _advances(bold: bool) -> tuple[dict[int, float], float]:
    """How far each character advances, in ems; and how far one does that the font lacks."""
    from reportlab.pdfbase.ttfonts import TTFontFile  # imports slowly

    font = TTFontFile(str(FONT_FILES[bold]))
    return {c: width / 1000 for c, width in font.charWidths.items()}, font.defaultWidth / 1000


def wrapped(text: str, style: Style, width: float, most_lines: int) -> list[str]:
    """The text in as few lines no wider than `width` as it takes, of about the same length.

    A word that is too long is broken; what does not fit in `most_lines` is cut, with an ellipsis.
    """
    pieces = _pieces(text, style, width)
    lines = _filled(pieces, style, width)
    if len(lines) > most_lines:
        last = lines[most_lines - 1]
        while last and style.width(last + _ELLIPSIS) > width:
            last = last[:-1]
        return [*lines[: most_lines - 1], last.rstrip() + _ELLIPSIS]
    narrower = width
    for _ in range(_BALANCING_STEPS if len(lines) > 1 else 0):
        narrower -= width / (2 * _BALANCING_STEPS)
        balanced = _filled(pieces, style, narrower)
        if len(balanced) > len(lines) or any(style.width(b) > width for b in balanced):
            break
        lines = balanced
    return lines


def _filled(pieces: Sequence[str], style: Style, width: float) -> list[str]:
    """As many pieces in each line as fit."""
    lines: list[str] = []
    for piece in pieces:
        if lines and style.width(f"{lines[-1]} {piece}") <= width:
            lines[-1] += f" {piece}"
        else:
            lines.append(piece)
    return lines


def _pieces(text: str, style: Style, width: float) -> list[str]:
    """The words, those wider than a line broken with a hyphen."""
    pieces: list[str] = []
    for word in text.split():
        while style.width(word) > width:
            end = len(word) - 1
            while end > 1 and style.width(f"{word[:end]}-") > width:
                end -= 1
            pieces.append(f"{word[:end]}-")
            word = word[end:]
        pieces.append(word)
    return pieces
