"""What may be installed, by what a package says of its licence."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).parents[2] / "tools" / "licences.py"


@pytest.fixture(scope="module")
def licences() -> Any:
    spec = importlib.util.spec_from_file_location("licences", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    "licence",
    ["MIT", "Apache-2.0 OR GPL-3.0-only", "BSD-3-Clause AND MIT", "Apache License, Version 2.0",
     "MPL-2.0 AND (Apache-2.0 OR MIT)", "Apache-2.0 WITH LLVM-exception", "ISC License (ISCL)"],
)  # fmt: skip
def test_what_may_be_used(licences: Any, licence: str) -> None:
    assert licences.is_allowed("a-package", licence)


@pytest.mark.parametrize(
    "licence", ["", "GPL-3.0-only", "MIT AND GPL-2.0-or-later", "AGPL-3.0", "LGPL-3.0-only",
                "Proprietary", "SSPL-1.0", "Other/Proprietary License"]
)  # fmt: skip
def test_what_may_not(licences: Any, licence: str) -> None:
    assert not licences.is_allowed("a-package", licence)


def test_the_lesser_gpl_is_for_named_libraries_only(licences: Any) -> None:
    assert licences.is_allowed("psycopg", "LGPL-3.0-only")


def test_what_is_installed_may_be_used() -> None:
    done = subprocess.run([sys.executable, SCRIPT], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_a_package_that_may_not_be_used_is_named_and_fails_the_check(tmp_path: Path) -> None:
    told = tmp_path / "strict-1.0.dist-info" / "METADATA"
    told.parent.mkdir()
    told.write_text(
        "Metadata-Version: 2.4\nName: strict\nVersion: 1.0\nLicense-Expression: AGPL-3.0-only\n",
        "utf-8",
    )
    done = subprocess.run(
        [sys.executable, SCRIPT],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout == "strict 1.0: AGPL-3.0-only  <- not allowed\n"
