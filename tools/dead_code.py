"""Finds code that nothing uses (`make lint`): vulture, which is shown the pages' templates too.

What only tests use is dead as well. What it can't see the use of is named in `pyproject.toml`.
"""

import re
import sys
import tomllib
from keyword import iskeyword
from pathlib import Path

from vulture import Vulture
from vulture.core import Item

ROOT = Path(__file__).parents[1]
PACKAGES = ("assistant", "bots", "corpus", "evals", "ingest", "tools")
_EXPRESSION = re.compile(r"{[{%].*?[%}]}", re.DOTALL)


def main() -> int:
    """Print what is dead; 1 if anything is."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["dead_code"]
    found = Vulture(
        ignore_names=settings["ignore_names"], ignore_decorators=settings["ignore_decorators"]
    )
    found.scavenge([str(ROOT / package) for package in PACKAGES], settings["exclude"])
    templates = (page for package in PACKAGES for page in (ROOT / package).rglob("*.html"))
    for template in templates:
        said = " ".join(_EXPRESSION.findall(template.read_text("utf-8")))
        names = (name for name in re.findall(r"[A-Za-z_]\w*", said) if not iskeyword(name))
        found.scan("\n".join(names))
    dead = [item for item in found.get_unused_code() if _matters(item)]
    for item in dead:
        print(f"{item.filename}:{item.first_lineno}: {item.typ} {item.name}")
    return int(bool(dead))


def _matters(item: Item) -> bool:
    """Fields and the members of enumerations are read as JSON, and ruff knows of imports."""
    return item.typ not in ("attribute", "variable", "import")


if __name__ == "__main__":
    sys.exit(main())
