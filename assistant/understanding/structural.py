"""Whether a question fits what the model reads in it, and of what it then asks."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.structure.mention import Mention
from assistant.structure.mentions import find_rankless
from assistant.structure.naming import NameIndex, Rank, rank_word
from assistant.structure.tokens import Token
from assistant.understanding.aspects import Asks
from assistant.understanding.back import FOLLOWS, REFERS_BACK
from assistant.understanding.line_check import LineChecks
from assistant.understanding.own_unit import own_post, own_unit
from assistant.understanding.printed_values import PrintedValues
from assistant.understanding.quantities import NUMBERS, Quantities, quantities_of
from assistant.understanding.reading import Reading, frame, is_bare, only_institution
from assistant.understanding.reference import References
from assistant.understanding.sections import each_said
from assistant.understanding.types import (
    ABOUT_ONE_POSITION,
    OF_TWO,
    Intent,
    Measure,
    Understanding,
)

_WHAT_FOR = re.compile(r"\b(?:sirve|proposito|finalidad|objeto|para que)\b")
_ORDINAL_LEVELS = {"primer": 1, "segundo": 2, "tercer": 3, "cuarto": 4, "quinto": 5, "ultimo": -1}
_BOSS_OF_HEAD = re.compile(r"\bjef[ea] (?:del|de la|de el) jef[ea] de\b")
""" "el jefe del jefe de cajas": of the *Jefatura de Cajas*, or of whoever is the boss of it."""
_HEAD_OF_GOVERNMENT = re.compile(r"\b(?:president[ea](?: municipal)?|alcald(?:e|esa|ia))\b")
"""The mayor, who has no sheet."""
_ORDINALS = {
    "primera": 1, "segunda": 2, "tercera": 3, "cuarta": 4, "quinta": 5, "sexta": 6,
    "septima": 7, "octava": 8, "novena": 9, "decima": 10, "ultima": -1, "primer": 1, **NUMBERS,
}  # fmt: skip
"""Words for the number of a function; -1 is the last."""
_SO_MANY = re.compile(r"\b(?:las|sus|mis|todas las) \w+ (?:funciones|responsabilidades|tareas)\b")
""" "las quince funciones": all of them, said to be so many."""
_SHORT = 5
"""A count in so few words may be of what was spoken of last."""
_SIDE_BY_SIDE = frozenset(["y", "e", "o", "u", "a", "la", "el", "las", "los", "de", "del", "al"])
_OF = frozenset(["de", "del", "en", "la", "el"])
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
_HOW_MANY = re.compile(r"\b(?:cuant[oa]s|que|cuales|l[oa]s|lista de|hay) (\w+)")
_POSTS_OF = re.compile(r"\b(?:puestos?|plazas?|cargos?|fichas?) de(?:l| la| los| las)? (\w+)")
_PRINTS = re.compile(
    r"\b(?:menciona|habla|aparece|nombra|refiere|trata|contiene|incluye|imprime|dice)n?\b"
)
_OF_SHEETS = """
    cedulas cedula fichas ficha hojas hoja puestos areas unidades veces palabra palabras termino
    documento posiciones cargos plazas texto
