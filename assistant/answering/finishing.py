"""An answer about a position, finished with what may be asked next."""

from collections.abc import Iterable

from assistant.answering.blocks import Block
from assistant.answering.draft import Draft, Evidence
from assistant.answering.suggestions import suggestions_for
from corpus.model import Position


def finish(
    position: Position, said: Iterable[Block | None], evidence: Evidence, skip: str = ""
) -> Draft:
    """The answer; `skip` is what was asked, and is not suggested again."""
    return evidence.draft(said, suggestions_for(position, skip), [position.number])
