"""Small manuals whose reporting lines a test can state in a line."""

from collections.abc import Callable, Mapping, Sequence

import pytest

from assistant.answering.knowledge import Knowledge
from corpus.model import DirectReport, Manual, Position, Printed

TOPICS = (
    *("Agua", "Bosques", "Caminos", "Deporte", "Escuelas", "Ferias", "Granjas", "Hospitales"),
    *("Industria", "Jardines", "Laboratorios", "Museos"),
)
Company = Callable[..., Knowledge]


def title_of(number: int) -> str:
    """The title of the nth position, from 1."""
    return f"Coordinación de {TOPICS[number - 1]}"


@pytest.fixture(scope="session")
def company() -> Company:
    """Makes a manual of as many positions as there are bosses.

    `bosses` has for each position the number of the one that its sheet names, a printed name, or
    None; `lists` has, for some, what their sheets list: numbers, or printed entries.
    """

    def make(
        bosses: Sequence[int | str | None],
        lists: Mapping[int, Sequence[int | str]] | None = None,
    ) -> Knowledge:
        listed = lists or {}
        positions = tuple(
            _position(number, boss, listed.get(number)) for number, boss in enumerate(bosses, 1)
        )
        return Knowledge(_manual(positions))

    return make


def _position(number: int, boss: int | str | None, listed: Sequence[int | str] | None) -> Position:
    named = title_of(boss) if isinstance(boss, int) else boss
    entries = [title_of(e) if isinstance(e, int) else e for e in listed or ()]
    return Position(
        number=str(number),
        title=title_of(number),
        page=number,
        reports_to=Printed(text=named, page=number) if named else None,
        direct_reports_printed=Printed(text=", ".join(entries), page=number) if listed else None,
        direct_reports=tuple(_report(entry) for entry in entries),
    )


def _report(entry: str) -> DirectReport:
    count, _, name = entry.partition(" ")
    if count.isdigit():
        return DirectReport(name=name, printed=entry, count=int(count))
    return DirectReport(name=entry, printed=entry)


def _manual(positions: tuple[Position, ...]) -> Manual:
    return Manual(
        code="MO-X-01",
        version="02",
        emission_date=None,
        emission_printed="mayo de 2024",
        dependency="Secretaría de <Pruebas> & Ensayos",
        municipality=None,
        page_count=9,
        sections=(),
        positions=positions,
        structure=(),
        chart_headings=(),
        index=(),
        officers=(),
        changes=(),
        warnings=(),
    )
