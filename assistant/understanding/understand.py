"""From a question and its conversation to an `Understanding` that stands alone."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from assistant.structure.mention import Mention
from assistant.structure.mentions import find_rankless
from assistant.structure.naming import NameIndex, Rank, leading_rank, rank_word
from assistant.understanding.aspect_reader import AspectReader
from assistant.understanding.aspects import ASPECTS, Sort, sort_of
from assistant.understanding.back import FOLLOWS
from assistant.understanding.choice import chosen
from assistant.understanding.direction import (
    BETWEEN,
    LEVEL_OF,
    OF_A_RANK,
    ON_LINES,
    Direction,
    direction_of,
    turned,
)
from assistant.understanding.doubt import doubt_of
from assistant.understanding.focus import Focus
from assistant.understanding.line_check import LineChecks
from assistant.understanding.over_sheets import COUNTS_NAMED, level_asked_for, said_to_be_printed
from assistant.understanding.own_unit import own_post, own_unit, post_alone
from assistant.understanding.printed_values import PrintedValues
from assistant.understanding.reading import Linker, Reading, frame, is_bare, only_institution
from assistant.understanding.reference import References
from assistant.understanding.sheet_labels import asked_field
from assistant.understanding.smalltalk import (
    insults,
    personal,
    split_injection,
    without_greeting,
)
from assistant.understanding.structural import StructuralQuestions, is_circulated
from assistant.understanding.types import (
    ABOUT_ONE_POSITION,
    DIALOGUE,
    OF_TWO,
    SMALLTALK,
    Expected,
    Intent,
    Understanding,
)
from assistant.understanding.unranked import framing
from corpus.model import Manual
from corpus.spanish import fold, stem, words

_ASKS_PRINTED = re.compile(
    r"\b(?:hay|trae|dice|viene|menciona|habla)n? (?:algo|nada) (?:de|del|sobre|acerca de)\b"
)
_SEES_TO_MINE = re.compile(
    r"\bquien(?:es)? (?:me |nos )?(?:ve|revisa|atiende|lleva|tramita|arregla|autoriza) "
    r"(?:mi|mis|lo de mi)\b"
)
_MY_DUTIES = re.compile(
    r"\bque (?:me (?:toca|corresponde)|hago|voy a hacer|tengo que hacer)\b|\bmis funciones\b"
)
_STATES_LINE = re.compile(r"\bno (?:le |les )?(?:reporta|depende|responde|rinde)")
_ON_PAGE = re.compile(r"\b(?:pagina|pag|hoja) (?:numero |no )?(\d{1,4})\b")
_OF_A_PAGE = frozenset(
    ["viene", "vienen", "trae", "contiene", "contenido", "aparece", "esta", "pagina", "hoja", "pag"]
)
"""Words that ask what stands on a page."""
_LEGAL_LEVELS = re.compile(r"\b(?:federal|estatal|municipal|internacional)\w*|tratados?|nivel\b")
_ASKS_THE_SAME = re.compile(
    r"(?:y|e|o)?\s*(?:que (?:hay|pasa|onda|tal)(?: de| con)?)?\s*(?:para|con|de|en|a|al)?\s*"
    r"(?:la|el|los|las|del)?\s*(?:persona )?(?:titular )?@\s*"
)
_PREMISE = re.compile(r"\W*(?:como|ya que|dado que|puesto que|si)\s+([^,¿]+)[,\s]+(¿?.+)", re.I)
_POINTS = re.compile(
    r"\b(?:es[eoa]s?|est[eo](?! (?:manual|documento))|aquell[oa]|ahi|alli|lo mismo|"
    r"(?:es[ae]|est[ae]|dich[oa]) (?!manual|documento|dependencia|secretaria|municipio)\w+)\b"
)
_POINTS_ASIDE = re.compile(
    r"(?:(?:y|pero|o|no) )*(?:el|la|los|las|lo) (?:de )?"
    r"(?:arriba|abajo|anterior(?:es)?|siguientes?|otr[oa]s?)"
)
"""What only a conversation can fill: "¿y el de arriba?"."""
_HIGHER = re.compile(
    r"\b(?:jef[ea]|superior|manda|reporta|depende)\b.* (?:de|a) (?:el|ella|ese|esa)"
    r"(?: jef[ea]| superior)?$|^y (?:el|ella|ese|esa)(?: a quien)?(?: le)?(?: reporta)?$|"
    r"\ba (?:el|ella|ese|esa) quien (?:l[aoe]|les) (?:manda|supervisa|dirige)$|"
    r"\b(?:el|la|quien) (?:de |esta )?(?:mas )?arriba(?: de (?:el|ella|ese|esa))?"
    r"(?: a quien(?: le)? reporta)?$|"
    r"^y (?:mas )?arriba(?: de (?:el|ella|ese|esa))?$|\breporta (?:el|ella|ese|esa)$"
)
"""What asks for the next step up from the boss who was told last."""
_SHARED = re.compile(r"\b(?:comun|comparten?|mism[oa]s?|amb[oa]s|l[oa]s dos|junt[oa]s|coinciden)\b")
"""Words without which two names are asked about one by one."""
_SHORT = 6
"""A question of so few words may go on from the one before it without saying so."""
_OF_A_SORT = 3
"""Labels of a sort that are tried, likeliest first."""
_SHOWN = 4
"""Labels that an explanation shows."""
_LEAST_LIKELY = 0.02
"""A label less likely than that is not what is asked."""
_CLEAR = 0.6
"""From this probability on, a reading is taken although it leaves open of what it is asked, or says
that nothing is asked of the manual."""
_CLEARLY_MORE = 2.0
"""So many times likelier than any other, a label is what a follow-up asks."""
_ALONE = 0.3
"""A label on structure less likely than that is not taken where words are left that it does not
account for, or nothing is named."""
_SURE = 0.8
"""From this probability on, what is asked of a name that was masked is taken."""
_LONGEST_NAME = 8
"""Words of a name without its rank."""
_AGREED = 0.45
"""From this probability on, a label on what manuals don't tell has the others of its sort beside
it."""
_WHOLE = 0.99
_MOST_OF_NAME = 0.6
"""Least share of a name, by weight, that must be said for it to be named without its rank."""
_MOST_BESIDE = 2
"""Content words beside such a name in a question on structure: "catastro *trae* gente …"."""
_OBJECTIVE_CALLED = re.compile(
    r"\b(?:funcion (?:basica|principal|general|generica)"
    r"|(?:mision|proposito|razon de ser|naturaleza) (?:principal )?(?:del?|que tiene)\b)"
)
"""What other layouts call the objective of a position."""
_BARE = 3
"""Words of a follow-up that says nothing by itself: "dímelas todas"."""
_THE_OTHER = re.compile(
    r"(?:(?:y|no|pero|esa|ese|eso|perdon|me referia a|digo) )*(?:de )?(?:el|la) otr[oa](?: (\w+))?"
)
_ASKS_ANYTHING = re.compile(
    r"\b(?:quien(?:es)?|que|cual(?:es)?|cuant[oa]s?|donde|como|cuando|dime|dame|diganme|explica\w*|"
    r"quiero|quisiera|necesito|busco|me gustaria|puedo|debo|resume\w*|resumen)\b"
)
_NEW_WORDS = """
    nuevo nueva nuevos trabajo llamo nombre perdon equivoque hoy ayer apenas
