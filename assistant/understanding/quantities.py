"""How much a question asks for: bounds, extremes, the first so many, each of a kind."""

import re
from dataclasses import dataclass
from itertools import pairwise

from assistant.structure.naming import Rank, rank_word
from assistant.understanding.types import Measure

NUMBERS = {
    "uno": 1, "una": 1, "un": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6,
    "siete": 7, "ocho": 8, "nueve": 9, "diez": 10, "once": 11, "doce": 12, "trece": 13,
    "catorce": 14, "quince": 15, "veinte": 20,
}  # fmt: skip
"""Folded words for numbers."""
ORDINALS = {
    "primera": 1, "segunda": 2, "tercera": 3, "cuarta": 4, "quinta": 5, "sexta": 6,
    "septima": 7, "octava": 8, "novena": 9, "decima": 10, "ultima": -1, "primer": 1, **NUMBERS,
}  # fmt: skip
"""Words for the number of a function; -1 is the last."""
_N = rf"(\d{{1,3}}|{'|'.join(NUMBERS)})"
_AT_MOST = re.compile(
    rf"\b(?:a lo (?:mucho|mas)|(?:como )?maximo|cuando mucho|no (?:tienen? )?mas de) {_N}\b|"
    rf"\b{_N} o menos\b"
)
_AT_LEAST = re.compile(
    rf"\b(?:(?:al|por lo|cuando) menos|(?:como )?minimo|no menos de) {_N}\b|\b{_N} o mas\b"
)
_ABOVE = re.compile(rf"\b(?:mas|arriba) de {_N}\b")
_BELOW = re.compile(rf"\b(?:menos|abajo) de {_N}\b")
_EXACTLY = re.compile(rf"\b(?:exactamente|justo|justamente) {_N}\b")
_ONLY = re.compile(
    rf"\b(?:solo|solamente|nomas|unicamente) (?:tienen? |traen? |con )?{_N} \w|"
    rf"\b(?:tienen?|traen?|con) (?:solo|solamente|nomas|unicamente) {_N}\b"
)
_FEWEST = re.compile(r"\b(?:menos|menor|menores|minim[oa]s?|poc[oa]s|poquit[oa]s?)\b(?! de \d)")
_FIRST = re.compile(
    rf"\btop {_N}\b|\b(?:l[oa]s|cuales|que) {_N} (?:\w+ ){{0,5}}?(?:mas|menos|mayor|menor)\b|"
    rf"\b{_N} primer[oa]s\b|\bprimer[oa]s {_N}\b"
)
_EACH = re.compile(r"\b(?:(?:en|de|por) )?cada (?:un[oa] de l[oa]s )?(\w+)")
_FUNCTIONS = re.compile(
    r"\b(?:funcion|tarea|responsabilidad|atribucion|obligacion|actividad|labor|chamba|quehacer)"
)
_PEOPLE = re.compile(
    r"\b(?:gente|personal|personas|subordinad|plazas|emplead|raza|bola|"
    r"a (?:su|mi) (?:cargo|mando)|(?:le|les) reporta|dependen)"
)
_PLAIN = re.compile(
    rf"\b{_N} (?:funcion|tarea|puesto|plaza|persona|subordinad|jefatura|coordinacion|direccion|"
    r"departamento|unidad|cedula|ficha|nivel|capitulo)|"
    rf"\bhay (?:solo |nomas |solamente )?{_N} @"
)
_EVERY = re.compile(r"\btod[oa]s (?:l[oa]s|ell[oa]s)\b")
_HEIGHT = re.compile(r"\b(?:mas (?:alt[oa]|baj[oa]|arriba|abajo)|hasta (?:arriba|abajo))\b")
_LOW = re.compile(r"\b(?:baj[oa]|abajo)\b")
MORE_OR_LESS = re.compile(r"\b(?:mas|menos|mayor|menor)\b")
_HAS = frozenset(["mas", "menos", "tiene", "tienen", "trae", "traen", "con", "sin", "cuenta"])
_BETWEEN = frozenset(["de", "al", "por", "lo", "numero", "mas", "menos", "mayor", "menor", "su"])


@dataclass(frozen=True)
class Quantities:
    """What a question says of amounts."""

    least: int | None = None
    most: int | None = None
    """Bounds, both included, of what is counted of each position."""
    fewest: bool = False
    first: int | None = None
    """The first so many: "los tres puestos con más …"."""
    measure: Measure | None = None
    """What is counted of a position, where a word says it."""
    of_rank: Rank | None = None
    """The rank of the reports that are counted: "con más *jefaturas*"."""
    each: Rank | None = None
    """The rank of which each one is asked about: "cada *dirección*"."""
    number: int | None = None
    """A number of what is counted, without a bound: "¿tiene *9 funciones*?"."""
    every: bool = False
    """Whether it is said of all: "¿*todas* las jefaturas …?"."""
    height: int | None = None
    """Which end of the hierarchy is asked for: 0 the top, -1 the bottom."""

    @property
    def bounded(self) -> bool:
        """Whether what is counted must lie within bounds."""
        return self.least is not None or self.most is not None


def quantities_of(asking: str) -> Quantities:
    """What the folded words of a question, its names masked, say of amounts."""
    each = _EACH.search(asking)
    least, most = _bounds(asking)
    of_rank = _rank_had(asking)
    measure = Measure.REPORTS if of_rank or _PEOPLE.search(asking) else None
    measure = Measure.FUNCTIONS if _FUNCTIONS.search(asking) else measure
    height = _HEIGHT.search(asking) if measure is None else None
    first = _FIRST.search(asking)
    plain = _PLAIN.search(asking)
    return Quantities(
        least,
        most,
        least is None and most is None and bool(_FEWEST.search(asking)),
        _number(first) if first else None,
        measure,
        of_rank,
        rank_word(each[1]) if each else None,
        _number(plain) if plain else None,
        bool(_EVERY.search(asking)),
        (-1 if _LOW.search(height[0]) else 0) if height else None,
    )


def _bounds(asking: str) -> tuple[int | None, int | None]:
    """The least and the most, both included."""
    if match := _AT_MOST.search(asking):
        return None, _number(match)
    if match := _AT_LEAST.search(asking):
        return _number(match), None
    if match := _EXACTLY.search(asking) or _ONLY.search(asking):
        return _number(match), _number(match)
    if match := _ABOVE.search(asking):
        return _number(match) + 1, None
    if match := _BELOW.search(asking):
        return None, _number(match) - 1
    return None, None


def _number(match: re.Match[str]) -> int:
    said = next(group for group in match.groups() if group)
    return NUMBERS.get(said) or int(said)


def _rank_had(asking: str) -> Rank | None:
    """The rank that what is asked for has or lacks: "direcciones con más de dos *jefaturas*"."""
    words = asking.split()
    having = False
    for before, word in pairwise(["", *words]):
        rank = rank_word(word)
        if rank is not None and having and before != "@":
            return rank
        passing = word in _BETWEEN or word.isdigit() or word in NUMBERS
        having = word in _HAS or (having and passing)
    return None
