"""How kinds and severities are told to people."""

from collections.abc import Mapping
from types import MappingProxyType

from assistant.reports.audit.finding import Kind, Severity

SEVERITY_NAMES: Mapping[Severity, str] = MappingProxyType(
    {Severity.HIGH: "Grave", Severity.MEDIUM: "Media", Severity.LOW: "Leve"}
)
SEVERITY_MEANINGS: Mapping[Severity, str] = MappingProxyType(
    {
        Severity.HIGH: "Puede llevar a informar o a instruir mal a alguien.",
        Severity.MEDIUM: "Falta algo o no es uniforme: quien lo consulta tiene que preguntar.",
        Severity.LOW: "Detalle de escritura o de forma que conviene corregir.",
    }
)
KIND_NAMES: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.CLAIMED_BY_ANOTHER_BOSS: "Puesto con dos superiores",
        Kind.REPORTING_CYCLE: "Líneas de mando en círculo",
        Kind.NOT_LISTED_BY_BOSS: "El superior no lo enlista",
        Kind.SHEET_NOBODY_LISTS: "Ninguna cédula lo enlista",
        Kind.NUMBER_UNDER_ANOTHER_BOSS: "Numeración bajo otro superior",
        Kind.BOSS_WITHOUT_SHEET: "Superior sin cédula",
        Kind.DIRECT_REPORT_WITHOUT_SHEET: "Puesto subordinado sin cédula",
        Kind.UNIT_WITHOUT_SHEET: "Unidad sin cédula",
        Kind.FIELD_CONTRADICTS_LINE: "Adscripción distinta de la línea de mando",
        Kind.NUMBER_MISMATCH: "Número distinto",
        Kind.RANK_MISMATCH: "Categoría distinta",
        Kind.NAME_MISMATCH: "Nombre distinto",
        Kind.NAME_SPELLING: "Nombre mal escrito",
        Kind.UNIT_SPELLING_IN_TEXT: "Unidad mal escrita en el texto",
        Kind.LISTED_WITHOUT_SHEET: "En la lista, sin cédula",
        Kind.SHEET_NOT_LISTED: "Con cédula, fuera de la lista",
        Kind.CHART_WITHOUT_SHEET: "En el organigrama, sin cédula",
        Kind.REPEATED_NUMBER: "Número repetido",
        Kind.MISSING_NUMBER: "Salto en la numeración",
        Kind.REPEATED_FUNCTION: "Función repetida en la cédula",
        Kind.SHARED_FUNCTIONS: "Funciones iguales en varias cédulas",
        Kind.FUNCTION_NUMBERING: "Numeración de las funciones",
        Kind.INDEX_PAGE_MISMATCH: "Página equivocada en el índice",
        Kind.DATE_MISMATCH: "Fecha distinta",
        Kind.VERSION_MISMATCH: "Versión distinta",
        Kind.FORM_TEXT_REPLACED: "Texto del formato sustituido",
        Kind.OFFICER_MISMATCH: "Titular distinto",
    }
)
