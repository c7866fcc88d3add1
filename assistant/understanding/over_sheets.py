"""Counts, lists and superlatives over all sheets: of which of them, and with what conditions."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.structure.mention import Mention
from assistant.structure.naming import Name, NameIndex, Rank
from assistant.structure.tokens import Token
from assistant.understanding.back import FOLLOWS, REFERS_BACK
from assistant.understanding.printed_values import PrintedValues
from assistant.understanding.quantities import MORE_OR_LESS, ORDINALS, Quantities, quantities_of
from assistant.understanding.reading import Reading, frame, only_institution
from assistant.understanding.reference import References
from assistant.understanding.types import Intent, Measure, Understanding
from assistant.understanding.unranked import UnrankedNames
from corpus.spanish import fold

_ORDINAL_LEVELS = {"primer": 1, "segundo": 2, "tercer": 3, "cuarto": 4, "quinto": 5, "ultimo": -1}
_SHORT = 5
"""A count in so few words may be of what was spoken of last."""
_GENERAL_DIRECTORATES = re.compile(r"direccion(?:es)? general")
COUNTS_NAMED = re.compile(r"\bcuant[oa]s @")
""" "¿cuántas jefaturas de oficina hay?": how many sheets have the name."""
_SO_MANY_NAMED = re.compile(r"\bhay (?:\w+ )?\w+ @")
""" "¿es correcto que hay tres jefaturas de oficina?": that so many sheets have the name."""
_LEFT_OUT = re.compile(r"\b(?:sin (?:contar|incluir|tomar en cuenta)|excepto|menos|aparte de)\b")
"""What follows is not counted."""
_TAKEN_IN = re.compile(r"\b(?:contando|incluyendo|sumando|tomando en cuenta)\b")
"""What follows is counted too, and doesn't say what is."""
_HOW_MANY = re.compile(r"\b(?:cuant[oa]s|que|cuales|l[oa]s|lista de|hay) (\w+)")
_POSTS_OF = re.compile(r"\b(?:puestos?|plazas?|cargos?|fichas?) de(?:l| la| los| las)? (\w+)")
_PRINTS = re.compile(
    r"\b(?:menciona|habla|aparece|nombra|refiere|trata|contiene|incluye|imprime|dice)n?\b"
)
_REPORTED = re.compile(r"\bdicen? que\b|^(?:dicen|me dijeron|segun|oi)\b")
"""What somebody says is no text to look for."""
_LONGEST_PRINTED = 5
"""Words of a text that is looked for as it is said."""
_MANUAL_HOLDS_VERB = re.compile(r"(?:tiene|trae|viene|cita|aborda|toca|cuenta|hay|existe)n?")
_MANUAL_HOLDS = re.compile(
    rf"\b(?:manual|documento)\b (?:\w+ )?{_MANUAL_HOLDS_VERB.pattern}\b|"
    rf"^(?:y )?(?:{_MANUAL_HOLDS_VERB.pattern}) .*\b(?:manual|documento)$"
)
"""That the manual holds something: "¿el manual trae un glosario?"."""
_OF_SHEETS = """
    cedulas cedula fichas ficha hojas hoja puestos areas unidades veces palabra palabras termino
    documento posiciones cargos plazas texto
"""
_SHEET_WORDS = frozenset(_OF_SHEETS.split())
"""What is looked through where it is asked which sheets print something."""
NO_STAFF = re.compile(
    r"\bno (?:tienen?|cuentan? con|traen?) (?:a )?"
    r"(?:nadie|personal|gente|subordinad|equipo|emplead)"
)
OVER_SHEETS = frozenset({Intent.COUNT, Intent.LIST, Intent.SUPERLATIVE})
_OF_THESE = re.compile(
    r"\b(?:de|entre) (?:es[oa]s|est[oa]s|ell[oa]s|aquell[oa]s|l[oa]s mism[oa]s)\b(?! \w+ion)"
)
_FEW_LISTED = 8
"""Of so few that were just listed, "¿cuál tiene más?" asks of these."""
_WHICH_THEY_ARE = re.compile(r"(?:y )?(?:cuales|quienes|cual) (?:son|es)(?: ell[oa]s| es[oa]s)?")
_AND = re.compile(r"^(?:y|i|e|pero|ahora)\b")
_NO_SHEET = re.compile(
    r"\b(?:no tienen?|no cuentan? con|sin|carecen? de) (?:su )?(?:propia )?(?:cedula|ficha|hoja)"
)
_LACKS = re.compile(r"\b(?:no|sin|ningun[ao]?|carecen?|nada)\b")
_EITHER = re.compile(r"@.* (?:o|y|u|vs|que|entre) .*@|\b(?:o|u|vs)\b|\b(?:entre|compara\w*)\b.* y ")
""" "¿quién tiene más, X o Y?": of those that are named alone."""
_OF_POSTS = re.compile(r"\b(?:puesto|plaza|cargo|empleo|cedula|ficha|area|unidad|oficina)")


