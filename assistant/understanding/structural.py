"""Whether a question fits what the model reads in it, and of what it then asks."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.structure.mention import Mention
from assistant.structure.mentions import find_rankless
from assistant.structure.naming import NameIndex, Rank, rank_word
from assistant.understanding.aspects import Asks
from assistant.understanding.back import FOLLOWS, REFERS_BACK
from assistant.understanding.line_check import LineChecks
from assistant.understanding.own_unit import own_post, own_unit
from assistant.understanding.reading import Reading, frame, is_bare, only_institution
from assistant.understanding.reference import References
from assistant.understanding.sections import each_said
from assistant.understanding.types import ABOUT_ONE_POSITION, OF_TWO, Intent, Understanding

_ORDINAL_LEVELS = {"primer": 1, "segundo": 2, "tercer": 3, "cuarto": 4, "quinto": 5, "ultimo": -1}
_BOSS_OF_HEAD = re.compile(r"\bjef[ea] (?:del|de la|de el) jef[ea] de\b")
""" "el jefe del jefe de cajas": of the *Jefatura de Cajas*, or of whoever is the boss of it."""
_HEAD_OF_GOVERNMENT = re.compile(r"\b(?:president[ea](?: municipal)?|alcald(?:e|esa|ia))\b")
"""The mayor, who has no sheet."""
_ORDINALS = {
    "primera": 1, "segunda": 2, "tercera": 3, "cuarta": 4, "quinta": 5, "sexta": 6,
    "septima": 7, "octava": 8, "novena": 9, "decima": 10, "ultima": -1, "primer": 1,
    "uno": 1, "una": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7,
    "ocho": 8, "nueve": 9, "diez": 10, "once": 11, "doce": 12, "trece": 13, "catorce": 14,
    "quince": 15,
}  # fmt: skip
"""Words for the number of a function; -1 is the last."""
_SO_MANY = re.compile(r"\b(?:las|sus|mis|todas las) \w+ (?:funciones|responsabilidades|tareas)\b")
""" "las quince funciones": all of them, said to be so many."""
_SHORT = 5
"""A count in so few words may be of what was spoken of last."""
_SIDE_BY_SIDE = frozenset(["y", "e", "o", "u", "a", "la", "el", "las", "los", "de", "del", "al"])
_JOINING = frozenset(["y", "e", "o", "u", "con", "entre", "contra", "vs", "versus", "a", "hasta"])
_GENERAL_DIRECTORATES = re.compile(r"direccion(?:es)? general")
_ASKS_WHO = re.compile(r"\b(?:quien(?:es)?|de que|a que|cual) ")
"""What asks who the boss is, and not whether somebody is."""
_OF_SOMEBODY = re.compile(
    r"@(?: [@\d.]+)* les? (?:reporta|depende|responde)n? (?:algun |una? |el |la |los |las )\w"
)
""" "¿A X le reporta un chofer?": of one report, not of whether there are any."""
_COUNTS_NAMED = re.compile(r"\bcuant[oa]s @")
""" "¿cuántas jefaturas de oficina hay?": how many sheets have the name."""
_LEFT_OUT = re.compile(r"\b(?:sin (?:contar|incluir|tomar en cuenta)|excepto|menos|aparte de)\b")
"""What follows is not counted."""
_RANK_OF = re.compile(r"(?:(?:las|los|dame|dime|lista de|todas?|todos?) )*(\w+s) (?:de|del|en) ")
_HOW_MANY = re.compile(r"\bcuant[oa]s (\w+)")
_OF_POSTS = re.compile(r"\b(?:puesto|plaza|cargo|empleo|cedula|ficha|area|unidad|oficina)")
_WHICH_OF_RANK = re.compile(r"\b(?:que|cuales)(?: son)?(?: las| los)? (\w+s)\b")


class StructuralQuestions:
    """Fits readings to intents. Each method gives None where the intent does not fit."""

    def __init__(self, names: NameIndex, references: References) -> None:
        self._names = names
        self._references = references
        self._line_checks = LineChecks(names)

    def fit(self, reading: Reading, asks: Asks) -> Understanding | None:
        """The question as one that asks for this."""
        asked = replace(
            reading.base,
            intent=asks.intent,
            field=asks.field,
            counted=asks.counted,
            expected=asks.expected,
            yes_no=asks.yes_no or reading.base.yes_no,
        )
        several = each_said(reading.tokens, asked.sections)
        if several and asked.intent in (Intent.CHAPTER, Intent.OBJECTIVE):
            return replace(asked, intent=Intent.CHAPTER, sections=several, each=True)
        if asked.intent is Intent.FUNCTION and _SO_MANY.search(reading.folded):
            asked = replace(asked, intent=Intent.FUNCTIONS)
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
            asked = replace(asked, rank=_rank_asked_for(reading.folded))
            if _OF_SOMEBODY.search(reading.asking):
                asked = replace(asked, yes_no=False)  # whether one of them is that isn't known
        if asked.intent is Intent.CHAIN:
            both = self._compared(replace(asked, intent=Intent.CHAIN_BETWEEN), reading, spoken=())
            if both is not None:
                return both
        if asked.intent in ABOUT_ONE_POSITION:
            return self._about_position(asked, reading)
        if asked.intent in (Intent.COUNT, Intent.LIST):
            return self._counted(asked, reading)
        if asked.intent is Intent.REPORTS_CHECK:
            check = self._line_checks.find(reading)
            if check is not None:
                return check
            if _ASKS_WHO.search(reading.folded) and len(reading.known) < 2:
                return self._about_position(replace(asked, intent=Intent.REPORTS_TO), reading)
            if len(reading.known) == 1 and reading.missing is not None:
                return replace(asked, intent=Intent.REPORTS_TO, mentions=reading.known)
        if asked.intent in OF_TWO:
            return self._compared(asked, reading)
        if asked.intent is Intent.SUPERLATIVE:
            both = self._compared(replace(asked, intent=Intent.COMPARE), reading, spoken=())
            if both is not None:
                return both
        if asked.intent is Intent.LEVEL:
            return replace(asked, number=level_asked_for(reading.folded))
        if asked.intent is Intent.CHAPTER:
            if asked.sections:
                return asked
            of_manual = self._references.section_titled("introduccion")
            about = any(t.word in {"manual", "documento"} for t in reading.tokens)
            return replace(asked, sections=(of_manual,)) if of_manual and about else None
        if asked.intent is Intent.LOCATE:
            named = asked.mentions or asked.sections
            return asked if named else self._about_position(asked, reading)
        if asked.intent is Intent.MANUAL_FACT and reading.known:
            return None  # of a position, not of the document
        refers = asked.intent is Intent.CONTRADICTIONS and REFERS_BACK.search(reading.folded)
        if refers and not asked.mentions and reading.focus.positions:
            return self._references.of_focus(asked, reading.focus)
        return asked

    def _about_position(self, asked: Understanding, reading: Reading) -> Understanding | None:
        listed = asked.post is not None and asked.post.end - asked.post.start > 1
        if asked.first_person and not listed:
            own = own_unit(reading.tokens, reading.base.mentions, self._names)
            if own is not None and len(own.candidates) == 1:
                told = own_post(reading.tokens) or (asked.post.text if asked.post else None)
                return replace(asked, mentions=(own,), introduces=True, below=told)
            if reading.focus.own is not None and not reading.known and reading.missing is None:
                return self._references.of_focus(asked, reading.focus)
        post = asked.post
        if post is not None and not any(m.start <= post.start for m in reading.known if m.end):
            within = _first(reading.known)
            return replace(asked, mentions=(), sections=(), unknown=post.text, within=within)
        if asked.intent is Intent.OBJECTIVE and asked.sections:
            if only_institution(reading.known):
                return replace(asked, intent=Intent.CHAPTER)
            if not reading.known and reading.missing is None and not self._of_rank(reading):
                return replace(asked, intent=Intent.CHAPTER)
        if asked.intent is Intent.FIELD and only_institution(reading.known) and reading.residue:
            return None  # "¿cuándo se creó la Secretaría?": of the institution, not of a sheet
        if reading.known:
            units = tuple(m for m in reading.known if not only_institution([m]))
            return replace(
                asked, mentions=units or reading.known, each=_coordinated(units, reading)
            )
        if reading.missing is not None:
            return replace(asked, unknown=reading.missing)
        if any(_is_plural(m) for m in asked.mentions):
            return None  # "¿qué obligaciones tienen los directores …?": of all of them
        of_topic = self._of_rank_and_topic(asked, reading)
        if of_topic is not None:
            return replace(asked, mentions=(of_topic,))
        if self._of_rank(reading):
            return self._references.of_bare_rank(asked, reading.focus)
        rankless = self._without_rank(asked, reading)
        if rankless is not None:
            return replace(asked, mentions=(rankless,))
        if asked.mentions:  # a rank alone, and nothing was spoken of
            return self._references.of_bare_rank(asked, reading.focus)
        return self._of_nothing_named(asked, reading)

    def _of_rank_and_topic(self, asked: Understanding, reading: Reading) -> Mention | None:
        """The one position of a rank whose topic is said elsewhere: "en materia de predial, la
        función 3 de la coordinación"."""
        bare = next((m for m in asked.mentions if is_bare(m)), None)
        if bare is None or not reading.residue:
            return None
        skip = framing(reading) | set(range(bare.start, bare.end))
        topic = find_rankless(reading.tokens, self._names, frozenset(skip), bare.rank)
        both = [p for p in topic.candidates if p in bare.candidates] if topic else []
        return replace(bare, candidates=tuple(both)) if len(both) == 1 else None

    def named_without_rank(self, reading: Reading) -> list[Mention]:
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
            known = [m.candidates for m in found]
            if mention is not None and mention.candidates not in known:  # "Catastro y Padrón"
                found.append(mention)
        return found

    @staticmethod
    def _of_rank(reading: Reading) -> bool:
        return bool(reading.base.mentions) and bool(reading.focus.positions)

    def _without_rank(self, asked: Understanding, reading: Reading) -> Mention | None:
        """A position named without its rank ("las funciones de geomática"), if that name is all
        that the question is about ("¿qué hace el municipio con los datos?" has more)."""
        if asked.sections and asked.intent not in (Intent.FUNCTIONS, Intent.FUNCTION):
            return None
        rank = self._references.rank_in_focus(reading.focus)
        found = find_rankless(reading.tokens, self._names, framing(reading), rank)
        if found is None:
            return None
        others = sum(
            t.is_content and not found.start <= i < found.end and t.word not in frame()
            for i, t in enumerate(reading.tokens)
        )
        return found if others <= (0 if asked.intent is Intent.SHEET else 1) else None

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

    def _compared(
        self, asked: Understanding, reading: Reading, spoken: Sequence[str] | None = None
    ) -> Understanding | None:
        """The question as one of two positions; those that it doesn't name are the ones spoken of
        last, or `spoken`."""
        focus = reading.focus if spoken is None else replace(reading.focus, positions=tuple(spoken))
        every = tuple(m for m in asked.mentions if m.candidates)
        every = self._references.with_shared_topic(every)
        mentions = tuple(m for m in every if not is_bare(m))
        if len(mentions) < 2:
            mentions = (*mentions, *self.named_without_rank(reading))
        if len(mentions) < 2 and (mentions or focus.positions):
            mentions = every  # a rank alone is settled by what was spoken of, or asked back
        if len(mentions) == 1:
            mentions = (*self._references.spoken_of(focus, 1), *mentions)
        elif not mentions:
            mentions = self._references.spoken_of(focus, 2)
        return replace(asked, mentions=mentions) if len(mentions) >= 2 else None

    def _counted(self, asked: Understanding, reading: Reading) -> Understanding | None:
        taken = {i for m in reading.named for i in range(m.start, m.end)}
        told = reading.tokens[: _end_of_counted(reading)]
        ranks = [r for i, t in enumerate(told) if i not in taken and (r := rank_word(t.word))]
        named = tuple(m for m in reading.known if m.start < len(told))
        named = () if only_institution(named) else named
        rank = ranks[-1] if ranks and asked.counted != "functions" else None
        last = reading.focus.understanding
        functional = (Intent.FUNCTIONS, Intent.FUNCTION)
        of_functions = last is not None and last.intent in functional and not named
        if _COUNTS_NAMED.search(reading.asking):
            asked = replace(asked, counted="positions")
        bare = asked.counted == "reports" and not reading.residue and len(told) <= _SHORT
        if of_functions and not rank and (bare or asked.counted == "positions"):
            asked = replace(asked, counted="functions")  # "¿y cuántas son?"
        general = _GENERAL_DIRECTORATES.search(" ".join(t.word for t in told))
        if rank is Rank.DIRECTORATE and general:
            rank = Rank.GENERAL_DIRECTORATE
        asked = replace(asked, rank=rank)
        if asked.counted == "positions" and not named and not rank and _of_something_else(reading):
            return None
        if not named and reading.missing is None:
            rankless = self._without_rank(asked, reading)
            named = (rankless,) if rankless else ()
        follows = FOLLOWS.match(reading.folded) or len(reading.tokens) <= _SHORT
        refers = REFERS_BACK.search(reading.folded) or asked.counted in ("functions", "reports")
        if not named and not rank and reading.focus.positions and follows and refers:
            return self._references.of_focus(asked, reading.focus)
        return replace(asked, mentions=named, unknown=reading.missing)


