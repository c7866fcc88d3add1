"""What can go wrong with a source file as a whole. Smaller things are `ParseWarning`s.

The message of each error is one Spanish sentence that says what to do.
"""

from corpus.errors import AsistenteError


class IngestError(AsistenteError):
    """Base of the errors of reading a source file."""


class SourceNotFoundError(IngestError):
    """There is no such file, or it can't be opened."""


class UnsupportedFormatError(IngestError):
    """The file's suffix is none that a reader is known for."""


class ReaderNotInstalledError(IngestError):
    """The format needs an optional extra that is not installed."""


class UnreadableSourceError(IngestError):
    """The file is empty, binary or damaged."""


class SourceTooBigError(IngestError):
    """The file, or what it unpacks to, is beyond a limit, or reading it took too much."""


class WouldLoseError(IngestError):
    """Storing the manual would take away much of what is indexed under its code."""


class NotAManualError(IngestError):
    """The text is readable, but it is no *Manual de Organización*."""
