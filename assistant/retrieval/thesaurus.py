"""Everyday words and the words that manuals print for them (`lexicon/synonyms.toml`)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from assistant.lexicon import load
from corpus.spanish import STOPWORDS, stem, words

Phrase = tuple[str, ...]
"""The stems of a word or a short phrase."""


@dataclass(frozen=True)
class Group:
    """Wordings of one thing."""

    everyday: Sequence[str]
    """What people say. These lead to the formal wordings and to each other."""
    formal: Sequence[str] = ()
    """What manuals print. These lead nowhere."""
    light: bool = False
    """Whether the everyday words only say what is done ("juntar"), not to what: a question may
    hold one that its manual puts in yet another way."""


class Thesaurus:
    """What a word or phrase of a question may be called in a manual."""

    def __init__(self, groups: Iterable[Group]) -> None:
        self._leads: dict[Phrase, dict[Phrase, None]] = {}
        topics: set[str] = set()
        actions: set[str] = set()
        for group in groups:
            said = [phrase(e) for e in group.everyday]
            meant = dict.fromkeys([phrase(f) for f in group.formal] + said)
            for wording in said:
                leads = self._leads.setdefault(wording, {})
                leads.update((m, None) for m in meant if m and m != wording)
            if not group.light:
                topics.update(p[0] for p in said if len(p) == 1)
            else:
                actions.update(p[0] for p in said if len(p) == 1)
        self._topics = frozenset(topics)
        self._actions = frozenset(actions - topics)
        self.longest = max((len(p) for p in self._leads), default=1)

    def has_word(self, stemmed: str) -> bool:
        """Whether a stem is of an everyday wording that names a municipal topic."""
        return stemmed in self._topics

    def only_acts(self, stemmed: str) -> bool:
        """Whether a stem is of a word that only says what is done."""
        return stemmed in self._actions

    def wordings(self, said: Phrase) -> list[Phrase]:
        """The other wordings of a phrase; none if the thesaurus does not know it."""
        return list(self._leads.get(said, ()))


def phrase(text: str) -> Phrase:
    """The stems of a phrase's content words."""
    return tuple(stem(w) for w in words(text) if w not in STOPWORDS)


@cache
def default_thesaurus() -> Thesaurus:
    """The thesaurus that comes with the project."""
    return Thesaurus(Group(**row) for row in load("synonyms")["group"])
