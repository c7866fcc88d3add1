"""What a program imports of the package."""

import re
from pathlib import Path

import pytest

import assistant


def test_the_three_public_names_are_there_and_no_others() -> None:
    assert [getattr(assistant, name).__name__ for name in assistant.__all__] == assistant.__all__
    assert not hasattr(assistant, "nothing_of_the_kind")


def test_the_example_of_the_package_runs(
    monkeypatch: pytest.MonkeyPatch, data_with_real: Path
) -> None:
    monkeypatch.setenv("ASISTENTE_DATA_DIR", str(data_with_real))
    example = re.findall(r"^    (.+)$", assistant.__doc__ or "", re.M)
    scope: dict[str, object] = {}
    exec("\n".join(example[:-1]), scope)
    assert "Dirección de Gobierno Digital" in eval(example[-1], scope)
