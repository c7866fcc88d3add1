"""Where things stand on a page, as one sees it who holds the page so that its text is upright."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import NamedTuple

_UNKNOWN = "\0\ufffd"


class Area(NamedTuple):
    """A rectangle; lengths in points from the left and from the top."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def holds(self, other: "Area") -> bool:
        """Whether the middle of the other one is inside."""
        across, down = (other.x0 + other.x1) / 2, (other.top + other.bottom) / 2
        return self.x0 <= across <= self.x1 and self.top <= down <= self.bottom

    def surrounds(self, other: "Area", slack: float = 1.0) -> bool:
        """Whether the whole of the other one is inside."""
        return (
            self.x0 - slack <= other.x0
            and self.top - slack <= other.top
            and other.x1 <= self.x1 + slack
            and other.bottom <= self.bottom + slack
        )


def around(areas: Iterable[Area]) -> Area:
    """The smallest area around all of them; there is at least one."""
    x0, top, x1, bottom = zip(*areas, strict=True)
    return Area(min(x0), min(top), max(x1), max(bottom))


class Word(NamedTuple):
    """A word as printed."""

    text: str
    area: Area
    spaced: bool = False
    """There is a space in the file between the word before and this one."""
    broken: bool = False
    """A hyphen that the typesetter put at the line's end; the text doesn't hold it."""
    place: int = 0
    """Its place in the file's order."""
    bold: bool = False


class Words:
    """Words by their height on the page, to find those in an area without looking at all."""

    def __init__(self, words: Iterable[Word]) -> None:
        self._words = sorted(words, key=_middle)
        self._middles = [_middle(word) for word in self._words]

    def inside(self, area: Area) -> list[Word]:
        """The words whose middle is in an area."""
        first = bisect_left(self._middles, area.top)
        last = bisect_right(self._middles, area.bottom, lo=first)
        return [word for word in self._words[first:last] if area.holds(word.area)]


def _middle(word: Word) -> float:
    return (word.area.top + word.area.bottom) / 2


class Frame(NamedTuple):
    """The page's box in the PDF's own coordinates, and the quarter turns that make it upright."""

    left: float
    bottom: float
    right: float
    top: float
    turns: int
    """Clockwise quarter turns, 0 to 3."""

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as seen."""
        across, up = self.right - self.left, self.top - self.bottom
        return (up, across) if self.turns % 2 else (across, up)

    def area(self, x0: float, y0: float, x1: float, y1: float) -> Area:
        """The area of two opposite corners in the PDF's coordinates."""
        (a, b), (c, d) = self._seen(x0, y0), self._seen(x1, y1)
        return Area(min(a, c), min(b, d), max(a, c), max(b, d))

    def _seen(self, x: float, y: float) -> tuple[float, float]:
        if self.turns == 1:
            return y - self.bottom, x - self.left
        if self.turns == 2:
            return self.right - x, y - self.bottom
        if self.turns == 3:
            return self.top - y, self.right - x
        return x - self.left, self.top - y


class PrintedPage(NamedTuple):
    """What is printed on a page, in its frame."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    """The upright ones, in the order of the file."""
    sideways: tuple[tuple[Word, ...], ...]
    """Those that stand in other directions: a group for each, with areas in a frame of its own."""
    rules: tuple[Area, ...]
    """Straight lines, across or down."""
    boxes: tuple[Area, ...]
    """Closed shapes with a line around: the boxes of a drawing."""
    shades: tuple[Area, ...]
    """Closed shapes that are only filled."""
    is_blank: bool
    """There is nothing on it at all, not even a picture."""

    @property
    def is_legible(self) -> bool:
        """Whether there are words on it, in characters that are known.

        A scan may have a stamped number; a font without a table of its characters gives none.
        """
        text = "".join(w.text for group in (self.words, *self.sideways) for w in group)
        unknown = sum(c in _UNKNOWN for c in text)
        return sum(c.isalpha() for c in text) > max(1, unknown)
