"""Natural Spanish for names of positions: articles, contractions, plurals."""

import re
from functools import lru_cache

from assistant.structure.naming import Name, Rank
from corpus.model import Position
from corpus.spanish import fold

_FEMININE = re.compile(r"(?:cion|sion|dad|tad|tud|a|ura)$")
_STRESSED_A = {"area", "aula"}
"""Feminine nouns that take "el"."""
_PLURAL = re.compile(r"[^aeiou]es$|[ao]s$")
"""A title in the plural ("VENDEDORES"), as no title in the singular ends."""
_FEMININE_RANKS = {
    Rank.DIRECTORATE,
    Rank.GENERAL_DIRECTORATE,
    Rank.SUBDIRECTORATE,
    Rank.COORDINATION,
    Rank.GENERAL_COORDINATION,
    Rank.HEADSHIP,
    Rank.UNIT,
    Rank.SUBCOORDINATION,
    Rank.SUBHEADSHIP,
    Rank.MANAGEMENT,
    Rank.DELEGATION,
    Rank.SUPERVISION,
    Rank.SUBMANAGEMENT,
    Rank.OFFICE,
    Rank.SECTION,
    Rank.RESIDENCY,
    Rank.COMMISSARIAT,
}
PLURALS = {
    Rank.HEAD: "titulares de secretaría",
    Rank.UNDERSECRETARY: "subsecretarías",
    Rank.GENERAL_DIRECTORATE: "direcciones generales",
    Rank.DIRECTORATE: "direcciones",
    Rank.SUBDIRECTORATE: "subdirecciones",
    Rank.GENERAL_COORDINATION: "coordinaciones generales",
    Rank.COORDINATION: "coordinaciones",
    Rank.HEADSHIP: "jefaturas",
    Rank.DEPARTMENT: "departamentos",
    Rank.UNIT: "unidades",
    Rank.SUBCOORDINATION: "subcoordinaciones",
    Rank.SUBHEADSHIP: "subjefaturas",
    Rank.MANAGEMENT: "gerencias",
    Rank.DELEGATION: "delegaciones",
    Rank.SUPERVISION: "supervisiones",
    Rank.SUBMANAGEMENT: "subgerencias",
    Rank.OFFICE: "oficinas",
    Rank.SECTION: "secciones",
    Rank.RESIDENCY: "residencias",
    Rank.COMMISSARIAT: "comisarías",
}


@lru_cache(maxsize=4096)
def the(name: str) -> str:
    """A name with its article: "la Coordinación de…", "el Titular…", "el Auxiliar"."""
    first = fold(name.split()[0]) if name.split() else ""
    if first.startswith("titular"):
        return f"la persona {name}"
    if first in _STRESSED_A:
        return f"el {name}"
    rank = Name.parse(name).rank
    if rank is None and _PLURAL.search(first):
        return f"el puesto de {name}"
    feminine = rank in _FEMININE_RANKS and not re.match(
        r"(?:sub ?)?(?:jefe|director(?!a)|coordinador(?!a)|gerente)|supervisor(?!a)|delegado|"
        r"residente|comisario",
        fold(name),
    )
    return f"{'la' if feminine or _FEMININE.search(first) else 'el'} {name}"


def to_the(name: str) -> str:
    """ "a la Dirección…", "al Departamento…"."""
    return _contract("a", the(name))


def of_the(name: str) -> str:
    """ "de la Dirección…", "del Departamento…"."""
    return _contract("de", the(name))


def _contract(preposition: str, with_article: str) -> str:
    if with_article.startswith("el "):
        return f"{preposition}l {with_article[3:]}"
    return f"{preposition} {with_article}"


def capital(text: str) -> str:
    """The text with its first letter in upper case."""
    return text[:1].upper() + text[1:]


def numbered(position: Position) -> str:
    """ "Coordinación de Geomática (2.1.5)"."""
    return f"{position.title} ({position.number})"


def plural(count: int, singular: str, plural_form: str) -> str:
    """ "1 función", "27 funciones"."""
    return f"{count} {singular if count == 1 else plural_form}"


def of_that_rank(number: int, rank: Rank) -> str:
    """ "1 jefatura", "3 jefaturas"."""
    return f"{number} {rank.value if number == 1 else PLURALS[rank]}"


def none_of(rank: Rank) -> str:
    """ "ninguna jefatura", "ningún departamento"."""
    return f"{'ninguna' if rank in _FEMININE_RANKS else 'ningún'} {rank.value}"


def unstopped(text: str) -> str:
    """The text without the full stop or semicolon that it ends with."""
    return text.rstrip(" .;")
