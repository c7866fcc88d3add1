"""The command line, `asistente`: thin over the core, in Spanish."""

from assistant.cli.app import main

__all__ = ["main"]
