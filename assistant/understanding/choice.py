"""A reply to what was asked back: which of the readings it chooses."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.structure.mention import Mention
from assistant.structure.mentions import find_mentions, find_rankless
from assistant.structure.naming import NameIndex, rank_word
from assistant.structure.tokens import Token, tokenize
from assistant.understanding.reading import frame
from assistant.understanding.sections import named_numbers
from assistant.understanding.types import Understanding
from corpus.model import Position
from corpus.spanish import fold

_LONGEST_REPLY = 14
"""A longer text, in words, is a question of its own."""
_ORDINAL = re.compile(
    r"\b(?:la|el|opcion|numero)?\s*(primer[oa]?|segund[oa]|tercer[oa]?|cuart[oa]|quint[oa]|ultim[oa])\b"
)
_ASKS = re.compile(
    r"\W*(?:y |pero |entonces )*(?:a |de |en |por )?(?:quien|cual|cuant|donde|cuando|como|que)"
)
_ORDINAL_STEMS = ("primer", "segund", "tercer", "cuart", "quint")


def chosen(question: str, pending: Understanding, names: NameIndex) -> Understanding | None:
    """The pending question with the reading that a reply chooses; None if it chooses none."""
    tokens = tokenize(question)
    if len(tokens) > _LONGEST_REPLY:
        return None
    mention = pending.ambiguous
    if mention is None:
        found = [m for m in find_mentions(tokens, names) if len(m.candidates) == 1]
        own_question = any(t.word in frame() for t in tokens)
        return replace(pending, mentions=(found[0],)) if found and not own_question else None
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
