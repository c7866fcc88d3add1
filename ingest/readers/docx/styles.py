"""What the styles of a Word document say of its paragraphs: headings, and numbers by style."""

import re
from collections.abc import Iterator
from typing import Any

_NAMESPACE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"(?:heading|t[ií]tulo|encabezado) ?(\d)")
_BODY_LEVEL = 9
_LONGEST_CHAIN = 20


def w(name: str) -> str:
    """The full name of an element or attribute of Word's own namespace."""
    return _NAMESPACE + name


def value(element: Any) -> str | None:
    """The `w:val` of an element, or None without either."""
    text: str | None = element.get(w("val")) if element is not None else None
    return text


class Styles:
    """The paragraph styles of a document."""

    def __init__(self, root: Any) -> None:
        """`root` is the element of styles.xml, or None where the document has none."""
        elements = [] if root is None else list(root.iterchildren(w("style")))
        self._styles = {element.get(w("styleId")): element for element in elements}
        self.default: str | None = next(
            (
                element.get(w("styleId"))
                for element in elements
                if element.get(w("type")) == "paragraph" and element.get(w("default")) == "1"
            ),
            None,
        )

    def numberings(self, style: str | None) -> Iterator[Any]:
        """The `numPr` of a style and of those that it is based on."""
        for element in self._chain(style):
            yield element.find(f"{w('pPr')}/{w('numPr')}")

    def heading_level(self, paragraph: Any) -> int | None:
        """The level, from 1, that a paragraph has as a heading; None for one of the text."""
        own = value(paragraph.find(f"{w('pPr')}/{w('outlineLvl')}"))
        if own is not None:
            return _level(own)
        for element in self._chain(value(paragraph.find(f"{w('pPr')}/{w('pStyle')}"))):
            named = _HEADING.fullmatch((value(element.find(w("name"))) or "").lower())
            if named:
                return int(named[1])
            outline = value(element.find(f"{w('pPr')}/{w('outlineLvl')}"))
            if outline is not None:
                return _level(outline)
        return None

    def _chain(self, style: str | None) -> Iterator[Any]:
        for _ in range(_LONGEST_CHAIN):
            element = self._styles.get(style)
            if element is None:
                return
            yield element
            style = value(element.find(w("basedOn")))


def _level(outline: str) -> int | None:
    return int(outline) + 1 if outline.isdigit() and int(outline) < _BODY_LEVEL else None
