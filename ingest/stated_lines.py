"""Reporting lines that running text states: "Depende directamente de la Dirección General"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from ingest.layouts.words import Kind, Words
from ingest.text import fold

_SENTENCES = re.compile(r"(?<=\.)(?<!\b[A-Z]{2}\.)(?<!\b[A-Z]{3}\.)\s+(?=[^a-záéíóúñ])")
"""Between sentences; "UND." and "LIC." are short for something."""
_ARTICLE = re.compile(r"(?:(?:l\s+a|el|la|los|las|l)\s+)+", re.I)
_END = re.compile(
    r"\s*(?:(?<!\b[a-z]{2})(?<!\b[a-z]{3})\.|[;:]|,(?=\s)|$"
    r"|\s(?:y|e|quien|que|a quien)\s+(?:l[ae]s?\s+)?"
    r"(?:tiene|tendra|ejerce|ejercera|supervisa|coordina|es|esta|mantiene|reporta|rinde|cuenta"
    r"|corresponden?|competen?|debera)\b)"
)
_REST_OF_NAME = re.compile(r",\s+\w+(?:\s+\w+){0,2}\s+[ye]\s+\w+(?:\s+\w+){0,2}\s*[.;]?\s*$")
"""What follows a comma that is in a name: "Desarrollo Urbano, Rural e Infraestructura"."""
_STAFFED = re.compile(r"^(?:si )?(?:tiene|cuenta con) (?:el )?(?=personal)")
_BELOW = re.compile(
    r"^(?:articulo \S+ )?del? (?:la |el )?(?P<of>[^.;:,]{4,100}?) depend(?:en|eran)"
    r"(?: directamente)?(?: (?:las|los) siguientes [^:]{4,60})?\s*:?\s+"
)
_SAME_UNIT = 90
_LATEST = 120
"""How far into a sentence it may say so: after the name of the unit itself."""


@dataclass(frozen=True)
class Stated:
    """A reporting line that a sentence states; `name` is a part of the sentence."""

    kind: Kind
    name: str
    sentence: str


def find_stated(
    text: str, words: Words, titles: frozenset[str], unit: str = ""
) -> Iterator[Stated]:
    """The reporting lines in a text, of each kind the first; `titles` are folded known names.

    With the name of the unit that the text is of, also what it says of it by name: "De la Dirección
    de Obras dependerán …".
    """
    seen: set[Kind] = set()
    for sentence in _SENTENCES.split(text):
        below = _below(sentence, unit) if unit else None
        for stated in [below] if below else _in_sentence(sentence, words, titles):
            if stated.kind not in seen:
                seen.add(stated.kind)
                yield stated


def begins_statement(text: str, words: Words) -> bool:
    """Whether a text begins with a reporting line, or with a unit's name and then one."""
    folded = fold(text)
    starts = [pattern.search(folded, 0, _LATEST) for pattern in words.sentences.values()]
    starts += [words.no_reports.search(folded, 0, _LATEST), _STAFFED.match(folded)]
    return any(
        match is not None and (match.start() == 0 or words.is_unit(text)) for match in starts
    )


def _in_sentence(sentence: str, words: Words, titles: frozenset[str]) -> Iterator[Stated]:
    folded = fold(sentence)
    none = words.no_reports.search(folded)
    if none and none.start() <= _LATEST:
        yield Stated(Kind.DIRECT_REPORTS, sentence[none.start() : none.end()].strip(), sentence)
    staffed = _STAFFED.search(folded)
    if staffed and not none and words.staff.match(folded, staffed.end()):
        name = sentence[staffed.end() : _list_end(folded, staffed.end())].strip()
        yield Stated(Kind.DIRECT_REPORTS, name, sentence)
    for kind, pattern in words.sentences.items():
        match = pattern.search(folded, 0, _LATEST)
        if not match or (none and kind is Kind.DIRECT_REPORTS):
            continue
        if re.search(r"\b(?:que|no|quien|cual(?:es)?)\s+$", folded[: match.start()]):
            continue
        start = match.end()
        article = _ARTICLE.match(sentence, start)
        start = article.end() if article else start
        end = (
            _name_end(folded, start, titles)
            if kind is Kind.REPORTS_TO
            else _list_end(folded, start)
        )
        name = sentence[start:end].strip(" ,")
        listed = ":" in folded[match.start() : match.end()] or name[:1].isdigit()
        named = words.is_unit(name) or fold(name) in titles or bool(words.staff.match(fold(name)))
        if kind is Kind.DIRECT_REPORTS and not (listed or named):
            continue
        if name and (listed or name[:1].isupper() or named):
            yield Stated(kind, name, sentence)


def _below(sentence: str, unit: str) -> Stated | None:
    """Who depends on a unit, where a sentence begins with that: "De la Dirección dependerán …"."""
    match = _BELOW.search(fold(sentence))
    if not match or fuzz.token_set_ratio(match["of"], fold(unit)) < _SAME_UNIT:
        return None
    name = sentence[match.end() : _list_end(fold(sentence), match.end())].strip()
    article = _ARTICLE.match(name)
    name = name[article.end() :] if article else name
    return Stated(Kind.DIRECT_REPORTS, name, sentence) if name else None


def _name_end(folded: str, start: int, titles: frozenset[str]) -> int:
    """Where a name ends: a known one where it ends, another at a comma or a full stop."""
    known = [
        len(title)
        for title in titles
        if folded.startswith(title, start)
        and not folded[start + len(title) : start + len(title) + 1].isalnum()
    ]
    if known:
        return start + max(known)
    match = _END.search(folded, start)
    if match and _REST_OF_NAME.match(folded, match.start()):
        match = _END.search(folded, match.end())
    return match.start() if match else len(folded)


def _list_end(folded: str, start: int) -> int:
    end = folded.find(".", start)
    return end if end >= 0 else len(folded)
