"""Whether a question fits what the model reads in it, and of what it then asks."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.structure.mention import Mention
from assistant.structure.mentions import find_rankless
from assistant.structure.naming import NameIndex, Rank, further_rank_word, rank_word
from assistant.understanding.aspects import Asks
from assistant.understanding.back import FOLLOWS, REFERS_BACK
from assistant.understanding.line_check import LineChecks
from assistant.understanding.over_sheets import NO_STAFF, OverSheets
from assistant.understanding.own_unit import own_post, own_unit
from assistant.understanding.printed_values import PrintedValues
from assistant.understanding.quantities import MORE_OR_LESS, ORDINALS, quantities_of
from assistant.understanding.reading import Reading, is_bare, only_institution
from assistant.understanding.reference import References
from assistant.understanding.sections import each_said
from assistant.understanding.types import (
    ABOUT_ONE_POSITION,
    OF_TWO,
    Intent,
    Understanding,
)
from assistant.understanding.unranked import UnrankedNames, framing
from corpus.model import Position
from corpus.spanish import fold

_WHAT_FOR = re.compile(r"\b(?:sirve|proposito|finalidad|objeto|para que)\b")
_BOSS_OF_HEAD = re.compile(r"\bjef[ea] (?:del|de la|de el) jef[ea] de\b")
""" "el jefe del jefe de cajas": of the *Jefatura de Cajas*, or of whoever is the boss of it."""
_HEAD_OF_GOVERNMENT = re.compile(r"\b(?:president[ea](?: municipal)?|alcald(?:e|esa|ia))\b")
"""The mayor, who has no sheet."""
_SO_MANY = re.compile(r"\b(?:las|sus|mis|todas las) \w+ (?:funciones|responsabilidades|tareas)\b")
""" "las quince funciones": all of them, said to be so many."""
_SIDE_BY_SIDE = frozenset(["y", "e", "o", "u", "a", "la", "el", "las", "los", "de", "del", "al"])
_OF_DOCUMENT = re.compile(
    r"\b(?:manual|documento|version|edicion|emision|emiti|expidi|public|vigen|actualiz|codigo|clave|"
    r"paginas?|hojas?|fojas?|cambi|modific|dependencia)"
)
_OF_ARTICLES = re.compile(r"\b(?:que|cuales|cual) (?:son los )?(?:articulos?|fraccion)")
_MY_UNIT = re.compile(
    r"\b(?:mi|nuestr[oa]) (?:area|unidad|oficina|jefatura|coordinacion|direccion|departamento)\b"
)
"""Of the unit, whoever asks holds in it."""
_ASKS_WHO = re.compile(r"\b(?:quien(?:es)?|de que|a que|cual) ")
"""What asks who the boss is, and not whether somebody is."""
_OF_SOMEBODY = re.compile(
    r"@(?: [@\d.]+)* les? (?:reporta|depende|responde)n? (?:algun |una? |el |la |los |las )\w"
)
""" "¿A X le reporta un chofer?": of one report, not of whether there are any."""
_RANK_OF = re.compile(r"(?:(?:las|los|dame|dime|lista de|todas?|todos?) )*(\w+s) (?:de|del|en) ")
_CIRCULATED = re.compile(
    r"\b(?:difu(?:n|s)\w+|divulg\w+|avis\w+|comunic\w+|notific\w+|dar?(?:lo)? a conocer|"
    r"dan a conocer|conoc\w+|enter\w+|entienda\w*|entend\w+|induccion|publicar\w*|se publica)\b"
)
"""Making known, which manuals have guidelines for."""
_WHICH_OF_RANK = re.compile(r"\b(?:que|cuales)(?: son)?(?: las| los)? (\w+s)\b")


_NTH = re.compile(r"(\d{1,2})(?:a|o|er|era|ra|ro|da|do|ta|to|ma|mo|va|vo|na|no)")
""" "la 2da función", "la 3a"."""


class StructuralQuestions:
    """Fits readings to intents. Each method gives None where the intent does not fit."""

    def __init__(self, names: NameIndex, references: References, values: PrintedValues) -> None:
        self._names = names
        self._values = values
        self._references = references
        self.unranked = UnrankedNames(names, references)
        self.over = OverSheets(names, references, self.unranked, values)
        self._line_checks = LineChecks(names)

    def fit(self, reading: Reading, asks: Asks) -> Understanding | None:
        """The question as one that asks for this."""
        asked = replace(
            reading.base,
            intent=asks.intent,
            field=asks.field,
            counted=asks.counted,
            measure=asks.measure,
            total=asks.total,
            expected=asks.expected,
            yes_no=asks.yes_no or reading.base.yes_no,
        )
        several = each_said(reading.tokens, asked.sections)
        if several and asked.intent in (Intent.CHAPTER, Intent.OBJECTIVE):
            return replace(asked, intent=Intent.CHAPTER, sections=several, each=True)
        if asked.intent is Intent.FUNCTION and _SO_MANY.search(reading.folded):
            asked = replace(asked, intent=Intent.FUNCTIONS)
        if asked.intent in (Intent.FUNCTIONS, Intent.FUNCTION) and asked.yes_no:
            said = quantities_of(reading.asking)
            if said.bounded or said.number:  # "¿X tiene 9 funciones?"
                asked = replace(asked, intent=Intent.COUNT, counted="functions")
        if asked.intent is Intent.FUNCTION:
            number = _function_number(reading)
            if number is None:
                return None
            asked = replace(asked, number=number)
        if asked.intent is Intent.REPORTS_TO and _BOSS_OF_HEAD.search(reading.folded):
            asked = replace(asked, intent=Intent.BOSS_OF_BOSS)  # which tells both
        if asked.intent is Intent.DIRECT_REPORTS:
            top = self._references.head_of_government()
            if top and _HEAD_OF_GOVERNMENT.search(reading.folded) and not reading.known:
                return replace(asked, unknown=top, mentions=(), sections=())
            if NO_STAFF.search(reading.folded) and not reading.known:
                none = replace(asked, intent=Intent.LIST, field="no_reports")
                return self.over.fit(none, reading)
            asked = replace(asked, rank=_rank_asked_for(reading.folded, self._names))
            if _OF_SOMEBODY.search(reading.asking):
                asked = replace(asked, yes_no=False)  # whether one of them is that isn't known
        if asked.intent is Intent.FIELD:
            value = self._values.said(reading.tokens, asked.field)
            asked = replace(asked, wanted=value.wanted if value else None)
        if asked.intent is Intent.CHAIN:
            both = self.unranked.compared(
                replace(asked, intent=Intent.CHAIN_BETWEEN), reading, spoken=()
            )
            if both is not None:
                return both
        if asked.intent in ABOUT_ONE_POSITION:
            return self._about_position(asked, reading)
        if asked.intent in (Intent.COUNT, Intent.LIST, Intent.SUPERLATIVE):
            return self.over.fit(asked, reading)
        if asked.intent is Intent.REPORTS_CHECK:
            check = self._line_checks.find(reading)
            if check is not None:
                return check
            if _ASKS_WHO.search(reading.folded) and len(reading.known) < 2:
                return self._about_position(replace(asked, intent=Intent.REPORTS_TO), reading)
            if len(reading.known) == 1 and reading.missing is not None:
                return replace(asked, intent=Intent.REPORTS_TO, mentions=reading.known)
        if asked.intent is Intent.COMPARE:
            said = quantities_of(reading.asking)
            if said.measure is not None and MORE_OR_LESS.search(reading.asking):
                asked = replace(asked, intent=Intent.SUPERLATIVE, measure=said.measure)
                return self.unranked.compared(replace(asked, fewest=said.fewest), reading)
        if asked.intent in OF_TWO:
            return self.unranked.compared(asked, reading)
        if asked.intent is Intent.LEVEL:
            return self.over.level(asked, reading)
        if asked.intent is Intent.CHAPTER:
            if asked.sections:
                return asked
            wanted = ("objetivo", "manual") if _WHAT_FOR.search(reading.folded) else ()
            of_manual = self._references.section_titled(*wanted) if wanted else None
            of_manual = of_manual or self._references.section_titled("introduccion")
            about = any(t.word in {"manual", "documento"} for t in reading.tokens)
            if reading.base.yes_no and reading.residue:
                return None  # "¿el manual trae un glosario?": whether it holds something
            return replace(asked, sections=(of_manual,)) if of_manual and about else None
        if asked.intent is Intent.LOCATE:
            named = asked.mentions or asked.sections
            last = reading.focus.understanding
            if not named and last is not None and last.sections and not last.mentions:
                return replace(asked, sections=last.sections)  # "la visión, y ¿en qué página está?"
            return asked if named else self._about_position(asked, reading)
        if asked.intent is Intent.MANUAL_FACT and (
            reading.known
            or is_circulated(reading)
            or (len(reading.residue) > 1 and not _OF_DOCUMENT.search(reading.folded))
        ):
            return None  # of a position or of who must make it known, not of the document
        if asked.intent is Intent.LEGAL and _OF_ARTICLES.search(reading.folded):
            return None  # what the text cites of a law, not which laws there are
        if asked.intent is Intent.CONTRADICTIONS:
            if asked.yes_no and quantities_of(reading.asking).number is not None:
                counted = replace(asked, intent=Intent.COUNT, counted="positions")
                return self.over.fit(counted, reading)  # "¿es correcto que hay 3 jefaturas?"
            return self._contradicted(asked, reading)
        return asked

    def _contradicted(self, asked: Understanding, reading: Reading) -> Understanding:
        """Of what a contradiction is asked: of all positions that a name may mean, or of any."""
        if not asked.mentions and REFERS_BACK.search(reading.folded) and reading.focus.positions:
            return self._references.of_focus(asked, reading.focus)
        named = reading.known
        if not named and reading.missing is None:
            found = find_rankless(reading.tokens, self._names, framing(reading))
            named = (found,) if found is not None else ()
        each = tuple(replace(m, candidates=(p,)) for m in named for p in m.candidates)
        return replace(asked, mentions=each, unknown=reading.missing)

    def _about_position(self, asked: Understanding, reading: Reading) -> Understanding | None:
        listed = asked.post is not None and asked.post.end - asked.post.start > 1
        if asked.first_person and not listed:
            own = own_unit(reading.tokens, reading.base.mentions, self._names)
            if own is not None and len(own.candidates) == 1:
                told = own_post(reading.tokens) or (asked.post.text if asked.post else None)
                heads = told is not None and self._heads(told, own.candidates[0])
                told = None if heads or _MY_UNIT.search(reading.folded) else told
                return replace(asked, mentions=(own,), introduces=True, below=told)
            unnamed = not reading.known and reading.missing is None
            if reading.focus.own is not None and unnamed:
                return self._references.of_focus(asked, reading.focus)
            introduced = reading.focus.pending
            if introduced is not None and introduced.introduces and unnamed:
                return replace(asked, mentions=introduced.mentions, introduces=True)
        post = asked.post
        if post is not None and not any(m.start <= post.start for m in reading.known if m.end):
            within = _first(reading.known)
            return replace(asked, mentions=(), sections=(), unknown=post.text, within=within)
        if asked.intent is Intent.OBJECTIVE and asked.sections:
            if only_institution(reading.known):
                return replace(asked, intent=Intent.CHAPTER)
            if not reading.known and reading.missing is None and not self._of_rank(reading):
                return replace(asked, intent=Intent.CHAPTER)
        if only_institution(reading.known) and (
            (asked.intent is Intent.FIELD and reading.residue)
            or (asked.intent is Intent.OBJECTIVE and len(reading.residue) > 1)
        ):
            return None  # "¿cuándo se creó la Secretaría?": of the institution, not of a sheet
        if asked.intent is Intent.FUNCTIONS and is_circulated(reading):
            return None  # "¿qué deben hacer los directores para difundir el manual?"
        if reading.known:
            units = tuple(m for m in reading.known if not only_institution([m]))
            inside = self.unranked.inside(units, reading)
            if inside is not None:
                return replace(asked, mentions=(inside,))
            return replace(
                asked, mentions=units or reading.known, each=_coordinated(units, reading)
            )
        if reading.missing is not None:
            return replace(asked, unknown=reading.missing)
        if asked.rank is not None and any(_is_plural(m) for m in asked.mentions):
            unit = self.unranked.one(asked, reading)  # "los coordinadores de egresos"
            return replace(asked, mentions=(unit,)) if unit is not None else None
        if any(_is_plural(m) for m in asked.mentions):
            return None  # "¿qué obligaciones tienen los directores …?": of all of them
        of_topic = self.unranked.of_rank_and_topic(asked, reading)
        if of_topic is not None:
            return replace(asked, mentions=(of_topic,))
        if self._of_rank(reading):
            return self._references.of_bare_rank(asked, reading.focus)
        rankless = self.unranked.one(asked, reading)
        if rankless is not None:
            return replace(asked, mentions=(rankless,))
        if asked.mentions:  # a rank alone, and nothing was spoken of
            return self._references.of_bare_rank(asked, reading.focus)
        return self._of_nothing_named(asked, reading)

    def _heads(self, post: str, unit: Position) -> bool:
        """Whether a post is that of whoever heads a unit: "supervisor" of a *Supervisión*."""
        first = fold(post.split()[0])
        own = rank_word(first) or further_rank_word(first)
        return own is not None and own is self._names.names[unit.number][0].rank

    @staticmethod
    def _of_rank(reading: Reading) -> bool:
        return bool(reading.base.mentions) and bool(reading.focus.positions)

    def _of_nothing_named(self, asked: Understanding, reading: Reading) -> Understanding | None:
        skip = framing(reading)
        others = sum(t.is_content and i not in skip for i, t in enumerate(reading.tokens))
        back = bool(
            REFERS_BACK.search(reading.folded)
            or FOLLOWS.match(reading.folded)
            or asked.first_person
        )
        if reading.focus.positions and (back or not others) and others <= 1:
            return self._references.of_focus(asked, reading.focus)
        if not others or (others <= 1 and asked.first_person):
            return asked  # nothing says of whom: it is asked back
        return None


def _first(mentions: Sequence[Mention]) -> Mention | None:
    return mentions[0] if mentions else None


def _coordinated(mentions: Sequence[Mention], reading: Reading) -> bool:
    """Whether several positions are named side by side: "X, Y y Z"."""
    pairs = list(itertools.pairwise(mentions))
    return bool(pairs) and all(
        {t.word for t in reading.tokens[one.end : other.start]} <= _SIDE_BY_SIDE
        for one, other in pairs
    )


def is_circulated(reading: Reading) -> bool:
    """Whether it is asked how the manual itself is made known: who must, how, and how often."""
    of_manual = any(t.word in {"manual", "manuales", "documento"} for t in reading.tokens)
    return of_manual and bool(_CIRCULATED.search(reading.folded))


def _is_plural(mention: Mention) -> bool:
    """Whether a bare rank is said of all who have it."""
    return is_bare(mention) and mention.text.casefold().endswith("s")


def _rank_asked_for(folded: str, names: NameIndex) -> Rank | None:
    """The rank of "¿qué coordinaciones dependen de …?", "jefaturas de …": only those are asked
    for."""
    match = _WHICH_OF_RANK.search(folded) or _RANK_OF.match(folded)
    return names.rank_of(match[1]) if match else None


def _function_number(reading: Reading) -> int | None:
    """The number of the function asked for: a figure or a word that is in no name."""
    taken = {i for m in reading.base.mentions for i in range(m.start, m.end)}
    numbers = {m.text for m in reading.base.mentions if m.end == m.start}
    numbers |= {p.number for m in reading.base.mentions for p in m.candidates}
    free = [t.word for i, t in enumerate(reading.tokens) if i not in taken]
    figures = [int(w) for w in free if w.isdigit() and w not in numbers]
    figures += [int(nth[1]) for w in free if (nth := _NTH.fullmatch(w))]
    if figures:
        return figures[0]
    return next((ORDINALS[w] for w in free if w in ORDINALS and w not in {"una", "uno"}), None)
