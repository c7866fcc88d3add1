"""The words of layouts (`words.toml`) as matchers, tolerant of accents, case, gender and number."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from typing import Any

from rapidfuzz import fuzz, process

from ingest.text import fold

_LITERAL = 3
"""Words of up to so many letters ("de", "le", "a") have no other forms."""
_ENDING = r"(?:[oae][sn]?|s)?(?:\s?[(/]\s?[aoe]?s?\)?)?"
"""Number, gender and person: puesto, puestos; jefe, jefa, jefe(a), jefe/a; reporta, reportan."""
_MISPRINT = 88
"""Likeness (0 to 100) from which a label in a cell of its own is one that was mistyped."""
_SHORTEST_MISPRINT = 8
_LONGEST_LABEL = 80
_BROKEN = re.compile(r"(?<=[a-z])- (?=[a-z])")
"""What is left where the end of a line broke a word: "denomina- cion"."""
_COUNTED = re.compile(r"(funcion \S.*?)\s+\d{1,2}(?:\.\d{1,2})*")
"""A label of one of several, so that it is no objective: "Función principal 2"."""
_COLON = re.compile(r"\s*(?::|\.\s?[-–—]|\s[-–—]\s|\.$)\s*")


class Kind(StrEnum):
    """What a label introduces; the names are those of `words.toml`."""

    IDENTIFICATION = "identification"
    FUNCTIONAL_TITLE = "functional_title"
    UNIT_TITLE = "unit_title"
    NOMINAL_TITLE = "nominal_title"
    SECRETARIA = "secretaria"
    DIRECCION = "direccion"
    AREA = "area"
    ORGANISATION = "organisation"
    REPORTS_TO = "reports_to"
    DIRECT_REPORTS = "direct_reports"
    OBJECTIVE = "objective"
    VALUE = "value"
    TYPE = "type"
    DATE = "date"
    CODE = "code"
    OTHER = "other"
    FUNCTIONS = "functions"


FIELDS = {
    Kind.FUNCTIONAL_TITLE: "functional_title",
    Kind.NOMINAL_TITLE: "nominal_title",
    Kind.SECRETARIA: "secretaria",
    Kind.DIRECCION: "direccion",
    Kind.AREA: "area",
    Kind.REPORTS_TO: "reports_to",
    Kind.DIRECT_REPORTS: "direct_reports_printed",
    Kind.OBJECTIVE: "objective",
    Kind.VALUE: "value",
    Kind.TYPE: "type",
    Kind.DATE: "date",
}
"""What of a `Position` each label states."""


class HeaderEntry(StrEnum):
    """What a page header or a cover may state of the document."""

    CODE = "codigo"
    VERSION = "version"
    EMISSION = "emision"
    PAGE = "pagina"


@dataclass(frozen=True)
class Words:
    """The matchers. `of` is a pattern of "del puesto", "de la unidad" and their like."""

    labels: re.Pattern[str]
    starts: re.Pattern[str]
    plain: Mapping[str, Kind]
    functions_of: re.Pattern[str]
    sentences: Mapping[Kind, re.Pattern[str]]
    staff: re.Pattern[str]
    """How sentences name those who report without naming their posts: "personal de su área"."""
    no_reports: re.Pattern[str]
    lead_before: re.Pattern[str]
    lead_after: re.Pattern[str]
    names_functions: re.Pattern[str]
    lists_parts: re.Pattern[str]
    unit_head: re.Pattern[str]
    header: Mapping[HeaderEntry, re.Pattern[str]]
    chapter_titles: re.Pattern[str]
    contents_title: re.Pattern[str]
    table_heads: re.Pattern[str]
    learned: Mapping[str, Kind] = field(default_factory=dict)
    """Labels of one manual by their folded text: what `label_meanings` found them to mean."""

    def label(self, text: str) -> Kind | None:
        """What the text is the label of, if the whole of it is one."""
        if len(text) > _LONGEST_LABEL:
            return None
        folded = _BROKEN.sub("", fold(text)).strip(" :.-–—")
        if folded in self.learned:
            return self.learned[folded]
        counted = _COUNTED.fullmatch(folded)
        match = self.labels.fullmatch(counted[1] if counted else folded)
        if not match or not match.lastgroup:
            return None
        return Kind.FUNCTIONS if counted else Kind(match.lastgroup)

    def is_counted(self, label: str) -> bool:
        """True for "Función principal 2:", which stands before a function and no list of them."""
        return _COUNTED.fullmatch(fold(label).strip(" :.-–—")) is not None

    def misprinted(self, text: str) -> Kind | None:
        """What a label in a cell of its own stands for that is spelt nearly like a known one."""
        folded = fold(text).strip(" :.-–—")
        if not _SHORTEST_MISPRINT <= len(folded) <= _LONGEST_LABEL:
            return None
        found = process.extractOne(
            folded, self.plain.keys(), scorer=fuzz.ratio, score_cutoff=_MISPRINT
        )
        return self.plain[found[0]] if found else None

    def split(self, text: str) -> tuple[Kind, str, str] | None:
        """The label and value of "Jefe inmediato: Tesorería", the label as printed."""
        colon = _COLON.search(text[: _LONGEST_LABEL + 2])
        while colon:
            kind = self.label(text[: colon.start()])
            if kind:
                return kind, text[: colon.end()].rstrip(), text[colon.end() :]
            colon = _COLON.search(text[: _LONGEST_LABEL + 2], colon.end())
        return None

    def is_unit(self, text: str) -> bool:
        """True for a text that begins like the name of a unit or of a post."""
        return self.unit_head.match(fold(text)) is not None


@lru_cache(maxsize=1)
def standard_words() -> Words:
    """The words that stand in `words.toml`."""
    return _words(_data())


def words_with(labels: Mapping[str, Iterable[str]]) -> Words:
    """The words with further labels by kind. Raises ValueError for a kind that doesn't exist."""
    data = _data()
    for name, more in labels.items():
        kind = Kind(name)
        if kind is Kind.FUNCTIONS:
            data["functions"]["heads"] += list(more)
        else:
            data["labels"][kind] += list(more)
    return _words(data)


