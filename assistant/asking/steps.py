"""The steps of a turn, one after another, as a LangChain runnable.

LangChain's runnables take 0.4 s to import: they are imported with the first question.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from assistant.answering.turn import Turn

if TYPE_CHECKING:
    from langchain_core.runnables import Runnable, RunnableConfig

Work = Callable[[Turn, "RunnableConfig"], Turn]


@dataclass(frozen=True)
class Step:
    """One step: a turn in, the turn with what the step fills in out."""

    name: str
    work: Work


class Chain:
    """Steps one after another."""

    def __init__(self, name: str, steps: Sequence[Step]) -> None:
        self.name = name
        self.steps = list(steps)

    def invoke(self, turn: Turn, config: "RunnableConfig | None" = None) -> Turn:
        """The turn once all steps are taken; callbacks are told of each, by its name. Raises what
        the steps and callbacks raise."""
        return self.runnable.invoke(turn, config)

    @cached_property
    def runnable(self) -> "Runnable[Turn, Turn]":
        """The chain as LangChain takes it."""
        from assistant.asking.runnables import RunnableChain

        return RunnableChain(self.name, self.steps)
