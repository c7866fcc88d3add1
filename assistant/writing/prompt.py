"""The prompts: files in Spanish beside this module, each with its version."""

import tomllib
from functools import cache
from importlib import resources

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage

from corpus.model import Record


class Example(Record):
    """A worked exchange that shows the model what is wanted."""

    given: str
    answer: str


class Prompt(Record):
    """What a model is told before what it is given.

    Instructions and examples are the same for every question, and come first: a server that keeps
    the beginning of a prompt then reads them once.
    """

    name: str
    version: int
    instructions: str
    reminder: str
    examples: tuple[Example, ...] = ()

    @property
    def id(self) -> str:
        """Name and version: "redactar/1"."""
        return f"{self.name}/{self.version}"

    def messages(self, given: str) -> list[BaseMessage]:
        """The whole conversation that ends with what is given."""
        shown: list[BaseMessage] = [SystemMessage(self.instructions.strip())]
        for example in self.examples:
            shown.append(HumanMessage(self._with_reminder(example.given)))
            shown.append(AIMessage(example.answer.strip()))
        shown.append(HumanMessage(self._with_reminder(given)))
        return shown

    def _with_reminder(self, given: str) -> str:
        return f"{given.strip()}\n{self.reminder}"


@cache
def load_prompt(name: str) -> Prompt:
    """A prompt by its name: "redactar", "frasear", "herramientas"."""
    text = resources.files(__package__).joinpath(f"prompts/{name}.toml").read_text("utf-8")
    return Prompt.model_validate({"name": name, **tomllib.loads(text)})
