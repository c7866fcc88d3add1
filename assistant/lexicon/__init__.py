"""Data files of the understanding: how people ask, and what they call things."""

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """The contents of `NAME.toml` in this folder."""
    source = resources.files(__name__) / f"{name}.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))