"""
_SHEET_WORDS = frozenset(_OF_SHEETS.split())
"""What is looked through where it is asked which sheets print something."""
_NO_STAFF = re.compile(
    r"\bno (?:tienen?|cuentan? con|traen?) (?:a )?"
    r"(?:nadie|personal|gente|subordinad|equipo|emplead)"
)
OVER_SHEETS = frozenset({Intent.COUNT, Intent.LIST, Intent.SUPERLATIVE})
_OF_THESE = re.compile(
    r"\b(?:de|entre) (?:es[oa]s|est[oa]s|ell[oa]s|aquell[oa]s|l[oa]s mism[oa]s)\b(?! \w+ion)"
)
_WHICH_THEY_ARE = re.compile(r"(?:y )?(?:cuales|quienes|cual) (?:son|es)(?: ell[oa]s| es[oa]s)?")
_AND = re.compile(r"^(?:y|i|e|pero|ahora)\b")
_NO_SHEET = re.compile(
    r"\b(?:no tienen?|no cuentan? con|sin|carecen? de) (?:su )?(?:propia )?(?:cedula|ficha|hoja)"
)
_MORE_OR_LESS = re.compile(r"\b(?:mas|menos|mayor|menor)\b")
_EITHER = re.compile(r"@.* (?:o|y|u|vs|que|entre) .*@|\b(?:entre|compara\w*)\b.* y ")
""" "¿quién tiene más, X o Y?": of those that are named alone."""
_OF_POSTS = re.compile(r"\b(?:puesto|plaza|cargo|empleo|cedula|ficha|area|unidad|oficina)")
_WHICH_OF_RANK = re.compile(r"\b(?:que|cuales)(?: son)?(?: las| los)? (\w+s)\b")


class StructuralQuestions:
    """Fits readings to intents. Each method gives None where the intent does not fit."""

    def __init__(self, names: NameIndex, references: References, values: PrintedValues) -> None:
        self._names = names
        self._values = values
        self._references = references
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
            if _NO_STAFF.search(reading.folded) and not reading.known:
                none = replace(asked, intent=Intent.LIST, field="no_reports")
                return self._over_sheets(none, reading)
            asked = replace(asked, rank=_rank_asked_for(reading.folded))
            if _OF_SOMEBODY.search(reading.asking):
                asked = replace(asked, yes_no=False)  # whether one of them is that isn't known
        if asked.intent is Intent.FUNCTIONS and asked.yes_no:
            said = quantities_of(reading.asking)
            if said.bounded or said.number:  # "¿X tiene 9 funciones?"
                asked = replace(asked, intent=Intent.COUNT, counted="functions")
        if asked.intent is Intent.FIELD:
            value = self._values.said(reading.tokens, asked.field)
            asked = replace(asked, wanted=value.wanted if value else None)
        if asked.intent is Intent.CHAIN:
            both = self._compared(replace(asked, intent=Intent.CHAIN_BETWEEN), reading, spoken=())
            if both is not None:
                return both
        if asked.intent in ABOUT_ONE_POSITION:
            return self._about_position(asked, reading)
        if asked.intent in (Intent.COUNT, Intent.LIST, Intent.SUPERLATIVE):
            return self._over_sheets(asked, reading)
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
            if said.measure is not None and _MORE_OR_LESS.search(reading.asking):
                asked = replace(asked, intent=Intent.SUPERLATIVE, measure=said.measure)
                return self._compared(replace(asked, fewest=said.fewest), reading)
        if asked.intent in OF_TWO:
            return self._compared(asked, reading)
        if asked.intent is Intent.LEVEL:
            return self._level(asked, reading)
        if asked.intent is Intent.CHAPTER:
            if asked.sections:
                return asked
            wanted = ("objetivo", "manual") if _WHAT_FOR.search(reading.folded) else ()
            of_manual = self._references.section_titled(*wanted) if wanted else None
            of_manual = of_manual or self._references.section_titled("introduccion")
            about = any(t.word in {"manual", "documento"} for t in reading.tokens)
            return replace(asked, sections=(of_manual,)) if of_manual and about else None
        if asked.intent is Intent.LOCATE:
            named = asked.mentions or asked.sections
            return asked if named else self._about_position(asked, reading)
        if asked.intent is Intent.MANUAL_FACT and reading.known:
            return None  # of a position, not of the document
        if asked.intent is Intent.CONTRADICTIONS:
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
        if asked.intent is Intent.FIELD and only_institution(reading.known) and reading.residue:
            return None  # "¿cuándo se creó la Secretaría?": of the institution, not of a sheet
        if reading.known:
            units = tuple(m for m in reading.known if not only_institution([m]))
            inside = self._inside(units, reading)
            if inside is not None:
                return replace(asked, mentions=(inside,))
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

    def _inside(self, units: Sequence[Mention], reading: Reading) -> Mention | None:
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

    def _level(self, asked: Understanding, reading: Reading) -> Understanding:
        """At which level a position is, or who is at a level; without either, all levels."""
        if reading.known and not only_institution(reading.known):
            return replace(asked, mentions=reading.known)
        height = quantities_of(reading.asking).height
        number = height if height is not None else level_asked_for(reading.folded)
        return replace(asked, number=number, mentions=())

    def _over_sheets(self, asked: Understanding, reading: Reading) -> Understanding | None:
        """A count, a list or a superlative over the sheets, with what narrows it."""
        said = quantities_of(reading.asking)
        measure = said.measure or asked.measure
        if asked.intent is Intent.LIST and _NO_SHEET.search(reading.folded):
            asked = replace(asked, field="no_sheet")
        asked = replace(asked, fewest=said.fewest, of_rank=said.of_rank)
        if asked.intent is Intent.SUPERLATIVE:
            if said.height is not None:
                return self._level(replace(asked, intent=Intent.LEVEL), reading)
            if not said.bounded:
                return self._superlative(replace(asked, measure=measure), reading, said)
        least, most = said.least, said.most
        if asked.yes_no and not said.bounded and said.number is not None:
            least = most = said.number
        asked = replace(asked, every=said.every)
        if asked.intent is Intent.LIST and not said.bounded and said.of_rank is not None:
            least, most = (None, 0) if asked.field == "no_reports" else (1, None)
        if least is not None or most is not None:
            asked = self._bounded(replace(asked, least=least, most=most), reading, said)
        if said.each is not None and asked.intent is Intent.COUNT:
            asked = replace(asked, measure=measure or Measure.REPORTS, each=True)
        return self._counted(asked, reading, said)

    def _bounded(self, asked: Understanding, reading: Reading, said: Quantities) -> Understanding:
        """Whether, or which of them, have so many: of one position that is named, of all of a rank
        ("¿hay 20 jefaturas?"), or of what each of several has."""
        of_all = asked.intent is Intent.COUNT and asked.counted in ("positions", "chapters")
        if asked.yes_no and of_all and said.measure is None and not reading.known:
            return asked
        measure = said.measure or asked.measure
        if measure is None and asked.counted == "functions":
            measure = Measure.FUNCTIONS
        asked = replace(asked, measure=measure or Measure.REPORTS, field=None)
        named = any(len(m.candidates) == 1 for m in reading.known)
        if asked.yes_no and named and not asked.every:
            return replace(asked, intent=Intent.COUNT)
        return replace(asked, intent=Intent.LIST, counted="positions")

    def again(self, reading: Reading, likeliest: Intent) -> Understanding | None:
        """The last question over all sheets with what this one changes of it ("¿y la que menos?",
        "¿y en Egresos?"), or one of what it told ("¿cuántos de ésos son …?"); None for another."""
        last = reading.focus.understanding
        if last is None or last.intent not in OVER_SHEETS:
            return None
        if last.counted == "functions" and last.mentions:
            return None  # of one position, and then of another
        if _WHICH_THEY_ARE.fullmatch(reading.folded):
            return replace(last, question=reading.base.question)
        if likeliest not in OVER_SHEETS and reading.residue:
            return None
        of_these = _OF_THESE.search(reading.folded)
        if of_these is None and not _AND.match(reading.folded):
            return None
        said = quantities_of(reading.asking)
        ranks = _ranks_of(reading, reading.tokens, said)
        within = tuple(m for m in reading.known if not only_institution([m]))
        if not within and not ranks:
            rankless = self._without_rank(reading.base, reading)
            within = (rankless,) if rankless else ()
        value = self._values.said(reading.tokens)
        told = said.bounded or said.fewest or _MORE_OR_LESS.search(reading.asking)
        if not (ranks or within or value or told):
            return None
        superlative = likeliest is Intent.SUPERLATIVE and not said.bounded
        asked = replace(
            last,
            question=reading.base.question,
            rank=ranks[0] if ranks else last.rank,
            mentions=within or last.mentions,
            fewest=said.fewest,
            number=said.first,
        )
        if value is not None:
            asked = replace(asked, intent=Intent.LIST, field=value.field, wanted=value.wanted)
        if said.bounded:
            measure = said.measure or last.measure or Measure.REPORTS
            asked = replace(asked, intent=Intent.LIST, measure=measure)
            asked = replace(asked, least=said.least, most=said.most)
        if superlative and last.intent is not Intent.SUPERLATIVE:
            measure = said.measure or Measure.REPORTS
            asked = replace(asked, intent=Intent.SUPERLATIVE, measure=measure, of_rank=said.of_rank)
        return asked

    def _superlative(
        self, asked: Understanding, reading: Reading, said: Quantities
    ) -> Understanding | None:
        """Who has the most or the fewest: of two or more that are named, of those of a rank, of
        those below a position, or of all."""
        if _EITHER.search(reading.asking):
            named = self._compared(asked, reading, spoken=())
            if named is not None:
                return replace(named, rank=None)
        ranks = _ranks_of(reading, reading.tokens, said)
        within = tuple(m for m in reading.known if not only_institution([m]))
        if not within:
            rankless = self._without_rank(asked, reading)
            within = (self._holding(rankless, ranks[:1]),) if rankless else ()
        return replace(
            asked,
            number=said.first,
            rank=ranks[0] if ranks else None,
            mentions=within,
            unknown=reading.missing,
        )

    def _holding(self, mention: Mention, ranks: Sequence[Rank]) -> Mention:
        """Of the positions that a name may mean, those above others of a rank, if any are."""
        above = tuple(
            p
            for p in mention.candidates
            if any(
                self._names.belongs_to(other, p) and (not ranks or rank in ranks)
                for other in self._names.positions
                if other.number != p.number
                for rank in [self._names.names[other.number][0].rank]
            )
        )
        return replace(mention, candidates=above or mention.candidates)

    def _summed(self, asked: Understanding, reading: Reading) -> Understanding:
        """What several positions have in all: those named, or all below one."""
        both = self._compared(asked, reading, spoken=())
        if both is not None:
            return both
        rankless = None if reading.known else self._without_rank(asked, reading)
        named = (rankless,) if rankless else reading.known
        return replace(asked, mentions=() if only_institution(named) else named)

    def _counted(
        self, asked: Understanding, reading: Reading, said: Quantities
    ) -> Understanding | None:
        told = reading.tokens[: _end_of_counted(reading)]
        ranks = _ranks_of(reading, told, said)
        named = tuple(m for m in reading.known if m.start < len(told))
        named = () if only_institution(named) else named
        rank = ranks[-1] if ranks and asked.counted != "functions" else None
        if said.each is not None and asked.each:
            of_rank = next((r for r in ranks if r is not said.each), None)
            return replace(asked, rank=said.each, of_rank=of_rank, mentions=named)
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
        if asked.total:
            return self._summed(asked, reading)
        if asked.field == "post":
            other = asked.post.text if asked.post else _counted_otherwise(reading)
            within = _first(reading.known)
            asked = replace(asked, unknown=other, mentions=(), rank=None, within=within)
            return asked if other else None
        about = asked.intent is Intent.LIST or asked.counted == "positions"
        value = self._values.said(reading.tokens, asked.field) if about else None
        if value is not None and asked.field in (None, "type", "value", "date"):
            asked = replace(asked, intent=Intent.LIST, field=value.field, wanted=value.wanted)
        if asked.field == "saying":
            saying = said_to_be_printed(reading)
            return replace(asked, field=None, saying=saying, mentions=()) if saying else None
        if about and asked.field is None and not named and asked.measure is None:
            saying = said_to_be_printed(reading)
            if saying is not None:
                return replace(asked, saying=saying)
            if not rank:
                other = _counted_otherwise(reading)
                if other is not None:
                    return replace(asked, unknown=other)
        if not named and reading.missing is None:
            rankless = self._without_rank(asked, reading)
            named = (rankless,) if rankless else ()
        follows = FOLLOWS.match(reading.folded) or len(reading.tokens) <= _SHORT
        refers = REFERS_BACK.search(reading.folded) or asked.counted in ("functions", "reports")
        if not named and not rank and reading.focus.positions and follows and refers:
            return self._references.of_focus(asked, reading.focus)
        return replace(asked, mentions=named, unknown=reading.missing)


def _ranks_of(reading: Reading, tokens: Sequence[Token], said: Quantities) -> list[Rank]:
    """The ranks that some words say and no name holds, but for the one of the reports that are
    counted ("coordinaciones con más *jefaturas*") and for the dependency's own."""
    taken = {i for m in reading.named for i in range(m.start, m.end)}
    ranks = [r for i, t in enumerate(tokens) if i not in taken and (r := rank_word(t.word))]
    if said.of_rank in ranks and (len(ranks) > 1 or said.measure is not None):
        ranks.reverse()
        ranks.remove(said.of_rank)
        ranks.reverse()
    return [r for r in ranks if r is not Rank.HEAD] or ranks


