"""A comparison as one web page, for the office that keeps the manual."""

from datetime import date

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from assistant.answering.changes import FIELD_NAMES, grouped, place_of, title_of
from assistant.render.places import on_page
from assistant.structure.comparing import Comparison

_ENVIRONMENT = Environment(
    loader=PackageLoader("assistant.reports.comparing"),
    autoescape=select_autoescape(default=True, default_for_string=True),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def comparison_html(comparison: Comparison, today: date) -> str:
    """The comparison as one page that needs nothing else; all texts are escaped."""
    return _ENVIRONMENT.get_template("comparison.html").render(
        comparison=comparison,
        title=title_of(comparison),
        groups=grouped(comparison),
        field_names=FIELD_NAMES,
        heading=place_of,
        on_page=on_page,
        today=f"{today:%d/%m/%Y}",
    )
