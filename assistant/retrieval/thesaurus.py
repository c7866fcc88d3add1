"""Everyday words and the words that manuals print for them (`lexicon/synonyms.toml`)."""

from collections.abc import Iterable
from functools import cache

from assistant.lexicon import load
from corpus.spanish import STOPWORDS, stem, words

Phrase = tuple[str, ...]
"""The stems of a word or a short phrase."""


class Thesaurus:
    """What a word or phrase of a question may be called in a manual."""

    def __init__(self, groups: Iterable[tuple[list[str], list[str]]]) -> None:
        """`groups` are pairs of everyday and formal wordings. Everyday wordings lead to the
        formal ones and to each other; formal wordings lead nowhere."""
        self._leads: dict[Phrase, dict[Phrase, None]] = {}
        for everyday, formal in groups:
            said = [phrase(e) for e in everyday]
            meant = dict.fromkeys([phrase(f) for f in formal] + said)
            for wording in said:
                leads = self._leads.setdefault(wording, {})
                leads.update((m, None) for m in meant if m and m != wording)
        self._words = frozenset(p[0] for p in self._leads if len(p) == 1)
        self.longest = max((len(p) for p in self._leads), default=1)

    def has_word(self, stemmed: str) -> bool:
        """Whether a stem is of an everyday wording: a word that names a municipal topic."""
        return stemmed in self._words

    def wordings(self, said: Phrase) -> list[Phrase]:
        """The other wordings of a phrase; none if the thesaurus does not know it."""
        return list(self._leads.get(said, ()))


def phrase(text: str) -> Phrase:
    """The stems of a phrase's content words."""
    return tuple(stem(w) for w in words(text) if w not in STOPWORDS)


@cache
def default_thesaurus() -> Thesaurus:
    """The thesaurus that comes with the project."""
    return Thesaurus((row["everyday"], row["formal"]) for row in load("synonyms")["group"])
