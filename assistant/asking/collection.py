"""What is asked of several manuals as a whole: which there are, and who answers from them."""

import re
from collections import Counter
from collections.abc import Sequence

from assistant.answering.blocks import item, paragraph, paragraphs, stacked
from assistant.answering.draft import Draft
from assistant.answering.texts import said
from assistant.understanding.types import Intent
from corpus.catalog import IndexedManual
from corpus.spanish import STOPWORDS, fold, joined, words

_WHICH_THERE_ARE = re.compile(
    r"\b(?:que|cuales|cuantos|cuantas)(?: son)?(?: los| las)?(?: otros| otras)? "
    r"(?:manuales|dependencias|municipios)\b(?! (?:de organizacion )?(?:que )?"
    r"(?:debe|se debe|elabora|atiende|apoya|ve|revisa|coordina|participa))"
    r".{0,30}?\b(?:hay|tiene|tienes|tienen|existen|conoces|sabes|son|estan|indexad[oa]s|puedo)\b"
)
_MOST_LISTED = 20
_OF_MANY = {Intent.GREETING: "greeting_of_many", Intent.IDENTITY: "identity_of_many"}


def asks_which_there_are(question: str) -> bool:
    """Whether a cleaned question asks which manuals or dependencies there are."""
    return bool(_WHICH_THERE_ARE.search(fold(question)))


def which_there_are(question: str, records: Sequence[IndexedManual]) -> Draft:
    """The manuals of the municipality that the question names, or of all; where these are many, of
    how many dependencies of which municipality there are any."""
    spoken = set(words(question))
    own = [
        each
        for each in records
        if (place := {w for w in words(each.municipality) if w not in STOPWORDS})
        and place <= spoken
    ] or list(records)
    if len(own) <= _MOST_LISTED:
        names = [item(f"{each.dependency or each.code} ({each.code})") for each in own]
        told = stacked([paragraph(f"Hay manuales de {_whose(own)}:"), *names])
        return Draft(told, grounded=False)
    counted = Counter(each.municipality or "municipio que no dicen" for each in own)
    listed = [f"{place} ({count})" for place, count in counted.most_common(_MOST_LISTED)]
    left = len(counted) - _MOST_LISTED
    places = joined([*listed, f"{left} municipios más"] if left > 0 else listed)
    readings = tuple(f"¿Qué manuales hay de {p}?" for p in list(counted)[:4] if p in _places(own))
    told = paragraphs(f"Hay manuales de {_whose(own)}: {places}.")
    return Draft(told, suggestions=readings, grounded=False)


def introduced(intent: Intent, records: Sequence[IndexedManual]) -> Draft | None:
    """Who answers, where it answers from several manuals; None for what asks nothing of that."""
    name = _OF_MANY.get(intent)
    if name is None:
        return None
    text = said("courtesy", name, whose=_whose(records))
    return Draft(paragraphs(text), suggestions=("¿Qué manuales hay?",), grounded=False)


def _whose(records: Sequence[IndexedManual]) -> str:
    """ "14 dependencias de Xalotepec", "42 dependencias de 3 municipios"."""
    count = f"{len(records)} {'dependencia' if len(records) == 1 else 'dependencias'}"
    places = _places(records)
    if not places:
        return count
    return f"{count} de {next(iter(places)) if len(places) == 1 else f'{len(places)} municipios'}"


def _places(records: Sequence[IndexedManual]) -> set[str]:
    return {each.municipality for each in records} - {""}
