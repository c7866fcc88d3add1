"""What the office chose at the desk, beside the settings of the environment; read at each use, so
that it holds at once in all processes."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from sqlalchemy import select

from assistant.desk.outcomes import Channel
from assistant.running.storage.book import Book
from assistant.running.storage.database import now
from assistant.running.storage.desk_tables import ChoiceRow

_ROW = "office"
MOST_EXAMPLES = 9

Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)]
Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")]


class Picture(BaseModel):
    """The emblem."""

    model_config = ConfigDict(frozen=True)

    content: str
    """Base64."""
    media_type: str


class Choices(BaseModel):
    """What was chosen; None leaves what the environment says."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    name: Annotated[str, StringConstraints(strip_whitespace=True, max_length=60)] | None = None
    contact: Line | None = None
    emergency: Annotated[str, StringConstraints(max_length=1_000)] | None = None
    colour: Colour | None = None
    colour_dark: Colour | None = None
    emblem: Picture | None = None
    examples: tuple[Line, ...] = Field(default=(), max_length=MOST_EXAMPLES)
    notice: Line | None = None
    """Shown on every page, such as "El manual se está actualizando"."""
    closed: frozenset[Channel] = frozenset()
    """Channels that are off."""


_TOLD = {
    "name": "nombre",
    "contact": "contacto",
    "emergency": "texto de emergencia",
    "colour": "color",
    "colour_dark": "color de la página oscura",
    "emblem": "emblema",
    "examples": "preguntas de ejemplo",
    "notice": "aviso",
    "closed": "por dónde se responde",
}


def differing(before: Choices, after: Choices) -> list[str]:
    """What of two choices is not the same, in words for people."""
    return [told for name, told in _TOLD.items() if getattr(before, name) != getattr(after, name)]


class ChoiceBook(Book):
    """Keeps the choices. Its methods raise DatabaseError."""

    def read(self) -> Choices:
        """What holds now."""
        value = self._value(select(ChoiceRow.value).where(ChoiceRow.name == _ROW))
        try:
            return Choices.model_validate_json(value) if value else Choices()
        except ValidationError:  # of another version of this program
            return Choices()

    def write(self, choices: Choices) -> None:
        """Let these hold from now on."""
        self._put(ChoiceRow, name=_ROW, value=choices.model_dump_json(), updated_at=now())
