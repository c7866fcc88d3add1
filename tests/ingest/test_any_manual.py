"""What goes in comes out: small manuals, rendered here in the printed layout, parsed back.

Unlike the made-up manuals of `evals`, these are cut by page breaks anywhere: between any two
rows, and in the middle of a row.
"""

from dataclasses import dataclass, field

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.model import Manual
from ingest import SourceText, chunk_manual, parse_manual
from tests.ingest.conftest import section_of, text_of

DEFINITION = (
    "Representa la finalidad o razón sustantiva del puesto. Da cuenta del por qué ese puesto "
    "existe. Debe ser específico para el puesto, medible y congruente con el perfil del puesto."
)
TOPICS = ("Ingresos", "Parques y Jardines", "Obra Pública", "Catastro", "Mesas y Juntas Vecinales")
WORDS = (
    "atender", "vigilar", "el trámite", "de las", "áreas", "con 3 etapas", "según el plan",
    "municipal", "y los", "servicios", "en campo", "(altas, bajas)", "niñez", "e/o apoyos",
)  # fmt: skip
STAFF = ("Asistente", "3 Analistas de Campo", "Auxiliar (4)", "Chofer", "Supervisores")
OBJECTIVE_STYLES = ("row", "glued", "marked", "replaced", "bare")
BLANKS = ("", " ", "\t", "\u00a0")


@dataclass
class Sheet:
    """A position to print, and the page and function pages that it was printed with."""

    number: str
    title: str
    dot: bool
    boss: str
    reports: list[str]
    objective: str
    objective_style: str
    functions: list[str]
    tabs: bool
    page: int = 0
    function_pages: list[int] = field(default_factory=list)


sentences = st.lists(st.sampled_from(WORDS), min_size=2, max_size=14).map(
    lambda words: " ".join(["Realizar", *words])
)
prose = sentences.map(lambda text: text + ".")


@st.composite
def sheets(draw: st.DrawFn) -> list[Sheet]:
    """Two to six positions: a head, and others below it."""
    found: list[Sheet] = []
    for at in range(draw(st.integers(2, 6))):
        number = "1" if at == 0 else draw(st.sampled_from((f"1.{at}", f"{at + 1}", f"2.1.{at}")))
        found.append(
            Sheet(
                number=number,
                title=f"Coordinación de {draw(st.sampled_from(TOPICS))}",
                dot=draw(st.booleans()),
                boss="N/A" if at == 0 else found[0].title,
                reports=draw(st.lists(st.sampled_from(STAFF), unique=True, max_size=4)),
                objective=draw(prose),
                objective_style=draw(st.sampled_from(OBJECTIVE_STYLES)),
                functions=draw(st.lists(sentences, min_size=1, max_size=8)),
                tabs=draw(st.booleans()),
            )
        )
    return found


class Printer:
    """Prints lines on pages; breaks pages where the test data say so."""

    def __init__(self, draw: st.DrawFn, total: int) -> None:
        self.draw = draw
        self.total = total
        self.lines: list[str] = []
        self.page = 1

    def put(self, *lines: str) -> None:
        self.lines += lines

    def row(self, text: str) -> int:
        """Prints a row, perhaps on a new page, perhaps cut by one; gives the page it starts on."""
        fate = self.draw(st.sampled_from(("here",) * 8 + ("new page", "cut")))
        if fate == "new page":
            self.new_page()
        page = self.page
        label = max(text.rstrip().rfind("\t"), text.find(":")) + 1
        spaces = [at for at, c in enumerate(text) if c == " " and at > label]
        spaces = [at for at in spaces if not text[:at].isdigit()]
        if fate == "cut" and spaces:
            at = self.draw(st.sampled_from(spaces))
            self.put(text[:at])
            self.new_page()
            self.put(text[at + 1 :])
        else:
            self.put(text)
        return page

    def new_page(self, header: str | None = None) -> None:
        blanks = self.draw(st.lists(st.sampled_from(BLANKS), min_size=3, max_size=6))
        self.put(*blanks)
        self.page += 1
        kind = header or self.draw(st.sampled_from(("full", "logo", "code", "none")))
        if kind == "logo":
            self.put("Gobierno", "de", "—", "Villa Alta", "")
        if kind in ("logo", "full"):
            self.put("MANUAL DE ORGANIZACIÓN", "")
        if kind != "none":
            self.put("CÓDIGO:\tMO-OP-07", "VERSIÓN:\t02", "EMISIÓN:\t05/01/24")
            self.put(f"PÁGINA:\t{self.page} de {self.total}", "")
        if kind in ("logo", "full"):
            self.put("SECRETARÍA DE OBRAS PÚBLICAS", "")