def _data() -> dict[str, Any]:
    text = files("ingest.layouts").joinpath("words.toml").read_text("utf-8")
    return tomllib.loads(text)


def _words(data: Mapping[str, Any]) -> Words:
    qualifier = _qualifier(data["qualifiers"])
    kinds = {kind: _any(data["labels"][kind], qualifier) for kind in Kind if kind in data["labels"]}
    heads = _any(data["functions"]["heads"])
    joined = rf"{heads}(?:\s*(?:,|/|\b[yoe]\b|\by/o\b)\s*{heads})*"
    before = rf"(?:{_any(data['functions']['before'])}\s+(?:l[ao]s\s+)?)?"
    kinds[Kind.FUNCTIONS] = rf"{before}{joined}(?:(?:\s+|\s*,\s*|\s+[ye]\s+){qualifier})*"
    first = (Kind.OBJECTIVE, Kind.FUNCTIONS)
    order = [*first, *(k for k in kinds if k not in (*first, Kind.OTHER)), Kind.OTHER]
    unit = rf"(?:sub[\s-]?|vice[\s-]?)?{_any([*data['units']['units'], *data['units']['posts']])}"
    sentences, subjects = data["sentences"], data["subjects"]
    objective = _any(data["labels"][Kind.OBJECTIVE], "general(?:es)?")
    directly = _any(sentences["directly"])
    return Words(
        labels=re.compile("|".join(f"(?P<{kind}>{kinds[kind]})" for kind in order)),
        starts=re.compile(
            rf"(?:(?P<reports_to>{kinds[Kind.REPORTS_TO]})"
            rf"|(?P<direct_reports>{kinds[Kind.DIRECT_REPORTS]}))\s+"
        ),
        plain={
            fold(re.sub(r"!|\s*(?:\[[^]]*\]|\{[^}]*\})", "", phrase)): kind
            for kind in kinds
            if kind is not Kind.FUNCTIONS
            for phrase in data["labels"][kind]
        },
        functions_of=re.compile(
            rf"(?:(?P<functions>{before}{joined})|{objective})"
            rf"\s+(?:del?|al?)\s+(?:l[ao]s?\s+)?(?P<unit>{unit}\b.*)"
        ),
        sentences={
            kind: re.compile(rf"\b{_any(sentences[kind], '', directly)}(?:\s*:\s*|\s+)")
            for kind in (Kind.REPORTS_TO, Kind.DIRECT_REPORTS)
        },
        staff=re.compile(rf"\b{_any(sentences['staff'])}\b"),
        no_reports=re.compile(rf"\b{_any(sentences['no_reports'])}\b[^.;]*"),
        lead_before=re.compile(
            rf"(?:{_any(subjects['before'])}|(?:son\s+)?{joined}\s+del?)\s+"
            rf"(?:l[ao]s?\s+|el\s+)?(?P<unit>{unit}\b[^.;:]*?)"
            r"\s*(?:[.;:]|$|,\s+(?:ademas|l[ao]s|para|sin|de|en|quien|con)\b|\s+l[ao]s\s+siguientes)"
        ),
        lead_after=re.compile(
            rf"(?:(?:al?|del?)\s+)?(?:l[ao]s?\s+|el\s+)?(?P<unit>{unit}\b[^.;:]{{0,90}}?)"
            rf"(?:\s*,[^.;:]{{0,200}}?,|,)?\s+(?:l[ae]s?\s+)?{_any(subjects['after'])}\b"
        ),
        names_functions=re.compile(rf"\b{heads}\b"),
        lists_parts=re.compile(rf"\b{_any(subjects['parts'])}\b"),
        unit_head=re.compile(rf"(?:(?:del?\s+)?(?:l[ao]s?|el)\s+|del\s+)?{unit}\b"),
        header={entry: re.compile(_any(data["header"][entry])) for entry in HeaderEntry},
        chapter_titles=re.compile(_any(data["chapters"]["unnumbered"])),
        contents_title=re.compile(rf"{_any(data['chapters']['contents'])}\b.{{0,60}}"),
        table_heads=re.compile(_any(data["table_heads"]["words"]) + r"[.:]?"),
    )


