"""How answers and errors look in the terminal."""

from itertools import groupby

from rich.console import Console
from rich.panel import Panel
from rich.text import Text

from assistant.answering.answer import Answer, AnswerKind, Citation
from assistant.render.headings import heading
from assistant.render.places import where

_COLOURS = {AnswerKind.ANSWER: "green", AnswerKind.CLARIFY: "yellow", AnswerKind.ABSTAIN: "red"}
_MOST_SOURCES = 8


def print_answer(answer: Answer, console: Console) -> None:
    """Show an answer with its sources and with what may be asked next."""
    said, colour = Text(answer.answer), _COLOURS[answer.kind]
    console.print(Panel(said, title=heading(answer), title_align="left", border_style=colour))
    sources = source_lines(answer.citations)
    if sources:
        console.print(Text("Fuentes", style="bold"))
        for line in sources[:_MOST_SOURCES]:
            console.print(Text(f"  § {line}", style="dim"))
        if len(sources) > _MOST_SOURCES:
            console.print(Text(f"  … y {len(sources) - _MOST_SOURCES} más", style="dim"))
    if answer.suggestions:
        lead = "¿Cuál?" if answer.kind is AnswerKind.CLARIFY else "Puede preguntar también"
        console.print(Text(lead, style="bold"))
        for number, suggestion in enumerate(answer.suggestions, 1):
            console.print(Text(f"  {number}. {suggestion}", style="cyan"))


def source_lines(citations: list[Citation]) -> list[str]:
    """One line for each cited section and page: "3.2, p. 47 · Coordinación de … · función 3"."""
    lines = []
    for (section, title, _), group in groupby(
        citations, key=lambda c: (c.section, c.title, c.page)
    ):
        first, *others = group
        functions = [c.function for c in (first, *others) if c.function is not None]
        name = where(first) + ("" if section == title else f" · {title}")
        lines.append(f"{name}{_functions(functions)}")
    return list(dict.fromkeys(lines))


def _functions(numbers: list[int]) -> str:
    if not numbers:
        return ""
    if len(numbers) == 1:
        return f" · función {numbers[0]}"
    if numbers == list(range(numbers[0], numbers[-1] + 1)):
        return f" · funciones {numbers[0]}–{numbers[-1]}"
    return f" · funciones {', '.join(map(str, numbers))}"


def print_error(message: str, console: Console) -> None:
    """Show an error as one sentence."""
    console.print(Text(message, style="red"), soft_wrap=True)
