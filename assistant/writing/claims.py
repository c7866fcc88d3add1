"""A sentence that a model wrote, with the passages that it names, ready to be judged."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property

from assistant import lexicon
from assistant.answering.knowledge import Knowledge
from assistant.structure.mention import Mention
from assistant.structure.mentions import find_mentions
from assistant.structure.tokens import Token, tokenize
from assistant.writing.passages import Passage
from corpus.model import Position
from corpus.spanish import words

_ARTICLES = frozenset({"la", "el", "los", "las", "persona", "titular", "propia", "propio"})
_REACH = 4
"""Words between one that says whom a task is given to and the name."""


@cache
def listed(name: str) -> frozenset[str]:
    """A list of folded words of `lexicon/claims.toml`."""
    return frozenset(lexicon.load("claims")[name].split())


@dataclass(frozen=True)
class Claim:
    """A sentence and its evidence."""

    text: str
    passages: tuple[Passage, ...]
    knowledge: Knowledge
    spoken_of: frozenset[str] = frozenset()
    """Numbers of the positions that the sentence before was about."""

    @cached_property
    def tokens(self) -> Sequence[Token]:
        """The sentence's words."""
        return tokenize(self.text)

    @cached_property
    def mentions(self) -> Sequence[Mention]:
        """The positions that it names; "la Dirección" alone names none."""
        found = (self._as_written(m) for m in find_mentions(self.tokens, self.knowledge.names))
        return [m for m in found if m.end - m.start > 1]

    @cached_property
    def of_names(self) -> frozenset[int]:
        """The places of the words that are part of those names."""
        return frozenset(i for m in self.mentions for i in range(m.start, m.end))

    def _as_written(self, mention: Mention) -> Mention:
        """Where no sheet has just that name, the name ends before the first word that is not
        written as part of one: "la Coordinación asesora a los vecinos"."""
        if mention.candidates and mention.exact:
            return mention
        own = self.tokens[mention.start : mention.end]
        end = 1
        for length, token in enumerate(own[1:], 2):
            if token.typed[:1].isupper():
                end = length
            elif token.word not in listed("within_names"):
                break
        return mention if end == len(own) else replace(mention, end=mention.start + end)

    @cached_property
    def printed(self) -> Sequence[str]:
        """The folded words of the passages and their labels, in order."""
        return [w for p in self.passages for w in words(f"{p.label} {p.text}")]

    @cached_property
    def holders(self) -> Sequence[Position]:
        """The positions whose sheets the passages are from."""
        numbers = dict.fromkeys(c.section for p in self.passages for c in p.citations)
        found = (self.knowledge.manual.position(number) for number in numbers)
        return [p for p in found if p is not None]

    def prints(self, said: Sequence[str]) -> bool:
        """Whether folded words stand one after the other in the passages."""
        wanted = f" {' '.join(said)} "
        return wanted in f" {' '.join(self.printed)} "

    def words_of(self, mention: Mention) -> list[str]:
        """The folded words of a mention."""
        return [t.word for t in self.tokens[mention.start : mention.end]]

    def before(self, mention: Mention) -> str | None:
        """The preposition that stands before a mention and its article; None without one."""
        for token in reversed(self.tokens[: mention.start]):
            if token.word in _ARTICLES:
                continue
            return token.word if token.word in listed("prepositions") else None
        return None

    def qualifies(self, mention: Mention) -> bool:
        """Whether a mention only says where the one before it belongs: "de la Dirección"."""
        at = mention.start - 1
        while at >= 0 and self.tokens[at].word in _ARTICLES:
            at -= 1
        ends = {m.end for m in self.mentions if m is not mention}
        return at >= 0 and self.tokens[at].word in {"de", "del"} and at in ends

    def agents(self) -> Iterator[Mention]:
        """The mentions of who does what the sentence says."""
        for mention in self.mentions:
            if self.qualifies(mention):
                continue
            preposition = self.before(mention)
            near = {t.word for t in self.tokens[max(0, mention.start - _REACH) : mention.start]}
            if preposition in (None, "por") or (
                preposition in {"a", "al", "de", "del"} and near & listed("given_to")
            ):
                yield mention


_IN_QUOTES = re.compile(r"[«“\"]([^»”\"]+)[»”\"]")


def quoted(text: str) -> list[str]:
    """What stands in quotation marks."""
    return _IN_QUOTES.findall(text)
