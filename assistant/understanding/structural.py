"""Whether a question fits a structural way of asking, and of what it then asks."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.structure.mention import Mention
from assistant.structure.mentions import find_rankless
from assistant.structure.naming import NameIndex, Rank, rank_word
from assistant.understanding import intents
from assistant.understanding.intents import IntentPattern
from assistant.understanding.own_unit import own_unit
from assistant.understanding.reading import Reading, frame, is_bare, only_institution
from assistant.understanding.reference import References
from assistant.understanding.types import ABOUT_ONE_POSITION, Intent, Understanding

_ORDINAL_LEVELS = {"primer": 1, "segundo": 2, "tercer": 3, "cuarto": 4, "quinto": 5, "ultimo": -1}
_COUNTED = (
    ("functions", r"funcion|responsabilidad"),
    ("pages", r"pagina|hojas"),
    ("chapters", r"capitulo|seccion"),
    ("laws", r"ley|leyes|reglamento|ordenamiento"),
    ("guidelines", r"lineamiento"),
    ("people", r"gente|personal|personas|emplead"),
    ("reports", r"subordinad|report"),
)
"""What is counted, by the words of the question."""
_BOSS_OF_HEAD = re.compile(r"\bjef[ea] (?:del|de la|de el) jef[ea] de\b")
""" "el jefe del jefe de cajas": of the *Jefatura de Cajas*, or of whoever is the boss of it."""
_HEAD_OF_GOVERNMENT = "head of government"
"""In `intents.toml`: of the mayor, who has no sheet."""
_JOINING = frozenset(["y", "e", "con", "entre", "contra", "vs", "versus"])
_GENERAL_DIRECTORATES = re.compile(r"direccion(?:es)? general")
_WHICH_OF_RANK = re.compile(r"\b(?:que|cuales)(?: son)?(?: las| los)? (\w+s)\b")
_ASKS_WHO = re.compile(r"\bquien|que area|encarga")


class StructuralQuestions:
    """Fits readings to intents. Each method gives None where the intent does not fit."""

    def __init__(self, names: NameIndex, references: References) -> None:
        self._names = names
        self._references = references

    def fit(
        self, reading: Reading, row: IntentPattern, match: re.Match[str]
    ) -> Understanding | None:
        """The question under the intent of a pattern that matched."""
        asked = replace(reading.base, intent=row.intent, field=row.field)
        if asked.intent is Intent.FUNCTION:
            asked = replace(asked, number=_function_number(match))
        if asked.intent is Intent.REPORTS_TO and _BOSS_OF_HEAD.search(reading.folded):
            asked = replace(asked, intent=Intent.BOSS_OF_BOSS)  # which tells both
        if asked.field == _HEAD_OF_GOVERNMENT:
            top = self._references.head_of_government()
            if top is None or reading.known:
                return None
            return replace(asked, unknown=top, mentions=(), sections=())
        if asked.intent is Intent.DIRECT_REPORTS:
            asked = replace(asked, rank=_rank_asked_for(reading.folded))
        if asked.intent in ABOUT_ONE_POSITION:
            return self._about_position(asked, reading)
        if asked.intent in (Intent.COUNT, Intent.LIST):
            return self._counted(asked, reading, match[0])
        if asked.intent in (Intent.COMPARE, Intent.COMMON_BOSS):
            return self._compared(asked, reading)
        if asked.intent is Intent.SUPERLATIVE and len(asked.mentions) > 1:
            return None  # of those two: a comparison
        if asked.intent is Intent.LEVEL:
            return replace(asked, number=_level(reading.folded))
        if asked.intent is Intent.CHAPTER:
            section = self._references.section_titled(row.field or "")
            return replace(asked, sections=(section,)) if section else None
        if asked.intent is Intent.LOCATE:
            named = asked.mentions or asked.sections
            return asked if named else self._about_position(asked, reading)
        if asked.intent is Intent.LEGAL:
            return None if _ASKS_WHO.search(reading.folded) else asked
        refers = asked.intent is Intent.CONTRADICTIONS and intents.REFERS_BACK.search(
            reading.folded
        )
        if refers and not asked.mentions and reading.focus.positions:
            return self._references.of_focus(asked, reading.focus)
        return asked

    def _about_position(self, asked: Understanding, reading: Reading) -> Understanding | None:
        if asked.first_person:
            own = own_unit(reading.tokens, reading.base.mentions, self._names)
            if own is not None and len(own.candidates) == 1:
                return replace(asked, mentions=(own,))
        post = asked.post
        if post is not None and not any(m.start <= post.start for m in reading.known if m.end):
            within = _first(reading.known)
            return replace(asked, mentions=(), sections=(), unknown=post.text, within=within)
        if asked.intent is Intent.OBJECTIVE and asked.sections:
            if only_institution(reading.known):
                return replace(asked, intent=Intent.CHAPTER)
            if not reading.known and reading.missing is None and not self._of_rank(reading):
                return replace(asked, intent=Intent.CHAPTER)
        if reading.known:
            units = tuple(m for m in reading.known if not only_institution([m]))
            return replace(asked, mentions=units or reading.known)
        if reading.missing is not None:
            return replace(asked, unknown=reading.missing)
        if any(_is_plural(m) for m in asked.mentions):
            return None  # "¿qué obligaciones tienen los directores …?": of all of them
        if self._of_rank(reading):
            return self._references.of_bare_rank(asked, reading.focus)
        rankless = self._without_rank(asked, reading)
        if rankless is not None:
            return replace(asked, mentions=(rankless,))
        if asked.mentions:  # a rank alone, and nothing was spoken of
            return self._references.of_bare_rank(asked, reading.focus)
        return self._of_nothing_named(asked, reading)

    def _named_without_rank(self, reading: Reading) -> list[Mention]:
        """Positions named by their topic alone, each between "y", "con" or commas: "geomática y
        ciencia de datos"."""
        taken = {i for m in reading.base.mentions for i in range(m.start, m.end)}
        skip = framing(reading) | taken
        breaks = [i for i, t in enumerate(reading.tokens) if t.word in _JOINING or i in taken]
        found = []
        for start, end in itertools.pairwise([-1, *breaks, len(reading.tokens)]):
            outside = frozenset(i for i in range(len(reading.tokens)) if not start < i < end)
            rank = self._references.rank_in_focus(reading.focus)
            mention = find_rankless(reading.tokens, self._names, skip | outside, rank)
            if mention is not None:
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
            intents.REFERS_BACK.search(reading.folded)
            or intents.FOLLOWS.match(reading.folded)
            or asked.first_person
        )
        if reading.focus.positions and (back or not others) and others <= 1:
            return self._references.of_focus(asked, reading.focus)
        if not others or (others <= 1 and asked.first_person):
            return asked  # nothing says of whom: it is asked back
        return None

    def _compared(self, asked: Understanding, reading: Reading) -> Understanding | None:
        mentions = tuple(m for m in asked.mentions if m.candidates)
        mentions = self._references.with_shared_topic(mentions)
        if len(mentions) < 2:
            mentions = (*mentions, *self._named_without_rank(reading))
        if len(mentions) == 1:
            mentions = (*self._references.spoken_of(reading.focus, 1), *mentions)
        elif not mentions:
            mentions = self._references.spoken_of(reading.focus, 2)
        return replace(asked, mentions=mentions) if len(mentions) >= 2 else None

    def _counted(self, asked: Understanding, reading: Reading, span: str) -> Understanding | None:
        ranks = ranks_in(span)
        counted = next((kind for kind, words in _COUNTED if re.search(words, span)), "positions")
        last = reading.focus.understanding
        of_functions = last is not None and last.intent is Intent.FUNCTIONS and "@" not in span
        if of_functions and counted == "positions" and not ranks:
            counted = "functions"
        rank = ranks[-1] if ranks else None
        if rank is Rank.DIRECTORATE and _GENERAL_DIRECTORATES.search(reading.folded):
            rank = Rank.GENERAL_DIRECTORATE
        asked = replace(asked, counted=counted, rank=rank)
        if counted == "pages":
            return replace(asked, intent=Intent.MANUAL_FACT, field="pages")
        named = () if only_institution(reading.known) else reading.known
        follows = intents.FOLLOWS.match(reading.folded) or len(reading.tokens) <= 4
        refers = intents.REFERS_BACK.search(reading.folded) or counted == "functions"
        if not named and reading.focus.positions and follows and refers:
            return self._references.of_focus(asked, reading.focus)
        return replace(asked, mentions=named, unknown=reading.missing)


