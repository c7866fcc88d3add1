"""The project's error tree. The message of each error is one Spanish sentence for people."""


class AsistenteError(Exception):
    """Base of all errors that are shown to people: says what is wrong and what to do."""
