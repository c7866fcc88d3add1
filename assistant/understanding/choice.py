"""A reply to what was asked back: which of the readings it chooses."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.structure.mention import Mention
from assistant.structure.mentions import find_mentions, find_rankless
from assistant.structure.naming import NameIndex, rank_word
from assistant.structure.tokens import Token, tokenize
from assistant.understanding.own_unit import own_post, own_unit
from assistant.understanding.reading import frame
from assistant.understanding.sections import named_numbers
from assistant.understanding.types import ABOUT_ONE_POSITION, Understanding
from corpus.model import Position
from corpus.spanish import fold

_MOST_OF_ALL = 6
"""Readings that are answered where all of them are chosen."""
_LONGEST_REPLY = 14
"""A longer text, in words, is a question of its own."""
_ORDINAL = re.compile(
    r"\b(?:la|el|opcion|numero)?\s*(primer[oa]?|segund[oa]|tercer[oa]?|cuart[oa]|quint[oa]|ultim[oa])\b"
)
_ASKS = re.compile(
    r"\W*(?:y |pero |entonces )*(?:a |de |en |por )?(?:quien|cual|cuant|donde|cuando|como|que)"
)
_ALL = re.compile(
    r"(?:(?:pues|de|los|las|a|me|da|dan|igual|dime|dame|quiero|mejor|por favor) )*"
    r"(?:tod[oa]s(?: ell[oa]s)?|amb[oa]s|l[oa]s (?:dos|tres|cuatro|cinco)|cualquiera|"
    r"cada un[oa])(?: (?:de ell[oa]s|por favor|esta bien))*"
)
_ASKING_WORDS = """
    que quien quienes cual cuales cuanto cuantos cuanta cuantas donde como cuando quiero
    necesito dime dame
"""
_ASKING = frozenset(_ASKING_WORDS.split())
"""Words of a reply that asks for something itself."""
_ORDINAL_STEMS = ("primer", "segund", "tercer", "cuart", "quint")


def chosen(question: str, pending: Understanding, names: NameIndex) -> Understanding | None:
    """The pending question with the reading that a reply chooses; None if it chooses none."""
    tokens = tokenize(question)
    if len(tokens) > _LONGEST_REPLY:
        return None
    mention = pending.ambiguous
    if mention is None:
        return _named(tokens, pending, names)
    if pending.intent in ABOUT_ONE_POSITION and _ALL.fullmatch(" ".join(t.word for t in tokens)):
        of_each = (replace(mention, candidates=(p,)) for p in mention.candidates[:_MOST_OF_ALL])
        return replace(pending, mentions=tuple(of_each), each=True)
    numbers = named_numbers(question) + [t.word for t in tokens if t.word.isdigit()]
    readings = [p for p in mention.candidates if p.number in numbers]
    readings = readings or _by_count(numbers, mention)
    readings = readings or _by_ordinal(fold(question), mention, tokens)
    if not readings and not _is_own_question(question, tokens, mention, names):
        readings = _by_place(tokens, mention, names)
    if len(readings) != 1:
        return None
    resolved = replace(mention, candidates=tuple(readings))
    others = tuple(resolved if m is mention else m for m in pending.mentions)
    return replace(pending, mentions=others)


def _named(
    tokens: Sequence[Token], pending: Understanding, names: NameIndex
) -> Understanding | None:
    """The pending question, of what a reply to "¿de qué puesto?" names; None where the reply asks
    for something itself. Who says where they work ("soy auxiliar en catastro") is remembered."""
    said = [m for m in find_mentions(tokens, names) if m.candidates]
    own = own_unit(tokens, said, names)
    if own is not None and not any(t.word in _ASKING for t in tokens):
        post = own_post(tokens)
        return replace(pending, mentions=(own,), introduces=True, below=post)
    if any(t.word in frame() for t in tokens):
        return None
    found = next((m for m in said if len(m.candidates) == 1), None)
    found = found or _without_rank(tokens, names)
    if found is None:
        return None
    return replace(pending, mentions=(found,), introduces=pending.first_person)


def _without_rank(tokens: Sequence[Token], names: NameIndex) -> Mention | None:
    """The position that a reply names by its topic, with its rank elsewhere or not at all, and
    says nothing else: "catastro", "geomática, la jefatura"."""
    ranked = frozenset(i for i, t in enumerate(tokens) if rank_word(t.word))
    found = find_rankless(tokens, names, ranked)
    if found is None or any(
        t.is_content and i not in ranked and not found.start <= i < found.end
        for i, t in enumerate(tokens)
    ):
        return None
    ranks = {rank_word(tokens[i].word) for i in ranked}
    of_rank = tuple(p for p in found.candidates if names.names[p.number][0].rank in ranks)
    return replace(found, candidates=of_rank or found.candidates)


def _is_own_question(
    question: str, tokens: Sequence[Token], mention: Mention, names: NameIndex
) -> bool:
    """Whether a text that may name a place asks for something too: "¿Cuánto gana el secretario?".

    "¿Cuál, la de participación?" asks for nothing but the reading.
    """
    if not _ASKS.match(fold(question)):
        return False
    own = {t.word for p in mention.candidates for t in tokenize(p.title)}
    skip = frozenset(i for i, t in enumerate(tokens) if rank_word(t.word))
    loose = find_rankless(tokens, names, skip)
    named = (*find_mentions(tokens, names), *([loose] if loose else ()))
    told = {i for m in named for i in range(m.start, m.end)} | skip
    return any(
        t.is_content and i not in told and t.word not in frame() and t.word not in own
        for i, t in enumerate(tokens)
    )


def _by_count(numbers: Sequence[str], mention: Mention) -> list[Position]:
    """ "2": the second of the readings, as they were listed."""
    places = [int(n) for n in numbers if n.isdigit() and 0 < int(n) <= len(mention.candidates)]
    return [mention.candidates[places[0] - 1]] if len(numbers) == 1 and places else []


def _by_ordinal(folded: str, mention: Mention, tokens: Sequence[Token]) -> list[Position]:
    match = _ORDINAL.search(folded)
    if match is None or len(tokens) > 4:
        return []
    word = match[1]
    if word.startswith("ultim"):
        return [mention.candidates[-1]]
    at = next(i for i, s in enumerate(_ORDINAL_STEMS) if word.startswith(s))
    return list(mention.candidates[at : at + 1])


def _by_place(tokens: Sequence[Token], mention: Mention, names: NameIndex) -> list[Position]:
    """Candidates that the reply names, or that belong to a unit that it names."""
    found = find_mentions(tokens, names)
    named = {p.number for m in found for p in m.candidates}
    direct = [p for p in mention.candidates if p.number in named]
    if direct and len(direct) < len(mention.candidates):
        return direct
    skip = frozenset(i for i, t in enumerate(tokens) if rank_word(t.word))
    loose = find_rankless(tokens, names, skip)
    superiors = [p for m in (*found, *([loose] if loose else ())) for p in m.candidates]
    return [
        p
        for p in mention.candidates
        if any(names.belongs_to(p, s) or p.number == s.number for s in superiors)
    ]
