"""Spanish words for matching: accents folded, stems, stop words.

Everything that compares words (the lexical index, entity linking, coverage) goes through here,
so that "Coordinación", "coordinacion" and "coordinaciones" are one word everywhere.
"""

import re
import threading
import unicodedata
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

import Stemmer

_WORD = re.compile(r"[a-z0-9]+")
_FOLDED_ION = re.compile(r"ion$")
MONTHS = (
    *("enero", "febrero", "marzo", "abril", "mayo", "junio"),
    *("julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
)
_GENDER_MARK = re.compile(r"\s*\((?:a|o|as|os|es)\)", re.I)

STOPWORDS = frozenset(
    ["a", "al", "algo", "alguien", "algun", "alguna", "algunas", "alguno", "algunos", "ante",
     "antes", "aquel", "aquella", "aquellas", "aquello", "aquellos", "aqui", "asi", "aun", "aunque",
     "bajo", "bien", "cada", "como", "con", "contra", "cosa", "cosas", "cual", "cuales",
     "cualquier", "cuando", "cuanta", "cuantas", "cuanto", "cuantos", "de", "del", "desde", "donde",
     "dos", "durante", "e", "el", "ella", "ellas", "ello", "ellos", "en", "entre", "era", "eran",
     "eres", "es", "esa", "esas", "ese", "eso", "esos", "esta", "estaba", "estan", "estar", "estas",
     "este", "esto", "estos", "estoy", "fue", "fueron", "ha", "hace", "hacen", "hacer", "hacia",
     "han", "hasta", "hay", "he", "ir", "la", "las", "le", "les", "lo", "los", "mas", "me", "mi",
     "mis", "mucha", "muchas", "mucho", "muchos", "muy", "nada", "ni", "no", "nos", "nosotros",
     "nuestra", "nuestras", "nuestro", "nuestros", "o", "os", "otra", "otras", "otro", "otros",
     "para", "pero", "poco", "por", "porque", "pues", "que", "quien", "quienes", "se", "sea",
     "sean", "ser", "si", "sido", "siempre", "sin", "sino", "sobre", "solo", "son", "soy", "su",
     "sus", "tal", "tambien", "tan", "tanto", "te", "tener", "tengo", "ti", "tiene", "tienen",
     "todo", "todos", "toda", "todas", "tu", "tus", "un", "una", "unas", "uno", "unos", "usted",
     "ustedes", "va", "van", "vaya", "voy", "y", "ya", "yo"]
)  # fmt: skip

_local = threading.local()
_MARKS = re.compile(
    f"[{''.join(chr(c) for c in range(0x300, 0x3100) if unicodedata.combining(chr(c)))}]"
)
"""The combining marks of all scripts that could stand in a manual. A pattern takes them away three
times as fast as `str.translate` does."""


def fold(text: str) -> str:
    """Lower case without accents (ñ becomes n), other characters kept."""
    if text.isascii():
        return text.lower()
    return _MARKS.sub("", unicodedata.normalize("NFD", text.lower()))


def words(text: str) -> list[str]:
    """The folded words and numbers of a text, in order; gender marks such as "(a)" dropped."""
    return _WORD.findall(fold(_GENDER_MARK.sub("", text)))


_PLURAL = re.compile(r"(?<=[aeiou][rlndz])es$|(?<=[aeiou])s$")


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The stem of one folded word.

    Snowball knows the ending "-ción" only with its accent, so that is put back first.
    """
    stemmer: Stemmer.Stemmer | None = getattr(_local, "stemmer", None)
    if stemmer is None:  # a Stemmer must not be shared between threads
        stemmer = _local.stemmer = Stemmer.Stemmer("spanish")
    stemmed = fold(stemmer.stemWord(_FOLDED_ION.sub("ión", word)))
    # plurals of foreign words ("apps", "hackers") are left as they are by Snowball
    return stemmed[:-1] if len(stemmed) > 3 and stemmed.endswith("s") else stemmed


def content_words(text: str) -> list[str]:
    """The folded words of a text that carry meaning, in order."""
    return [w for w in words(text) if w not in STOPWORDS]


def stems(text: str) -> list[str]:
    """The stems of the content words, in order."""
    return [stem(w) for w in content_words(text)]


@lru_cache(maxsize=65536)
def noun_stem(word: str) -> str:
    """The stem of a folded noun, the same in the plural: Snowball cuts "chofer" and "auxiliar"
    shorter than "choferes" and "auxiliares"."""
    return stem(_PLURAL.sub("", word))


def is_word_family(a: str, b: str) -> bool:
    """Whether two stems are of one family: equal, or the shorter (5 letters or more) opens the
    longer, which adds 3 letters at most ("vecin" and "vecinal", not "corre" and "correspond")."""
    if a == b:
        return True
    short, long = sorted((a, b), key=len)
    return len(short) >= 5 and len(long) - len(short) <= 3 and long.startswith(short)


def long_date(day: date) -> str:
    """A date as it is read: "31 de marzo de 2023"."""
    return f"{day.day} de {MONTHS[day.month - 1]} de {day.year}"


def joined(items: Iterable[str]) -> str:
    """Items as a Spanish enumeration: "a, b y c", "a e Irene"."""
    listed = list(items)
    if len(listed) < 2:
        return "".join(listed)
    last = listed[-1]
    return f"{', '.join(listed[:-1])} {and_before(last)} {last}"


def and_before(following: str) -> str:
    """ "y", or "e" where what follows begins with that sound: "e Irene"."""
    return "e" if re.match(r"h?i(?!e)", fold(following)) else "y"