def _end_of_counted(reading: Reading) -> int:
    """Index after the last word of what is counted: before "sin contar …"."""
    left_out = _LEFT_OUT.search(reading.folded)
    before = reading.folded[: left_out.start()] if left_out else reading.folded
    return len(before.split())


def said_to_be_printed(reading: Reading) -> str | None:
    """The words that sheets must print: "¿qué puestos *mencionan* datos abiertos?"."""
    if not _PRINTS.search(reading.folded):
        return None
    about = [t for t in reading.tokens if t.is_content and t.word not in frame() | _SHEET_WORDS]
    return " ".join(t.typed for t in about if not _PRINTS.fullmatch(t.word)) or None


def _counted_otherwise(reading: Reading) -> str | None:
    """What is counted or listed, if it is no post or unit in general: "¿cuántas *sucursales*
    hay?", "¿qué puestos de *analista* existen?"."""
    match = _POSTS_OF.search(reading.folded)
    if match is None and not _OF_POSTS.search(reading.folded):
        match = _HOW_MANY.search(reading.folded)
    said = match[1] if match else None
    return said if any(t.word == said for t in reading.residue) else None


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


def level_asked_for(folded: str) -> int | None:
    """The level asked for, from 1 for the top; -1 for the last, None where none is said."""
    words = re.findall(r"(?<=\bnivel )\w+|\w+(?= nivel\b)", folded)
    levels = (_ORDINAL_LEVELS.get(w, _ORDINALS.get(w)) for w in words)
    numbers = (int(w) if w.isdigit() else level for w, level in zip(words, levels, strict=True))
    return next((n for n in numbers if n), None)


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