class OverSheets:
    """Fits readings of questions on one manual to counts, lists and superlatives."""

    def __init__(
        self,
        names: NameIndex,
        references: References,
        unranked: UnrankedNames,
        values: PrintedValues,
    ) -> None:
        self._names = names
        self._references = references
        self._unranked = unranked
        self._values = values

    def level(self, asked: Understanding, reading: Reading) -> Understanding:
        """At which level a position is, or who is at a level; without either, all levels."""
        if reading.known and not only_institution(reading.known):
            return replace(asked, mentions=reading.known)
        height = quantities_of(reading.asking).height
        number = height if height is not None else level_asked_for(reading.folded)
        return replace(asked, number=number, mentions=())

    def fit(self, asked: Understanding, reading: Reading) -> Understanding | None:
        """A count, a list or a superlative over the sheets, with what narrows it."""
        if asked.total:
            return self._summed(asked, reading)
        if asked.field == "post":
            return self._of_post(asked, reading)
        if asked.field == "saying":
            saying = said_to_be_printed(reading)
            return replace(asked, field=None, saying=saying, mentions=()) if saying else None
        said = quantities_of(reading.asking)
        if NO_STAFF.search(reading.folded) and not said.bounded and not reading.known:
            asked = replace(asked, intent=Intent.LIST, field="no_reports", measure=None)
        measure = said.measure or asked.measure
        if asked.intent is Intent.LIST and _NO_SHEET.search(reading.folded):
            asked = replace(asked, field="no_sheet")
        asked = replace(asked, fewest=said.fewest, of_rank=said.of_rank)
        if asked.intent is Intent.SUPERLATIVE:
            if said.height is not None:
                return self.level(replace(asked, intent=Intent.LEVEL), reading)
            asked = _without_extreme(asked, reading, said)
        if asked.intent is Intent.SUPERLATIVE and not said.bounded:
            return self._superlative(replace(asked, measure=measure), reading, said)
        least, most = said.least, said.most
        if asked.yes_no and not said.bounded and said.number is not None:
            least = most = said.number
        asked = replace(asked, every=said.every)
        unbounded = least is None and most is None
        if asked.intent is Intent.LIST and unbounded and said.of_rank is not None:
            lacking = asked.field == "no_reports" or _LACKS.search(reading.asking)
            least, most = (None, 0) if lacking else (1, None)
        if least is not None or most is not None:
            asked = self._bounded(replace(asked, least=least, most=most), reading, said)
        if said.each is not None and asked.intent is Intent.COUNT:
            asked = replace(asked, measure=measure or Measure.REPORTS, each=True)
        return self._counted(asked, reading, said)

    def _bounded(self, asked: Understanding, reading: Reading, said: Quantities) -> Understanding:
        """Whether, or which of them, have so many: of one position that is named, of all of a rank
        ("¿hay 20 jefaturas?"), or of what each of several has."""
        of_all = asked.intent is Intent.COUNT and asked.counted in ("positions", "chapters")
        unnamed = not reading.known or _SO_MANY_NAMED.search(reading.asking)
        if asked.yes_no and of_all and said.measure is None and unnamed:
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
        ranks = _ranks_of(reading, reading.tokens, said, self._names)
        within = tuple(m for m in reading.known if not only_institution([m]))
        if not within and not ranks:
            rankless = self._unranked.one(reading.base, reading)
            within = (rankless,) if rankless else ()
        value = self._values.said(reading.tokens)
        told = said.bounded or said.fewest or MORE_OR_LESS.search(reading.asking)
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
        ranks = _ranks_of(reading, reading.tokens, said, self._names)
        if _EITHER.search(reading.asking):
            named = self._unranked.compared(asked, reading, spoken=())
            if named is not None:
                each = tuple(_of_rank(m, ranks) for m in named.mentions)
                return replace(named, rank=None, mentions=each)
        within = tuple(m for m in reading.known if not only_institution([m]))
        listed = self._references.listed(reading.focus)
        of_these = _OF_THESE.search(reading.folded) or len(listed) <= _FEW_LISTED
        if not ranks and not within and not reading.residue and of_these and len(listed) > 1:
            return replace(asked, number=said.first, mentions=listed)
        if not within:
            rankless = self._unranked.one(asked, reading)
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

    def _of_post(self, asked: Understanding, reading: Reading) -> Understanding | None:
        """Where there are posts of a kind that has no sheet: "¿en qué áreas hay choferes?"."""
        left = next((t.word for t in reading.residue), None)
        post = asked.post.text if asked.post else _counted_otherwise(reading) or left
        units = (m for m in reading.known if not only_institution([m]))
        within = next(units, None)
        if asked.post is None and within is not None:
            asked = replace(asked, intent=Intent.DIRECT_REPORTS, field=None, mentions=(within,))
            return replace(asked, yes_no=False)  # whether one of them is that isn't known
        asked = replace(asked, field=None, unknown=post, mentions=(), within=within)
        return asked if post else None

    def _of_all(self, mention: Mention) -> Mention:
        """A name that is counted may mean every position that has it, wherever it belongs."""
        titles = {fold(p.title) for p in mention.candidates}
        alike = tuple(p for p in self._names.positions if fold(p.title) in titles)
        return replace(mention, candidates=alike)

    def _summed(self, asked: Understanding, reading: Reading) -> Understanding:
        """What several positions have in all: those named, or all below one."""
        both = self._unranked.compared(asked, reading, spoken=())
        if both is not None:
            return both
        rankless = None if reading.known else self._unranked.one(asked, reading)
        named = (rankless,) if rankless else reading.known
        return replace(asked, mentions=() if only_institution(named) else named)

    def _counted(
        self, asked: Understanding, reading: Reading, said: Quantities
    ) -> Understanding | None:
        told = reading.tokens[: _end_of_counted(reading)]
        ranks = _ranks_of(reading, told, said, self._names)
        named = tuple(m for m in reading.known if m.start < len(told) and not only_institution([m]))
        rank = ranks[-1] if ranks and asked.counted != "functions" else None
        if said.each is not None and asked.each:
            of_rank = next((r for r in ranks if r is not said.each), None)
            return replace(asked, rank=said.each, of_rank=of_rank, mentions=named)
        last = reading.focus.understanding
        functional = (Intent.FUNCTIONS, Intent.FUNCTION)
        of_functions = last is not None and last.intent in functional and not named
        if COUNTS_NAMED.search(reading.asking):
            asked = replace(asked, counted="positions")
            named = tuple(map(self._of_all, named)) if len(named) == 1 else named
        bare = asked.counted == "reports" and not reading.residue and len(told) <= _SHORT
        if of_functions and not rank and (bare or asked.counted == "positions"):
            asked = replace(asked, counted="functions")  # "¿y cuántas son?"
        general = _GENERAL_DIRECTORATES.search(" ".join(t.word for t in told))
        if rank is Rank.DIRECTORATE and general:
            rank = Rank.GENERAL_DIRECTORATE
        asked = replace(asked, rank=rank)
        if rank is not None and rank not in self._names.ranks and len(reading.residue) > 1:
            return None  # "¿cuántos departamentos me dejan hacer en mi lote?": of no posts
        about = asked.intent is Intent.LIST or asked.counted == "positions"
        value = self._values.said(reading.tokens, asked.field) if about else None
        if value is not None and asked.field in (None, "type", "value", "date"):
            asked = replace(asked, intent=Intent.LIST, field=value.field, wanted=value.wanted)
            if len(named) == 1 and rank is None and not said.every and asked.yes_no:
                return replace(asked, intent=Intent.FIELD, mentions=named)
        plain = asked.field is None and not named and asked.measure is None
        if about and plain and not said.number:
            saying = said_to_be_printed(reading)
            if saying is not None:
                return replace(asked, saying=saying)
            if not rank:
                other = asked.post.text if asked.post else _counted_otherwise(reading)
                if other is not None:
                    return replace(asked, unknown=other)
        if not named and reading.missing is None:
            rankless = self._unranked.one(asked, reading)
            named = (rankless,) if rankless else ()
        follows = FOLLOWS.match(reading.folded) or len(reading.tokens) <= _SHORT
        refers = REFERS_BACK.search(reading.folded) or asked.counted in ("functions", "reports")
        if not named and not rank and reading.focus.positions and follows and refers:
            return self._references.of_focus(asked, reading.focus)
        return replace(asked, mentions=named, unknown=reading.missing)


