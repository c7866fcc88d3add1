"""Positions that a question names without their rank, or by what they share with another."""

import itertools
from collections.abc import Sequence
from dataclasses import replace

from assistant.structure.mention import Mention
from assistant.structure.mentions import find_led, find_rankless
from assistant.structure.naming import NameIndex, rank_word
from assistant.understanding.reading import Reading, frame, is_bare
from assistant.understanding.reference import References
from assistant.understanding.types import ABOUT_ONE_POSITION, Intent, Understanding

_OF = frozenset(["de", "del", "en", "la", "el"])
_JOINING = frozenset(["y", "e", "o", "u", "con", "entre", "contra", "vs", "versus", "a", "hasta"])

_OF_A_NAME = ABOUT_ONE_POSITION - {Intent.FUNCTIONS, Intent.SHEET, Intent.FIELD}
"""What is asked of a position by no more than a word of its name; the others are topics too."""


class UnrankedNames:
    """Finds them in readings of questions on one manual."""

    def __init__(self, names: NameIndex, references: References) -> None:
        self._names = names
        self._references = references

    def several(self, reading: Reading) -> list[Mention]:
        """Positions named by their topic alone, each between "y", "con" or commas: "geomática y
        ciencia de datos"."""
        taken = {i for m in reading.base.mentions for i in range(m.start, m.end)}
        skip = framing(reading) | taken
        breaks = [i for i, t in enumerate(reading.tokens) if t.word in _JOINING or i in taken]
        found: list[Mention] = []
        for start, end in itertools.pairwise([-1, *breaks, len(reading.tokens)]):
            outside = frozenset(i for i in range(len(reading.tokens)) if not start < i < end)
            rank = self._references.rank_in_focus(reading.focus)
            mention = find_rankless(reading.tokens, self._names, skip | outside, rank)
            mention = mention or find_led(reading.tokens, self._names, skip | outside)
            known = [m.candidates for m in found]
            if mention is not None and mention.candidates not in known:  # "Catastro y Padrón"
                found.append(mention)
        return found

    def one(self, asked: Understanding, reading: Reading) -> Mention | None:
        """A position named without its rank ("las funciones de geomática"), if that name is all
        that the question is about ("¿qué hace el municipio con los datos?" has more)."""
        if asked.sections and asked.intent not in (Intent.FUNCTIONS, Intent.FUNCTION):
            return None
        rank = self._references.rank_in_focus(reading.focus)
        found = find_rankless(reading.tokens, self._names, framing(reading), rank)
        if found is None and asked.intent in _OF_A_NAME:
            found = find_led(reading.tokens, self._names, framing(reading))
        if found is None:
            return None
        others = sum(
            t.is_content and not found.start <= i < found.end and t.word not in frame()
            for i, t in enumerate(reading.tokens)
        )
        return found if others <= (0 if asked.intent is Intent.SHEET else 1) else None

    def inside(self, units: Sequence[Mention], reading: Reading) -> Mention | None:
        """The one position named by its topic alone that belongs to the unit named after it: "el de
        informática *de participación ciudadana*"; None where there is none."""
        if len(units) != 1 or len(units[0].candidates) != 1 or units[0].start < 2:
            return None
        place = units[0]
        if reading.tokens[place.start - 1].word not in _OF:
            return None
        after = frozenset(range(place.start, len(reading.tokens)))
        found = find_rankless(reading.tokens, self._names, framing(reading) | after)
        if found is None or found.end < place.start - 2:
            return None
        own = [p for p in found.candidates if self._names.belongs_to(p, place.candidates[0])]
        return replace(found, candidates=tuple(own)) if len(own) == 1 else None

    def of_rank_and_topic(self, asked: Understanding, reading: Reading) -> Mention | None:
        """The one position of a rank whose topic is said elsewhere: "en materia de predial, la
        función 3 de la coordinación"."""
        bare = next((m for m in asked.mentions if is_bare(m)), None)
        if bare is None or not reading.residue:
            return None
        skip = framing(reading) | set(range(bare.start, bare.end))
        topic = find_rankless(reading.tokens, self._names, frozenset(skip), bare.rank)
        both = [p for p in topic.candidates if p in bare.candidates] if topic else []
        return replace(bare, candidates=tuple(both)) if len(both) == 1 else None

    def compared(
        self, asked: Understanding, reading: Reading, spoken: Sequence[str] | None = None
    ) -> Understanding | None:
        """The question as one of two positions; those that it doesn't name are the ones spoken of
        last, or `spoken`."""
        focus = reading.focus if spoken is None else replace(reading.focus, positions=tuple(spoken))
        every = tuple(m for m in asked.mentions if m.candidates)
        every = self._references.with_shared_topic(every)
        mentions = tuple(m for m in every if not is_bare(m))
        if len(mentions) < 2:
            mentions = (*mentions, *self.several(reading))
        if len(mentions) < 2 and (mentions or focus.positions):
            mentions = every  # a rank alone is settled by what was spoken of, or asked back
        if len(mentions) == 1:
            mentions = (*self._references.spoken_of(focus, 1), *mentions)
        elif not mentions:
            mentions = self._references.spoken_of(focus, 2)
        return replace(asked, mentions=mentions) if len(mentions) >= 2 else None


def framing(reading: Reading) -> frozenset[int]:
    """Indices of the words that ask, or that are a rank."""
    return frozenset(
        i for i, t in enumerate(reading.tokens) if t.word in frame() or rank_word(t.word)
    )
