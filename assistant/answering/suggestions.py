"""Questions to go on with."""

from assistant.answering.wording import numbered, of_the, the, to_the
from corpus.model import Manual, Position
from corpus.spanish import words


def suggestions_for(position: Position, skip: str = "") -> tuple[str, ...]:
    """Questions that one may want to ask next about a position."""
    offered = {
        "functions": f"¿Cuáles son las funciones {of_the(numbered(position))}?",
        "reports_to": f"¿A quién le reporta {the(numbered(position))}?",
        "direct_reports": f"¿Quién le reporta {to_the(numbered(position))}?",
        "objective": f"¿Cuál es el objetivo {of_the(numbered(position))}?",
    }
    if not position.direct_reports:
        offered.pop("direct_reports")
    if position.reports_to is None:
        offered.pop("reports_to")
    if position.objective is None:
        offered.pop("objective")
    if not position.functions:
        offered.pop("functions")
    return tuple(question for key, question in offered.items() if key != skip)[:3]


def examples(manual: Manual) -> tuple[str, ...]:
    """Questions that this manual answers."""
    positions = manual.positions
    if not positions:
        return ()
    amid, last = middle(manual), positions[-1]
    has_mission = any("mision" in words(s.title) for s in manual.sections)
    return (
        f"¿Cuáles son las funciones {of_the(numbered(amid))}?",
        f"¿A quién le reporta {the(numbered(last))}?",
        *(("¿Cuál es la misión?",) if has_mission else ()),
    )


def middle(manual: Manual) -> Position:
    """The position in the middle of the manual, as an example."""
    return manual.positions[len(manual.positions) // 2]
