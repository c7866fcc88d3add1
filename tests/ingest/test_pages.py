"""Which page a line is on: page headers, blank lines, form feeds, and what they leave open."""

from ingest.lines import WarningLog
from ingest.pages import Pages, split_pages
from tests.ingest.conftest import page_header as header

BREAK = "\n\n\n\n"


def code_block(page: int, total: int) -> str:
    return f"CÓDIGO:\tMO-TST-01\nVERSIÓN:\t01\nEMISIÓN:\t01/02/24\nPÁGINA:\t{page} de {total}\n\n"


def split(text: str) -> tuple[Pages, list[str]]:
    log = WarningLog()
    pages = split_pages(text, log)
    return pages, [warning.message for warning in log.entries]


def page_of_each_line(text: str) -> dict[str, int]:
    pages, _ = split(text)
    return {line.text: line.page for line in pages.lines}


def test_headers_are_taken_away_whatever_they_have() -> None:
    logo = "Gobierno\nde\n—\nSan Nicolás de los Garza\n\n"
    pages, warnings = split(
        f"{header(1, 4)}uno{BREAK}{logo}{header(2, 4)}dos{BREAK}{code_block(3, 4)}tres{BREAK}cuatro"
    )
    assert [(line.text, line.page) for line in pages.lines] == [
        ("uno", 1), ("dos", 2), ("tres", 3), ("cuatro", 4)
    ]  # fmt: skip
    assert warnings == []
    assert pages.furniture.most_printed("codigo") == "MO-TST-01"
    assert pages.furniture.dependency == "SECRETARÍA DE PRUEBAS"


def test_a_dependency_of_two_lines_is_taken_away_whole() -> None:
    wide = "\n\n".join(
        header(page, 2).replace("DE PRUEBAS", "DE PRUEBAS,\nENSAYOS Y ERRORES") + f"texto {page}"
        for page in (1, 2)
    )
    pages, _ = split(wide)
    assert [line.text for line in pages.lines] == ["texto 1", "texto 2"]
    assert pages.furniture.dependency == "SECRETARÍA DE PRUEBAS, ENSAYOS Y ERRORES"


def test_a_header_begins_a_page_even_without_blank_lines() -> None:
    assert page_of_each_line(f"{header(1, 2)}uno\n{header(2, 2)}dos") == {"uno": 1, "dos": 2}


def test_lines_of_spaces_tabs_and_no_break_spaces_are_blank() -> None:
    text = f"{header(1, 3)}uno\n \n\t\n\u00a0\ndos{BREAK}{header(3, 3)}tres"
    assert page_of_each_line(text) == {"uno": 1, "dos": 2, "tres": 3}


def test_two_blank_lines_are_no_page_break() -> None:
    assert page_of_each_line(f"{code_block(1, 1)}uno\n\n\ndos") == {"uno": 1, "dos": 1}


def test_the_cover_is_one_page_however_it_is_spaced() -> None:
    text = f"Gobierno{BREAK}Secretaría{BREAK}ADMINISTRACIÓN{BREAK}{code_block(2, 2)}dos"
    assert page_of_each_line(text) == {
        "Gobierno": 1, "Secretaría": 1, "ADMINISTRACIÓN": 1, "dos": 2
    }  # fmt: skip


def test_of_too_many_pieces_those_that_look_least_like_pages_are_joined() -> None:
    text = (
        f"{header(1, 4)}IX. ORGANIGRAMA\n\n1. Titular{BREAK}leyenda{BREAK}"
        f"1.1 Jefatura de Oficina\n\nleyenda larga{BREAK}{header(3, 4)}tres{BREAK}cuatro"
    )
    pages = page_of_each_line(text)
    assert (pages["1. Titular"], pages["leyenda"], pages["1.1 Jefatura de Oficina"]) == (1, 1, 2)
    assert (pages["tres"], pages["cuatro"]) == (3, 4)


def test_pages_of_a_cover_and_a_headerless_index_are_told_by_the_heading() -> None:
    text = f"Gobierno{BREAK}Secretaría{BREAK}ÍNDICE\n\nI. INTRODUCCIÓN\t3{BREAK}{header(3, 3)}tres"
    pages = page_of_each_line(text)
    assert (pages["Gobierno"], pages["Secretaría"], pages["ÍNDICE"], pages["tres"]) == (1, 1, 2, 3)


def test_missing_pages_are_said() -> None:
    _, warnings = split(f"{header(1, 6)}uno{BREAK}{header(3, 6)}tres{BREAK}{header(6, 6)}seis")
    assert warnings == [
        "Falta la página 2: no hay texto entre las páginas vecinas.",
        "Faltan las páginas 4 a 5.",
    ]


def test_a_text_that_ends_too_early_is_said() -> None:
    pages, warnings = split(f"{header(1, 9)}uno{BREAK}{header(2, 9)}dos")
    assert pages.count == 9
    assert warnings == ["El manual dice tener 9 páginas, pero el texto llega a la 2."]


def test_a_page_number_out_of_order_is_not_believed() -> None:
    for wrong in (1, 7, 4):
        pages, (warning,) = split(
            f"{header(1, 4)}uno{BREAK}{header(wrong, 4)}dos{BREAK}{header(3, 4)}tres{BREAK}cuatro"
        )
        assert [line.page for line in pages.lines] == [1, 2, 3, 4]
        assert f"dice página {wrong}" in warning


def test_form_feeds_are_pages_and_then_blank_lines_are_not() -> None:
    text = f"{header(1, 2)}uno{BREAK}uno bis\n\f\n{header(2, 2)}dos"
    assert page_of_each_line(text) == {"uno": 1, "uno bis": 1, "dos": 2}


def test_an_empty_page_between_form_feeds_counts() -> None:
    text = f"\n\f\n{header(2, 4)}dos\n\f\n\f\n{header(4, 4)}cuatro"
    pages, warnings = split(text)
    assert [line.page for line in pages.lines] == [2, 4]
    assert warnings == []


def test_without_any_printed_number_pages_are_counted_and_that_is_said() -> None:
    pages, (warning,) = split("uno\n\f\ndos\n\f\ntres")
    assert [line.page for line in pages.lines] == [1, 2, 3]
    assert warning.startswith("Ninguna página trae impreso su número")
