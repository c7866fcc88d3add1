"""How people write: with articles, without accents, with a slip of the finger."""

import re
import unicodedata
from random import Random

from evals.generated.truth import Position
from evals.generated.vocabulary import question_templates

_PERSONAS = {"n": "employee", "s": "staff", "c": "citizen"}
_MARK = re.compile(r"\s*\(a\)")
_ORDINALS = (
    "primera", "segunda", "tercera", "cuarta", "quinta", "sexta", "séptima", "octava",
    "novena", "décima",
)  # fmt: skip
MONTHS = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre",
    "octubre", "noviembre", "diciembre",
)  # fmt: skip
_FEMININE = {
    "Director": "Directora",
    "Coordinador": "Coordinadora",
    "Jefe": "Jefa",
    "Supervisor": "Supervisora",
    "Administrativo": "Administrativa",
    "Jurídico": "Jurídica",
    "Secretario": "Secretaria",
    "Contralor": "Contralora",
}


def with_article(title: str) -> str:
    """ "la Coordinación de …", "la persona Titular de …"."""
    return f"la persona {title}" if title.startswith("Titular") else f"la {title}"


def person(position: Position, rng: Random) -> str:
    """The functional title without its gender mark, in one gender or the other."""
    words = _MARK.sub("", position.functional_title.text).split()
    if rng.random() < 0.5:
        words = [_FEMININE.get(w, w) if i < 2 else w for i, w in enumerate(words)]
    return " ".join(words)


def ask(intent: str, rng: Random, **values: str) -> tuple[str, str]:
    """A question of an intent in one of its wordings, and who would ask it so."""
    template = rng.choice(question_templates()[intent])
    mark, separator, rest = template.partition(":")
    if separator and mark in _PERSONAS:
        return rest.format(**values), _PERSONAS[mark]
    return template.format(**values), "staff"


def ask_about(intent: str, position: Position, rng: Random, **more: str) -> tuple[str, str]:
    """A question about a position."""
    la = with_article(position.title)
    values = {"la": la, "de": f"de {la}", "a": f"a {la}", "title": position.title}
    return ask(intent, rng, **values, person=person(position, rng), **more)


def ordinal(number: int) -> str:
    """ "tercera" for 3, and "número 12" from 11 on."""
    return _ORDINALS[number - 1] if number <= len(_ORDINALS) else f"número {number}"


def styled(question: str, rng: Random) -> tuple[str, str]:
    """A question as somebody would type it, and the name of that style."""
    style = rng.choices(["plain", "no_accents", "typos"], [60, 25, 15])[0]
    if style == "no_accents":
        return unaccented(question).lower().strip("¿?¡! "), style
    if style == "typos":
        return _slip(question, rng), style
    return question, style


def unaccented(text: str) -> str:
    """A text without accents (and "ñ" as "n")."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def _slip(question: str, rng: Random) -> str:
    words = question.split(" ")
    long = [i for i, w in enumerate(words) if len(w) > 6 and w.isalpha()]
    if not long:
        return question.lower()
    index = rng.choice(long)
    word, place = words[index], rng.randint(2, len(words[index]) - 3)
    words[index] = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    return " ".join(words)


def date_forms(day: int, month: int, year: int) -> list[str]:
    """The ways of writing a date that an answer may use."""
    return [
        f"{day:02d}/{month:02d}/{year}",
        f"{day}/{month}/{year}",
        f"{day} de {MONTHS[month - 1]} de {year}",
        f"{day:02d}/{month:02d}/{year % 100:02d}",
        f"{year}-{month:02d}-{day:02d}",
    ]


def opening(text: str, words: int = 6) -> str:
    """The first words of a text, without the punctuation at the end."""
    return " ".join(text.split()[:words]).rstrip(".;, ")
