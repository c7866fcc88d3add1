"""What a screen looks like: lines of text, and a keyboard."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bots.chat.spans import Line, shortened

_LONGEST_LABEL = 60
"""Characters of a button: more than a phone shows, enough for a wide screen."""


class Verb(StrEnum):
    """What a button does. The values stand in messages that are out: they never change."""

    PAGE = "p"
    PASSAGE = "c"
    MOVE = "m"
    SECTION = "x"
    BACK = "b"
    ASK = "s"
    CHOOSE = "k"
    GOOD = "u"
    BAD = "d"
    REASON = "r"
    WRITE = "w"
    CHART = "g"
    INDUCTION = "n"
    STEP = "i"
    PDF = "f"
    QUIZ = "q"
    OPTION = "o"
    ERASE = "e"
    KEEP = "a"
    NOTHING = "z"


@dataclass(frozen=True)
class Button:
    """A button, and which of several things it stands for."""

    label: str
    verb: Verb
    at: int = 0

    @property
    def short_label(self) -> str:
        """The label as far as a button shows it."""
        return shortened(self.label, _LONGEST_LABEL)


Row = tuple[Button, ...]


@dataclass(frozen=True)
class View:
    """A message: its text, and the rows of buttons below it."""

    lines: tuple[Line, ...]
    rows: tuple[Row, ...] = ()


def rows_of(buttons: Sequence[Button], each: int) -> tuple[Row, ...]:
    """The buttons in rows of so many."""
    return tuple(tuple(buttons[at : at + each]) for at in range(0, len(buttons), each))


def pager(page: int, count: int) -> tuple[Row, ...]:
    """A row to turn pages; none where there is but one."""
    if count <= 1:
        return ()
    row = [Button(f"{page + 1} de {count}", Verb.NOTHING)]
    if page > 0:
        row.insert(0, Button("‹ Anterior", Verb.PAGE, page - 1))
    if page + 1 < count:
        row.append(Button("Siguiente ›", Verb.PAGE, page + 1))
    return (tuple(row),)
