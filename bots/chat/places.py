"""Finds what a command names, in all of the manuals: a position, a section."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.finding import PositionError, UnknownPositionError, find_position
from assistant.asking.library import Library, OpenManual
from corpus.errors import AsistenteError
from corpus.model import Position, Section, heading_of
from corpus.spanish import fold, joined

_MOST = 8
"""Sections or positions to choose from."""


@dataclass(frozen=True)
class Place:
    """A section of a manual; a position is its sheet."""

    opened: OpenManual
    section: Section

    @property
    def label(self) -> str:
        """ "2.1.5 Coordinación de Geomática"."""
        return heading_of(self.section)


class UnknownSectionError(AsistenteError):
    """No manual has such a section."""


class UnclearError(AsistenteError):
    """Several things may be meant, or the nearest ones are offered."""

    def __init__(self, message: str, places: list[Place]) -> None:
        super().__init__(message)
        self.places = places


def find_place_of_position(library: Library, named: str) -> Place:
    """The sheet of the position that a text names.

    Raises UnclearError, which offers what may be meant, PositionError where there is nothing to
    offer, and what `Library.manuals` raises.
    """
    found: list[Place] = []
    offered: list[Place] = []
    failure: PositionError | None = None
    for opened in library.likely(named):
        try:
            found += _sheets(opened, [find_position(opened.knowledge, named)])
        except PositionError as error:
            may_be_meant = not isinstance(error, UnknownPositionError)
            (found if may_be_meant else offered).extend(_sheets(opened, error.positions))
            failure = error
    if len(found) == 1:
        return found[0]
    if found:
        raise UnclearError(f"¿Cuál de estos puestos es «{named}»?", found[:_MOST])
    if offered and failure is not None:
        message = f"{_no_manual(library)} cédula del puesto «{named}». ¿Es alguno de estos?"
        raise UnclearError(message, offered[:_MOST])
    raise failure or PositionError("Diga el nombre de un puesto, o su número de sección.")


def find_section(library: Library, named: str) -> Place:
    """The section that a text names, by its number or its title: "3.2", "vii d", "directorio".

    Raises UnclearError, UnknownSectionError, and what `Library.manuals` raises.
    """
    wanted = _plain(named)
    exact, partly = [], []
    for opened in library.likely(named):
        for section in opened.knowledge.manual.sections:
            place = Place(opened, section)
            number = _plain(section.number)
            if wanted in {number, _plain(section.title)} or ".".join(wanted.split()) == number:
                exact.append(place)
            elif wanted and wanted in _plain(section.title):
                partly.append(place)
    found = exact or partly
    if len(found) == 1:
        return found[0]
    if found:
        raise UnclearError(f"¿Cuál de estas secciones es «{named}»?", found[:_MOST])
    raise UnknownSectionError(f"{_no_manual(library)} la sección «{named}».")


def labels_of(places: Sequence[Place]) -> list[str]:
    """How to tell places apart; with the manual's code where several are of different manuals."""
    codes = {each.opened.record.code for each in places}
    if len(codes) == 1:
        return [each.label for each in places]
    return [f"{each.label} · {each.opened.record.code}" for each in places]


def _no_manual(library: Library) -> str:
    codes = [each.record.code for each in library.manuals()]
    if len(codes) > _MOST:
        return f"Ninguno de los manuales que pueden ser, de {len(codes)}, tiene"
    return f"{joined(codes)} no {'tiene' if len(codes) == 1 else 'tienen'}"


def _sheets(opened: OpenManual, positions: tuple[Position, ...] | list[Position]) -> list[Place]:
    sections = (opened.knowledge.manual.section(each.number) for each in positions)
    return [Place(opened, section) for section in sections if section is not None]


def _plain(text: str) -> str:
    return "".join(c if c.isalnum() or c == "." else " " for c in fold(text)).strip(" .")
