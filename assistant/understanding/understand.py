"""From a question and its conversation to an `Understanding` that stands alone."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.conversation import Focus
from assistant.naming import NameIndex, Rank, rank_word
from assistant.understanding import intents
from assistant.understanding.mentions import (
    find_mentions,
    find_rankless,
    narrowed_by_each_other,
)
from assistant.understanding.sections import named_numbers, titled_sections
from assistant.understanding.smalltalk import (
    insults,
    smalltalk,
    split_injection,
    without_greeting,
)
from assistant.understanding.spelling import Speller
from assistant.understanding.tokens import Token, tokenize
from assistant.understanding.types import (
    ABOUT_ONE_POSITION,
    ATTRIBUTES,
    Intent,
    Mention,
    Understanding,
)
from corpus.model import Manual, Position, Section
from corpus.spanish import fold, words

_ASKS = re.compile(
    r"\b(?:quien|quienes|cual|cuales|cuanto|cuantos|cuantas|(?:a|de|en) que|que (?:puesto|area|hace))\b"
)
_WHY = re.compile(
    r"^\W*(?:y )?(?:por que|porque|como es que|es cierto|es verdad|verdad que|no que|acaso|sabes si)\b"
)
_LEGAL_LEVELS = re.compile(r"\b(?:federal|estatal|municipal|internacional)\w*|tratados?|nivel\b")
_ASKS_THE_SAME = re.compile(
    r"(?:y|e|o)?\s*(?:que (?:hay|pasa|onda|tal)(?: de| con)?)?\s*(?:para|con|de|en)?\s*"
    r"(?:la|el|los|las|del)?\s*(?:persona )?(?:titular )?@\s*"
)
_ASKS_OTHERWISE = re.compile(
    r"funcion|objetivo|tipo|valor|fecha|area\b|que hace|responsabil|pagina|hay en comun"
)
_REPORTING = re.compile(r"report|depend|jef[ea]|superior|subordin|manda|responde|rinde|a cargo")
_ORDINAL_CHOICE = re.compile(
    r"\b(?:la|el|opcion|numero)?\s*(primer[oa]?|segund[oa]|tercer[oa]?|cuart[oa]|quint[oa]|ultim[oa])\b"
)
_ORDINAL_STEMS = ("primer", "segund", "tercer", "cuart", "quint")
_FRAME = frozenset(
    [
        "funcion",
        "funciones",
        "responsabilidad",
        "responsabilidades",
        "atribuciones",
        "obligaciones",
        "tareas",
        "labores",
        "actividades",
        "objetivo",
        "proposito",
        "finalidad",
        "reporta",
        "reportan",
        "reporto",
        "reportar",
        "depende",
        "dependen",
        "jefe",
        "jefa",
        "superior",
        "directo",
        "directa",
        "inmediato",
        "puesto",
        "puestos",
        "cargo",
        "area",
        "cadena",
        "mando",
        "linea",
        "tipo",
        "valor",
        "fecha",
        "nominal",
        "funcional",
        "numero",
        "todas",
        "toda",
        "completas",
        "completa",
        "lista",
        "dime",
        "dame",
        "quiero",
        "saber",
        "necesito",
        "conocer",
        "cual",
        "cuales",
        "hace",
        "hacen",
        "hago",
        "realiza",
        "realizan",
        "encarga",
        "encargan",
        "dedica",
        "dedican",
        "pagina",
        "seccion",
        "cedula",
        "ficha",
        "favor",
        "exactamente",
        "principal",
        "principales",
        "general",
        "manual",
        "segun",
        "dice",
        "trabajo",
        "chamba",
        "personas",
        "gente",
        "personal",
        "equipo",
        "subordinados",
        "debe",
        "deben",
        "corresponde",
        "toca",
        "aporta",
        "pertenece",
        "existe",
        "sirve",
        "titular",
        "quienes",
        "entonces",
        "tambien",
        "hay",
        "ver",
        "area",
        "unidad",
        "oficina",
        "equipo",
        "departamento",
        "encargado",
        "encargada",
        "dimelas",
        "dimelos",
        "damelas",
        "damelos",
        "enlistalas",
        "mencionalas",
        "muestralas",
        "todos",
        "completo",
    ]
)
"""Words with which one asks about a position; what else a question holds is its topic."""


class Interpreter:
    """Understands questions on one manual."""

    def __init__(self, manual: Manual, names: NameIndex) -> None:
        self.manual = manual
        self.names = names
        self._dependency = set(words(f"{manual.dependency} {manual.municipality or ''}"))
        self._speller = Speller(
            {w for section in manual.sections for w in words(section.text)},
            {w for own in names.names.values() for name in own for w in words(name.printed)},
        )

    def understand(self, question: str, focus: Focus) -> Understanding:
        """What a cleaned question asks, completed from the conversation's focus."""
        question = self._speller.correct(question)
        folded = fold(question)
        if focus.pending is not None and (chosen := self._choice(question, folded, focus.pending)):
            return chosen
        remaining, injected = split_injection(question, folded)
        if injected and not any(c.isalpha() for c in remaining):
            return Understanding(question, Intent.INJECTION)
        remaining = without_greeting(remaining, fold(remaining))
        folded = fold(remaining)
        aside = smalltalk(folded)
        if aside is not None:
            return Understanding(question, Intent.INJECTION if injected else aside)
        understood = self._read(remaining, focus)
        if insults(folded) and understood.intent is Intent.TOPIC:
            return Understanding(question, Intent.INSULT)
        return understood

    def _read(self, question: str, focus: Focus) -> Understanding:
        tokens = tokenize(question)
        folded = " ".join(t.word for t in tokens)
        mentions, sections, unknown = self._named(question, tokens)
        base = Understanding(
            question,
            Intent.TOPIC,
            tuple(mentions),
            tuple(sections),
            unknown,
            first_person=bool(intents.FIRST_PERSON.search(folded)),
        )
        asking = _masked(tokens, mentions)
        base = replace(base, expected=intents.expected_of(asking))
        if focus.understanding is not None and _ASKS_THE_SAME.fullmatch(asking):
            continued = self._continued(base, focus.understanding, tokens, folded, focus)
            if continued is not None:
                return continued
        if self._checks_a_line(asking, base):
            named = tuple(m for m in mentions if len(m.candidates) == 1)
            return replace(base, intent=Intent.REPORTS_CHECK, mentions=named)
        if base.expected in ATTRIBUTES:
            return self._without_intent(base, tokens, folded, focus)
        for row, match in intents.structural_matches(asking):
            asked = replace(base, intent=row.intent, field=row.field)
            understood = self._try(asked, match, tokens, folded, focus)
            if understood is not None:
                return understood
        return self._without_intent(base, tokens, folded, focus)

    # -- what is named --------------------------------------------------------------------------

    def _named(
        self, question: str, tokens: Sequence[Token]
    ) -> tuple[list[Mention], list[Section], str | None]:
        mentions = narrowed_by_each_other(tokens, find_mentions(tokens, self.names), self.names)
        if len(mentions) > 1:  # "el titular de …" says who, the rest of it says of what
            mentions = [m for m in mentions if fold(m.text) not in {"titular", "titulares"}]
        sections: list[Section] = []
        unknown: str | None = None
        for number in named_numbers(question):
            position = self.manual.position(number) or self._listed(number)
            section = self.manual.section(number)
            if position is not None:
                mentions = _with_number(mentions, position, number)
            elif section is not None:
                sections.append(section)
            else:
                unknown = unknown or number
        sections += [s for s in titled_sections(tokens, self.manual) if s not in sections]
        return mentions, sections, unknown

    def _listed(self, number: str) -> Position | None:
        """The sheet that chapter VIII lists under a number that no sheet has."""
        title = next((e.title for e in self.manual.structure if e.number == number), None)
        return self.names.resolve(title) if title else None

    # -- structural questions -------------------------------------------------------------------

    def _checks_a_line(self, folded: str, base: Understanding) -> bool:
        named = {m.candidates[0].number for m in base.mentions if len(m.candidates) == 1}
        wh = _ASKS.search(_WHY.sub("", folded))
        if len(named) < 2 or wh or _ASKS_OTHERWISE.search(folded):
            return False
        return bool(_REPORTING.search(folded))

    def _try(
        self,
        asked: Understanding,
        match: re.Match[str],
        tokens: Sequence[Token],
        folded: str,
        focus: Focus,
    ) -> Understanding | None:
        """The question under one intent, or None where that intent does not fit it."""
        groups = {k: v for k, v in match.groupdict().items() if v}
        if asked.intent is Intent.FUNCTION:
            asked = replace(asked, number=_function_number(groups))
        if asked.intent in ABOUT_ONE_POSITION:
            return self._about_position(asked, tokens, folded, focus)
        if asked.intent in (Intent.COUNT, Intent.LIST):
            return self._counted(asked, match, tokens, folded, focus)
        if asked.intent in (Intent.COMPARE, Intent.COMMON_BOSS):
            return self._compared(asked, focus)
        if asked.intent is Intent.LOCATE:
            if asked.mentions or asked.sections:
                return asked
            return self._about_position(asked, tokens, folded, focus)
        if asked.intent is Intent.LEGAL:
            return None if re.search(r"\bquien|que area|encarga", folded) else asked
        refers = asked.intent is Intent.CONTRADICTIONS and intents.REFERS_BACK.search(folded)
        if refers and not asked.mentions and focus.positions:
            return self._of_focus(asked, focus)
        return asked

    def _about_position(
        self, asked: Understanding, tokens: Sequence[Token], folded: str, focus: Focus
    ) -> Understanding | None:
        named = [m for m in asked.mentions if m.candidates and not _is_bare(m)]
        if asked.intent is Intent.OBJECTIVE and asked.sections and _only_institution(named):
            return replace(asked, intent=Intent.CHAPTER)
        if named:
            return replace(asked, mentions=tuple(named))
        if any(not m.candidates for m in asked.mentions) or asked.unknown:
            missing = next((m.text for m in asked.mentions if not m.candidates), asked.unknown)
            return replace(asked, unknown=missing)
        if asked.mentions and focus.positions:
            return self._of_bare_rank(asked, focus)
        if asked.intent is Intent.OBJECTIVE and asked.sections:
            return replace(asked, intent=Intent.CHAPTER)
        skip = frozenset(i for i, t in enumerate(tokens) if t.word in _FRAME or rank_word(t.word))
        about_chapter = bool(asked.sections) and asked.intent not in (
            Intent.FUNCTIONS,
            Intent.FUNCTION,
        )
        rankless = (
            None
            if about_chapter
            else find_rankless(tokens, self.names, skip, self._rank_in_focus(focus))
        )
        if rankless is not None and self._is_all(tokens, rankless, asked.intent):
            return replace(asked, mentions=(rankless,))
        if asked.mentions:  # a rank alone
            return self._of_bare_rank(asked, focus)
        residue = [t for i, t in enumerate(tokens) if t.is_content and i not in skip]
        back = bool(
            intents.REFERS_BACK.search(folded)
            or intents.FOLLOWS.match(folded)
            or asked.first_person
        )
        if focus.positions and (back or not residue) and len(residue) <= 1:
            return self._of_focus(asked, focus)
        if not residue or (len(residue) <= 1 and asked.first_person):
            return asked  # nothing says of whom: it is asked back
        return None

    @staticmethod
    def _is_all(tokens: Sequence[Token], mention: Mention, intent: Intent) -> bool:
        """Whether a name without a rank is all that a question is about, not one of its words
        ("¿qué hace el municipio con los datos?")."""
        others = [
            t
            for i, t in enumerate(tokens)
            if t.is_content and not mention.start <= i < mention.end and t.word not in _FRAME
        ]
        return len(others) <= (0 if intent is Intent.SHEET else 1)

    def _of_bare_rank(self, asked: Understanding, focus: Focus) -> Understanding:
        """ "el coordinador": the one spoken of, if it has that rank; else any of them."""
        mention = asked.mentions[0]
        spoken_of = [p for p in mention.candidates if p.number in focus.positions[:1]]
        if not spoken_of and focus.positions:
            spoken_of = self._kin(mention.candidates, focus.positions[0])
        candidates = tuple(spoken_of) or mention.candidates
        return replace(asked, mentions=(replace(mention, candidates=candidates),))

    def _kin(self, candidates: Sequence[Position], number: str) -> list[Position]:
        """Those candidates that have the topic of the position spoken of ("¿y la jefatura?")."""
        spoken_of = self.manual.position(number)
        if spoken_of is None:
            return []
        topic = set(self.names.names[number][0].topic)
        return [p for p in candidates if topic & set(self.names.names[p.number][0].topic) == topic]

    def _of_focus(self, asked: Understanding, focus: Focus) -> Understanding:
        found = [self.manual.position(number) for number in focus.positions]
        mentions = tuple(Mention(p.title, 0, 0, None, (p,)) for p in found[:1] if p is not None)
        return replace(asked, mentions=mentions)

    def _rank_in_focus(self, focus: Focus) -> Rank | None:
        position = self.manual.position(focus.positions[0]) if focus.positions else None
        return self.names.names[position.number][0].rank if position else None

    def _compared(self, asked: Understanding, focus: Focus) -> Understanding | None:
        mentions = [m for m in asked.mentions if m.candidates]
        mentions = [self._same_topic(m, mentions) for m in mentions]
        asked = replace(asked, mentions=tuple(mentions))
        if len(mentions) >= 2:
            return asked
        if len(mentions) == 1 and focus.positions:
            of_focus = self._of_focus(asked, focus)
            return replace(asked, mentions=(*of_focus.mentions, *mentions))
        if not mentions and len(focus.positions) >= 2:
            both = [p for n in focus.positions[:2] if (p := self.manual.position(n))]
            return replace(asked, mentions=tuple(Mention(p.title, 0, 0, None, (p,)) for p in both))
        return None

    def _same_topic(self, mention: Mention, mentions: Sequence[Mention]) -> Mention:
        """ "la coordinación y la jefatura *de geomática*": a rank alone shares the topic."""
        if not _is_bare(mention):
            return mention
        full = next((m for m in mentions if m is not mention and len(m.candidates) == 1), None)
        if full is None:
            return mention
        topic = set(self.names.names[full.candidates[0].number][0].topic)
        shared = [
            p for p in mention.candidates if topic <= set(self.names.names[p.number][0].topic)
        ]
        return replace(mention, candidates=tuple(shared) or mention.candidates)

    def _counted(
        self,
        asked: Understanding,
        match: re.Match[str],
        tokens: Sequence[Token],
        folded: str,
        focus: Focus,
    ) -> Understanding | None:
        span = match[0]
        counted = next(
            (kind for kind, pattern in _COUNTED if re.search(pattern, span)), "positions"
        )
        last = focus.understanding
        if last is not None and last.intent is Intent.FUNCTIONS and "@" not in span:
            counted = "functions" if counted == "positions" and not ranks_in(span) else counted
        ranks = ranks_in(span)
        rank = ranks[-1] if ranks else None
        if rank is Rank.DIRECTORATE and re.search(r"direccion(?:es)? general", folded):
            rank = Rank.GENERAL_DIRECTORATE
        asked = replace(asked, counted=counted, rank=rank)
        if counted == "pages":
            return replace(asked, intent=Intent.MANUAL_FACT, field="pages")
        named = [m for m in asked.mentions if m.candidates and not _is_bare(m)]
        if _only_institution(named):
            named = []
        follows = intents.FOLLOWS.match(folded) or len(tokens) <= 4
        refers = follows and (intents.REFERS_BACK.search(folded) or counted == "functions")
        if not named and focus.positions and refers:
            return self._of_focus(asked, focus)
        unknown = next((m.text for m in asked.mentions if not m.candidates), asked.unknown)
        return replace(asked, mentions=tuple(named), unknown=unknown)

    # -- no pattern matched ---------------------------------------------------------------------

    def _without_intent(
        self, base: Understanding, tokens: Sequence[Token], folded: str, focus: Focus
    ) -> Understanding:
        follows = bool(intents.FOLLOWS.match(folded)) or len(tokens) <= 6
        if follows and focus.understanding is not None:
            continued = self._continued(base, focus.understanding, tokens, folded, focus)
            if continued is not None:
                return continued
        residue = self._residue(tokens, base)
        if base.sections and len(residue) <= 1:
            return replace(base, intent=Intent.CHAPTER)
        named = [m for m in base.mentions if not _is_bare(m)]
        if named and not residue:
            missing = next((m.text for m in named if not m.candidates), base.unknown)
            return replace(base, intent=Intent.SHEET, mentions=tuple(named), unknown=missing)
        if base.unknown and not residue:
            return replace(base, intent=Intent.SHEET)
        if base.mentions and not named:  # "X, ¿es jefatura o coordinación?"
            skip = frozenset(i for i, t in enumerate(tokens) if rank_word(t.word))
            rankless = find_rankless(tokens, self.names, skip)
            if rankless is not None and len(rankless.candidates) == 1:
                return replace(base, intent=Intent.SHEET, mentions=(rankless,))
        return replace(base, mentions=tuple(m for m in named if not _only_institution([m])))

    def _continued(
        self,
        base: Understanding,
        last: Understanding,
        tokens: Sequence[Token],
        folded: str,
        focus: Focus,
    ) -> Understanding | None:
        """The earlier question, asked again of something else ("¿y la de geomática?")."""
        if last.intent is Intent.LEGAL and _LEGAL_LEVELS.search(folded):
            return replace(base, intent=Intent.LEGAL)
        residue = self._residue(tokens, base)
        if last.intent is Intent.COUNT and last.counted == "functions" and not residue:
            return self._of_focus(replace(base, intent=Intent.FUNCTIONS), focus)
        if last.intent not in ABOUT_ONE_POSITION:
            return None
        asked = replace(base, intent=last.intent, field=last.field, number=last.number)
        named = [m for m in base.mentions if m.candidates and not _is_bare(m)]
        if named and not residue:
            return replace(asked, mentions=tuple(named))
        if base.mentions and not named and not residue:
            return self._of_bare_rank(asked, focus)
        skip = frozenset(i for i, t in enumerate(tokens) if t.word in _FRAME)
        rankless = find_rankless(tokens, self.names, skip, self._rank_in_focus(focus))
        if rankless is not None and len(residue) <= rankless.end - rankless.start:
            return replace(asked, mentions=(rankless,))
        return None

    def _residue(self, tokens: Sequence[Token], base: Understanding) -> list[Token]:
        """Content words that neither frame the question nor name what it is about."""
        named = {i for m in base.mentions for i in range(m.start, m.end)}
        title = {w for s in base.sections for w in fold(s.title).split()}
        title |= self._dependency
        return [
            t
            for i, t in enumerate(tokens)
            if t.is_content
            and i not in named
            and t.word not in _FRAME
            and t.word not in title
            and not t.word[0].isdigit()
            and t.word not in {"secretaria", "dependencia", "capitulo", "oye", "hola"}
        ]

    # -- an answer to what was asked back -------------------------------------------------------

    def _choice(self, question: str, folded: str, pending: Understanding) -> Understanding | None:
        """The pending question with the reading that a reply chooses; None if it chooses none."""
        mention = pending.ambiguous
        tokens = tokenize(question)
        if len(tokens) > 14:
            return None
        numbers = named_numbers(question) + [t.word for t in tokens if t.word.isdigit()]
        if mention is None:
            found = [m for m in find_mentions(tokens, self.names) if len(m.candidates) == 1]
            structural = any(intents.structural_matches(folded))
            if found and not structural:
                return replace(pending, mentions=(found[0],))
            return None
        chosen = [p for p in mention.candidates if p.number in numbers]
        chosen = chosen or self._by_ordinal(folded, mention, tokens)
        chosen = chosen or self._by_place(tokens, mention)
        if len(chosen) != 1:
            return None
        resolved = replace(mention, candidates=tuple(chosen))
        others = tuple(resolved if m is mention else m for m in pending.mentions)
        return replace(pending, mentions=others)

    def _by_ordinal(self, folded: str, mention: Mention, tokens: Sequence[Token]) -> list[Position]:
        match = _ORDINAL_CHOICE.search(folded)
        if match is None or len(tokens) > 4:
            return []
        word = match[1]
        if word.startswith("ultim"):
            return [mention.candidates[-1]]
        at = next(i for i, s in enumerate(_ORDINAL_STEMS) if word.startswith(s))
        return list(mention.candidates[at : at + 1])

    def _by_place(self, tokens: Sequence[Token], mention: Mention) -> list[Position]:
        """Candidates that the reply names, or that belong to a unit that it names."""
        found = find_mentions(tokens, self.names)
        named = {p.number for m in found for p in m.candidates}
        direct = [p for p in mention.candidates if p.number in named]
        if direct and len(direct) < len(mention.candidates):
            return direct
        skip = frozenset(i for i, t in enumerate(tokens) if rank_word(t.word))
        loose = find_rankless(tokens, self.names, skip)
        superiors = [p for m in (*found, *([loose] if loose else ())) for p in m.candidates]
        return [
            p
            for p in mention.candidates
            if any(self.names.belongs_to(p, s) or p.number == s.number for s in superiors)
        ]


