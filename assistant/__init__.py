"""Question in, cited answer out.

    from assistant import open_assistant

    with_manual = open_assistant()
    with_manual.ask("¿A quién le reporta la Jefatura de Geomática?").answer

The rooms, from the top: `faces` are how people and programs get in; `asking` has the steps of a
turn; `reports` makes documents of a whole manual; `render`, `writing` and `answering` say what is
found; `understanding` and `retrieval` find it; `structure` knows the manual as an organisation;
`running` is what any service needs. Each imports from those below it only.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.answering.answer import Answer
    from assistant.asking.core import Assistant, open_assistant

__all__ = ["Answer", "Assistant", "open_assistant"]

_HOME = {
    "Answer": "assistant.answering.answer",
    "Assistant": "assistant.asking.core",
    "open_assistant": "assistant.asking.core",
}


def __getattr__(name: str) -> Any:
    # looked up when it is used: importing a room must not import the whole house
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)
