"""One search over all manuals: which of them a question may be about.

    atlas.sync(records)                        # follow the catalog
    atlas.evidence("¿quién tapa los baches?")  # for each manual: names, words, meaning

It never answers: what it finds is opened and searched as a manual alone would be, so that an answer
doesn't depend on how many others are indexed. It is made of files that are derived from the store,
memory-mapped, and shared by all processes of a machine
([record 21](../../../docs/adr/0021-one-search-over-all.md)).
"""

from assistant.retrieval.atlas.atlas import Atlas, Evidence
from assistant.retrieval.atlas.shelf import Copy

__all__ = ["Atlas", "Copy", "Evidence"]
