"""What may be chosen for a manual: the layout, and the ways of printing its parts."""

from enum import StrEnum


class Family(StrEnum):
    """The layouts that are made."""

    TABLE = "table"
    """A table a position."""
    LABELLED = "labelled"
    """A position with labels or free sentences, without a table."""
    UNITS = "units"
    """A heading a unit, objective, functions."""
    ATTRIBUTIONS = "attributions"
    """A heading a unit, attributions only."""
    REGULATION = "regulation"
    """Titles, chapters named for the units, articles, fractions."""
    MIXED = "mixed"
    """A chapter of units, and one of position tables."""


class HeaderKind(StrEnum):
    """What stands at the head and foot of pages."""

    NONE = "none"
    CLAVE_HOJA = "clave_hoja"
    PAGINA_DE = "pagina_de"
    CODIGO_VERSION = "codigo_version"
    EDICION = "edicion"
    GACETA = "gaceta"
    FOLIO = "folio"
    """Held out."""
    SIGLAS = "siglas"
    """Held out."""


class Numerals(StrEnum):
    """How chapters are numbered."""

    ROMAN = "roman"
    ROMAN_DASH = "roman_dash"
    ARABIC = "arabic"
    CHAPTER_ROMAN = "chapter_roman"
    CHAPTER_LINE = "chapter_line"
    """"CAPÍTULO II" on a line of its own."""
    LETTER = "letter"
    NONE = "none"
    CHAPTER_ORDINAL = "chapter_ordinal"
    """Held out: "CAPÍTULO SEGUNDO"."""
    CHAPTER_ARABIC = "chapter_arabic"
    """Held out: "CAPÍTULO 2"."""


class Marker(StrEnum):
    """What stands before a function."""

    NUMBER = "number"
    NUMBER_PAREN = "number_paren"
    BULLET = "bullet"
    DASH = "dash"
    LETTER = "letter"
    ROMAN = "roman"


class UnitNumber(StrEnum):
    """What stands before a unit's title."""

    DECIMAL = "decimal"
    UNDER_CHAPTER = "under_chapter"
    """The chapter's arabic number goes first."""
    BUDGET = "budget"
    NONE = "none"


class TableForm(StrEnum):
    """How a table tells a position's title, boss and reports."""

    PAIRS = "pairs"
    """Label left, value right."""
    STACKED = "stacked"
    """Labels in a row, the values in the row below."""
    INLINE = "inline"
    """"Label: value" in one cell."""
    AUTHORITY = "authority"
    """Boss and reports as sentences in one cell."""
