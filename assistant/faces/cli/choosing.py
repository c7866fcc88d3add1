"""The manual that a command works on: the one that is named, or the only one."""

from assistant.answering.knowledge import Knowledge
from assistant.running.settings import Settings
from corpus.errors import AsistenteError
from corpus.store import open_store

_MOST_CODES = 10


class SeveralManualsError(AsistenteError):
    """Several manuals are indexed and none is named."""


def chosen_knowledge(settings: Settings, code: str | None) -> Knowledge:
    """What there is to know of the manual; the embedding model isn't needed for it.

    Raises NoIndexError, SeveralManualsError, OutdatedIndexError, StoreUnreachableError.
    """
    store = open_store(settings.data_dir, settings.chroma_url)
    if code is None:
        codes = [record.code for record in store.catalog()]
        if len(codes) > 1:
            listed = ", ".join(codes[:_MOST_CODES]) + (", …" if len(codes) > _MOST_CODES else "")
            raise SeveralManualsError(
                f"Hay varios manuales ({listed}); diga cuál con «--manual {codes[0]}»."
            )
        code = codes[0] if codes else ""
    return Knowledge(store.manual(code))
