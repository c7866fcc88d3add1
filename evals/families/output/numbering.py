"""Automatic numbering as Word keeps it: the marker is nowhere in the text."""

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph

from evals.families.blocks import Text

_FIRST = ("1.", "1)", "a)", "I.", "•", "–", "*", "·", "-")
_FORMATS = {
    "1.": ("decimal", "%1."),
    "1)": ("decimal", "%1)"),
    "a)": ("lowerLetter", "%1)"),
    "I.": ("upperRoman", "%1."),
    "•": ("bullet", "•"),
    "–": ("bullet", "–"),
    "*": ("bullet", "*"),
    "·": ("bullet", "·"),
    "-": ("bullet", "-"),
}
_FIRST_ID = 900
"""Beyond those of the template."""


class AutomaticNumbering:
    """Gives list items of a document their numbering; a list begins anew at its first marker."""

    def __init__(self, document: Document) -> None:
        self._numbering = document.part.numbering_part.element
        self._next = _FIRST_ID
        self._current: int | None = None
        for at, first in enumerate(_FIRST):
            self._define(_FIRST_ID + at, *_FORMATS[first])

    def apply(self, paragraph: Paragraph, text: Text) -> None:
        """Number a paragraph that is an item. Its text's marker says where its list begins."""
        if text.marker in _FIRST or self._current is None:
            shape = text.marker if text.marker in _FIRST else "1."
            self._current = self._list(_FIRST_ID + _FIRST.index(shape))
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = self._current

    def _define(self, number: int, form: str, shape: str) -> None:
        abstract = _element("w:abstractNum", {"w:abstractNumId": str(number)})
        level = _element("w:lvl", {"w:ilvl": "0"})
        for tag, value in (("start", "1"), ("numFmt", form), ("lvlText", shape)):
            level.append(_element(f"w:{tag}", {"w:val": value}))
        abstract.append(level)
        # definitions have to stand before the lists that use them
        self._numbering.insert(0, abstract)

    def _list(self, definition: int) -> int:
        self._next += 1
        made = _element("w:num", {"w:numId": str(self._next)})
        made.append(_element("w:abstractNumId", {"w:val": str(definition)}))
        override = _element("w:lvlOverride", {"w:ilvl": "0"})
        override.append(_element("w:startOverride", {"w:val": "1"}))
        made.append(override)
        self._numbering.append(made)
        return self._next


def _element(tag: str, attributes: dict[str, str]) -> BaseOxmlElement:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(name), value)
    return element
