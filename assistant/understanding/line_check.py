"""A reporting line that is checked or taken for granted: "¿la jefatura X depende de Y?"."""

import re
from dataclasses import replace

from assistant.naming import NameIndex, rank_word
from assistant.understanding.mentions import find_rankless
from assistant.understanding.reading import Reading, frame
from assistant.understanding.types import Intent, Mention, Understanding

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
    r"\b(?:(?:le |les )?(?:report(?:a|an|e|en)|respond\w+|rinden?(?: cuentas)?) (?:directamente )?"
    r"(?=al?\b|ante\b)|depend\w+ (?=del?\b)|(?:esta|estan) (?:dentro|debajo|bajo) (?=del?\b)|"
    r"pertenecen? (?=al?\b)|(?:forman?|es) parte (?=del?\b))"
)
"""What stands between a position and what it is said to report to."""


class LineChecks:
    """Finds the reporting line that a question on one manual checks."""

    def __init__(self, names: NameIndex) -> None:
        self._names = names

    def find(self, reading: Reading) -> Understanding | None:
        """The check, with the report first; None where the question asks for something else."""
        asking = _WHY.sub("", reading.asking)
        if _ASKS.search(asking) or _ASKS_OTHERWISE.search(asking):
            return None
        stated = _STATES.search(reading.folded)
        if stated is not None:
            verb = len(reading.folded[: stated.start()].split())
            report = self._on_one_side(reading, 0, verb)
            superior = self._on_one_side(reading, verb + len(stated[0].split()), None)
            if report is not None and superior is not None:
                return _check(reading, report, _highest(superior))
        sure = [m for m in reading.base.mentions if len(m.candidates) == 1]
        if len(sure) < 2 or not _REPORTING.search(asking):
            return None
        return _check(reading, sure[0], sure[1])

    def _on_one_side(self, reading: Reading, start: int, end: int | None) -> Mention | None:
        """The position named before or after the verb, by its rank or by its topic alone."""
        stop = len(reading.tokens) if end is None else end
        named = [m for m in reading.base.mentions if start <= m.start < stop and m.end > m.start]
        if named:
            chosen = named[-1] if end is not None else named[0]
            return chosen if chosen.candidates else None
        skip = frozenset(
            i
            for i, t in enumerate(reading.tokens)
            if not start <= i < stop or t.word in frame() or rank_word(t.word)
        )
        return find_rankless(reading.tokens, self._names, skip)


def _check(reading: Reading, report: Mention, superior: Mention) -> Understanding | None:
    if len(report.candidates) != 1 or report.candidates[0] == superior.candidates[0]:
        return None
    return replace(reading.base, intent=Intent.REPORTS_CHECK, mentions=(report, superior))


def _highest(mention: Mention) -> Mention:
    """The mention, of the highest of its candidates: one reports to a unit's head."""
    top = min(mention.candidates, key=lambda position: position.level)
    return replace(mention, candidates=(top,))
