"""`asistente inducir`: the induction pack of a position."""

from pathlib import Path

from rich.console import Console
from rich.text import Text

from assistant.answering.finding import find_position
from assistant.faces.cli.choosing import chosen_knowledge
from assistant.faces.cli.output import write_file
from assistant.reports.charting import chart_png, chart_svg, chart_text
from assistant.reports.induction import induction_pack
from assistant.reports.induction.html import pack_html
from assistant.reports.induction.pdf import pack_pdf
from assistant.reports.induction.text import pack_text
from assistant.running.settings import Settings


def induct(
    name: str, settings: Settings, code: str | None, html: Path | None, pdf: Path | None
) -> None:
    """Show the pack in the terminal, or write it as HTML or PDF, or both.

    Raises OutputError, and PositionError for a name that means no position or several.
    """
    knowledge = chosen_knowledge(settings, code)
    position = find_position(knowledge, name)
    pack = induction_pack(position, knowledge)
    if html is None and pdf is None:
        text = pack_text(pack, chart_text(knowledge, around=position))
        shown = Text(text)
        shown.highlight_regex(r"(?m)^(?:[A-ZÁÉÍÓÚÑ]+ ?)+$|\AInducción.*$", "bold cyan")
        Console(highlight=False).print(shown)
        return
    if html is not None:
        _write(html, pack_html(pack, chart_svg(knowledge, around=position)))
    if pdf is not None:
        _write(pdf, pack_pdf(pack, chart_png(knowledge, around=position)))


def _write(path: Path, content: str | bytes) -> None:
    write_file(path, content)
    Console(stderr=True).print(f"Escrito: {path}", highlight=False, soft_wrap=True)