"""
_NEW = frozenset(_NEW_WORDS.split())
"""Words beside the post of a person who says who they are."""
_POSSESSIVE = frozenset(["mi", "mis", "su", "sus", "nuestro", "nuestra", "nuestros", "nuestras"])
_BOSS = frozenset(["jefe", "jefa", "jefes", "jefas"])
"""Whoever is above, whatever their rank."""
_OF = frozenset(["de", "del", "en"])
_WHO_IS_WORDS = """
    y e pero entonces ahora quien quienes cual es son o a ver tiene tengo
"""
_WHO_IS = frozenset(_WHO_IS_WORDS.split())
_POINTING = frozenset(["pero", "entonces", "mejor", "digo", "perdon", "quiero", "numero"])
_TO_WHOM = re.compile(r"(?<!\bla )(?<!\bel )(?<!\blas )(?<!\blos )\b(?:a|al|de|del)(?: la| el)?$")
"""Before the superior of a line: "¿y *de la* Dirección?", but not "¿y la *de* Tesorería?"."""
_LONGEST_FOLLOW_UP = 8
"""Words of a follow-up that only names something else."""
_ASKS_OPENLY = re.compile(r"(?:y )?(?:que|quien(?:es)?|cual(?:es)?|como|donde|cuando)\b(?! si\b)")
"""What begins so is not answered by Sí or No, whatever it asks of a position."""
_NO_MATTER = frozenset({"world", "opinion"})
"""Labels that say that a question is on nothing that a manual holds."""
_FEWEST_TELLING = 3
_LONGEST_CLIMB = 10
"""Words of one that asks for the next step up: "¿y el de más arriba a quién le reporta?"."""


_OF_THOSE_BESIDE = frozenset({"peers", "reports_to", "boss_of_boss", "chain", "officer", "sheet"})
"""What the units of a rank in another are taken for: "los coordinadores de Egresos"."""


class Interpreter:
    """Understands questions on one manual."""

    def __init__(
        self, manual: Manual, names: NameIndex, linker: Linker, reader: AspectReader
    ) -> None:
        self._manual = manual
        self._names = names
        self._is_form = manual.family == "sheets"
        self._reader = reader
        self._linker = linker
        self._references = References(manual, names)
        self._structural = StructuralQuestions(names, self._references, PrintedValues(manual))
        self._line_checks = LineChecks(names)
        leading = r"[\s,]*(?:\b(?:seg[uú]n|en|del?|para)\b)?(?: el)?(?: manual)? ?"
        code = rf"\(?{re.escape(manual.code)}\b\)?"
        self._code = re.compile(leading + code, re.IGNORECASE)

    def understand(self, question: str, focus: Focus) -> Understanding:
        """What a cleaned question asks, completed from the conversation's focus."""
        question = self._linker.spelt(self._code.sub("", question).strip() or question)
        if focus.pending is not None:
            choice = chosen(question, focus.pending, self._names)
            if choice is not None:
                return choice
        remaining, injected = split_injection(question, fold(question))
        if injected and not any(c.isalpha() for c in remaining):
            return Understanding(question, Intent.INJECTION)
        remaining = without_greeting(remaining, fold(remaining))
        if personal(fold(remaining)):
            return Understanding(question, Intent.PERSONAL_DATA)
        understood = self._of_premise(remaining, focus)
        if understood is None:
            understood = self._interpreted(self._linker.read(remaining, focus))
        if injected and (understood.intent in SMALLTALK or understood.confidence < _CLEAR):
            return Understanding(question, Intent.INJECTION)
        if insults(fold(remaining)) and understood.intent is Intent.TOPIC:
            return Understanding(question, Intent.INSULT)
        return understood

    def _of_premise(self, question: str, focus: Focus) -> Understanding | None:
        """A question that opens with a reporting line as its premise; None without one."""
        match = _PREMISE.match(question)
        premise = self._line_checks.stated(self._linker.read(match[1], focus)) if match else None
        if match is None or premise is None:
            return None
        spoken_of = replace(focus, positions=(premise.positions[0].number, *focus.positions))
        asked = self._interpreted(self._linker.read(match[2], spoken_of))
        return replace(asked, presupposed=premise)

    def _interpreted(self, reading: Reading) -> Understanding:
        """The earlier question asked of something else; else the likeliest label that fits."""
        said = self._of_what_was_said(reading) or self._introduced(reading)
        if said is not None:
            return said
        pointed = self._references.pointed_at(reading)
        if pointed is not None:
            reading = self._linker.naming(reading, pointed)
            if _names_alone(reading, pointed):
                missing = None if pointed.candidates else pointed.text
                known = (pointed,) if pointed.candidates else ()
                return replace(
                    reading.base, intent=Intent.SHEET, mentions=known, unknown=missing, yes_no=False
                )
        held = self._held(reading)
        if isinstance(held, Understanding):
            return held
        reading = held
        check = self._line_checks.stated(reading)
        if check is not None:
            return check
        last = reading.focus.understanding
        if last is not None and last.intent is Intent.REPORTS_CHECK and len(last.mentions) > 1:
            lines = _STATES_LINE.search(reading.folded) and FOLLOWS.match(reading.folded)
            checked = self._checked_again(reading, last) if lines else None
            if checked is not None:
                return checked
        page = _ON_PAGE.search(reading.folded)
        beside = [t for t in reading.residue if t.word not in _OF_A_PAGE]
        if page is not None and not reading.known and not beside:
            return replace(reading.base, intent=Intent.LOCATE, number=int(page[1]))
        if _ASKS_PRINTED.search(reading.folded) and not reading.known:
            return self._topical(replace(reading.base, expected=Expected.STATEMENT), reading)
        higher = self._references.superior_told(reading.focus)
        if higher is not None and _climbs(reading):
            return replace(reading.base, intent=Intent.REPORTS_TO, mentions=(higher,))
        by_label = self._by_label(reading)
        if by_label is not None:
            return by_label
        ranked = _turned(self._reader.aspects(reading.masked), reading)
        named = self._named_whole(reading)
        if named is not None:
            again = self._linker.naming(reading, named)
            of_named = _turned(self._reader.aspects(again.masked), again)
            structural = _share(of_named, Sort.STRUCTURE) >= _SURE
            outside = sort_of(ranked[0][0]) is Sort.OUTSIDE  # said of a unit, it is of the manual
            if outside or (structural and len(again.residue) <= _MOST_BESIDE):
                reading, ranked = again, of_named
        narrowed = self._structural.over.again(reading, ASPECTS[ranked[0][0]].intent)
        if narrowed is not None:
            return narrowed
        follows = FOLLOWS.match(reading.folded) and len(reading.tokens) <= _LONGEST_FOLLOW_UP
        best, second = ranked[0][1], ranked[1][1] if len(ranked) > 1 else 0.0
        unclear = best < _CLEAR and best < _CLEARLY_MORE * second
        short = len(reading.tokens) <= _BARE and not reading.residue and not reading.known
        told = ASPECTS[ranked[0][0]].intent in ABOUT_ONE_POSITION
        bare = short and (unclear or not told)
        unsure = follows and (unclear or ranked[0][0] == "sheet")
        last = reading.focus.understanding
        leveled = follows and last is not None and last.intent in (Intent.LEVEL, Intent.LEGAL)
        names_rank = follows and short and all(map(is_bare, reading.base.mentions))
        rank_alone = names_rank and bool(reading.base.mentions)  # "¿y la jefatura?"
        if _ASKS_THE_SAME.fullmatch(reading.asking) or unsure or bare or leveled or rank_alone:
            continued = self._continued(reading)
            if continued is not None:
                return continued
        understood = self._fitted(reading, ranked)
        if understood is None and named is not None and _share(ranked, Sort.STRUCTURE) >= _SURE:
            understood = self._fitted(self._linker.naming(reading, named), ranked)
        if understood is None:
            base = replace(reading.base, expected=Expected.STATEMENT, confidence=0.0)
            understood = self._topical(base, reading)
        return replace(
            understood,
            considered=tuple(ranked[:_SHOWN]),
            outside=_outside(ranked),
        )

    def _of_what_was_said(self, reading: Reading) -> Understanding | None:
        """The last question once more, to who doubts its answer ("¿seguro?"), or of the other
        position like the one spoken of ("no, la otra"); None for any other message."""
        focus, last = reading.focus, reading.focus.understanding
        doubt = doubt_of(reading.folded)
        if last is None:
            return replace(reading.base, intent=Intent.UNCLEAR) if doubt is not None else None
        if doubt is not None:
            return None if focus.refused else replace(last, doubt=doubt, introduces=False)
        other = _THE_OTHER.fullmatch(reading.folded)
        if other is None or last.intent not in ABOUT_ONE_POSITION:
            return None
        others = self._references.others_like(focus, rank_word(other[1]) if other[1] else None)
        if not others:
            return None
        mention = Mention(reading.base.question, 0, 0, None, others)
        return replace(last, question=reading.base.question, mentions=(mention,), each=False)

    def _introduced(self, reading: Reading) -> Understanding | None:
        """A message that says where the person who asks works, and asks for nothing; None for any
        other. A statement that is understood by its grammar needs no label."""
        tokens, focus = reading.tokens, reading.focus
        if set("?¿") & set(reading.base.question) or _ASKS_ANYTHING.search(reading.folded):
            return None
        own = own_unit(tokens, reading.base.mentions, self._names)
        newcomer = replace(reading.base, intent=Intent.NEWCOMER, introduces=True, yes_no=False)
        if own is None:
            post = post_alone(tokens)
            at = self._references.position(focus.own)
            if post is None or at is None or len(tokens) > _LONGEST_FOLLOW_UP:
                return None
            return replace(newcomer, mentions=(Mention(at.title, 0, 0, None, (at,)),), below=post)
        named = {i for m in (own, *reading.base.mentions) for i in range(m.start, m.end)}
        named |= {i for i, t in enumerate(tokens) if t.word in _NEW}
        beside = [i for i, t in enumerate(tokens) if t in reading.residue and i not in named]
        if len(beside) > _MOST_BESIDE:
            return None
        others = tuple(m for m in reading.known if m is not own and m.start != own.start)
        return replace(newcomer, mentions=(own, *others), below=own_post(tokens))

    def _held(self, reading: Reading) -> Reading | Understanding:
        """The reading, with the position that a rank is said to be of somebody ("mi director",
        "sus jefaturas") as a name; where it asks but who that is, the question itself."""
        words = [t.word for t in reading.tokens]
        at = next((i for i, w in enumerate(words) if w in _POSSESSIVE), None)
        if at is None or reading.known or reading.missing is not None:
            return reading
        rank, taken = leading_rank(words[at + 1 :])
        end = at + 1 + taken
        if rank is None or rank is Rank.HEAD or words[at + 1] in _BOSS:
            return reading
        if end < len(words) and words[end] in _OF:
            return reading
        focus, mine = reading.focus, words[at][0] in "mn"
        position = self._references.position(
            focus.own if mine else next(iter(focus.positions), None)
        )
        if position is None:
            return reading
        held, steps = self._references.held_by(position, rank)
        of_it = Mention(position.title, 0, 0, None, (position,))
        below = focus.own_post if mine else None
        rest = {w for i, w in enumerate(words) if not at <= i < end}
        if rest <= _WHO_IS:
            asked = replace(reading.base, mentions=(of_it,), yes_no=False, below=below)
            if steps > 0:
                intent = Intent.REPORTS_TO if steps == 1 else Intent.CHAIN
                return replace(asked, intent=intent)
            if steps < 0:
                return replace(asked, intent=Intent.DIRECT_REPORTS, rank=rank)
            return replace(asked, intent=Intent.REPORTS_TO) if below else reading
        if len(held) != 1:
            return reading
        others = tuple(m for m in reading.base.mentions if not at < m.start < end)
        free = replace(reading, base=replace(reading.base, mentions=others))
        return self._linker.naming(free, Mention(held[0].title, at + 1, end, rank, (held[0],)))

    def _fitted(
        self, reading: Reading, ranked: Sequence[tuple[str, float]]
    ) -> Understanding | None:
        """The question as one that asks for the likeliest label that fits it; None if none does."""
        own = dict(ranked)
        for label, likely in considered(ranked):
            if label in _NO_MATTER and self._stands_in_text(reading):
                continue
            alone = sort_of(label) is Sort.STRUCTURE and own[label] < _ALONE
            if alone and (reading.residue or ASPECTS[label].intent in OF_TWO):
                continue
            if ASPECTS[label].intent is Intent.REPORTS_TO and _of_a_matter(reading):
                continue
            understood = self._read_as(label, reading)
            if understood is None or (likely < _CLEAR and _of_nothing(understood)):
                continue
            return replace(understood, confidence=likely)
        return None

    def _stands_in_text(self, reading: Reading) -> bool:
        """Whether a passage of the manual has all the telling words of a question but one, and
        three at least: then it is of what the manual says, whatever it is taken for."""
        asked = {stem(t.word) for t in reading.residue}
        least = max(_FEWEST_TELLING, len(asked) - 1)
        return len(asked) >= _FEWEST_TELLING and any(len(asked & s) >= least for s in self._said)

    @cached_property
    def _said(self) -> list[frozenset[str]]:
        """The stems of each passage."""
        passages = (p for s in self._manual.sections for p in s.passages)
        return [frozenset(map(stem, words(p.text))) for p in passages]

    def _named_whole(self, reading: Reading) -> Mention | None:
        """What a question calls a position without its rank, by all of its name, where it names
        nothing else: "catastro", "relaciones laborales". The words of a name hide what is asked."""
        if reading.named or reading.base.sections or reading.base.post is not None:
            return None
        if len(reading.base.mentions) > 1:  # "X, ¿es jefatura o coordinación?"
            return None
        if len(self._structural.unranked.several(reading)) > 1:
            return None
        rank = self._references.rank_in_focus(reading.focus)
        found = find_rankless(reading.tokens, self._names, framing(reading), rank)
        if found is None or found.end - found.start > _LONGEST_NAME:
            return None
        said = [t.word for t in reading.tokens[found.start : found.end]]
        whole = any(
            name.topic and self._names.coverage(name.topic, said) > _WHOLE
            for position in found.candidates
            for name in self._names.names[position.number]
        )
        return found if whole else None

    def _by_label(self, reading: Reading) -> Understanding | None:
        """What a question asks of one position by a label that its own sheet prints; None where it
        asks for nothing so."""
        if len(reading.known) != 1 or len(reading.known[0].candidates) != 1:
            return None
        named = reading.known[0]
        position = named.candidates[0]
        asked = replace(reading.base, mentions=(named,), expected=Expected.STATEMENT)
        if position.objective and not self._is_form and _OBJECTIVE_CALLED.search(reading.asking):
            return replace(asked, intent=Intent.OBJECTIVE)
        said = [
            t.word for i, t in enumerate(reading.tokens)
            if t.is_content and not named.start <= i < named.end
        ]  # fmt: skip
        field = asked_field(said, position)
        return replace(asked, intent=Intent.FURTHER, field=field.label) if field else None

    def _read_as(self, label: str, reading: Reading) -> Understanding | None:
        """The question as one that asks for what a label says; None where it doesn't fit."""
        asks = ASPECTS[label]
        if asks.intent in DIALOGUE:
            return self._of_the_talk(asks.intent, reading)
        if asks.intent in SMALLTALK:
            return None if reading.known else replace(reading.base, intent=asks.intent)
        if asks.intent is Intent.TOPIC:
            claims = asks.yes_no and not _ASKS_OPENLY.match(reading.folded)
            whether = claims or reading.base.yes_no
            base = replace(reading.base, expected=asks.expected, yes_no=whether)
            return self._topical(base, reading)
        return self._structural.fit(reading, asks)

    def _of_the_talk(self, intent: Intent, reading: Reading) -> Understanding:
        """A turn about the talk itself: who is asking, or what to do with the last answer."""
        base, focus = replace(reading.base, intent=intent), reading.focus
        if intent is Intent.NEWCOMER:
            own = own_unit(reading.tokens, base.mentions, self._names)
            said = own or next(iter(reading.known), None)
            mentions = (said,) if said is not None else ()
            post = own_post(reading.tokens) if own is not None else None
            if mentions and _MY_DUTIES.search(reading.folded):
                base = replace(base, intent=Intent.FUNCTIONS)
            return replace(base, mentions=mentions, introduces=bool(mentions), below=post)
        if intent is Intent.WHO_AM_I:
            numbers = (focus.own,) if focus.own else ()
            return replace(
                base, mentions=self._references.spoken_of(replace(focus, positions=numbers), 1)
            )
        if intent is Intent.CORRECTION and (base.mentions or reading.residue):
            asked_again = self._continued(reading)
            if asked_again is not None:
                return asked_again
            if reading.known:
                return replace(base, intent=Intent.SHEET, mentions=reading.known)
        return self._references.of_focus(base, focus)

    def _topical(self, base: Understanding, reading: Reading) -> Understanding:
        """A question on a topic, or one that says nothing but a name."""
        if FOLLOWS.match(reading.folded) or len(reading.tokens) <= _SHORT:
            continued = self._continued(reading)
            if continued is not None:
                return continued
        if base.sections and not reading.known and len(reading.residue) <= 1:
            return replace(base, intent=Intent.CHAPTER)
        if _POINTS_ASIDE.fullmatch(reading.folded):
            return replace(base, intent=Intent.POINTS_NOWHERE)
        if not reading.residue and not base.mentions and _POINTS.search(reading.folded):
            last = reading.focus.understanding
            if last is not None and last.intent is Intent.TOPIC and not reading.focus.refused:
                return replace(last, expected=base.expected)
            return replace(base, intent=Intent.POINTS_NOWHERE)
        if not reading.residue and base.post is not None and not reading.named:
            return replace(base, intent=Intent.SHEET, unknown=base.post.text)
        if not reading.residue and (reading.named or base.unknown):
            return replace(
                base, intent=Intent.SHEET, mentions=reading.named, unknown=reading.missing
            )
        if base.mentions and not reading.named:  # "X, ¿es jefatura o coordinación?"
            skip = frozenset(i for i, t in enumerate(reading.tokens) if rank_word(t.word))
            rankless = find_rankless(reading.tokens, self._names, skip)
            if rankless is not None and len(rankless.candidates) == 1:
                return replace(base, intent=Intent.SHEET, mentions=(rankless,))
        if base.expected is Expected.STATEMENT or reading.base.yes_no:
            base = replace(base, saying=said_to_be_printed(reading))
        within = own_unit(reading.tokens, base.mentions, self._names)
        about = [m for m in reading.named if m is not within and not only_institution([m])]
        if is_circulated(reading):
            about = []  # who must make the manual known is told of ranks, not in a sheet
        if base.yes_no and not reading.named and base.saying is None:
            about = self._said_without_rank(reading)
        return replace(base, mentions=tuple(about), within=within)

    def _said_without_rank(self, reading: Reading) -> list[Mention]:
        """The one position most of whose name a question says: "¿geomática hace mapas?". A word
        of it alone names something else: "¿sale en la Gaceta *Municipal*?"."""
        skip = frozenset(i for i, t in enumerate(reading.tokens) if t.word in frame())
        rankless = find_rankless(reading.tokens, self._names, skip)
        if rankless is None or len(rankless.candidates) != 1:
            return []
        said = [t.word for t in reading.tokens[rankless.start : rankless.end]]
        most = any(
            name.topic and self._names.coverage(name.topic, said) >= _MOST_OF_NAME
            for name in self._names.names[rankless.candidates[0].number]
        )
        return [rankless] if most else []

    def _continued(self, reading: Reading) -> Understanding | None:
        """The earlier question, asked again of something else ("¿y la de geomática?")."""
        base, focus, last = reading.base, reading.focus, reading.focus.understanding
        if last is None:
            return None
        if last.intent is Intent.LEVEL and "nivel" in reading.folded:
            return replace(base, intent=Intent.LEVEL, number=level_asked_for(reading.folded))
        if last.intent is Intent.LEGAL and _LEGAL_LEVELS.search(reading.folded):
            return replace(base, intent=Intent.LEGAL)
        if last.intent is Intent.REPORTS_CHECK and len(last.mentions) > 1:
            return self._checked_again(reading, last)
        if last.intent is Intent.COUNT and last.counted == "functions" and not reading.residue:
            listed = replace(base, intent=Intent.FUNCTIONS)
            if reading.known:
                return replace(listed, mentions=reading.known)
            if base.mentions and all(is_bare(m) for m in base.mentions):
                return self._references.of_bare_rank(listed, focus)
            return self._references.of_focus(listed, focus)
        if last.intent not in ABOUT_ONE_POSITION and not (
            last.intent is Intent.COUNT and last.mentions
        ):
            return None
        asked = replace(base, intent=last.intent, field=last.field, number=last.number)
        asked = replace(asked, counted=last.counted, rank=last.rank, yes_no=last.yes_no)
        if reading.known and not reading.residue:
            return replace(asked, mentions=reading.known)
        if base.mentions and all(is_bare(m) for m in base.mentions) and not reading.residue:
            return self._references.of_bare_rank(asked, focus)
        skip = frozenset(i for i, t in enumerate(reading.tokens) if t.word in frame())
        rank = self._references.rank_in_focus(focus)
        rankless = find_rankless(reading.tokens, self._names, skip, rank)
        if rankless is None or len(reading.residue) > rankless.end - rankless.start:
            return None
        namesakes = self._references.namesakes(focus, rankless.candidates)
        if namesakes:
            rankless = replace(rankless, candidates=namesakes)
        return replace(asked, mentions=(rankless,))

    def _checked_again(self, reading: Reading, last: Understanding) -> Understanding | None:
        """The line that was checked, with another report ("¿y la de Tesorería?") or another
        superior ("¿y de la Coordinación?"); None where no position is named and nothing else."""
        base, focus = reading.base, reading.focus
        named = reading.known[0] if reading.known else None
        if named is None and base.mentions and all(is_bare(m) for m in base.mentions):
            named = self._references.of_bare_rank(base, focus).mentions[0]
        if named is None:
            skip = frozenset(i for i, t in enumerate(reading.tokens) if t.word in frame())
            rank = rank_word(fold(last.mentions[0].text).split()[0])
            named = find_rankless(reading.tokens, self._names, skip, rank)
        if named is None or len(named.candidates) != 1 or len(reading.known) > 1:
            return None
        if any(
            t in reading.residue and not named.start <= i < named.end
            for i, t in enumerate(reading.tokens)
        ):
            return None
        before = " ".join(t.word for t in reading.tokens[: named.start])
        report, superior = last.mentions[:2]
        mentions = (report, named) if _TO_WHOM.search(before) else (named, superior)
        if mentions[0].candidates == mentions[1].candidates:
            return None
        return replace(base, intent=Intent.REPORTS_CHECK, mentions=mentions, yes_no=True)


