"""Whom a position works with most, by the manual's own mentions of units in the sheets."""

from itertools import islice

from assistant.answering.blocks import quote
from assistant.answering.draft import Evidence
from assistant.answering.knowledge import Knowledge
from assistant.answering.wording import capital, numbered, the
from assistant.reports.induction.pack import Statement, stated
from assistant.structure.collaboration import Naming
from corpus.model import Position

_MOST = 6


def colleagues(position: Position, knowledge: Knowledge) -> list[Statement]:
    """The positions that this one's functions name or whose functions name this one, those named
    most often first; each with the functions that say so."""
    found = knowledge.collaborations.of(position)
    return [
        _statement(number, namings, knowledge) for number, namings in islice(found.items(), _MOST)
    ]


def _statement(number: str, namings: list[Naming], knowledge: Knowledge) -> Statement:
    evidence = Evidence(knowledge.manual)
    places = [evidence.function(naming.owner, naming.function) for naming in namings]
    first = namings[0]
    theirs = first.owner.number == number
    other = first.owner if theirs else first.named
    sheet = "su cédula" if theirs else "la cédula de usted"
    lead = f"{capital(the(numbered(other)))}, por la función {first.function.number} de {sheet}: "
    said = quote(first.function.text, places[0])
    return stated(lead, said, citations=evidence.citations)
