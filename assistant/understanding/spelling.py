"""Sets right the slips of spelling that sound alike ("funsiones", "kien", "gefe", "q").

Only words that neither the manual nor everyday questions know are touched.
"""

import re
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from corpus.spanish import STOPWORDS, fold, stem

_QUESTION_WORDS = """
    primera segunda tercera cuarta quinta sexta septima octava novena decima
    quien quienes cual cuales que cuanto cuantos cuantas cuantas donde como cuando
    funcion funciones responsabilidad responsabilidades atribuciones obligaciones actividades
    objetivo proposito finalidad mision vision antecedentes introduccion lineamientos
    reporta reportan reportar reporte depende dependen jefe jefa jefes superior subordinados
    cadena mando cargo puesto puestos personal equipo area areas direccion direcciones director
    directora coordinacion coordinaciones coordinador coordinadora jefatura jefaturas secretaria
    secretario titular oficina departamento municipio municipal manual pagina paginas seccion
    capitulo version fecha emision tipo valor nominal funcional marco juridico legal leyes
    reglamento reglamentos diferencia comparar compara hace hacen hacer encarga encargan
    encargado encargada responsable atiende atienden ayuda ayudar necesito quiero puedo puedes
    puede hola gracias buenos buenas tardes noches favor ciudadano ciudadana vecinos vecinal
    vecinales colonia trabajo trabaja horario telefono correo sueldo sirve existe dice decir
    jerarquia jerarquica documento codigo clave compara enlista menciona describe cuesta gana
    pertenece pertenecen distingue distinguen distinguir diferencian comparten difunde difundir
    ordenamiento ordenamientos supervisa supervisan supervision subordinado superiores ocupa firma
    requisitos tramite tramites sistema computadora internet pregunta ella
"""
_SHORTHAND = {
    "q": "que", "k": "que", "ke": "que", "qe": "que", "pa": "para", "x": "por", "xq": "porque",
    "pq": "porque", "tmb": "tambien", "dnd": "donde", "kien": "quien", "kienes": "quienes",
    "qn": "quien", "toy": "estoy", "d": "de", "xfa": "porfa", "bn": "bien", "info": "informacion",
    "depto": "departamento", "gral": "general", "compu": "computadora",
}  # fmt: skip
_GLUED = {
    "alos": "a los", "alas": "a las", "ala": "a la", "dela": "de la", "delos": "de los",
    "delas": "de las", "enla": "en la", "enel": "en el", "conel": "con el", "conla": "con la",
}  # fmt: skip
"""Small words that fast typists write as one."""
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"ch", "%"),
        (r"h", ""),
        (r"qu|q", "k"),
        (r"c(?=[ei])|z|sc(?=[ei])", "s"),
        (r"c", "k"),
        (r"gu(?=[ei])", "&"),
        (r"g(?=[ei])", "j"),
        (r"&", "g"),
        (r"v", "b"),
        (r"ll", "y"),
        (r"(.)\1+", r"\1"),
        (r"[mn](?=[bp])", "n"),
    )
)
_LEAST_LENGTH = 8
_SIMILAR = 0.84
"""One slip in a word of 8 letters or more that doesn't sound alike ("funcionnes")."""
_WORD = re.compile(r"(?<!\w\.)[^\W_]+")
"""A word; what follows a full stop without a space is a part's letter ("VII.D") or a host."""


_HEAD_SLANG = re.compile(
    r"\b(?:mer[oa] mer[oa]|mandam[aá]s)(?= (?:de|del|en) (?!es[oea]\b))",
    re.IGNORECASE,
)
"""Who heads a unit, said as people say it."""


class Speller:
    """Knows the words of everyday questions and those of one manual."""

    def __init__(self, manual_words: Iterable[str], name_words: Iterable[str]) -> None:
        """`manual_words` are all folded words of the manual; `name_words`, those in the names of
        its positions, to which a misspelt word may be set right."""
        self._targets = sorted({*_QUESTION_WORDS.split(), *name_words})
        self._known = frozenset({*self._targets, *manual_words, *STOPWORDS})
        self._by_sound: dict[str, str] = {}
        self._by_letters: dict[str, str] = {}
        self._by_consonants: dict[str, set[str]] = {}
        for word in self._targets:
            self._by_consonants.setdefault(_consonants(word), set()).add(word)
            self._by_sound.setdefault(sound(word), word)
            if len(word) > 4:
                self._by_letters.setdefault("".join(sorted(word)), word)

    def correct(self, question: str) -> str:
        """The question with its slips set right; everything else stays as typed."""
        return _WORD.sub(lambda m: self._word(m[0]), _HEAD_SLANG.sub("titular", question))

    def _is_known(self, word: str) -> bool:
        """Whether a folded word, or the singular of it, is one that people write on purpose."""
        return bool({word, word.removesuffix("s"), word.removesuffix("es")} & self._known)

    def _word(self, typed: str) -> str:
        word = fold(typed)
        if word in _SHORTHAND and typed != "X":  # a chapter's number
            return _SHORTHAND[word]
        if word in _GLUED and word not in self._known:
            return _GLUED[word]
        if self._is_known(word) or word.isdigit() or len(word) < 4:
            return typed
        if heard := self._by_sound.get(sound(word)):
            return heard
        if swapped := self._by_letters.get("".join(sorted(word))):
            return swapped
        whole = [w for w in self._by_consonants.get(_consonants(word), ()) if _lacks_some(word, w)]
        if len(whole) == 1:
            return whole[0]
        if len(word) < _LEAST_LENGTH:
            return typed
        near = process.extractOne(
            word,
            self._targets,
            scorer=DamerauLevenshtein.normalized_similarity,
            score_cutoff=_SIMILAR,
        )
        if near is None or near[0][0] != word[0] or stem(near[0]) == stem(word):
            return typed  # another form of the word is no slip: "trabajar", "trabaja"
        return near[0]


def _lacks_some(word: str, whole: str) -> bool:
    """Whether all letters of a word stand in a longer one in that order."""
    letters = iter(whole)
    return len(word) < len(whole) and all(letter in letters for letter in word)


def _consonants(word: str) -> str:
    """A folded word without its vowels, which fast typists leave out ("dnde")."""
    return re.sub("[aeiou]", "", word)


def sound(word: str) -> str:
    """How a folded word sounds in Mexican Spanish: "gefe" and "jefe" sound alike."""
    for pattern, spoken in _SOUNDS:
        word = pattern.sub(spoken, word)
    return word
