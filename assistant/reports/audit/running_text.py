"""Names of units in running text (functions, objectives, chapters) with a slip of the pen."""

import re
from collections import defaultdict
from collections.abc import Iterator

from rapidfuzz.distance import DamerauLevenshtein

from assistant.reports.audit.finding import Evidence, Finding, Kind, Severity
from assistant.reports.audit.subject import Subject, place
from assistant.structure.naming import Rank, leading_rank
from corpus.model import Passage, PassageKind, Position, Section
from corpus.spanish import fold, joined

_RUNNING = {PassageKind.FUNCTION, PassageKind.OBJECTIVE, PassageKind.PARAGRAPH, PassageKind.ITEM}
_SMALL = r"(?:de|del|la|las|los|el|y|e|con|para)"
_CAPITALISED = r"[A-ZÁÉÍÓÚÜÑ][\wáéíóúüñ]+"
_UNIT = re.compile(
    r"\b(?:Sub)?(?:Direcci[oó]n|Coordinaci[oó]n|Jefatura|Secretar[ií]a|Departamento|Unidad)"
    rf"(?: General)?(?: (?:{_SMALL} )*{_CAPITALISED})+"
)
_WORD = re.compile(r"[^\W_]+")
_LONG = 6
_LONGEST_TITLE = 200
_LEAST_WORDS = 3


def titles_in_text(subject: Subject) -> Iterator[tuple[Position, str, Evidence]]:
    """The titles of sheets that running text prints with other capitals or accents."""
    titles = _titles(subject)
    for section, passage in _running_passages(subject):
        for match in _UNIT.finditer(passage.text):
            named = _title_at(passage.text[match.start() :], titles)
            if named is not None and named[1] is not None:
                evidence = Evidence(section=section.number, page=passage.page, quote=passage.text)
                yield named[0], named[1], evidence


def units_misspelt_in_text(subject: Subject) -> Iterator[Finding]:
    """One finding for each unit whose name running text misspells by a doubled letter."""
    written: dict[str, list[Evidence]] = defaultdict(list)
    for position in subject.manual.positions:
        written[position.title].append(subject.heading(position))
    for section, passage in _running_passages(subject):
        for match in _UNIT.finditer(passage.text):
            evidence = Evidence(section=section.number, page=passage.page, quote=passage.text)
            written[match[0]].append(evidence)
    wrong: dict[str, list[str]] = defaultdict(list)
    for printed, right in _slips(written):
        wrong[right].append(printed)
    for right, forms in wrong.items():
        yield _finding(right, written[right], {form: written[form] for form in forms})


def _running_passages(subject: Subject) -> Iterator[tuple[Section, Passage]]:
    lists = {subject.unit(e).section for e in subject.manual.structure[:1]}
    for section in subject.manual.sections:
        if section.number in lists:
            continue
        for passage in section.passages:
            if passage.kind in _RUNNING:
                yield section, passage


_Titles = dict[str, list[tuple[list[str], Position]]]


def _titles(subject: Subject) -> _Titles:
    """The titles of sheets, by their first word, as folded words, longest first."""
    titles: _Titles = defaultdict(list)
    for position in subject.manual.positions:
        folded = [fold(t) for t in _WORD.findall(position.title)]
        rank, taken = leading_rank(folded)
        if rank not in (None, Rank.HEAD) and len(folded) - taken > 1:
            titles[folded[0]].append((folded, position))
    for each in titles.values():
        each.sort(key=lambda title: -len(title[0]))
    return titles


def _title_at(text: str, titles: _Titles) -> tuple[Position, str | None] | None:
    """The title that a text begins with, and how it prints it where case or accents differ."""
    tokens = list(_WORD.finditer(text[:_LONGEST_TITLE]))
    folded = [fold(t[0]) for t in tokens]
    for title, position in titles.get(folded[0], []):
        if folded[: len(title)] == title:
            same = [t[0] for t in tokens[: len(title)]] == _WORD.findall(position.title)
            return position, None if same else text[: tokens[len(title) - 1].end()]
    return None


def _slips(written: dict[str, list[Evidence]]) -> Iterator[tuple[str, str]]:
    """Names that differ from another, which is not printed less often, by one letter."""
    tokens = {name: [fold(t) for t in _WORD.findall(name)] for name in written}
    by_shape: dict[tuple[int, str], list[str]] = defaultdict(list)
    for name, folded in tokens.items():
        if len(folded) >= _LEAST_WORDS:
            by_shape[len(folded), folded[0]].append(name)
    for names in by_shape.values():
        for at, name in enumerate(names):
            for other in names[at + 1 :]:
                slip = _slip(tokens[name], tokens[other])
                if slip is not None:
                    yield (name, other) if slip else (other, name)


def _slip(a: list[str], b: list[str]) -> bool | None:
    """Whether the first of two names is the misspelt one; None where neither is a slip.

    Told only of a doubled letter, or a missing one of two: which is right is then certain.
    """
    pairs = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
    if len(pairs) != 1:
        return None
    x, y = pairs[0]
    if min(len(x), len(y)) < _LONG or DamerauLevenshtein.distance(x, y) != 1:
        return None
    if len(x) == len(y):
        return None
    longer, shorter = (x, y) if len(x) > len(y) else (y, x)
    doubled = any(
        longer[:i] + longer[i + 1 :] == shorter and longer[i] == longer[i - 1]
        for i in range(1, len(longer))
    )
    if not doubled or longer[-3:-1] in ("rr", "ll"):
        return None
    return longer is x


def _finding(right: str, known: list[Evidence], forms: dict[str, list[Evidence]]) -> Finding:
    evidence = tuple(dict.fromkeys([*known[:1], *(e for each in forms.values() for e in each)]))
    told = joined(
        f"«{printed}» ({'; '.join(dict.fromkeys(place(e) for e in each))})"
        for printed, each in forms.items()
    )
    where = f" ({place(known[0])})" if known else ""
    return Finding(
        kind=Kind.UNIT_SPELLING_IN_TEXT,
        severity=Severity.LOW,
        sections=tuple(dict.fromkeys(e.section for each in forms.values() for e in each)),
        message=f"El texto escribe {told} por «{right}»{where}.",
        evidence=evidence,
    )