def _without_extreme(asked: Understanding, reading: Reading, said: Quantities) -> Understanding:
    """What is read as a superlative and says none: how many each has, or which have any."""
    if MORE_OR_LESS.search(reading.asking):
        return asked
    if said.each is not None:
        return replace(asked, intent=Intent.COUNT, counted="positions")
    return replace(asked, intent=Intent.LIST) if said.of_rank is not None else asked


def _of_rank(mention: Mention, ranks: Sequence[Rank]) -> Mention:
    """The mention, of those of its candidates that have a rank that is said beside it."""
    own = tuple(p for p in mention.candidates if Name.parse(p.title).rank in ranks)
    return replace(mention, candidates=own) if own else mention


def _ranks_of(
    reading: Reading, tokens: Sequence[Token], said: Quantities, names: NameIndex
) -> list[Rank]:
    """The ranks that some words say and no name holds, but for the one of the reports that are
    counted ("coordinaciones con más *jefaturas*") and for the dependency's own."""
    taken = {i for m in reading.named for i in range(m.start, m.end)}
    ranks = [r for i, t in enumerate(tokens) if i not in taken and (r := names.rank_of(t.word))]
    if said.of_rank in ranks and (len(ranks) > 1 or said.measure is not None):
        ranks.reverse()
        ranks.remove(said.of_rank)
        ranks.reverse()
    return [r for r in ranks if r is not Rank.HEAD] or ranks


