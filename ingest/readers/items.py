"""Lines that begin something: an item of a list, a fraction, an article."""

import re

from ingest.prose import is_item

_ENUMERATED = re.compile(
    r"(?:[IVXLC]{1,7}|[A-Z]|([a-z])\1)\s?(?:[.)]\s*[-–]?|[-–])\s+\S"
    r"|Art(?:[íi]culo|\.)\s+\d+\s*(?:[°ºo]\.?)?\s*(?:bis|ter)?\s*[.:\-–—]"
)


def starts_item(text: str) -> bool:
    """Whether a line begins an item, so that it never is the rest of the line above.

    Bullets and numbers, roman numerals and letters ("IV. ", "B) "), and articles ("Artículo 5.-").
    """
    return is_item(text) or _ENUMERATED.match(text) is not None
