"""Which positions the functions of a manual name, beside the one that has the function."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.structure.mention import Mention
from assistant.structure.tokens import Token, tokenize
from corpus.model import Function, Manual, Position

_WITH = frozenset({"con", "entre"})
_ARTICLES = frozenset({"la", "el"})


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
            for named in _surely_named(function.text, mentions(function.text), manual)
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


def _surely_named(text: str, mentions: tuple[Mention, ...], manual: Manual) -> list[Position]:
    """The positions that are named in full and without doubt, not by a rank alone."""
    tokens = tokenize(text)
    return [
        m.candidates[0]
        for m in mentions
        if len(m.candidates) == 1
        and m.exact
        and m.end - m.start > 1
        and not _is_false_friend(tokens, m, manual)
    ]


def _is_false_friend(tokens: Sequence[Token], mention: Mention, manual: Manual) -> bool:
    """Whether what looks like a name is none: "en coordinación con el Sistema …" is how the work
    is done, and the name of the whole dependency is where."""
    said = [t.word for t in tokens[mention.start : mention.end] if t.word not in _ARTICLES]
    own = [token.word for token in tokenize(manual.dependency) if token.word not in _ARTICLES]
    return said == own or (len(said) > 1 and said[1] in _WITH)
