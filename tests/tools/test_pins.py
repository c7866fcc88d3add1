"""What is installed is pinned by hash, and the image is enough to answer with."""

import json
import os
import re
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parents[2]
PIN = re.compile(r"^([\w.-]+)==([\w.]+)", re.MULTILINE)
MADE_FOR_ONE_PROCESSOR = "torch"
BUILDS_THE_WHEEL = "setuptools"
OF_THE_IMAGE_ONLY = """
import json, os, sys

class Refusing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in REFUSED:
            raise ModuleNotFoundError(f"the image has no {name}", name=name)

REFUSED = set(json.loads(os.environ["REFUSED"]))
sys.meta_path.insert(0, Refusing())
import assistant.faces.api.app, bots.telegram.running, ingest.readers
from assistant.faces.cli import main
main()
"""


def plain(name: str) -> str:
    """A package's name as package indexes compare them."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(file: str) -> dict[str, str]:
    text = (ROOT / file).read_text("utf-8")
    return {plain(name): version for name, version in PIN.findall(text)}


def test_every_pin_has_its_hashes() -> None:
    """`make hashes` writes them anew."""
    pinned = pins("constraints.txt")
    del pinned[MADE_FOR_ONE_PROCESSOR]
    assert pins("constraints-hashed.txt") == pinned
    for file in ("constraints-hashed.txt", "requirements-image.txt"):
        text = (ROOT / file).read_text("utf-8")
        assert all("--hash=sha256:" in each for each in re.split(PIN, text)[3::3]), file


def test_the_image_installs_what_was_tested() -> None:
    installed = pins("requirements-image.txt")
    del installed[BUILDS_THE_WHEEL]
    assert installed.items() <= pins("constraints.txt").items()


def test_the_image_answers_with_what_it_installs(data_with_real: Path) -> None:
    installed = pins("requirements-image.txt")
    refused = ["evals"] + [
        module
        for module, packages in packages_distributions().items()
        if not {plain(each) for each in [*packages, module]} & {*installed, "asistente-del-manual"}
    ]
    assert {"torch", "pytest", "sklearn", "langchain_text_splitters"} <= set(refused)
    asked = subprocess.run(
        [sys.executable, "-c", OF_THE_IMAGE_ONLY, "preguntar", "¿quién atiende las juntas?"],
        env={
            **os.environ,
            "ASISTENTE_DATA_DIR": str(data_with_real),
            "PYTHONPATH": str(ROOT),
            "REFUSED": json.dumps(refused),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert asked.returncode == 0, asked.stderr
    assert "Fuentes" in asked.stdout
