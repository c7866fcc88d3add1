"""The log of the desk: who changed what, and when. It can be read and exported, never changed."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import insert, select

from assistant.running.storage.book import Book
from assistant.running.storage.database import now
from assistant.running.storage.desk_tables import DeedRow

_LONGEST = 500


class What(StrEnum):
    """What can be done at the desk; the words are what people read."""

    ENTERED = "entró"
    LEFT = "salió"
    LOCKED_OUT = "entrada cerrada por intentos fallidos"
    INVITED = "dio de alta"
    ACCEPTED = "usó su enlace de alta"
    ROLE = "cambió un papel"
    REMOVED = "dio de baja"
    PASSWORD = "cambió su contraseña"
    SECOND_FACTOR = "cambió su segundo factor"
    UPLOADED = "subió un manual"
    DISCARDED = "descartó un borrador"
    PUBLISHED = "publicó un manual"
    REINSTATED = "repuso la versión anterior"
    IN_FORCE = "puso en vigor una versión"
    FORGOT_VERSION = "quitó una versión"
    FORGOT = "quitó un manual"
    FINDING = "marcó una contradicción"
    TAUGHT = "enseñó una pregunta"
    UNTAUGHT = "quitó lo enseñado"
    SCORED = "calificó una respuesta"
    SETTINGS = "cambió los ajustes"
    EXPORTED = "exportó"


@dataclass(frozen=True)
class Deed:
    """One change."""

    at: datetime
    """UTC."""
    who: str
    what: str
    about: str


class DeedBook(Book):
    """The log. Its methods raise DatabaseError."""

    def write(self, who: str, what: What, about: str = "") -> None:
        """Note a change; `about` names what was changed, never a citizen."""
        told = about.replace("\0", "")[:_LONGEST]
        self._change(insert(DeedRow).values(at=now(), who=who[:254], what=what.value, about=told))

    def latest(self, most: int = 200) -> list[Deed]:
        """The last changes, the newest first."""
        newest_first = select(DeedRow.__table__).order_by(DeedRow.id.desc()).limit(most)
        rows = self._all(newest_first)
        return [Deed(row.at, row.who, row.what, row.about) for row in rows]


def as_csv(rows: Iterable[Iterable[object]]) -> str:
    """Rows as CSV that a spreadsheet opens; what begins like a formula is shown as text."""
    out = io.StringIO()
    writer = csv.writer(out)
    for row in rows:
        writer.writerow([_harmless(cell) for cell in row])
    return out.getvalue()


def _harmless(cell: object) -> object:
    said = str(cell)
    return f"'{said}" if isinstance(cell, str) and said[:1] in "=+-@\t\r" and said else cell
