"""`asistente preguntar`: one question, a conversation, or a batch."""

import json
import logging
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from rich.console import Console
from rich.text import Text

from assistant.answering.answer import Answer
from assistant.asking.conversation import new_conversation_id
from assistant.asking.core import Assistant, open_assistant
from assistant.faces.cli.answers import print_answer, print_error
from assistant.running.settings import Settings
from assistant.understanding.question import QuestionError
from corpus.errors import AsistenteError

_WELCOME = (
    "Pregunte sobre el manual. Escriba el número de una sugerencia para elegirla, /nueva para "
    "empezar de cero o /salir para terminar."
)
_LEAVING = {"/salir", "salir", "/exit", "exit", "/q"}


log = logging.getLogger(__name__)

_FAILED = "no se pudo contestar por una falla del asistente; las demás líneas se contestaron."


class BatchError(AsistenteError):
    """The batch file can't be read."""


class BatchLine(BaseModel):
    """One line of a batch."""

    id: str | int | None = None
    question: str
    history: list[str] = []
    """Earlier questions of the same conversation."""
    manual: str | None = None


def answer_one(
    question: str,
    settings: Settings,
    manual: str | None,
    *,
    as_json: bool,
    version: str | None = None,
) -> None:
    """Answer one question on standard output."""
    with _while_written(settings):
        answer = open_assistant(settings).ask(question, manual=manual, version=version)
    if as_json:
        sys.stdout.write(answer.model_dump_json(indent=2) + "\n")
    else:
        print_answer(answer, Console())


def explain_one(question: str, settings: Settings, manual: str | None) -> None:
    """Answer one question on standard output, with how each of its parts was understood, what was
    considered, and on what it rests."""
    from assistant.faces.serving.explaining import Explanation

    explanation, console = Explanation(), Console()
    answer = open_assistant(settings).ask(question, manual=manual, listener=explanation)
    print_answer(answer, console)
    for line in explanation.lines(answer):
        console.print(Text(line, style="dim"), soft_wrap=True)


def _while_written(settings: Settings) -> AbstractContextManager[object]:
    """Tells that something is done, where a language model may take its time."""
    if settings.llm is None:
        return nullcontext()
    return Console(stderr=True).status("Redactando la respuesta…")


def chat(settings: Settings, manual: str | None, *, as_json: bool) -> None:
    """A conversation in the terminal, until /salir or the end of input."""
    console, assistant = Console(), open_assistant(settings)
    conversation, offered = new_conversation_id(), list[str]()
    if not as_json:
        console.print(Text(_WELCOME, style="bold"))
    while True:
        try:
            typed = console.input("" if as_json else "\n[bold cyan]›[/] ").strip()
        except EOFError:
            return
        if typed.lower() in _LEAVING:
            return
        if typed.lower() == "/nueva":
            conversation, offered = new_conversation_id(), []
            console.print("Conversación nueva.")
            continue
        question = _chosen(typed, offered)
        try:
            with _while_written(settings):
                answer = assistant.ask(question, conversation, manual)
        except QuestionError as error:
            print_error(str(error), console)
            continue
        offered = answer.suggestions
        if as_json:
            sys.stdout.write(answer.model_dump_json() + "\n")
        else:
            print_answer(answer, console)


def _chosen(typed: str, offered: list[str]) -> str:
    """What was typed, or the suggestion whose number it is."""
    if typed.isdigit() and 0 < int(typed) <= len(offered):
        return offered[int(typed) - 1]
    return typed


def answer_batch(path: Path, settings: Settings, manual: str | None) -> None:
    """Answer each line of a JSONL file on standard output, in order.

    A line that can't be answered gives `{"id", "error", "line"}` and a sentence on standard
    error; the others are answered all the same, and the exit status is then 1.
    """
    lines = list(_read_lines(path))
    assistant = open_assistant(settings)
    failed = False
    for number, raw in lines:
        result = _answer_line(number, raw, assistant, manual)
        if "error" in result:
            failed = True
            print_error(f"Línea {number} de «{path}»: {result['error']}", Console(stderr=True))
        sys.stdout.write(json.dumps(result, ensure_ascii=False) + "\n")
        sys.stdout.flush()
    if failed:
        raise SystemExit(1)


def _read_lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        content = sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BatchError(
            f"No se pudo leer «{path}»: revise que exista y que sea texto en UTF-8."
        ) from error
    # not splitlines(): JSON strings may hold U+2028 and other line separators
    for number, raw in enumerate(content.split("\n"), 1):
        if raw.strip():
            yield number, raw


def _answer_line(number: int, raw: str, assistant: Assistant, manual: str | None) -> dict[str, Any]:
    try:
        line = BatchLine.model_validate_json(raw)
    except ValidationError:
        message = "no es un objeto JSON con «question»; corríjala y vuelva a intentarlo."
        return {"id": None, "line": number, "error": message}
    started = time.perf_counter()
    try:
        answer = _last_answer(line, assistant, manual)
    except AsistenteError as error:
        return {"id": line.id, "line": number, "error": str(error)}
    except Exception:  # one line must not cost the others
        log.exception("line %d of a batch", number)
        return {"id": line.id, "line": number, "error": _FAILED}
    milliseconds = round((time.perf_counter() - started) * 1000, 2)
    return {"id": line.id, **answer.model_dump(mode="json"), "ms": milliseconds}


def _last_answer(line: BatchLine, assistant: Assistant, manual: str | None) -> Answer:
    return assistant.ask_after(line.history, line.question, line.manual or manual)
