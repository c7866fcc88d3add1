"""Manuals to audit: consistent ones, and ones that a test spoils in one place."""

import re
from collections.abc import Callable

import pytest

from assistant.answering.knowledge import Knowledge
from assistant.reports.audit import Finding, Kind, audit
from evals.generated_manuals import GeneratedManual, generate
from ingest import SourceText, parse_manual

Audit = Callable[[str], list[Finding]]


@pytest.fixture(scope="session")
def audited() -> Audit:
    """The findings on the text of a manual."""
    return lambda text: audit(Knowledge(parse_manual(SourceText("prueba.txt", text))))


@pytest.fixture(scope="session")
def consistent() -> GeneratedManual:
    """A made-up manual that does not contradict itself."""
    return generate(seed=11, positions=24, contradictions=())


@pytest.fixture(scope="session")
def with_field() -> Callable[[str, str, int, str], str]:
    """The text of a manual with another value in a field of its n-th sheet."""

    def change(text: str, label: str, sheet: int, value: str) -> str:
        rows = list(re.finditer(rf"^{re.escape(label)}:\t([^\t\n]*)", text, re.M))
        row = rows[sheet]
        return text[: row.start(1)] + value + text[row.end(1) :]

    return change


def kinds(findings: list[Finding]) -> list[Kind]:
    return [f.kind for f in findings]