def _masked(tokens: Sequence[Token], mentions: Sequence[Mention]) -> str:
    """The folded question with "@" for each position that it names, so that the words of a
    title are not taken for a question ("jefe de oficina" asks for nobody's boss)."""
    said = [t.word for t in tokens]
    for mention in mentions:
        if not _is_bare(mention) and mention.end > mention.start:
            holder = "titular " if tokens[mention.start].word.startswith("titular") else ""
            filler = [""] * (mention.end - mention.start - 1)
            said[mention.start : mention.end] = [f"{holder}@", *filler]
    return " ".join(w for w in said if w)


def _only_institution(mentions: Sequence[Mention]) -> bool:
    """Whether nothing is named but "la Secretaría": the dependency rather than its head."""
    return bool(mentions) and all(
        m.rank is Rank.HEAD and fold(m.text).startswith("secretaria") for m in mentions
    )


_COUNTED = (
    ("functions", r"funcion|responsabilidad"),
    ("pages", r"pagina|hojas"),
    ("chapters", r"capitulo|seccion"),
    ("laws", r"ley|leyes|reglamento|ordenamiento"),
    ("guidelines", r"lineamiento"),
    ("reports", r"subordinad|report"),
)


def ranks_in(text: str) -> list[Rank]:
    """The ranks that folded words of a text stand for, in order."""
    return [rank for word in text.split() if (rank := rank_word(word))]


def _function_number(groups: dict[str, str]) -> int:
    if number := groups.get("n") or groups.get("m"):
        return int(number)
    return intents.ORDINALS[groups.get("ordinal") or groups["word"]]


def _is_bare(mention: Mention) -> bool:
    """A rank with no topic, where several positions have that rank."""
    return (
        len(mention.candidates) > 1
        and mention.end - mention.start <= 1
        and mention.rank is not None
    )


def _with_number(mentions: list[Mention], position: Position, number: str) -> list[Mention]:
    """The mentions, with a number settling the one that it belongs to, or as one of its own."""
    for i, mention in enumerate(mentions):
        if position in mention.candidates:
            settled = replace(mention, candidates=(position,))
            return [*mentions[:i], settled, *mentions[i + 1 :]]
    return [*mentions, Mention(number, 0, 0, None, (position,))]