def _names_alone(reading: Reading, mention: Mention) -> bool:
    """Whether a message says nothing but what it points at: "¿y la segunda?"."""
    rest = (t for i, t in enumerate(reading.tokens) if not mention.start <= i < mention.end)
    return all(not t.is_content or t.word in _POINTING for t in rest) and not _ASKS_ANYTHING.search(
        reading.folded
    )


def _climbs(reading: Reading) -> bool:
    """Whether a short follow-up asks of the boss that was told: "¿y el jefe de él?"."""
    if direction_of(reading.asking) is Direction.DOWN:
        return False  # "¿y quién le reporta a ella?"
    short = len(reading.tokens) <= _LONGEST_CLIMB and not reading.known
    return short and bool(FOLLOWS.match(reading.folded) and _HIGHER.search(reading.folded))


def _share(ranked: Sequence[tuple[str, float]], sort: Sort) -> float:
    """The probability of a sort of labels, in 0…1."""
    return sum(likely for label, likely in ranked if sort_of(label) is sort)


def _certain(reading: Reading, likeliest: str) -> str | None:
    """The label that a question's grammar makes certain where it names what that needs."""
    if BETWEEN.search(reading.asking):
        return "chain_between"
    if COUNTS_NAMED.match(reading.asking):
        return "count:positions"
    if LEVEL_OF.search(reading.asking) and reading.known and not only_institution(reading.known):
        return "level"
    of_a_rank = OF_A_RANK.fullmatch(reading.folded)
    if of_a_rank is None or likeliest not in _OF_THOSE_BESIDE:
        return None
    at = len(reading.folded[: of_a_rank.start(1)].split())
    whole = any(m.start <= at < m.end for m in reading.known)  # "los jefes de oficina"
    rank = rank_word(of_a_rank[1])
    return "direct_reports" if rank not in (None, Rank.HEAD) and not whole else None


