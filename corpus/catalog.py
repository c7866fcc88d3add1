"""What is said of an indexed manual in the catalog, and the errors when it can't be used."""

from datetime import date, datetime
from typing import Any

from pydantic import ConfigDict, ValidationError

from corpus.errors import AsistenteError
from corpus.model import Record

FORMAT = 3
"""Of what is stored for a manual. Raise it when that changes: manuals are then ingested anew."""


class NoIndexError(AsistenteError):
    """No manual is indexed, or not the one that is needed."""


class UnknownManualError(NoIndexError):
    """The manual that was asked for is not indexed."""


class OutdatedIndexError(AsistenteError):
    """The index was written in another format than this version reads."""


class ModelMismatchError(AsistenteError):
    """The index was made by another embedding model than the one in use."""


class IndexReplacedError(AsistenteError):
    """The build that a reader was pinned to is gone."""


class NoFormerError(AsistenteError):
    """No build before the active one is kept."""


class IndexedManual(Record):
    """A record of the catalog: the build of one version of a manual."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    code: str
    version: str
    emission_date: date | None = None
    emission_printed: str = ""
    dependency: str = ""
    municipality: str = ""
    build: str
    previous: str
    """The build of this version before, kept until the next one for those who are reading it; ""
    if none."""
    source_sha256: str
    model_name: str
    """Identity of the embedding model, see `PreparedModel.name`."""
    pages: int
    chapters: int
    positions: int
    functions: int
    chunks: int
    ingested_at: datetime
    format: int = FORMAT

    @property
    def short_name(self) -> str:
        """Its dependency, or its code where it names none."""
        return self.dependency or f"Manual {self.code}"

    @property
    def name(self) -> str:
        """What to call it: its dependency, with its municipality, or its code."""
        if not self.dependency:
            return f"Manual {self.code}"
        place = self.municipality
        return f"{self.dependency} de {place}" if place else self.dependency

    @property
    def edition(self) -> str:
        """What makes it another version of the manual: the printed version and the date."""
        return f"{self.version}|{self.emission_date or ''}"

    @property
    def edition_name(self) -> str:
        """The same for people: "01 (2021-10-11)"."""
        dated = f" ({self.emission_date})" if self.emission_date else ""
        return f"{self.version or 'sin número'}{dated}"

    def require_model(self, model_name: str) -> None:
        """Raise ModelMismatchError unless the build was made by this embedding model."""
        if self.model_name != model_name:
            raise ModelMismatchError(
                f"El índice de «{self.code}» se hizo con el modelo «{self.model_name}»"
                f" y ahora se usa «{model_name}»; ejecute «asistente ingerir»."
            )


def no_index(code: str | None = None) -> NoIndexError:
    """The error for an empty catalog, or for a manual that isn't in it."""
    if code is None:
        return NoIndexError("Todavía no hay ningún manual indexado; ejecute «asistente ingerir».")
    return UnknownManualError(f"El manual «{code}» no está indexado; ejecute «asistente ingerir».")


def read_record(code: str, stored: Any) -> IndexedManual:
    """The record from the fields that Chroma keeps. Raises OutdatedIndexError."""
    try:
        record = IndexedManual.model_validate(stored)
    except ValidationError as error:
        raise _outdated(code) from error
    if record.format != FORMAT:
        raise _outdated(code)
    return record


def _outdated(code: str) -> OutdatedIndexError:
    return OutdatedIndexError(
        f"El índice de «{code}» es de otra versión del asistente; ejecute «asistente ingerir»."
    )
