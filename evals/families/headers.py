"""What is repeated at the head and foot of every page."""

from evals.families.choices import HeaderKind
from evals.families.office import Office
from evals.families.style import Style
from evals.generated.wording import MONTHS

HeadLine = tuple[str, ...]
"""The cells of a line: one, or some side by side."""


def head_lines(style: Style, office: Office, page: int, total: int) -> list[HeadLine]:
    """The lines at the head of a page; none on the cover."""
    if page == 1:
        return []
    document, name = style.country.document, office.name
    lines: dict[HeaderKind, list[HeadLine]] = {
        HeaderKind.NONE: [],
        HeaderKind.CLAVE_HOJA: [
            (document.upper(),),
            (f"CLAVE: {office.code}", f"HOJA: {page} DE {total}"),
        ],
        HeaderKind.PAGINA_DE: [(name, f"Página {page} de {total}")],
        HeaderKind.CODIGO_VERSION: [
            (document.upper(), f"Código: {office.code}"),
            (name, "Versión: 02"),
            (f"Fecha: {office.emission}", f"Página: {page}/{total}"),
        ],
        HeaderKind.EDICION: [
            (document, "Edición: Primera"),
            (f"Fecha: {office.emission}", f"Página: {page}"),
        ],
        HeaderKind.GACETA: [
            (_spelled(office.emission), "GACETA OFICIAL", f"Página {page}"),
        ],
        HeaderKind.FOLIO: [(f"Folio {page:03d}",)],
        HeaderKind.SIGLAS: [(f"{office.acronym} – {_initials(document)}", f"Pág. {page}")],
    }
    return lines[style.header]


def foot_line(style: Style, page: int, total: int) -> str:
    """The line at the foot of a page, or ""."""
    return style.foot.format(page=page, total=total) if page > 1 else ""


def printed_code(style: Style, office: Office) -> str | None:
    """The code, if any page prints it."""
    prints = style.header in (HeaderKind.CLAVE_HOJA, HeaderKind.CODIGO_VERSION)
    return office.code if prints else None


def _spelled(date: str) -> str:
    day, month, year = (int(part) for part in date.split("/"))
    return f"{day} de {MONTHS[month - 1]} de {year}"


def _initials(document: str) -> str:
    return "".join(word[0] for word in document.split() if word[0].isupper())
