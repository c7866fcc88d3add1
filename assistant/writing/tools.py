"""Looks further where the passages found first do not suffice: a few steps of an agent with tools.

What the tools find becomes numbered passages, like those found first. A search gives only what is
evidence enough: the model can look elsewhere, but not lower the bar.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from langchain_core.messages import AIMessage, AIMessageChunk
from langchain_core.runnables import RunnableConfig

from assistant.answering.answer import Citation
from assistant.answering.draft import Evidence
from assistant.answering.finding import PositionError, find_position
from assistant.answering.knowledge import Knowledge
from assistant.writing.passages import Assignment, Passage, numbered_passages
from assistant.writing.prompt import load_prompt
from corpus.model import Position

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

Search = Callable[[str], Sequence[Citation]]
"""The passages that are evidence enough for a question, best first."""

_STEPS = 3
"""Calls of the model; each may use several tools."""
_PER_TOOL = 4
_FUNCTIONS = 12
_NOTHING = "No hay nada que baste."


class Findings:
    """The passages of one answer: those found first, and what tools add."""

    def __init__(self, knowledge: Knowledge, search: Search, first: Sequence[Passage]) -> None:
        self.passages = list(first)
        self._knowledge = knowledge
        self._search = search

    def buscar(self, palabras: str) -> str:
        """Busca en el manual, con otras palabras, lo que falta."""
        return self._added(self._search(palabras)[:_PER_TOOL])

    def cedula(self, puesto: str) -> str:
        """Lee la cédula de un puesto: objetivo, a quién le reporta, quién le reporta, funciones."""
        return self._of_position(puesto, self._sheet)

    def linea_de_reporte(self, puesto: str) -> str:
        """Recorre la línea de reporte de un puesto hacia arriba."""
        return self._of_position(puesto, self._line)

    def _of_position(self, name: str, read: Callable[[Position], list[Citation]]) -> str:
        try:
            return self._added(read(find_position(self._knowledge, name)))
        except PositionError as error:
            return str(error)

    def _sheet(self, position: Position) -> list[Citation]:
        evidence = Evidence(self._knowledge.manual)
        for printed in (position.reports_to, position.direct_reports_printed):
            if printed is not None:
                evidence.row(position, printed)
        if position.objective is not None:
            stated = position.objective
            evidence.cite(evidence.sheet(position), stated.text, stated.page)
        for function in position.functions[:_FUNCTIONS]:
            evidence.function(position, function)
        return evidence.citations

    def _line(self, position: Position) -> list[Citation]:
        evidence = Evidence(self._knowledge.manual)
        for line in self._knowledge.chart.chain(position):
            if line.report.position is not None and line.report.position.reports_to is not None:
                evidence.row(line.report.position, line.report.position.reports_to)
        return evidence.citations

    def _added(self, citations: Sequence[Citation]) -> str:
        """Number what is new; what the tool tells the model of it."""
        known = {c: p for p in self.passages for c in p.citations}
        new = [c for c in citations if c not in known]
        added = numbered_passages(new, start=len(self.passages) + 1)
        self.passages += added
        told = [*(known[c] for c in citations if c in known), *added]
        return "\n".join(f"[{p.number}] {p.label}: {p.text}" for p in told) or _NOTHING


def looking_further(
    chat: "BaseChatModel", assignment: Assignment, findings: Findings, config: RunnableConfig
) -> Iterator[AIMessageChunk]:
    """The steps of an agent that adds to the findings; gives its messages, for their usage."""
    from langchain.agents import create_agent
    from langchain.agents.middleware import ModelCallLimitMiddleware

    prompt = load_prompt("herramientas")
    agent: Any = create_agent(
        chat,
        [findings.buscar, findings.cedula, findings.linea_de_reporte],
        system_prompt=prompt.instructions.strip(),
        middleware=[ModelCallLimitMiddleware(run_limit=_STEPS, exit_behavior="end")],
    )
    given = {"messages": [("human", f"{assignment.given()}\n{prompt.reminder}")]}
    for update in agent.stream(given, config, stream_mode="updates"):
        for part in update.values():
            for message in (part or {}).get("messages", ()):
                if isinstance(message, AIMessage):
                    yield AIMessageChunk(content="", usage_metadata=message.usage_metadata)
