"""Chapters of running text: their parts, paragraphs and list items."""

import pytest

from corpus.model import Manual, PassageKind, Section
from tests.ingest.conftest import parse_prose, section_of


def passages(manual: Manual, number: str = "I") -> list[tuple[str, PassageKind]]:
    section = section_of(manual, number)
    return [(p.text, p.kind) for p in section.passages[1:]]


def parts(manual: Manual) -> dict[str, str]:
    return {s.number: s.title for s in manual.sections if s.parent == "I"}


@pytest.mark.parametrize(
    ("marks", "numbers"),
    [
        (("A. ", "B. ", "C. "), ["I.A", "I.B", "I.C"]),
        (("I. ", "II. ", "III. "), ["I.I", "I.II", "I.III"]),
        (("1. ", "2. ", "3. "), ["I.1", "I.2", "I.3"]),
        (("A) ", "B) ", "C) "), ["I.A", "I.B", "I.C"]),
    ],
)
def test_the_first_marked_heading_sets_the_style(
    marks: tuple[str, ...], numbers: list[str]
) -> None:
    text = "Antes.\n\n" + "\n\n".join(f"{mark}NIVEL {mark[0]}\n\n- Una ley." for mark in marks)
    manual = parse_prose(text)
    assert list(parts(manual)) == numbers
    assert passages(manual) == [("Antes.", PassageKind.PARAGRAPH)]
    assert passages(manual, numbers[1]) == [("Una ley.", PassageKind.ITEM)]


def test_a_title_with_a_colon_loses_it() -> None:
    manual = parse_prose("1. Ingresos:\n\nSon altos.\n\n2. Egresos:\n\nSon bajos.")
    assert parts(manual) == {"I.1": "Ingresos", "I.2": "Egresos"}


def test_long_numbered_points_are_items_not_parts() -> None:
    manual = parse_prose("1. Se difunde cuando se publica.\n\n2. Se difunde cuando cambia.")
    assert parts(manual) == {}
    assert passages(manual) == [
        ("1. Se difunde cuando se publica.", PassageKind.ITEM),
        ("2. Se difunde cuando cambia.", PassageKind.ITEM),
    ]


def test_marks_of_another_style_are_content() -> None:
    manual = parse_prose("I. OBJETIVO\n\nUno.\n\nII. MARCO\n\nE. NIVEL ESTATAL\n\n- Ley de Obra.")
    assert parts(manual) == {"I.I": "OBJETIVO", "I.II": "MARCO"}
    assert passages(manual, "I.II") == [
        ("E. NIVEL ESTATAL", PassageKind.HEADING), ("Ley de Obra.", PassageKind.ITEM)
    ]  # fmt: skip


def test_items_have_many_signs_and_may_be_nested() -> None:
    manual = parse_prose("- Uno\n• Dos\n – Tres\n  - i. Cuatro\na) Cinco\n* Seis")
    assert passages(manual) == [
        (text, PassageKind.ITEM) for text in ("Uno", "Dos", "Tres", "i. Cuatro", "a) Cinco", "Seis")
    ]


def test_a_wrapped_paragraph_or_item_is_joined() -> None:
    manual = parse_prose("Este texto sigue\nen otra línea.\n\n- Ley de Obra\npública.")
    assert passages(manual) == [
        ("Este texto sigue en otra línea.", PassageKind.PARAGRAPH),
        ("Ley de Obra pública.", PassageKind.ITEM),
    ]


def test_a_paragraph_cut_by_a_page_break_goes_on() -> None:
    manual = parse_prose("La oficina atiende a todas las personas de la\n\n\n\nSecretaría.")
    section = section_of(manual, "I")
    assert [(p.text[-10:], p.page, p.continues) for p in section.passages[1:]] == [
        ("onas de la", 3, False), ("ecretaría.", 4, True)
    ]  # fmt: skip


def test_a_finished_paragraph_does_not_go_on() -> None:
    section: Section | None = parse_prose("Primero.\n\n\n\nsegundo.").section("I")
    assert section is not None
    assert [p.continues for p in section.passages[1:]] == [False, False]


def test_a_note_with_asterisks_is_a_paragraph_of_its_own() -> None:
    manual = parse_prose("- Ley de Obra del Estado de\n\n\n\n** Formarán parte todas.*")
    assert passages(manual) == [
        ("Ley de Obra del Estado de", PassageKind.ITEM),
        ("Formarán parte todas.", PassageKind.PARAGRAPH),
    ]


def test_a_line_before_a_list_is_an_inner_heading() -> None:
    manual = parse_prose("Se difunde así.\n\nPara la difusión pública\n\n1. Publicar el manual.")
    assert passages(manual)[1] == ("Para la difusión pública", PassageKind.HEADING)


def test_a_short_text_is_not_taken_for_a_heading() -> None:
    assert passages(parse_prose("Ser el mejor gobierno")) == [
        ("Ser el mejor gobierno", PassageKind.PARAGRAPH)
    ]


def test_bold_marks_leave_no_trace() -> None:
    manual = parse_prose("1. La **difusión de los Manuales** se realizará siempre.")
    assert passages(manual)[0][0] == "1. La difusión de los Manuales se realizará siempre."