@dataclass
class Rendered:
    """A rendered manual, and what it was rendered from."""

    text: str
    sheets: list[Sheet]
    paragraphs: list[str]
    pages: int


@st.composite
def manuals(draw: st.DrawFn) -> Rendered:
    """A whole manual: cover, table of contents, two chapters of prose, VIII, X, directory."""
    positions = draw(sheets())
    paragraphs = [draw(prose), draw(prose)]
    printer = Printer(draw, 0)
    _front(printer, paragraphs)
    printer.new_page("full")
    printer.put("III. ESTRUCTURA ORGÁNICA", "")
    for sheet in positions:
        printer.put(f"{'- ' if '.' in sheet.number else ''}{sheet.number} {sheet.title}", "")
    printer.new_page()
    printer.put("IV. PUESTOS Y FUNCIONES", "")
    for at, sheet in enumerate(positions):
        if at:
            printer.new_page()
        _sheet(printer, sheet)
    printer.new_page("full")
    printer.put("DIRECTORIO", "", "Ana Ruiz", "Secretaría de Obras Públicas", "")
    text = "\n".join(printer.lines).replace("de 0\n", f"de {printer.page}\n")
    return Rendered(text, positions, paragraphs, printer.page)


def _front(printer: Printer, paragraphs: list[str]) -> None:
    printer.put("", "Gobierno", "de", "—", "Villa Alta", "", "", "", "MANUAL DE ORGANIZACIÓN")
    printer.put("", "", "", "Secretaría", "de", "Obras Públicas", "", "ADMINISTRACIÓN 2021-2024")
    printer.new_page("full")
    printer.put("ÍNDICE", "", "I. INTRODUCCIÓN\t3", "II. MISIÓN\t3", "III. ESTRUCTURA ORGÁNICA\t4")
    printer.put("IV. PUESTOS Y FUNCIONES\t5", "DIRECTORIO\t9")
    printer.new_page()
    printer.put("I. INTRODUCCIÓN", "", paragraphs[0], "", "II. MISIÓN", "", paragraphs[1])


def _sheet(printer: Printer, sheet: Sheet) -> None:
    sheet.page = printer.page
    printer.put(f"{sheet.number}{'.' if sheet.dot else ''} {sheet.title}", "")
    printer.put("Identificación:\t\t\t")
    reports = ", ".join(sheet.reports) or "No aplica"
    for row in (
        f"Puesto funcional:\tCoordinador (a)\tFecha:\t{5 + len(reports) % 9}/01/2024",
        "Puesto nominal:\tCoordinación\t\t",
        "Secretaría:\tSecretaría de Obras Públicas\t\t",
        "Dirección:\tN/A\t\t",
        "Área:\tSecretaría de Obras Públicas\t\t",
        "Organización:\t\t\t",
        f"Puesto al que le reporta:\t{sheet.boss}\t\t",
    ):
        printer.row(row.rstrip("\t") if row.startswith("Puesto al") else row)
    printer.put(f"Puestos que le reportan:\t{reports}\t\t")
    for row in _objective(sheet):
        printer.row(row)
    printer.row("Valor que aporta al puesto que reporta:\tAlto\tTipo de Puesto\tTemporal")
    printer.row("Funciones y Responsabilidades Clave: DESCRIPCIÓN DE LA FUNCIÓN: ¿Qué hace?\t\t\t")
    sheet.function_pages = [
        printer.row(f"{number}{chr(9) if sheet.tabs or number == 1 else ' '}{text}")
        for number, text in enumerate(sheet.functions, start=1)
    ]


