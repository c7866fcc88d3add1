"""What an earlier turn leaves for the next: only what is spoken of, never its evidence."""

from dataclasses import dataclass

from assistant.understanding.types import Understanding


@dataclass(frozen=True)
class Focus:
    """What a conversation is about. A later turn is completed from it, and needs evidence of its
    own all the same."""

    understanding: Understanding | None = None
    """The last question that named or found something."""
    positions: tuple[str, ...] = ()
    """Numbers of the sheets spoken of last, the main one first."""
    pending: Understanding | None = None
    """The question that was asked back, if the last turn did that."""
    manual: str | None = None
    unplaced: str | None = None
    """The question of which it was asked back what manual it is about, if the last turn did so."""
    offered: tuple[str, ...] = ()
    """The codes of the manuals that it was asked to choose from, as they were listed."""
    refused: bool = False
    """Whether the last turn got no answer, so that "eso" is nothing that was answered."""
    listed: tuple[str, ...] = ()
    """What the last answer listed, in its order: numbers of sheets, names of what has none."""
    own: str | None = None
    """The number of the position that the person says to hold."""
    own_post: str | None = None
    """The post that they say to hold under that position instead: "auxiliar"."""


NOTHING = Focus()
