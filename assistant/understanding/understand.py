"""From a question and its conversation to an `Understanding` that stands alone."""

import re
from dataclasses import replace

from assistant.structure.mention import Mention
from assistant.structure.mentions import find_rankless
from assistant.structure.naming import NameIndex, rank_word
from assistant.understanding import intents
from assistant.understanding.choice import chosen
from assistant.understanding.focus import NOTHING, Focus
from assistant.understanding.line_check import LineChecks
from assistant.understanding.own_unit import own_unit
from assistant.understanding.reading import Reader, Reading, frame, is_bare, only_institution
from assistant.understanding.reference import References
from assistant.understanding.smalltalk import (
    insults,
    smalltalk,
    split_injection,
    without_greeting,
)
from assistant.understanding.spelling import Speller
from assistant.understanding.structural import StructuralQuestions
from assistant.understanding.types import ABOUT_ONE_POSITION, ATTRIBUTES, Intent, Understanding
from corpus.model import Manual
from corpus.spanish import fold, words

_LEGAL_LEVELS = re.compile(r"\b(?:federal|estatal|municipal|internacional)\w*|tratados?|nivel\b")
_ASKS_THE_SAME = re.compile(
    r"(?:y|e|o)?\s*(?:que (?:hay|pasa|onda|tal)(?: de| con)?)?\s*(?:para|con|de|en)?\s*"
    r"(?:la|el|los|las|del)?\s*(?:persona )?(?:titular )?@\s*"
)
_PREMISE = re.compile(r"\W*(?:como|ya que|dado que|puesto que|si)\s+([^,¿]+)[,\s]+(¿?.+)", re.I)
_SHORT = 6
"""A question of so few words may go on from the one before it without saying so."""


class Interpreter:
    """Understands questions on one manual."""

    def __init__(self, manual: Manual, names: NameIndex) -> None:
        self._names = names
        self._references = References(manual, names)
        self._structural = StructuralQuestions(names, self._references)
        self._line_checks = LineChecks(names)
        self._reader = Reader(manual, names)
        leading = r"[\s,]*(?:\b(?:seg[uú]n|en|del?|para)\b)?(?: el)?(?: manual)? ?"
        code = rf"\(?{re.escape(manual.code)}\b\)?"
        self._code = re.compile(leading + code, re.IGNORECASE)
        self._speller = Speller(
            {w for section in manual.sections for w in words(section.text)},
            {w for own in names.names.values() for name in own for w in words(name.printed)},
        )

    def understand(self, question: str, focus: Focus) -> Understanding:
        """What a cleaned question asks, completed from the conversation's focus."""
        question = self._speller.correct(self._code.sub("", question).strip() or question)
        if focus.pending is not None:
            choice = chosen(question, focus.pending, self._names)
            if choice is not None:
                return choice
        remaining, injected = split_injection(question, fold(question))
        if injected and not any(c.isalpha() for c in remaining):
            return Understanding(question, Intent.INJECTION)
        remaining = without_greeting(remaining, fold(remaining))
        folded = fold(remaining)
        aside = smalltalk(folded)
        if aside is not None:
            return Understanding(question, Intent.INJECTION if injected else aside)
        understood = self._of_premise(remaining, focus)
        if understood is None:
            understood = self._interpreted(self._reader.read(remaining, focus))
        if insults(folded) and understood.intent is Intent.TOPIC:
            return Understanding(question, Intent.INSULT)
        return understood

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """The positions that a cleaned text names, whatever it asks; bare ranks ("coordinador")
        only where it says no more than that."""
        reading = self._reader.read(self._speller.correct(text), NOTHING)
        return reading.named or reading.base.mentions

    def _of_premise(self, question: str, focus: Focus) -> Understanding | None:
        """A question that opens with a reporting line as its premise; None without one."""
        match = _PREMISE.match(question)
        premise = self._line_checks.find(self._reader.read(match[1], NOTHING)) if match else None
        if match is None or premise is None:
            return None
        spoken_of = replace(focus, positions=(premise.positions[0].number, *focus.positions))
        asked = self._interpreted(self._reader.read(match[2], spoken_of))
        return replace(asked, presupposed=premise)

    def _interpreted(self, reading: Reading) -> Understanding:
        """The first interpretation that fits: the earlier question asked of something else, a
        check of a reporting line, a structural question, else a topic."""
        if _ASKS_THE_SAME.fullmatch(reading.asking):
            continued = self._continued(reading)
            if continued is not None:
                return continued
        check = self._line_checks.find(reading)
        if check is not None:
            return check
        if reading.base.expected not in ATTRIBUTES:
            for row, match in intents.structural_matches(reading.asking):
                understood = self._structural.fit(reading, row, match)
                if understood is not None:
                    return understood
        return self._without_intent(reading)

    def _without_intent(self, reading: Reading) -> Understanding:
        base = reading.base
        if intents.FOLLOWS.match(reading.folded) or len(reading.tokens) <= _SHORT:
            continued = self._continued(reading)
            if continued is not None:
                return continued
        if base.sections and len(reading.residue) <= 1:
            return replace(base, intent=Intent.CHAPTER)
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
        within = own_unit(reading.tokens, base.mentions, self._names)
        about = (m for m in reading.named if m is not within and not only_institution([m]))
        return replace(base, mentions=tuple(about), within=within)

    def _continued(self, reading: Reading) -> Understanding | None:
        """The earlier question, asked again of something else ("¿y la de geomática?")."""
        base, focus, last = reading.base, reading.focus, reading.focus.understanding
        if last is None:
            return None
        if last.intent is Intent.LEGAL and _LEGAL_LEVELS.search(reading.folded):
            return replace(base, intent=Intent.LEGAL)
        if last.intent is Intent.COUNT and last.counted == "functions" and not reading.residue:
            return self._references.of_focus(replace(base, intent=Intent.FUNCTIONS), focus)
        if last.intent not in ABOUT_ONE_POSITION:
            return None
        asked = replace(base, intent=last.intent, field=last.field, number=last.number)
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
