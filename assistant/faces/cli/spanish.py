"""The frame of the command line in Spanish: help, usage, what was typed wrong, completion.

Typer's own words for these are English and can't be set. So help is written here, and what it
raises is told by `complaint_of`; `asistente` runs its app with `run`.
"""

import re
from collections.abc import Callable, Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Any, TypeVar

import typer
from rapidfuzz import process
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import Abort, TyperException

from corpus.errors import AsistenteError
from corpus.spanish import fold

_PROJECT = "asistente-del-manual"
_COMPLETION_HELP = {
    "install_completion": "Instala el completado con el tabulador en su terminal.",
    "show_completion": "Muestra el guion del completado, para copiarlo.",
}
_NAMES = {
    "install_completion": "--instalar-completado",
    "show_completion": "--mostrar-completado",
}
_ALIKE = 60.0
"""How like a command must be to be suggested, 0 to 100."""
_IN_BRACKETS = re.compile(r"\(([^()]*)\)$")

Func = TypeVar("Func", bound=Callable[..., Any])


class UsageError(AsistenteError):
    """What was typed is no command, or lacks something."""


class SpanishCommand(TyperCommand):
    """A command whose help is Spanish."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the arguments. What is wrong with them bears the command, to name its help."""
        try:
            return super().parse_args(ctx, args)
        except TyperException as error:
            told: Any = error
            if getattr(told, "ctx", None) is None:
                told.ctx = ctx
            raise

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """What the usage line says after the command's name."""
        given = [p for p in self.get_params(ctx) if p.param_type_name == "argument"]
        return ["[OPCIONES]", *(_argument(each) for each in given)]

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write the usage line."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix="Uso: ")

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help."""
        self.format_usage(ctx, formatter)
        formatter.write_paragraph()
        formatter.write_text(self.help or "")
        params: list[Any] = list(self.get_params(ctx))
        arguments = [
            (_argument(p), p.help or "") for p in params if p.param_type_name == "argument"
        ]
        options = [_option(p) for p in params if p.param_type_name == "option"]
        for title, rows in (("Argumentos", arguments), ("Opciones", options)):
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows)


class SpanishGroup(TyperGroup):
    """All commands, with their help; whoever types a wrong one is told what is near."""

    def get_params(self, ctx: Any) -> list[Any]:
        """The options, those of the completion under Spanish names."""
        params: list[Any] = super().get_params(ctx)
        for each in params:
            if each.name in _NAMES:
                each.opts, each.help = [_NAMES[each.name]], _COMPLETION_HELP[each.name]
        return params

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """What the usage line says after the program's name."""
        del ctx
        return ["[OPCIONES]", "ORDEN", "[ARGUMENTOS]…"]

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write the usage line."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix="Uso: ")

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help: the commands first."""
        self.format_usage(ctx, formatter)
        formatter.write_paragraph()
        formatter.write_text(self.help or "")
        told = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        commands = [(name, each.get_short_help_str(200)) for name, each in told if each]
        with formatter.section("Órdenes"):
            formatter.write_dl(commands)
        with formatter.section("Opciones"):
            formatter.write_dl([_option(each) for each in self.get_params(ctx)])
        formatter.write_paragraph()
        formatter.write_text(f"La ayuda de una orden: {ctx.command_path} ORDEN --ayuda")

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that was typed. Raises UsageError, with what is near."""
        if args and self.get_command(ctx, args[0]) is None:
            raise UsageError(
                f"No hay orden «{args[0]}»{_near(args[0], self.list_commands(ctx))} "
                f"Véalas con «{ctx.command_path} --ayuda»."
            )
        return super().resolve_command(ctx, args)


class SpanishTyper(typer.Typer):
    """An app, or a group of commands within one, that speaks Spanish."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**{"cls": SpanishGroup, **settings})

    def command(self, name: str | None = None, **settings: Any) -> Callable[[Func], Func]:
        """Add a command."""
        add: Callable[[Func], Func] = super().command(name, **{"cls": SpanishCommand, **settings})
        return add


def run(app: typer.Typer) -> int:
    """Run an app with the arguments of this process; gives its exit status.

    Raises UsageError for what was typed wrong.
    """
    try:
        status = app(standalone_mode=False, prog_name="asistente")
    except Abort:
        return 1
    except TyperException as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            typer.echo(str(error).rstrip())
            return 0
        raise UsageError(complaint_of(error)) from error
    return status if isinstance(status, int) else 0


def complaint_of(error: Any) -> str:
    """What was typed wrong, in one sentence, and where the help is."""
    kind, said = type(error).__name__, error.message
    named = _IN_BRACKETS.search(said)
    if kind == "MissingParameter" and error.param is not None:
        told = f"Falta {_shown(error.param)}"
    elif kind == "NoSuchOption":
        told = f"No hay opción «{error.option_name}»{_near(error.option_name, error.possibilities)}"
    elif kind == "BadOptionUsage":
        lacks = "le falta su valor" if "requires" in said else "no le va un valor"
        told = f"A la opción «{error.option_name}» {lacks}"
    elif kind == "BadParameter" and error.param is not None:
        told = f"El valor de {_shown(error.param)} {_wanted(error.param, said)}"
    elif "extra argument" in said and named is not None:
        told = f"Sobra «{named[1]}»; escriba entre comillas lo que lleve espacios"
    else:
        told = "La orden no está completa"
    path = error.ctx.command_path if getattr(error, "ctx", None) else "asistente"
    return f"{told}{'' if told.endswith(('.', '?')) else '.'} Vea «{path} --ayuda»."


def show_version(asked: bool) -> None:
    """Say the version and stop."""
    if not asked:
        return
    try:
        typer.echo(f"asistente {version(_PROJECT)}")
    except PackageNotFoundError:  # run from a checkout that was never installed
        typer.echo("asistente (sin instalar)")
    raise typer.Exit


def _near(typed: str, known: Sequence[str] | None) -> str:
    found = process.extractOne(fold(typed), known or [], processor=fold, score_cutoff=_ALIKE)
    return f"; ¿quiso decir «{found[0]}»?" if found else "."


def _argument(param: Any) -> str:
    name = f"{(param.metavar or param.name).upper()}{'…' if param.nargs == -1 else ''}"
    return name if param.required else f"[{name}]"


def _option(param: Any) -> tuple[str, str]:
    if "--ayuda" in param.opts:
        return "-h, --ayuda, --help", "Muestra esta ayuda."
    takes = "" if param.is_flag or param.name in _NAMES else f" {param.metavar or 'VALOR'}"
    return f"{', '.join(sorted(param.opts, key=len))}{takes}", param.help or ""


def _shown(param: Any) -> str:
    if param.param_type_name == "argument":
        return f"«{(param.metavar or param.name).upper()}»"
    return f"«{param.opts[0]}»"


def _wanted(param: Any, said: str) -> str:
    """What a value must be, as far as that is known."""
    low, high = (getattr(param, name, None) for name in ("min", "max"))
    if low is not None and high is not None:
        return f"debe ser un número de {low} a {high}"
    return "debe ser un número" if "integer" in said or "number" in said else "no se entiende"
