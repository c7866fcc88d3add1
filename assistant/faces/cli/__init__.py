"""The command line, `asistente`: thin over the core, in Spanish."""

from assistant.faces.cli.app import main

__all__ = ["main"]