def _objective(sheet: Sheet) -> list[str]:
    label = "Objetivo General del puesto:"
    return {
        "row": [f"{label} {DEFINITION}\t\t\t", f"{sheet.objective}\t\t\t"],
        "glued": [f"{label} {DEFINITION} {sheet.objective}\t\t\t"],
        "marked": [f"<p>{label} {DEFINITION}</p>\t\t\t", f"<p>{sheet.objective}</p>\t\t\t"],
        "replaced": [f"{label} Identificar, atender y dar seguimiento.\t\t\t", sheet.objective],
        "bare": [f"{label}\t\t\t", sheet.objective],
    }[sheet.objective_style]


def parse(rendered: Rendered) -> Manual:
    return parse_manual(SourceText("pequeño.txt", rendered.text))


any_manual = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@any_manual
@given(manuals())
def test_every_function_comes_out_with_its_number_text_and_page(rendered: Rendered) -> None:
    for sheet, position in zip(rendered.sheets, parse(rendered).positions, strict=True):
        expected = list(zip(sheet.functions, sheet.function_pages, strict=True))
        assert [f.number for f in position.functions] == list(range(1, len(expected) + 1))
        assert [(f.text, f.page) for f in position.functions] == expected


@any_manual
@given(manuals())
def test_every_field_comes_out_as_printed(rendered: Rendered) -> None:
    for sheet, position in zip(rendered.sheets, parse(rendered).positions, strict=True):
        assert (position.number, position.title, position.page) == (
            sheet.number, sheet.title, sheet.page
        )  # fmt: skip
        assert text_of(position.functional_title) == "Coordinador (a)"
        assert text_of(position.date).endswith("/01/2024")
        assert text_of(position.reports_to) == sheet.boss
        assert [entry.printed for entry in position.direct_reports] == sheet.reports
        assert text_of(position.objective) == sheet.objective
        assert text_of(position.value) == "Alto"
        assert text_of(position.type) == "Temporal"


@any_manual
@given(manuals())
def test_the_rest_of_the_manual_comes_out_without_a_warning(rendered: Rendered) -> None:
    manual = parse(rendered)
    assert (manual.code, manual.version) == ("MO-OP-07", "02")
    assert manual.dependency == "Secretaría de Obras Públicas"
    assert manual.municipality == "Villa Alta"
    assert manual.page_count == rendered.pages
    assert [(u.number, u.title) for u in manual.structure] == [
        (s.number, s.title) for s in rendered.sheets
    ]
    for number, paragraph in zip(("I", "II"), rendered.paragraphs, strict=True):
        section = section_of(manual, number)
        assert [p.text for p in section.passages[1:]] == [paragraph]
    assert [w for w in manual.warnings if "cédulas con el número" not in w.message] == []


@any_manual
@given(manuals())
def test_every_passage_is_verbatim_and_every_chunk_can_be_cited(rendered: Rendered) -> None:
    manual = parse(rendered)
    pages = _pages(rendered.text)
    for section in manual.sections:
        for passage in section.passages:
            assert passage.text in pages
    chunks = chunk_manual(manual)
    assert len({chunk.id for chunk in chunks}) == len(chunks)
    texts = {section.text for section in manual.sections}
    assert all(any(chunk.quote in text for text in texts) for chunk in chunks)


def _pages(text: str) -> str:
    for mark in ("<p>", "</p>"):
        text = text.replace(mark, " ")
    return " ".join(text.split())
