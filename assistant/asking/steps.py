"""The steps of a turn, one after another; a LangChain runnable where somebody listens.

LangChain's runnables take 0.4 s to import, a fifth of what the first answer of a process may take:
who asks once in the terminal, and is told of no step, does without.
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

    def __init__(self, name: str, steps: Sequence[Step], *, calls_models: bool = False) -> None:
        """Where a step `calls_models`, tracing begins with the chain: it is always a runnable."""
        self.name = name
        self.steps = list(steps)
        self._calls_models = calls_models

    def invoke(self, turn: Turn, config: "RunnableConfig | None" = None) -> Turn:
        """The turn once all steps are taken. Raises what the steps and callbacks raise."""
        if config or self._calls_models:
            return self.runnable.invoke(turn, config)
        for step in self.steps:
            turn = step.work(turn, {})
        return turn

    @cached_property
    def runnable(self) -> "Runnable[Turn, Turn]":
        """The chain as LangChain takes it: callbacks are told of each step, by its name."""
        from assistant.asking.runnables import RunnableChain

        return RunnableChain(self.name, self.steps)
