"""Finds the chapters, parts and sheet numbers that a question names."""

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.structure.tokens import Token
from corpus.model import Manual, Section, SectionKind
from corpus.spanish import STOPWORDS, fold, stem, words

_ARABIC = re.compile(r"\b\d{1,2}(?:\.\d{1,2})+\b")
_NAMED_NUMBER = re.compile(
    r"\b(?:seccion|cedula|ficha|apartado|numeral|puesto|inciso|direccion|coordinacion|jefatura|"
    r"departamento|unidad)\s+(?:es (?:el|la) )?(?:numero |"
    r"no\.? |n\.? |num\.? |# ?)?(\d{1,2}(?:\.\d{1,2})*)\b"
)
_ROMAN = re.compile(
    r"\b(?:capitulo|seccion|apartado|parte|titulo|inciso)\s+([ivx]+)(?:\s*[.,-]?\s*(?:parte |"
    r"apartado |inciso )?([a-h]|[ivx]+|\d{1,2}))?\b"
)
_LAST_NUMBER = re.compile(
    r"\b(?:tiene|report[ae]n?(?: a)?|jef[ea] de|funcion(?:es)? de|objetivo de|hace|depende de)"
    r" (?:la|el) (\d{1,2})\W*$"
)
"""A section number at the end, in a question that only a position answers: "… tiene la 4?"."""
_BARE_ROMAN = re.compile(r"\b([IVX]{1,4})\.([A-H]|[IVX]{1,4}|\d{1,2})\b")
_GENERIC = frozenset(
    [
        "secretaria",
        "dependencia",
        "municipio",
        "municipal",
        "ayuntamiento",
        "gobierno",
        "manual",
        "general",
        "documento",
        "hoja",
        "institucion",
        "organizacion",
        "capitulo",
        "seccion",
        "apartado",
        "parte",
        "contenido",
        "dice",
        "decir",
        "habla",
        "trata",
        "cuales",
        "explica",
        "contiene",
        "indica",
        "menciona",
        "senala",
        "resumen",
        "resume",
        "resumeme",
        "dame",
        "dime",
        "texto",
        "manuales",
        "objetivo",
        "puesto",
        "puestos",
        "funciones",
    ]
)
"""Words that say little about which chapter is meant."""


_INSTITUTION = frozenset(stem(w) for w in ("dependencia", "secretaria", "instituto", "institucion"))
"""What people call the dependency that the manual is of."""


_BESIDE = _INSTITUTION | {
    stem(w)
    for w in (
        *("cual", "cuales", "dice", "dime", "tiene", "empresa", "entidad", "organismo"),
        *("municipalidad", "ayuntamiento", "universidad", "ministerio", "manual"),
    )
}
"""Words beside a title that add nothing to it."""
_ASIDE = re.compile(r"\s*(?:\([^)]*\)|[-–—/].*)")


_ORIGIN = frozenset(stem(w) for w in ("historia", "origen", "surgio", "surge", "nacio", "fundo"))
"""How people ask for the background of a dependency."""
_WHY_MADE = re.compile(
    r"\b(?:por que|como|para que|de donde)\b.* (?:se )?(?:creo|crearon|formo|formaron|constituyo|"
    r"hizo|hicieron|nacio|viene|salio)\b"
)
"""How they ask why there is one at all: "¿por qué se creó la Secretaría?"."""
_ASPIRES = re.compile(r"\baspira|\b(?:quiere|busca|pretende) (?:llegar|ser|convertirse)\b")
_REASON_TO_BE = re.compile(r"\brazon de ser\b")


def named_numbers(question: str) -> list[str]:
    """The section numbers that a question names, as the manual writes them, in order."""
    folded = fold(question)
    found = [(m.start(), m[0]) for m in _ARABIC.finditer(folded)]
    found += [(m.start(1), m[1]) for m in _NAMED_NUMBER.finditer(folded)]
    found += [(m.start(1), m[1]) for m in _LAST_NUMBER.finditer(folded)]
    for match in _ROMAN.finditer(folded):
        number = match[1].upper() + (f".{match[2].upper()}" if match[2] else "")
        found.append((match.start(), number))
    found += [(m.start(), m[0]) for m in _BARE_ROMAN.finditer(question)]
    return list(dict.fromkeys(number for _, number in sorted(found)))


def title_words(section: Section) -> list[str]:
    """The folded content words of a section's title."""
    return list(_content_words(section.title))


@lru_cache(maxsize=16_384)
def _content_words(title: str) -> tuple[str, ...]:
    return tuple(w for w in words(title) if w not in STOPWORDS)


def titled_sections(tokens: Sequence[Token], manual: Manual) -> list[Section]:
    """Chapters and unnumbered parts whose title a question says, the fullest match first.

    A part of a chapter counts only where its chapter's title is said too ("el alcance de los
    lineamientos").
    """
    spoken = {stem(t.word) for t in tokens if t.is_content}
    if spoken & _INSTITUTION:
        spoken |= _INSTITUTION
        folded = " ".join(t.word for t in tokens)
        if spoken & _ORIGIN or _WHY_MADE.search(folded):
            spoken.add(stem("antecedentes"))
        if _ASPIRES.search(folded):
            spoken.add(stem("vision"))
        if _REASON_TO_BE.search(folded):
            spoken.add(stem("mision"))
    scored = []
    for section in manual.sections:
        if section.kind is SectionKind.SHEET:
            continue
        if section.kind is SectionKind.PART:
            if _says_only(section, tokens):
                scored.append((1.0, 0, section))
            continue
        own = title_words(section)
        telling = [w for w in own if w not in _GENERIC] or own
        hits = [w for w in own if _said(w, spoken)]
        told = [w for w in telling if w in hits]
        generic_only = telling == own and all(w in _GENERIC for w in own)
        enough = len(hits) == len(own) if generic_only else 2 * len(told) >= len(telling)
        if enough and told:
            scored.append((len(hits) / len(own), len(hits), section))
    scored.sort(key=lambda row: row[:2], reverse=True)
    return [_fitting_part(section, spoken, manual) or section for _, _, section in scored]


def _says_only(part: Section, tokens: Sequence[Token]) -> bool:
    """Whether a question says the title of a part, without what stands in brackets, and nothing
    else: "¿cuál es la visión de la empresa?"."""
    own = {stem(w) for w in _content_words(_ASIDE.sub("", part.title))}
    said = {stem(t.word) for t in tokens if t.is_content} - _BESIDE
    return own == said and not all(w in _GENERIC for w in _content_words(part.title))


def each_said(tokens: Sequence[Token], sections: Sequence[Section]) -> tuple[Section, ...]:
    """The sections whose whole titles are said, if they are several, each by words of its own:
    "la misión y la visión"."""
    spoken = {stem(t.word) for t in tokens if t.is_content}
    whole = [
        s for s in sections if title_words(s) and all(_said(w, spoken) for w in title_words(s))
    ]
    taken: set[str] = set()
    for section in whole:
        own = {stem(word) for word in title_words(section)}
        if own & taken:
            return ()
        taken |= own
    return tuple(whole) if len(whole) > 1 else ()


def _fitting_part(chapter: Section, spoken: set[str], manual: Manual) -> Section | None:
    in_title = {stem(w) for w in title_words(chapter)}
    for part in manual.parts_of(chapter.number):
        own = title_words(part)
        telling = [w for w in own if stem(w) not in in_title and w not in {"nivel"}]
        if part.kind is SectionKind.PART and telling and all(_said(w, spoken) for w in telling):
            return part
    return None


def _said(word: str, spoken: set[str]) -> bool:
    return stem(word) in spoken
