"""Whoever types something wrong, or asks for help, gets all of it in Spanish."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from typer.main import get_command

from assistant.faces.cli import main
from assistant.faces.cli.app import app
from assistant.faces.cli.spanish import SpanishTyper, UsageError, run

ENGLISH = re.compile(
    r"\b(usage|options?|arguments?|commands?|missing|error|invalid|try|show|default|such|required)\b",
    re.I,
)
Typed = Callable[..., tuple[int, str]]


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Typed:
    """Runs `asistente` with some arguments; gives its exit status and all that it said."""

    def run(*arguments: str) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["asistente", *arguments])
        with pytest.raises(SystemExit) as end:
            main()
        said = capsys.readouterr()
        return int(end.value.code or 0), " ".join((said.out + said.err).split())

    return run


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("preguntas",), "No hay orden «preguntas»; ¿quiso decir «preguntar»? Véalas con"),
        (("zzz",), "No hay orden «zzz». Véalas con «asistente --ayuda»."),
        (("inducir",), "Falta «PUESTO». Vea «asistente inducir --ayuda»."),
        (("inducir", "3", "4"), "Sobra «4»; escriba entre comillas lo que lleve espacios."),
        (("inducir", "3", "--pdf"), "A la opción «--pdf» le falta su valor."),
        (("servir", "--puerto", "3"), "No hay opción «--puerto»; ¿quiso decir «--port»?"),
        (("servir", "--port", "abc"), "El valor de «--port» debe ser un número de 0 a 65535."),
        (("servir", "--port", "99999"), "El valor de «--port» debe ser un número de 0 a 65535."),
        (("preguntar", "--json=3"), "A la opción «--json» no le va un valor."),
        (
            ("evaluar", "--salida"),
            "A la opción «--salida» le falta su valor. Vea «asistente evaluar --ayuda».",
        ),
        (("palabras",), "Falta «CÓDIGO». Vea «asistente palabras --ayuda»."),
        (("volver", "MO-SIG-01"), "Falta «VERSIÓN». Vea «asistente volver --ayuda»."),
    ],
)
def test_what_is_typed_wrong_is_told_in_one_spanish_sentence(
    typed: Typed, arguments: tuple[str, ...], told: str
) -> None:
    status, said = typed(*arguments)
    assert status == 2
    assert said.startswith(told)
    assert not ENGLISH.search(re.sub("«.*?»", "", said))


def _commands(group: Any, *path: str) -> Iterator[tuple[str, ...]]:
    """Each command and each group, by the words that call it."""
    yield path
    for name, each in getattr(group, "commands", {}).items():
        yield from _commands(each, *path, name)


@pytest.mark.parametrize("command", list(_commands(get_command(app))), ids=" ".join)
def test_help_is_spanish_and_says_what_each_option_takes(
    typed: Typed, command: tuple[str, ...]
) -> None:
    status, said = typed(*command, "--ayuda")
    assert status == 0
    assert said.startswith(f"Uso: {' '.join(['asistente', *command])}")
    assert "Muestra esta ayuda." in said
    assert not ENGLISH.search(said)
    assert not re.search(r"\b(VALOR|CODIGO|VERSION|DIRECCION)\b|`", said)


def test_without_arguments_the_help_is_shown(typed: Typed) -> None:
    status, said = typed()
    assert status == 0
    assert "Órdenes: ingerir Lee manuales" in said


def test_the_version_is_told(typed: Typed) -> None:
    status, said = typed("--version")
    assert status == 0
    assert re.fullmatch(r"asistente \d+\.\d+\.\d+", said)


def test_the_tabulator_completes_commands() -> None:
    code = "from assistant.faces.cli import main; main()"
    words = {
        "_ASISTENTE_COMPLETE": "complete_bash",
        "COMP_WORDS": "asistente org",
        "COMP_CWORD": "1",
    }
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": ":".join(sys.path), **words},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["organigrama"]


def test_a_group_of_commands_within_the_app_is_spanish_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = SpanishTyper(context_settings={"help_option_names": ["-h", "--help", "--ayuda"]})
    group = SpanishTyper(help="Quién entra.", no_args_is_help=True)

    @group.command()
    def alta(correo: str) -> None:
        """Da de alta a una persona."""
        print(correo)

    @group.command()
    def personas() -> None:
        """Muestra quién puede entrar."""

    whole.add_typer(group, name="oficina")
    monkeypatch.setattr(sys, "argv", ["asistente", "oficina", "--ayuda"])
    assert run(whole) == 0
    said = capsys.readouterr().out
    assert "Uso: asistente oficina [OPCIONES] ORDEN" in said
    assert "Da de alta a una persona." in said
    assert not ENGLISH.search(said)
    monkeypatch.setattr(sys, "argv", ["asistente", "oficina", "altas"])
    with pytest.raises(UsageError, match="¿quiso decir «alta»"):
        run(whole)
    monkeypatch.setattr(sys, "argv", ["asistente", "oficina", "alta"])
    with pytest.raises(UsageError, match=r"Falta «CORREO»\. Vea «asistente oficina alta --ayuda»"):
        run(whole)
    monkeypatch.setattr(sys, "argv", ["asistente", "oficina", "alta", "a@b.mx"])
    assert run(whole) == 0
    assert capsys.readouterr().out == "a@b.mx\n"
