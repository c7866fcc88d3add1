"""Fills the placeholders of a wording: names masked as they are when served, or made up."""

import random
import re
from collections.abc import Iterable, Sequence

from corpus.embeddings import NAME_MASKS
from corpus.finetuning.noise import as_typed
from corpus.finetuning.training_data import Pairs

_PLACEHOLDER = re.compile(r"\{(puesto|otro|n|rango|tema|capitulo)\}")
_UNMASKED = 0.3
"""Share of wordings whose names stay: not every name is linked when served."""
_MOST_NUMBER = 40
_NUMBERS = ("dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "diez", "quince", "veinte")
_IN_WORDS = 0.25
_RANKS = (
    *("direcciones", "coordinaciones", "jefaturas", "subdirecciones", "secretarías"),
    *("departamentos", "unidades", "áreas", "enlaces", "analistas", "auxiliares", "gerencias"),
)
_CHAPTERS = (
    *("introducción", "objetivo del manual", "antecedentes", "marco jurídico", "misión", "visión"),
    *("valores", "estructura orgánica", "organigrama", "glosario", "directorio"),
    *("hoja de formalización", "control de cambios", "atribuciones", "base legal"),
    *("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "1", "3", "5", "7.2", "3.1"),
)
_RANK_OF_NAME = re.compile(
    r"^(?:Dirección General|Dirección|Subdirección|Coordinación General|Coordinación|Jefatura|"
    r"Departamento|Unidad|Oficina|Enlace|Gerencia|Subsecretaría|Secretaría|Centro|Área)"
    r" (?:de (?:la |los |las )?|del )?"
)
_PERSONS = ("coordinador de", "director de", "jefa de", "jefe de", "titular de", "encargado de")
_SHORT = {
    "Coordinación": "Coord.",
    "Dirección": "Dir.",
    "Jefatura": "Jef.",
    "Departamento": "Depto.",
}
_THING = re.compile(r"\b(?:los|las|el|la) ((?:[\wáéíóúñ]+ ?){1,6})")
_ENDS = frozenset(
    ["de", "del", "la", "las", "los", "el", "y", "en", "a", "al", "con", "que", "para", "por", "e"]
)
_STOPS = re.compile(r" (?:que|para|por|en|a|al|con|conforme|mediante|ante|sobre) ")


class Filler:
    """Fills wordings with names and topics of made-up offices."""

    def __init__(self, pairs: Iterable[Pairs]) -> None:
        pairs = list(pairs)
        self._names = sorted({each.unit for each in pairs})
        self._topics = sorted({topic for each in pairs if (topic := topic_of(each.function))})

    def fill(self, text: str, rng: random.Random, *, noise: bool = True) -> str:
        """The text with each placeholder filled, and typed as people do if `noise`."""
        masked = rng.random() >= _UNMASKED
        names = self._names_for(masked, rng)
        pieces = _PLACEHOLDER.split(text)
        filled = []
        dice = rng.random()
        for i, piece in enumerate(pieces):
            value = piece if i % 2 == 0 else self._value(piece, names, rng)
            typed = noise and not (i % 2 and masked and piece in ("puesto", "otro"))
            # one way of typing for the whole text
            filled.append(as_typed(value, random.Random(dice)) if typed else value)
        return "".join(filled)

    def _names_for(self, masked: bool, rng: random.Random) -> Sequence[str]:
        """For `{puesto}` and `{otro}`."""
        if masked:
            return NAME_MASKS[:2]
        return [as_said(name, rng) for name in rng.sample(self._names, 2)]

    def _value(self, placeholder: str, names: Sequence[str], rng: random.Random) -> str:
        if placeholder in ("puesto", "otro"):
            return names[placeholder == "otro"]
        if placeholder == "n":
            in_words = rng.random() < _IN_WORDS
            return rng.choice(_NUMBERS) if in_words else str(rng.randint(1, _MOST_NUMBER))
        if placeholder == "rango":
            return rng.choice(_RANKS)
        return rng.choice(self._topics if placeholder == "tema" else _CHAPTERS)


def as_said(name: str, rng: random.Random) -> str:
    """A unit's name as people say it: whole, short, or as the person who holds it."""
    short = _RANK_OF_NAME.sub("", name)
    way = rng.random()
    if way < 0.45:
        return name
    if way < 0.65:
        return short.lower()
    if way < 0.85:
        return f"{rng.choice(_PERSONS)} {short}"
    first, _, rest = name.partition(" ")
    return f"{_SHORT.get(first, first)} {rest}"


def topic_of(function: str) -> str | None:
    """The first thing that a function names, "los trabajos de bacheo"; None if it is not clear."""
    found = _THING.search(function)
    if found is None:
        return None
    phrase = _STOPS.split(found[0] + " ")[0].split()
    while phrase and phrase[-1] in _ENDS:
        phrase.pop()
    return " ".join(phrase) if len(phrase) > 1 else None