def _outside(ranked: Sequence[tuple[str, float]]) -> float:
    """How likely it asks for what manuals don't tell: where the labels of that sort don't agree on
    what, only as likely as the likeliest of them."""
    most = max((p for label, p in ranked if sort_of(label) is Sort.OUTSIDE), default=0.0)
    return _share(ranked, Sort.OUTSIDE) if most >= _AGREED else most


def _turned(ranked: Sequence[tuple[str, float]], reading: Reading) -> list[tuple[str, float]]:
    """The labels, those on reporting lines turned the way that the question's grammar looks."""
    direction = direction_of(reading.asking)
    left = [t for t in reading.residue if rank_word(t.word) is None]
    only_lines = direction is not None and not left
    summed: dict[str, float] = {}
    for label, likely in ranked:
        if only_lines and label not in ON_LINES:
            continue  # its grammar asks for a reporting line, and nothing else is left to ask for
        right = turned(label, direction)
        if label == "common_boss" and direction is not None and not _SHARED.search(reading.asking):
            right = "reports_to" if direction is Direction.UP else "direct_reports"
        summed[right] = summed.get(right, 0.0) + likely
    certain = _certain(reading, ranked[0][0])
    if certain is not None:
        summed[certain] = summed.get(certain, 0.0) + 1.0
    total = sum(summed.values())
    if only_lines or certain:
        summed = {label: likely / total for label, likely in summed.items()}
    return sorted(summed.items(), key=lambda each: -each[1])


