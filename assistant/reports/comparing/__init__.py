"""The changes between two versions of a manual as one web page, for the office that keeps it.

comparison_html(compare(old, new), today)
"""

from datetime import date

from assistant.answering.changes import FIELD_NAMES, grouped, place_of, title_of
from assistant.render.places import on_page
from assistant.reports.pages import template
from assistant.structure.comparing import Comparison


def comparison_html(comparison: Comparison, today: date) -> str:
    """The comparison as one page that needs nothing else; all texts are escaped."""
    return template("comparing", "comparison.html").render(
        comparison=comparison,
        title=title_of(comparison),
        groups=grouped(comparison),
        field_names=FIELD_NAMES,
        heading=place_of,
        on_page=on_page,
        today=f"{today:%d/%m/%Y}",
    )