def _qualifier(data: Mapping[str, list[str]]) -> str:
    of = (
        r"(?:(?:inherentes?\s+)?(?:del?|al|a|por)\s+(?:l[ao]s?\s+|su\s+)?"
        rf"(?:{_any(data['of'])}))"
    )
    return rf"(?:{_any(data['words'])}|{of})"


def _any(phrases: Iterable[str], qualifier: str = "", directly: str = "") -> str:
    """A pattern of any of the phrases, the longest first.

    In them, [x] is optional, [d] is one of the words for "directly", {q} at the end is any number
    of qualifiers and {q+} one or more.
    """
    ordered = sorted(phrases, key=len, reverse=True)
    groups: dict[str, list[str]] = {}
    for phrase in ordered:
        text, _, sign = phrase.partition("{")
        groups.setdefault(sign, []).append(_phrase(text, directly))
    counts = {"": "", "q}": rf"(?:\s+{qualifier})*", "q+}": rf"(?:\s+{qualifier})+"}
    alternatives = (f"(?:{'|'.join(words)}){counts[sign]}" for sign, words in groups.items())
    return f"(?:{'|'.join(alternatives)})"


def _phrase(phrase: str, directly: str) -> str:
    parts: list[str] = []
    for token in re.findall(r"\[[^]]*\]|[^\s\[\]]+", phrase):
        gap = r"\s+" if parts else ""
        if token == "[d]":
            parts.append(rf"(?:{gap}{directly})?")
        elif token.startswith("["):
            inner = r"\s+".join(_word(word) for word in token[1:-1].split())
            parts.append(rf"(?:{gap}{inner})?")
        else:
            parts.append(gap + _word(token))
    return "".join(parts)


def _word(word: str) -> str:
    folded = fold(word)
    if folded.endswith("!"):
        return re.escape(folded.removesuffix("!"))
    if len(folded) <= _LITERAL or not folded.isalpha():
        return {"de": r"del?", "al": "al?", "a": "al?"}.get(folded, re.escape(folded))
    stem = re.sub(r"[oae]$", "", folded.removesuffix("s"))
    return re.escape(stem) + _ENDING
