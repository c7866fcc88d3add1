"""The pack as one self-contained HTML page, which prints well on letter paper."""

from functools import cache
from typing import TYPE_CHECKING

from assistant.render.places import marks
from assistant.reports.induction.pack import InductionPack

if TYPE_CHECKING:
    from jinja2 import Template


def pack_html(pack: InductionPack, picture: str = "") -> str:
    """The page. `picture` is the SVG of the position's branch; all other text is escaped."""
    from markupsafe import Markup

    return _template().render(pack=pack, picture=Markup(picture), cites=marks, letter=letter)


def letter(index: int) -> str:
    """The letter of an option: 0 is "A"."""
    return chr(ord("A") + index)


@cache
def _template() -> "Template":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("assistant.reports.induction"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("pack.html")
