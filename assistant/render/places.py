"""How it is written where a manual says something: the one module that spells it."""

from collections.abc import Iterable
from typing import Protocol


class Located(Protocol):
    """What stands on a page of a section: a citation, a chunk."""

    @property
    def section(self) -> str:
        """The section's number, or its title where it has none."""

    @property
    def page(self) -> int:
        """The printed page."""


class Titled(Located, Protocol):
    """The same where the section's title is known too."""

    @property
    def title(self) -> str:
        """Of the section."""


def where(at: Located) -> str:
    """ "3.2, p. 47"."""
    return _where(at.section, at.page)


def mark(at: Located) -> str:
    """ "[3.2, p. 47]": within a text."""
    return mark_of(at.section, at.page)


def mark_of(section: str, page: int) -> str:
    """The same for a section and a page."""
    return f"[{_where(section, page)}]"


def marks(of: Iterable[Located]) -> str:
    """The marks of several, each once."""
    return " ".join(dict.fromkeys(map(mark, of)))


def label(at: Titled) -> str:
    """ "§ 3.2, p. 47"; a part without a number goes by its title alone."""
    return f"{_sign(at)}{where(at)}"


def chip_label(at: Titled) -> str:
    """ "§ 3.2 · p. 47": on what can be touched."""
    return f"{_sign(at)}{chip(at)}"


def chip(at: Located) -> str:
    """ "3.2 · p. 47"."""
    return f"{at.section} · {on_page(at.page)}"


def on_page(page: int) -> str:
    """ "p. 47"."""
    return f"p. {page}"


def _where(section: str, page: int) -> str:
    return f"{section}, {on_page(page)}"


def _sign(at: Titled) -> str:
    return "" if at.section == at.title else "§ "
