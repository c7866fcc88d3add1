"""The changes between two versions of a manual, in words."""

from collections.abc import Callable, Iterator
from itertools import groupby

from assistant.answering.blocks import Block, Heading, Inline, Text, item, paragraph, stacked, text
from assistant.structure.comparing import Change, Comparison, Kind, Place

KIND_NAMES = {
    Kind.POSITION_ADDED: "Puestos nuevos",
    Kind.POSITION_REMOVED: "Puestos que ya no están",
    Kind.POSITION_RENAMED: "Puestos con otro nombre",
    Kind.POSITION_MOVED: "Puestos con otro jefe",
    Kind.POSITION_RENUMBERED: "Puestos con otro número",
    Kind.FUNCTION_ADDED: "Funciones nuevas",
    Kind.FUNCTION_REMOVED: "Funciones que ya no están",
    Kind.FUNCTION_REWORDED: "Funciones con otra redacción",
    Kind.FUNCTION_MOVED: "Funciones que pasaron a otro puesto",
    Kind.FIELD_CHANGED: "Datos de cédulas que cambiaron",
    Kind.LEGAL_ADDED: "Ordenamientos nuevos del marco jurídico",
    Kind.LEGAL_REMOVED: "Ordenamientos que ya no están",
    Kind.LEGAL_REWORDED: "Ordenamientos con otra redacción",
    Kind.PROSE_ADDED: "Textos nuevos",
    Kind.PROSE_REMOVED: "Textos que ya no están",
    Kind.PROSE_REWORDED: "Textos con otra redacción",
}
FIELD_NAMES = {
    "objective": "Objetivo",
    "value": "Valor",
    "type": "Tipo",
    "direccion": "Dirección",
    "area": "Área",
    "functional_title": "Puesto funcional",
    "nominal_title": "Puesto nominal",
    "direct_reports": "Personal sin cédula que le reporta",
}


def title_of(comparison: Comparison) -> str:
    """What is compared, and how many changes there are."""
    count = len(comparison.changes)
    told = "un cambio" if count == 1 else f"{count or 'ningún'} cambio{'s' if count > 1 else ''}"
    return f"{comparison.code}: de la versión {comparison.before} a la {comparison.after}, {told}"


def grouped(comparison: Comparison) -> list[tuple[str, list[Change]]]:
    """The changes by their kinds, named."""
    return [
        (KIND_NAMES[kind], list(each))
        for kind, each in groupby(comparison.changes, key=lambda change: change.kind)
    ]


Quoted = Callable[[Place], Inline]
"""Makes a quote of what a version prints."""


def in_quotes(place: Place) -> str:
    """What a version prints, where it is not cited."""
    return f"«{place.text}»"


def comparison_blocks(
    comparison: Comparison, most: int | None = None, quoted: Quoted = in_quotes
) -> tuple[Block, ...]:
    """All changes, or the first `most` of each kind; `quoted` gives those of the new version."""
    blocks: list[Block] = [paragraph(f"{title_of(comparison)}.")]
    for name, changes in grouped(comparison):
        blocks.append(Heading(f"{name} ({len(changes)}):"))
        blocks += [item(_told(change, quoted)) for change in changes[:most]]
        if most is not None and len(changes) > most:
            blocks.append(item(f"… y {len(changes) - most} más"))
    return stacked(blocks)


def _told(change: Change, quoted: Quoted) -> Text:
    """A change in one line, with its pages in both versions."""
    before, after = change.before, change.after
    here = after or before
    assert here is not None
    where = f"{here.section} {here.title}" if here.section != here.title else here.title
    said: Inline | Text
    match change.kind:
        case Kind.POSITION_ADDED | Kind.POSITION_REMOVED:
            said = where
        case Kind.POSITION_RENAMED if before and after:
            said = text(f"{before.section} «{before.text}» → {after.section} ", quoted(after))
        case Kind.POSITION_RENUMBERED if before and after:
            said = f"{after.title}: {before.section} → {after.section}"
        case Kind.FUNCTION_MOVED if before and after:
            old = f"{before.section} {before.title}"
            said = text(quoted(after), f": de {old} a {where}")
        case Kind.FIELD_CHANGED if change.field and not change.pieces:
            old = in_quotes(before) if before and before.text else "nada"
            new = quoted(after) if after and after.text else "nada"
            said = text(f"{where}, {FIELD_NAMES[change.field].lower()}: {old} → ", new)
        case Kind.POSITION_MOVED if before and after:
            said = text(f"{where}: «{before.text}» → ", quoted(after))
        case _ if change.pieces:
            said = f"{where}: «{_marked(change)}»"
        case _:
            said = text(f"{where}: ", quoted(here) if here is after else in_quotes(here))
    return text(said, f" [{pages_of(change)}]")


def pages_of(change: Change) -> str:
    """The pages of both versions, or of the one that has it."""
    told = [
        f"p. {place.page} {name}"
        for place, name in ((change.before, "antes"), (change.after, "ahora"))
        if place is not None
    ]
    return ", ".join(told)


def place_of(place: Place) -> str:
    """Where a version prints something, in words, without its page."""
    numbered = place.section if place.section == place.title else f"{place.section} {place.title}"
    return f"{numbered}, función {place.function}" if place.function is not None else numbered


def _marked(change: Change) -> str:
    return " ".join(_pieces(change))


def _pieces(change: Change) -> Iterator[str]:
    signs = {"same": "{}", "removed": "[-{}-]", "added": "[+{}+]"}
    for piece in change.pieces:
        yield signs[piece.state].format(piece.text)
