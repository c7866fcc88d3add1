"""Where a command's result goes: JSON on standard output, or a file that was named."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from pydantic import BaseModel

from corpus.errors import AsistenteError


class OutputError(AsistenteError):
    """What was asked for can't be written like this, or not where it should go."""


def print_json(records: Sequence[BaseModel]) -> None:
    """Records as a JSON list."""
    listed = [each.model_dump(mode="json") for each in records]
    sys.stdout.write(json.dumps(listed, ensure_ascii=False, indent=2) + "\n")


def write_file(path: Path, content: str | bytes) -> None:
    """Write a file. Raises OutputError."""
    try:
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    except OSError as error:
        raise OutputError(
            f"No se pudo escribir «{path}»; revise la carpeta y los permisos."
        ) from error
