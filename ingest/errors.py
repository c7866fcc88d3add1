"""What can go wrong with a source file as a whole. Smaller things are `ParseWarning`s.

The message of each error is one Spanish sentence that says what to do.
"""

from pathlib import Path

from corpus.errors import AsistenteError


class IngestError(AsistenteError):
    """Base of the errors of reading a source file."""


class SourceNotFoundError(IngestError):
    """There is no such file, or it can't be opened."""

    @classmethod
    def closed(cls, path: Path) -> "SourceNotFoundError":
        """The error for a file that is there, perhaps, and can't be opened."""
        return cls(f"No se pudo abrir «{path}»: revise que exista y que tenga permiso de lectura.")


class UnsupportedFormatError(IngestError):
    """The file's suffix is none that a reader is known for."""


class ReaderNotInstalledError(IngestError):
    """The format needs an optional extra that is not installed."""

    @classmethod
    def lacking(cls, extra: str, what: str) -> "ReaderNotInstalledError":
        """The error for an extra, without which `what` can't be read."""
        return cls(
            f"Para leer {what} falta instalar un complemento: "
            f"pip install 'asistente-del-manual[{extra}]'."
        )


class UnreadableSourceError(IngestError):
    """The file is empty, binary or damaged."""


class SourceTooBigError(IngestError):
    """The file, or what it unpacks to, is beyond a limit, or reading it took too much."""


class WouldLoseError(IngestError):
    """Storing the manual would take away much of what is indexed under its code."""


class NotAManualError(IngestError):
    """The text is readable, but it is no *Manual de Organización*."""
