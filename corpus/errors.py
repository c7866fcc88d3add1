"""The project's error tree. The message of each error is one Spanish sentence for people."""

from typing import ClassVar


class AsistenteError(Exception):
    """Base of all errors that are shown to people: says what is wrong and what to do."""

    outward: ClassVar[str | None] = None
    """What those are told who only use the service, where the message names addresses, users or
    folders of the inside; None where the message may go anywhere."""

    @property
    def for_visitors(self) -> str:
        """The message for those who only use the service."""
        return self.outward or str(self)