def considered(ranked: Sequence[tuple[str, float]]) -> Iterator[tuple[str, float]]:
    """The labels to try, in order: those of the likeliest sort first, each with the probability of
    its sort. That nothing is asked of the manual, or what it can't tell, must be clear."""
    by_sort: dict[Sort, list[tuple[str, float]]] = {}
    for label, likely in ranked:
        by_sort.setdefault(sort_of(label), []).append((label, likely))
    masses = {sort: sum(p for _, p in labels) for sort, labels in by_sort.items()}
    for sort in sorted(masses, key=lambda s: -masses[s]):
        if sort in (Sort.OUTSIDE, Sort.TALK) and masses[sort] < _CLEAR:
            continue
        for label, likely in by_sort[sort][:_OF_A_SORT]:
            if likely >= (_CLEAR if sort is Sort.OUTSIDE else _LEAST_LIKELY):
                yield label, masses[sort]


def _of_a_matter(reading: Reading) -> bool:
    """Whether it asks who sees to a thing of one's own: "¿quién *ve mis* vacaciones?"."""
    return bool(reading.residue and _SEES_TO_MINE.search(reading.folded))


def _of_nothing(asked: Understanding) -> bool:
    """Whether it is asked of a position, and none is named for sure."""
    needs = asked.intent in ABOUT_ONE_POSITION or asked.intent in OF_TWO
    return (
        needs
        and not asked.positions
        and not asked.ambiguous
        and not asked.unknown
        and not asked.sections
    )


def mentions_in(text: str, linker: Linker) -> tuple[Mention, ...]:
    """The positions that a cleaned text names, whatever it asks; bare ranks ("coordinador") only
    where it says no more than that."""
    reading = linker.read(linker.spelt(text), Focus())
    return reading.named or reading.base.mentions