def _end_of_counted(reading: Reading) -> int:
    """Index after the last word of what is counted: before "sin contar …"."""
    left_out = _LEFT_OUT.search(reading.folded)
    before = reading.folded[: left_out.start()] if left_out else reading.folded
    return len(before.split())


def _of_something_else(reading: Reading) -> bool:
    """Whether what is counted is no post or unit: "¿cuántas sucursales hay?"."""
    counted = _HOW_MANY.search(reading.folded)
    if _OF_POSTS.search(reading.folded):
        return False
    return counted is not None and any(t.word == counted[1] for t in reading.residue)


def _first(mentions: Sequence[Mention]) -> Mention | None:
    return mentions[0] if mentions else None


def _coordinated(mentions: Sequence[Mention], reading: Reading) -> bool:
    """Whether several positions are named side by side: "X, Y y Z"."""
    pairs = list(itertools.pairwise(mentions))
    return bool(pairs) and all(
        {t.word for t in reading.tokens[one.end : other.start]} <= _SIDE_BY_SIDE
        for one, other in pairs
    )


def _is_plural(mention: Mention) -> bool:
    """Whether a bare rank is said of all who have it."""
    return is_bare(mention) and mention.text.casefold().endswith("s")


def framing(reading: Reading) -> frozenset[int]:
    """Indices of the words that ask, or that are a rank."""
    return frozenset(
        i for i, t in enumerate(reading.tokens) if t.word in frame() or rank_word(t.word)
    )


