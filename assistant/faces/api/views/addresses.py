"""The addresses of pages, with everything in them that needs it quoted."""

from collections.abc import Sequence
from urllib.parse import quote, urlencode

from assistant.answering.answer import Citation
from assistant.render.reading import CUT

_HEAD, _TAIL = 90, 60
"""How much of a long quote an address carries: enough to find where it begins and ends."""


def manual_address(code: str) -> str:
    """The contents of a manual."""
    return f"/manual/{quote(code, safe='')}"


def section_address(code: str, number: str) -> str:
    """A section as a page of its own."""
    return f"{manual_address(code)}/{quote(number, safe='')}"


def page_address(code: str, page: int) -> str:
    """A printed page."""
    return f"{manual_address(code)}/pagina/{page}"


def picture_address(code: str, page: int, version: str, width: int) -> str:
    """The picture of a printed page; `version` changes with the source."""
    return f"{page_address(code, page)}.webp?v={version}&ancho={width}"


def passage_address(citations: Sequence[Citation]) -> str:
    """The section of some citations, of one section and page, with their quotes marked."""
    first = citations[0]
    return quoted_address(first.manual, first.section, first.page, [c.quote for c in citations])


def quoted_address(code: str, number: str, page: int, quotes: Sequence[str]) -> str:
    """A section with quotes of a page marked."""
    said = [("pagina", str(page)), *(("cita", abbreviated(each)) for each in quotes)]
    return f"{section_address(code, number)}?{urlencode(said)}#cita"


def chart_address(code: str, number: str | None = None) -> str:
    """The org chart, or the branch of a position."""
    return _with_position("/organigrama", code, number)


def city_address(municipality: str) -> str:
    """The org chart of a municipality."""
    return f"/organigrama?{urlencode({'municipio': municipality})}"


def induction_address(code: str, number: str | None = None) -> str:
    """The induction, or that of a position."""
    return _with_position("/induccion", code, number)


def abbreviated(text: str) -> str:
    """Beginning and end of a quote that is too long for an address."""
    return text if len(text) <= _HEAD + _TAIL else f"{text[:_HEAD]}{CUT}{text[-_TAIL:]}"


def _with_position(path: str, code: str, number: str | None) -> str:
    said = {"manual": code} | ({"puesto": number} if number else {})
    return f"{path}?{urlencode(said)}"
