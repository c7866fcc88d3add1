"""Finds the posts that sheets name but that have no sheet of their own ("analista de datos")."""

from collections import defaultdict
from collections.abc import Sequence

from assistant.structure.mention import Mention
from assistant.structure.naming import NameIndex, rank_word
from assistant.structure.tokens import Token
from corpus.model import Manual
from corpus.spanish import STOPWORDS, noun_stem, words

_BEFORE = """
    el la los las un una del al soy como que hay tiene tienen trae traen algun alguna ningun ninguna
    cuantos cuantas o u ni con
"""
_WORD_BEFORE = frozenset(_BEFORE.split())
"""What stands before a post of one word, so that it is a person: "el asistente", but not "sistema
operativo"."""


def post_stems(name: str) -> frozenset[str]:
    """The stems that tell a post from another: of "Analista de Ciencia de Datos", three."""
    return frozenset(noun_stem(w) for w in words(name) if w not in STOPWORDS and not w.isdigit())


class Posts:
    """The posts without a sheet in one manual, by their first word."""

    def __init__(self, manual: Manual, names: NameIndex) -> None:
        self._of_head: dict[str, list[frozenset[str]]] = defaultdict(list)
        for position in manual.positions:
            for entry in position.direct_reports:
                telling = [w for w in words(entry.name) if w not in STOPWORDS]
                if telling and rank_word(telling[0]) is None and names.resolve(entry.name) is None:
                    self._of_head[noun_stem(telling[0])].append(post_stems(entry.name))

    def find(self, tokens: Sequence[Token]) -> Mention | None:
        """The first post that is named, as a mention without candidates."""
        for start, token in enumerate(tokens):
            head = noun_stem(token.word)
            if head not in self._of_head or rank_word(token.word) is not None:
                continue
            end = self._end(tokens, start)
            before = tokens[start - 1].word if start else ""
            if before == "se":  # "quién se encarga de …" names no "Encargado de …"
                continue
            if end > start + 1 or before in _WORD_BEFORE:
                return Mention(" ".join(t.word for t in tokens[start:end]), start, end, None, ())
        return None

    def _end(self, tokens: Sequence[Token], start: int) -> int:
        """Where the longest name of a post that begins at a word ends."""
        head = noun_stem(tokens[start].word)
        said = {head}
        end = start + 1
        for at in range(start + 1, len(tokens)):
            if tokens[at].after_break:
                break
            if tokens[at].is_content:
                said.add(noun_stem(tokens[at].word))
                if not any(said <= post for post in self._of_head[head]):
                    break
                end = at + 1
        return end
