"""Judges what a sentence says of reporting lines by the org chart, not by its words: a line that
is turned round has the same words."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from assistant.structure.mention import Mention
from assistant.writing.claims import Claim
from corpus.model import Position
from corpus.spanish import fold, words


@dataclass(frozen=True)
class _Wording:
    """A way to state a line."""

    pattern: re.Pattern[str]
    superior_after: frozenset[str]
    """Prepositions before the superior's name; empty if it is the report that has one."""
    report_after: frozenset[str] = frozenset()
    indirect: bool = False
    """Whether whoever stands further up may be meant too."""


_TO = frozenset({"a", "al", "ante", "hacia"})
_OF = frozenset({"de", "del"})
_POSTS = re.compile(r"\bque les? (?:report[ae]n?|rinden cuentas)\b(?! (?:directamente )?al?\b)")
"""Posts that report to whoever was named before: "cuenta con cuatro auxiliares que le reportan"."""
_WORDINGS = (
    _Wording(
        re.compile(r"\breport(?:a|an|ar|ando|e|en)\b|\brinden? cuentas\b|\bsubordinad[oa]s? al?\b"),
        _TO,
    ),
    _Wording(re.compile(r"\bdepend(?:e|en|er|iendo)\b|\bbajo (?:el mando|las ordenes)\b"), _OF),
    _Wording(
        re.compile(
            r"\bsuperior(?:es)?\b(?: jerarquic[oa]| inmediat[oa]| direct[oa])*|"
            r"\bjef[ea]s? (?:inmediat|direct|superior)\w*|"
            r"\b(?:es|son) (?:el |la )?jef[ea]s? del?\b|"
            r"\b(?:su|el|la) jef[ea] (?:es|del?)\b|\bsubordinad[oa]s? del?\b"
        ),
        frozenset(),
        _OF,
    ),
    _Wording(
        re.compile(
            r"\bsupervisa(?:n)? al?\b|\bmanda(?:n)? al?\b|\bdirige(?:n)? al?\b|"
            r"\btienen? (?:a su cargo|bajo su mando)\b"
        ),
        frozenset(),
        _TO,
        indirect=True,
    ),
)
_SUBORDINATE_OF = re.compile(r"\bsubordinad[oa]s? del?\b")


def states_a_line(claim: Claim) -> bool:
    """Whether a sentence says who reports to whom."""
    return _wording(claim) is not None and not _is_printed_as_a_function(claim)


def line_holds(claim: Claim) -> bool:
    """Whether the chart has every line that a sentence states."""
    wording = _wording(claim)
    if wording is None:
        return True
    own = set(claim.spoken_of) | {p.number for p in claim.holders}
    if _POSTS.search(fold(claim.text)):  # how many and which, the other checks look at
        return all({p.number for p in m.candidates} & own for m in claim.mentions if m.candidates)
    superiors, reports = _sides(claim, wording)
    if _superior_is_outside(claim, reports, own):
        return True
    if not reports and not superiors:
        return False
    if not superiors:
        return all(_under_own_or_outside(claim, r, own) for r in reports)
    above = [p for m in superiors for p in m.candidates]
    if not reports:
        return any(_reports(claim, number, p, wording) for number in own for p in above)
    return all(
        any(_reports(claim, r.number, p, wording) for r in m.candidates for p in above)
        or any(_lists(claim, p, m) for p in above)
        for m in reports
    )


def _lists(claim: Claim, superior: Position, mention: Mention) -> bool:
    """Whether a superior's sheet lists a post of that name, with a sheet or not."""
    said = set(claim.words_of(mention))
    listed = claim.knowledge.chart.lines_down(superior)
    return any(said <= set(words(line.report.title)) for line in listed)


def _superior_is_outside(claim: Claim, reports: Sequence[Mention], own: Collection[str]) -> bool:
    """Whether the superior that the sentence names has no sheet, and is that of every report."""
    named = {p.number for m in reports for p in m.candidates} or set(own)
    said, chart = set(words(claim.text)), claim.knowledge.chart
    positions = [p for n in named if (p := claim.knowledge.manual.position(n)) is not None]
    lines = [chart.boss_line(p) for p in positions]
    return bool(lines) and all(
        line is not None and line.superior.external and set(words(line.superior.title)) <= said
        for line in lines
    )


def _wording(claim: Claim) -> _Wording | None:
    folded = fold(claim.text)
    found = [(match.start(), w) for w in _WORDINGS if (match := w.pattern.search(folded))]
    return min(found, key=lambda each: each[0])[1] if found else None


def _is_printed_as_a_function(claim: Claim) -> bool:
    """Whether the word is from a function: "reportar los avances a la Dirección"."""
    wording = _wording(claim)
    functions = (p.text for p in claim.passages if any(c.function for c in p.citations))
    verb = re.compile(r"report|rend|depend|supervis|dirig|mand|superior|subordin|jef|cargo")
    return wording is not None and any(verb.search(fold(text)) for text in functions)


def _sides(claim: Claim, wording: _Wording) -> tuple[Sequence[Mention], Sequence[Mention]]:
    """The mentions of superiors and those of reports."""
    named = [m for m in claim.mentions if m.candidates and not claim.qualifies(m)]
    if wording.superior_after:
        superiors = [m for m in named if claim.before(m) in wording.superior_after]
        return superiors, [m for m in named if m not in superiors]
    reports = [m for m in named if claim.before(m) in wording.report_after]
    superiors = [m for m in named if m not in reports]
    if _SUBORDINATE_OF.search(fold(claim.text)):
        return reports, superiors
    return superiors, reports


def _reports(claim: Claim, report: str, superior: Position, wording: _Wording) -> bool:
    position = claim.knowledge.manual.position(report)
    if position is None:
        return False
    chart = claim.knowledge.chart
    direct = chart.boss_line(position)
    lines = [*([direct] if direct else []), *chart.other_claims(position)]
    if wording.indirect:
        lines += chart.chain(position)
    return any(line.superior.id == superior.number for line in lines)


def _under_own_or_outside(claim: Claim, mention: Mention, own: Iterable[str]) -> bool:
    """Where the superior has no sheet, or is the position that was spoken of before."""
    chart = claim.knowledge.chart
    for position in mention.candidates:
        line = chart.boss_line(position)
        if line is None:
            continue
        said = set(words(claim.text))
        if line.superior.external and set(words(line.superior.title)) <= said:
            return True
        above = {line.superior.id, *(other.superior.id for other in chart.other_claims(position))}
        if above & (set(own) - {position.number}):
            return True
    return False
