"""A reporting line that is checked or taken for granted: "¿la jefatura X depende de Y?"."""

import re
from dataclasses import replace

from assistant.structure.mention import Mention
from assistant.structure.mentions import find_rankless
from assistant.structure.naming import NameIndex, rank_word
from assistant.understanding.reading import Reading, frame
from assistant.understanding.types import Intent, Understanding

_ASKS = re.compile(
    r"\b(?:quien|quienes|cual|cuales|cuanto|cuantos|cuantas|(?:a|de|en) que|"
    r"que (?:puesto|area|hace))\b"
)
_WHY = re.compile(
    r"^\W*(?:y )?(?:por que|porque|como es que|es cierto|es verdad|verdad que|no que|acaso|"
    r"sabes si)\b"
)
_ASKS_OTHERWISE = re.compile(
    r"funcion|objetivo|tipo|valor|fecha|area\b|que hace|responsabil|pagina|\bcomun\b|compart|"
    r"\bmism[oa]s? (?:jef|superior)"
)
_REPORTING = re.compile(r"report|depend|jef[ea]|superior|subordin|manda|responde|rinde|a cargo")
_STATES = re.compile(
    r"\b(?:(?:le |les )?(?:report(?:a|an|e|en)|respond\w+|rinden?(?: cuentas)?) "
    r"(?:direct(?:amente|o) )?(?=al?\b|ante\b)|depend\w+ (?:direct(?:amente|o) )?(?=del?\b)|"
    r"(?:esta|estan|queda|va) (?:por )?"
    r"(?:dentro|debajo|abajo|bajo|al mando|a las ordenes) (?=del?\b|la\b|el\b)|"
    r"pertenecen? (?=al?\b)|(?:forman?|es) parte (?=del?\b))"
)
"""What stands between a position and what it is said to report to."""
_STATES_FROM_ABOVE = re.compile(
    r"\b(?:(?:esta|estan|queda|va) (?:por )?(?:encima|arriba) (?=del?\b)|"
    r"(?:supervisa|manda|dirige|coordina) (?=al?\b)|"
    r"(?:es|son) (?:el |la |los |las )?(?:jef[ea]s?|superior(?:es)?) (?=del?\b))"
)
"""What stands between a position and what is said to report to it."""


_VERB_FIRST = re.compile(
    r"(?:(?:y|oye|entonces|pero) )*(?:le |les )?(?:depende|reporta|responde|rinde cuentas)n? "
    r"(?:direct(?:amente|o) )?(?!(?:de|del|a|al|ante|directo|directamente)\b)"
)
"""What a check may begin with: "¿depende tesorería de ingresos?"."""
_TO = frozenset(["de", "del", "a", "al", "ante"])


class LineChecks:
    """Finds the reporting line that a question on one manual checks."""

    def __init__(self, names: NameIndex) -> None:
        self._names = names

    def stated(self, reading: Reading) -> Understanding | None:
        """The line that a clause states; None where it asks for something else."""
        asking = _WHY.sub("", reading.asking)
        if _ASKS.search(asking) or _ASKS_OTHERWISE.search(asking):
            return None
        return self.find(reading)

    def find(self, reading: Reading) -> Understanding | None:
        """The check, with the report first; None where no two positions are named."""
        asking = _WHY.sub("", reading.asking)
        for pattern in (_STATES, _STATES_FROM_ABOVE):
            stated = pattern.search(reading.folded)
            if stated is None:
                continue
            verb = len(reading.folded[: stated.start()].split())
            before = self._on_one_side(reading, 0, verb)
            after = self._on_one_side(reading, verb + len(stated[0].split()), None)
            if before is not None and after is not None:
                from_above = pattern is _STATES_FROM_ABOVE
                report, superior = (after, before) if from_above else (before, after)
                return self._check(reading, report, _highest(superior))
        begins = _VERB_FIRST.match(reading.folded)
        if begins is not None:
            for at in range(len(begins[0].split()), len(reading.tokens)):
                if reading.tokens[at].word not in _TO:
                    continue
                before = self._on_one_side(reading, 0, at)
                after = self._on_one_side(reading, at, None)
                if before is not None and after is not None:
                    return self._check(reading, before, _highest(after))
        sure = [m for m in reading.base.mentions if len(m.candidates) == 1]
        if len(sure) < 2 or not _REPORTING.search(asking):
            return None
        return self._check(reading, sure[0], sure[1])

    def _check(self, reading: Reading, report: Mention, superior: Mention) -> Understanding | None:
        report = self._top_of_unit(report)
        if len(report.candidates) != 1 or report.candidates[0] == superior.candidates[0]:
            return None
        return replace(reading.base, intent=Intent.REPORTS_CHECK, mentions=(report, superior))

    def _top_of_unit(self, mention: Mention) -> Mention:
        """The mention, of the only candidate that all the others belong to, if there is one: a unit
        may have another below it of the same name."""
        tops = tuple(
            top
            for top in mention.candidates
            if all(p is top or self._names.belongs_to(p, top) for p in mention.candidates)
        )
        return replace(mention, candidates=tops) if len(tops) == 1 else mention

    def _on_one_side(self, reading: Reading, start: int, end: int | None) -> Mention | None:
        """The position named before or after the verb, by its rank or by its topic alone."""
        stop = len(reading.tokens) if end is None else end
        named = [m for m in reading.base.mentions if start <= _place(m, reading) < stop]
        if named:
            chosen = named[-1] if end is not None else named[0]
            return chosen if chosen.candidates else None
        skip = frozenset(
            i
            for i, t in enumerate(reading.tokens)
            if not start <= i < stop or t.word in frame() or rank_word(t.word)
        )
        return find_rankless(reading.tokens, self._names, skip)


def _place(mention: Mention, reading: Reading) -> int:
    """The index of a mention's first word; of a number ("la 3.4"), where it stands; else -1."""
    if mention.end > mention.start:
        return mention.start
    return next((i for i, t in enumerate(reading.tokens) if t.word == mention.text), -1)


def _highest(mention: Mention) -> Mention:
    """The mention, of the highest of its candidates: one reports to a unit's head."""
    top = min(mention.candidates, key=lambda position: position.level)
    return replace(mention, candidates=(top,))
