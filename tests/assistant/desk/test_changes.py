"""What an edition changes, as an office reads it."""

import pytest

from assistant.desk.changes import Change, ChangeKind, changes
from corpus.model import Function, Manual, Position, Printed


def _with(manual: Manual, **position: object) -> Manual:
    """The manual with its one position changed."""
    changed = manual.positions[0].model_copy(update=position)
    return manual.model_copy(update={"positions": (changed,)})


def _function(number: int, text: str) -> Function:
    return Function(number=number, text=text, page=1)


def test_nothing_is_told_of_the_same(tiny_manual: Manual) -> None:
    assert changes(tiny_manual, tiny_manual) == []
    moved = _with(tiny_manual, page=9, title="JEFATURA  de oficina")
    assert changes(tiny_manual, moved) == []


@pytest.mark.parametrize(
    ("position", "kind", "before", "after"),
    [
        (
            {"reports_to": Printed(text="Subdirección", page=1)},
            ChangeKind.BOSS,
            "Dirección",
            "Subdirección",
        ),
        ({"reports_to": None}, ChangeKind.BOSS, "Dirección", ""),
        ({"title": "Jefatura"}, ChangeKind.UNIT_RENAMED, "Jefatura de Oficina", "Jefatura"),
        (
            {"objective": Printed(text="Servir.", page=1)},
            ChangeKind.OBJECTIVE,
            "",
            "Servir.",
        ),
    ],
)
def test_a_field_that_is_different(
    tiny_manual: Manual, position: dict[str, object], kind: ChangeKind, before: str, after: str
) -> None:
    (change,) = changes(tiny_manual, _with(tiny_manual, **position))
    assert (change.kind, change.before, change.after) == (kind, before, after)
    assert change.section == "1.1"


def test_functions_come_go_and_change_their_words(tiny_manual: Manual) -> None:
    after = _with(
        tiny_manual,
        functions=(
            _function(1, "Atender y registrar las juntas vecinales;"),
            _function(2, "Llevar la agenda."),
        ),
    )
    told = {(c.kind, c.before, c.after) for c in changes(tiny_manual, after)}
    assert told == {
        (
            ChangeKind.FUNCTION_REWORDED,
            "Atender las juntas vecinales;",
            "Atender y registrar las juntas vecinales;",
        ),
        (ChangeKind.FUNCTION_REMOVED, "Custodiar las actas «firmadas».", ""),
        (ChangeKind.FUNCTION_ADDED, "", "Llevar la agenda."),
    }


def test_units_come_and_go(tiny_manual: Manual) -> None:
    other = Position(number="1.2", title="Archivo", page=2)
    after = tiny_manual.model_copy(update={"positions": (other,)})
    assert changes(tiny_manual, after) == [
        Change(kind=ChangeKind.UNIT_ADDED, section="1.2", title="Archivo", after="Archivo"),
        Change(
            kind=ChangeKind.UNIT_REMOVED,
            section="1.1",
            title="Jefatura de Oficina",
            before="Jefatura de Oficina",
        ),
    ]