def _first(mentions: Sequence[Mention]) -> Mention | None:
    return mentions[0] if mentions else None


def _is_plural(mention: Mention) -> bool:
    """Whether a bare rank is said of all who have it."""
    return is_bare(mention) and mention.text.casefold().endswith("s")


def framing(reading: Reading) -> frozenset[int]:
    """Indices of the words that ask, or that are a rank."""
    return frozenset(
        i for i, t in enumerate(reading.tokens) if t.word in frame() or rank_word(t.word)
    )


def ranks_in(text: str) -> list[Rank]:
    """The ranks that folded words of a text stand for, in order."""
    return [rank for word in text.split() if (rank := rank_word(word))]


def _rank_asked_for(folded: str) -> Rank | None:
    """The rank of "¿qué coordinaciones dependen de …?": only those are asked for."""
    match = _WHICH_OF_RANK.search(folded)
    return rank_word(match[1]) if match else None


def _level(folded: str) -> int:
    """The level asked for, from 1 for the top; -1 for the last."""
    words = re.findall(r"(?<=\bnivel )\w+|\w+(?= nivel\b)", folded)
    levels = (_ORDINAL_LEVELS.get(w, intents.ORDINALS.get(w)) for w in words)
    numbers = (int(w) if w.isdigit() else level for w, level in zip(words, levels, strict=True))
    return next((n for n in numbers if n), 1)


def _function_number(match: re.Match[str]) -> int:
    groups = {k: v for k, v in match.groupdict().items() if v}
    if number := groups.get("n") or groups.get("m") or groups.get("only"):
        return int(number)
    return intents.ORDINALS[groups.get("ordinal") or groups.get("alone") or groups["word"]]
