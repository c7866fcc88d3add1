"""Why an answer is as it is: the query, what was considered, the evidence."""

from collections.abc import Iterator
from typing import Any

from langchain_core.callbacks import BaseCallbackHandler

from assistant.answering.answer import Answer
from assistant.answering.turn import Turn
from assistant.faces.serving.asked_names import KIND_NAMES, REASON_NAMES, asked_name
from assistant.render.places import where
from assistant.understanding.focus import NOTHING, Focus
from assistant.understanding.types import Intent

_MOST_HITS = 3


class Explanation(BaseCallbackHandler):
    """Listens to the steps of a message's turns."""

    def __init__(self) -> None:
        self._turns: list[Turn] = []

    def on_chain_end(self, outputs: Any, **_: Any) -> None:
        """Note a turn as its chain leaves it."""
        self.note(outputs)

    def note(self, outputs: Any) -> None:
        """Note a turn as a step leaves it: each step gives the same turn, further on."""
        if not isinstance(outputs, Turn):
            return
        if self._turns and self._turns[-1].question == outputs.question:
            self._turns[-1] = outputs
        else:
            self._turns.append(outputs)

    @property
    def focus(self) -> Focus:
        """What was spoken of before the message."""
        return self._turns[0].focus if self._turns else NOTHING

    def steps(self) -> Iterator[str]:
        """How far it came, in Spanish: what was understood, and what was found."""
        for turn in self._turns:
            yield from _of_turn(turn)

    def lines(self, answer: Answer) -> Iterator[str]:
        """The explanation of an answer, in Spanish."""
        if not self._turns:
            yield "No se buscó nada: el mensaje se atendió por seguridad."
        yield from self.steps()
        reason = f": {REASON_NAMES[answer.reason]}" if answer.reason else ""
        yield f"Resultado: {KIND_NAMES[answer.kind]}{reason}."


def _of_turn(turn: Turn) -> Iterator[str]:
    asked = turn.understanding
    if asked is None:
        return
    about = asked.about()
    label = asked.expected.value if asked.intent is Intent.TOPIC else asked.intent.value
    yield f"Se entendió que se pide {asked_name(label)}{f': {about}' if about else ''}."
    if asked.considered:
        told = ", ".join(f"{asked_name(label)} {likely:.2f}" for label, likely in asked.considered)
        yield f"Se consideró: {told}."
    for hit in turn.hits[:_MOST_HITS]:
        chunk = hit.chunk
        place = f"§ {where(chunk)}"
        yield f"Pasaje: {place}, parecido {hit.dense:.2f}, palabras {hit.coverage:.2f}."
