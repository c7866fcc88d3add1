"""`asistente inducir`: the induction pack of a position."""

from pathlib import Path

from rich.console import Console
from rich.text import Text

from assistant.answering.finding import find_position
from assistant.faces.cli.choosing import chosen_knowledge
from assistant.reports.charting import chart_png, chart_svg, chart_text
from assistant.reports.induction import induction_pack
from assistant.reports.induction.html import pack_html
from assistant.reports.induction.pdf import pack_pdf
from assistant.reports.induction.text import pack_text
from assistant.running.settings import Settings
from corpus.errors import AsistenteError


def induct(
    name: str, settings: Settings, code: str | None, html: Path | None, pdf: Path | None
) -> None:
    """Show the pack in the terminal, or write it as HTML or PDF, or both.

    Raises PositionError for a name that means no position or several, and AsistenteError where
    a file can't be written.
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
        page = pack_html(pack, chart_svg(knowledge, around=position))
        _write(html, page.encode("utf-8"))
    if pdf is not None:
        _write(pdf, pack_pdf(pack, chart_png(knowledge, around=position)))


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise AsistenteError(
            f"No se pudo escribir «{path}»; compruebe la carpeta y los permisos."
        ) from error
    Console(stderr=True).print(f"Escrito: {path}", highlight=False, soft_wrap=True)