def _end_of_counted(reading: Reading) -> int:
    """Index after the last word of what is counted: before "sin contar …", "contando las de …"."""
    ends = [m.start() for p in (_LEFT_OUT, _TAKEN_IN) if (m := p.search(reading.folded))]
    return len(reading.folded[: min(ends, default=None)].split())


def said_to_be_printed(reading: Reading) -> str | None:
    """The words that sheets must print: "¿qué puestos *mencionan* datos abiertos?", or the manual:
    "¿el manual *trae* glosario?"."""
    holds = reading.base.yes_no and _MANUAL_HOLDS.search(reading.folded)
    if not holds and not _PRINTS.search(reading.folded):
        return None
    if not holds and _REPORTED.search(reading.folded):
        return None
    about = [t for t in reading.tokens if t.is_content and t.word not in frame() | _SHEET_WORDS]
    verbs = (_PRINTS, _MANUAL_HOLDS_VERB)
    said = [t.typed for t in about if not any(verb.fullmatch(t.word) for verb in verbs)]
    return " ".join(said) if 0 < len(said) <= _LONGEST_PRINTED else None


def _counted_otherwise(reading: Reading) -> str | None:
    """What is counted or listed, if it is no post or unit in general: "¿cuántas *sucursales*
    hay?", "¿qué puestos de *analista* existen?"."""
    match = _POSTS_OF.search(reading.folded)
    if match is None and not _OF_POSTS.search(reading.folded):
        match = _HOW_MANY.search(reading.folded)
    said = match[1] if match else None
    return said if any(t.word == said for t in reading.residue) else None


def level_asked_for(folded: str) -> int | None:
    """The level asked for, from 1 for the top; -1 for the last, None where none is said."""
    words = re.findall(r"(?<=\bnivel )\w+|\w+(?= nivel\b)", folded)
    levels = (_ORDINAL_LEVELS.get(w, ORDINALS.get(w)) for w in words)
    numbers = (int(w) if w.isdigit() else level for w, level in zip(words, levels, strict=True))
    return next((n for n in numbers if n), None)
