"""The pack as one self-contained HTML page, which prints well on letter paper."""

from assistant.render.places import marks
from assistant.reports.induction.pack import InductionPack
from assistant.reports.pages import template


def pack_html(pack: InductionPack, picture: str = "") -> str:
    """The page. `picture` is the SVG of the position's branch; all other text is escaped."""
    from markupsafe import Markup

    page = template("induction", "pack.html")
    return page.render(pack=pack, picture=Markup(picture), cites=marks, letter=letter)


def letter(index: int) -> str:
    """The letter of an option: 0 is "A"."""
    return chr(ord("A") + index)
