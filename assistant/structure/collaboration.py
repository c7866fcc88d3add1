"""Which positions the functions of a manual name, beside the one that has the function."""

from collections.abc import Callable
from dataclasses import dataclass

from assistant.structure.mention import Mention
from corpus.model import Function, Manual, Position


@dataclass(frozen=True)
class Naming:
    """A function of one position that names another."""

    owner: Position
    function: Function
    named: Position


class Collaborations:
    """Every naming in a manual, found once."""

    def __init__(self, manual: Manual, mentions: Callable[[str], tuple[Mention, ...]]) -> None:
        """`mentions` finds the positions that a text names."""
        self._namings = tuple(
            Naming(owner, function, named)
            for owner in manual.positions
            for function in owner.functions
            for named in _surely_named(mentions(function.text))
            if named.number != owner.number
        )

    def of(self, position: Position) -> dict[str, list[Naming]]:
        """The namings between this position and each other one, by the number of the other; those
        named most often first."""
        found: dict[str, list[Naming]] = {}
        for naming in self._namings:
            if naming.owner.number == position.number:
                found.setdefault(naming.named.number, []).append(naming)
            elif naming.named.number == position.number:
                found.setdefault(naming.owner.number, []).append(naming)
        return dict(sorted(found.items(), key=lambda item: -len(item[1])))


def _surely_named(mentions: tuple[Mention, ...]) -> list[Position]:
    """The positions that are named in full and without doubt, not by a rank alone."""
    return [
        m.candidates[0]
        for m in mentions
        if len(m.candidates) == 1 and m.exact and m.end - m.start > 1
    ]
