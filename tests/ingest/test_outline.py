"""Which lines are the headings of chapters, and which only look like them."""

from corpus.model import Manual, SectionKind
from tests.ingest.conftest import read, section_of

SHEET = (
    "1. Titular\n\nIdentificación:\t\t\t\nPuesto funcional:\tTitular\tFecha:\t01/02/2024\n"
    "Puesto al que le reporta:\tN/A\t\t\nFunciones y Responsabilidades Clave:\t\t\t\n1\tDirigir.\n"
)


def manual_text(index: str, body: str) -> str:
    header = (
        "CÓDIGO:\tMO-TST-01\nVERSIÓN:\t01\nEMISIÓN:\t01/02/24\nPÁGINA:\t{} de 3\n\n"
        "SECRETARÍA DE PRUEBAS\n\n"
    )
    cover = "Gobierno\nde\n—\nVilla Alta"
    contents = f"ÍNDICE\n\n{index}" if index else "PRESENTACIÓN"
    return f"{cover}\n\n\n\n{header.format(2)}{contents}\n\n\n\n{header.format(3)}{body}"


def chapters(manual: Manual) -> dict[str, str]:
    return {s.number: s.title for s in manual.sections if s.kind is SectionKind.CHAPTER}


def test_a_title_may_differ_a_bit_from_the_index() -> None:
    index = "I. LINEAMIENTOS PARA LA DIFUSIÓN DEL MANUAL DEL ORGANIZACIÓN\t3\nII. PUESTOS\t3"
    body = "I. LINEAMIENTOS PARA LA DIFUSIÓN DEL MANUAL DE ORGANIZACIÓN\n\nUno.\n\nII. PUESTOS\n\n"
    manual = read(manual_text(index, body + SHEET))
    assert chapters(manual)["I"].endswith("DEL MANUAL DE ORGANIZACIÓN")
    assert manual.index[0].title.endswith("DEL MANUAL DEL ORGANIZACIÓN")


def test_numerals_that_start_anew_inside_a_chapter_are_parts() -> None:
    index = "I. ALCANCE\t3\nII. PUESTOS\t3\nIII. LINEAMIENTOS\t3"
    body = f"I. ALCANCE\n\nI. FIN\n\nUno.\n\nII. MEDIOS\n\nDos.\n\nII. PUESTOS\n\n{SHEET}"
    manual = read(manual_text(index, f"{body}\nIII. LINEAMIENTOS\n\nTres.\n"))
    assert chapters(manual) == {"I": "ALCANCE", "II": "PUESTOS", "III": "LINEAMIENTOS"}
    assert [s.number for s in manual.parts_of("I")] == ["I.I", "I.II"]


def test_a_retitled_chapter_is_known_by_its_place() -> None:
    index = "I. MARCO JURÍDICO\t3\nII. PUESTOS\t3"
    body = f"I. FUNDAMENTO LEGAL\n\nUno.\n\nII. PUESTOS\n\n{SHEET}"
    assert chapters(read(manual_text(index, body)))["I"] == "FUNDAMENTO LEGAL"


def test_titles_may_take_two_lines() -> None:
    index = "I. LINEAMIENTOS PARA LA DIFUSIÓN\nDEL MANUAL\t3\nII. PUESTOS\t3"
    body = f"I. LINEAMIENTOS PARA LA DIFUSIÓN\nDEL MANUAL\n\nUno.\n\nII. PUESTOS\n\n{SHEET}"
    manual = read(manual_text(index, body))
    assert chapters(manual)["I"] == "LINEAMIENTOS PARA LA DIFUSIÓN DEL MANUAL"
    assert manual.index[0].title == "I. LINEAMIENTOS PARA LA DIFUSIÓN DEL MANUAL"
    assert manual.warnings == ()


def test_what_the_index_lists_and_the_text_lacks_is_said() -> None:
    index = "I. ALCANCE\t3\nII. MISIÓN\t3\nIII. PUESTOS\t3\nGLOSARIO\t3"
    manual = read(manual_text(index, f"I. ALCANCE\n\nUno.\n\nIII. PUESTOS\n\n{SHEET}"))
    assert list(chapters(manual)) == ["I", "III"]
    assert [w.message for w in manual.warnings] == [
        "El índice anuncia el capítulo II. MISIÓN, pero no se encontró en el texto.",
        "El índice anuncia «GLOSARIO», pero no se encontró en el texto.",
    ]


def test_other_unnumbered_parts_are_known_from_the_index() -> None:
    index = "I. PUESTOS\t3\nGLOSARIO\t3"
    manual = read(manual_text(index, f"I. PUESTOS\n\n{SHEET}\nGLOSARIO\n\nPuesto: un cargo.\n"))
    section = section_of(manual, "GLOSARIO")
    assert section.passages[1].text == "Puesto: un cargo."


def test_without_an_index_capitals_and_sequence_tell() -> None:
    body = f"I. ALCANCE\n\nUno.\n\nII. PUESTOS\n\n{SHEET}"
    manual = read(manual_text("", body))
    assert list(chapters(manual)) == ["I", "II"]
    messages = [w.message for w in manual.warnings]
    assert any(message.startswith("No se encontró el índice") for message in messages)
    assert any(w.text == "PRESENTACIÓN" for w in manual.warnings)


def test_an_index_without_page_numbers_is_not_taken_for_the_chapters() -> None:
    body = f"I. ALCANCE\n\nUno.\n\nII. PUESTOS\n\n{SHEET}"
    manual = read(manual_text("I. ALCANCE\nII. PUESTOS", body))
    assert {s.number: s.page for s in manual.sections} == {"ÍNDICE": 2, "I": 3, "II": 3, "1": 3}
    assert manual.index == ()


def test_people_of_directory_and_formalisation() -> None:
    body = (
        f"I. PUESTOS\n\n{SHEET}\nHOJA DE FORMALIZACIÓN\n\nELABORA\n\nANA RUIZ\n\nTitular - RÚBRICA"
        "\n\nEXPIDE\n\nLuis Paz\n\nContralor\n\nDIRECTORIO\n\nAna Ruiz\tTitular\n(Por designar)\t"
        "Jefatura\nEva Sol\nArchivo\n\nCONTROL DE CAMBIOS\n\nVERSIÓN\tFECHA\tMOTIVO\n"
        "01 01-02-2024 Creación\n02\t03-04-2024\tCambio de\nnombre\n"
    )
    manual = read(manual_text("I. PUESTOS\t3", body))
    assert [(o.role, o.name, o.office) for o in manual.officers] == [
        ("ELABORA", "ANA RUIZ", "Titular"),
        ("EXPIDE", "Luis Paz", "Contralor"),
        (None, "Ana Ruiz", "Titular"),
        (None, "(Por designar)", "Jefatura"),
        (None, "Eva Sol", "Archivo"),
    ]
    assert [(c.version, c.date, c.reason) for c in manual.changes] == [
        ("01", "01-02-2024", "Creación"), ("02", "03-04-2024", "Cambio de nombre")
    ]  # fmt: skip
