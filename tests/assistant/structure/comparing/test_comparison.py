"""What changed between two versions, told by what stands there and not by where."""

from collections.abc import Callable

import pytest

from assistant.answering.changes import comparison_blocks
from assistant.render.plain import plain
from assistant.structure.comparing import Change, Comparison, Kind, compare
from corpus.model import Function, Manual, Position, Printed

FUNCTIONS = {
    "Jefatura de Archivo": ("Custodiar los expedientes.", "Prestar documentos a las áreas."),
    "Jefatura de Compras": ("Licitar bienes y servicios.", "Cotizar con tres proveedores."),
    "Jefatura de Cobranza": ("Requerir el pago de multas.", "Llevar el padrón de deudores."),
}

Make = Callable[..., Manual]


def sheet(
    number: str,
    title: str,
    functions: tuple[str, ...],
    boss: str = "Dirección de Finanzas",
    page: int = 5,
) -> Position:
    return Position(
        number=number,
        title=title,
        page=page,
        reports_to=Printed(text=boss, page=page),
        objective=Printed(text=f"Conducir la {title}.", page=page),
        functions=tuple(
            Function(number=n, text=text, page=page) for n, text in enumerate(functions, 1)
        ),
    )


@pytest.fixture
def make(tiny_manual: Manual) -> Make:
    """A manual of some sheets below a directorate."""

    def made(*sheets: Position, version: str = "01") -> Manual:
        head = sheet("1", "Dirección de Finanzas", ("Dirigir las finanzas.",), "Presidencia")
        return tiny_manual.model_copy(
            update={"positions": (head, *sheets), "version": version, "sections": ()}
        )

    return made


@pytest.fixture
def three() -> list[Position]:
    return [sheet(f"1.{n}", title, own) for n, (title, own) in enumerate(FUNCTIONS.items(), 1)]


def told(comparison: Comparison) -> str:
    """The last of its lines."""
    return plain(comparison_blocks(comparison), None).splitlines()[-1]


def kinds(changes: tuple[Change, ...]) -> list[Kind]:
    return [change.kind for change in changes]


def test_a_version_and_itself_differ_in_nothing(make: Make, three: list[Position]) -> None:
    assert compare(make(*three), make(*three)).changes == ()


def test_case_accents_and_marks_are_no_change(make: Make, three: list[Position]) -> None:
    again = sheet(
        "1.1",
        "JEFATURA DE ARCHIVO",
        ("custodiar los expedientes;", "Prestar documentos a las areas"),
    )
    again = again.model_copy(update={"objective": three[0].objective})
    assert compare(make(*three), make(again, *three[1:])).changes == ()


def test_a_rename_is_told_from_a_removal_and_an_addition(make: Make, three: list[Position]) -> None:
    renamed = sheet("1.1", "Jefatura de Memoria Documental", FUNCTIONS["Jefatura de Archivo"])
    changes = compare(make(*three), make(renamed, *three[1:])).changes
    assert kinds(changes)[0] is Kind.POSITION_RENAMED
    assert Kind.POSITION_ADDED not in kinds(changes)
    new = sheet("1.1", "Jefatura de Parques", ("Podar árboles.", "Regar el césped del centro."))
    changes = compare(make(*three), make(new, *three[1:])).changes
    assert kinds(changes) == [Kind.POSITION_ADDED, Kind.POSITION_REMOVED]


def test_a_renamed_boss_moves_nobody(make: Make, three: list[Position]) -> None:
    before = make(*three)
    head = before.positions[0].model_copy(update={"title": "Dirección de Tesorería"})
    below = [
        each.model_copy(update={"reports_to": Printed(text="Dirección de Tesorería", page=5)})
        for each in three
    ]
    after = before.model_copy(update={"positions": (head, *below)})
    assert kinds(compare(before, after).changes) == [Kind.POSITION_RENAMED]


def test_another_boss_is_told_with_both_and_their_pages(make: Make, three: list[Position]) -> None:
    moved = sheet(
        "1.3", "Jefatura de Cobranza", FUNCTIONS["Jefatura de Cobranza"], "Jefatura de Compras", 9
    )
    comparison = compare(make(*three), make(*three[:2], moved))
    assert kinds(comparison.changes) == [Kind.POSITION_MOVED]
    assert told(comparison) == (
        "- 1.3 Jefatura de Cobranza: «Dirección de Finanzas» → «Jefatura de Compras» "
        "[p. 5 antes, p. 9 ahora]"
    )


def test_another_number_is_told(make: Make, three: list[Position]) -> None:
    comparison = compare(
        make(*three), make(*three[:2], three[2].model_copy(update={"number": "1.7"}))
    )
    assert told(comparison) == "- Jefatura de Cobranza: 1.3 → 1.7 [p. 5 antes, p. 5 ahora]"


def test_a_function_is_reworded_word_by_word(make: Make, three: list[Position]) -> None:
    own = ("Custodiar los expedientes.", "Prestar documentos y planos a las áreas.")
    [change] = compare(
        make(*three), make(sheet("1.1", "Jefatura de Archivo", own), *three[1:])
    ).changes
    assert change.kind is Kind.FUNCTION_REWORDED
    assert [(p.state, p.text) for p in change.pieces] == [
        ("same", "Prestar documentos"),
        ("added", "y planos"),
        ("same", "a las áreas."),
    ]


def test_a_function_that_another_position_has_now_has_moved(
    make: Make, three: list[Position]
) -> None:
    archive = sheet("1.1", "Jefatura de Archivo", FUNCTIONS["Jefatura de Archivo"][:1])
    buying = sheet(
        "1.2",
        "Jefatura de Compras",
        (*FUNCTIONS["Jefatura de Compras"], "Prestar documentos a las áreas."),
    )
    [change] = compare(make(*three), make(archive, buying, three[2])).changes
    assert change.kind is Kind.FUNCTION_MOVED
    assert change.before is not None
    assert change.after is not None
    assert (change.before.section, change.after.section) == ("1.1", "1.2")


def test_new_and_gone_functions_are_told_also_where_others_change_their_number(
    make: Make, three: list[Position]
) -> None:
    own = ("Rotular las cajas.", "Custodiar los expedientes.")
    changes = compare(
        make(*three), make(sheet("1.1", "Jefatura de Archivo", own), *three[1:])
    ).changes
    assert kinds(changes) == [Kind.FUNCTION_ADDED, Kind.FUNCTION_REMOVED]


def test_the_text_of_a_comparison_counts_and_cuts(make: Make, three: list[Position]) -> None:
    text = plain(comparison_blocks(compare(make(*three), make(version="02")), most=2), None)
    assert "de la versión 01 a la 02, 3 cambios." in text
    assert "\n\nPuestos que ya no están (3):" in text
    assert text.endswith("- … y 1 más")
