"""Where a manual prints a name that has no sheet: its whole text is searched before a denial."""

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from assistant.answering.blocks import Block, item, paragraph, quoted
from assistant.answering.draft import Draft, Evidence
from assistant.answering.knowledge import Knowledge
from assistant.answering.refusal import no_such_unit
from assistant.answering.wording import capital
from assistant.structure.naming import leading_rank
from corpus.model import Manual, Passage, PassageKind, Section, heading_of
from corpus.spanish import STOPWORDS, fold, joined, stem, words

_MOST_PLACES = 3
_SPELT_ALIKE = 88.0
"""Least likeness, in percent of the characters, of two words of which one is a slip of the other:
one letter in eight."""
_SHORTEST_MISSPELT = 5
_NUMBER = re.compile(r"[\d.]+")

Place = tuple[Section, Passage]


def without_unit(name: str, knowledge: Knowledge) -> Draft:
    """What is said of a name without a sheet: where the manual's text prints it, or that it
    doesn't."""
    manual = knowledge.manual
    places = places_of(name, manual)
    lead = f"«{capital(name)}» no tiene cédula propia en el manual {manual.code}, pero lo nombra:"
    if not places:
        return _without_name(name, knowledge)
    evidence = Evidence(manual)
    lines: list[Block] = [paragraph(lead)]
    for section, passage in places[:_MOST_PLACES]:
        place = evidence.passage(section, passage)
        lines.append(item(f"{heading_of(section)}: ", quoted(passage.text, place)))
    more = len(places) - _MOST_PLACES
    if more > 0:
        lines.append(paragraph(f"Y en {more} lugares más." if more > 1 else "Y en un lugar más."))
    return evidence.draft(lines)


def _without_name(name: str, knowledge: Knowledge) -> Draft:
    """A refusal, with the nearest names; without any, with where the text speaks of the topic."""
    said = words(name)
    _, rank_words = leading_rank(said)
    topic = " ".join(w for w in said[rank_words:] if w not in STOPWORDS)
    places = places_of(topic, knowledge.manual) if rank_words and topic else []
    if knowledge.names.nearest(name) or not places:
        return no_such_unit(name, knowledge)
    where = dict.fromkeys(f"{heading_of(section)} (p. {p.page})" for section, p in places)
    told = joined(list(where)[:_MOST_PLACES])
    return no_such_unit(name, knowledge, f" De «{topic}» sí habla en {told}.")


def places_of(name: str, manual: Manual) -> list[Place]:
    """The passages that print a name, whatever its accents, gender, number, or a letter amiss.

    Its telling words must stand close together, in any order.
    """
    if _NUMBER.fullmatch(name):
        printed = re.compile(rf"(?<![\d.]){re.escape(name.strip('.'))}(?![\d]|\.\d)")
        return [place for place in _text_of(manual) if printed.search(place[1].text)]
    wanted = list(dict.fromkeys(w for w in words(name) if w not in STOPWORDS))
    if not wanted:
        return []
    return [place for place in _text_of(manual) if _stands_in(wanted, words(place[1].text))]


def _text_of(manual: Manual) -> list[Place]:
    return [
        (section, passage)
        for section in manual.sections
        for passage in section.passages
        if passage.kind is not PassageKind.BOILERPLATE
    ]


def _stands_in(wanted: Sequence[str], printed: Sequence[str]) -> bool:
    """Whether all wanted words stand within a stretch of the text twice as long as the name."""
    found: list[int] = []
    for word in wanted:
        at = [i for i, other in enumerate(printed) if _same(word, other)]
        if not at:
            return False
        near = [i for i in at if not found or abs(i - found[-1]) <= 2 * len(wanted) + 2]
        if not near:
            return False
        found.append(near[0])
    return True


def _same(asked: str, printed: str) -> bool:
    if asked == printed or stem(asked) == stem(printed):
        return True
    long = min(len(asked), len(printed)) >= _SHORTEST_MISSPELT
    return long and fuzz.ratio(fold(asked), printed) >= _SPELT_ALIKE
