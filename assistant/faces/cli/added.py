"""Commands of packages that stand above this one, found by their entry points.

`assistant` imports nothing upwards; `pyproject.toml` says which commands the others add.
"""

from importlib.metadata import PackageNotFoundError, distribution

from typer import Typer

_PROJECT = "asistente-del-manual"
_GROUP = "asistente.commands"


def add_commands(app: Typer) -> None:
    """Add the commands that the project's own metadata names; an entry point is a function with
    Typer's annotations, in a module that imports what is heavy only when it is called."""
    try:
        named = distribution(_PROJECT).entry_points.select(group=_GROUP)
    except PackageNotFoundError:  # run from a checkout that was never installed
        return
    for entry in named:
        try:
            command = entry.load()
        except ModuleNotFoundError as error:
            if error.name != entry.module.partition(".")[0]:
                raise
            continue  # the production image leaves the evaluations out
        app.command(entry.name)(command)