def _rank_asked_for(folded: str) -> Rank | None:
    """The rank of "¿qué coordinaciones dependen de …?", "jefaturas de …": only those are asked
    for."""
    match = _WHICH_OF_RANK.search(folded) or _RANK_OF.match(folded)
    return rank_word(match[1]) if match else None


def level_asked_for(folded: str) -> int:
    """The level asked for, from 1 for the top; -1 for the last."""
    words = re.findall(r"(?<=\bnivel )\w+|\w+(?= nivel\b)", folded)
    levels = (_ORDINAL_LEVELS.get(w, _ORDINALS.get(w)) for w in words)
    numbers = (int(w) if w.isdigit() else level for w, level in zip(words, levels, strict=True))
    return next((n for n in numbers if n), 1)


def _function_number(reading: Reading) -> int | None:
    """The number of the function asked for: a figure or a word that is in no name."""
    taken = {i for m in reading.base.mentions for i in range(m.start, m.end)}
    numbers = {m.text for m in reading.base.mentions if m.end == m.start}
    numbers |= {p.number for m in reading.base.mentions for p in m.candidates}
    free = [t.word for i, t in enumerate(reading.tokens) if i not in taken]
    figures = [int(w) for w in free if w.isdigit() and w not in numbers]
    if figures:
        return figures[0]
    return next((_ORDINALS[w] for w in free if w in _ORDINALS and w not in {"una", "uno"}), None)
