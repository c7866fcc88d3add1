"""Says in one sentence that the manual does not say, and what it does."""

from assistant.answering.answer import AnswerKind
from assistant.answering.courtesy import examples
from assistant.answering.draft import Draft
from assistant.answering.knowledge import Knowledge
from assistant.answering.wording import numbered, of_the, the
from assistant.understanding.types import Expected, Understanding
from corpus.model import Position
from corpus.spanish import joined

_WHAT = {
    Expected.MONEY: "sueldos, costos ni montos",
    Expected.PHONE: "números de teléfono",
    Expected.EMAIL: "direcciones de correo ni redes sociales",
    Expected.SCHEDULE: "horarios",
    Expected.REQUIREMENT: "requisitos, pasos ni documentos de trámites",
    Expected.TIME: "esa fecha o plazo",
    Expected.PLACE: "esa ubicación",
    Expected.AMOUNT: "esa cantidad",
    Expected.PERSON: "el nombre de esa persona",
    Expected.OPINION: "opiniones ni valoraciones",
    Expected.FUTURE: "qué pasará más adelante",
    Expected.VACANCY: "si hay vacantes ni cómo se contrata",
    Expected.SECRET: "claves ni contraseñas",
    Expected.LAW_TEXT: "el texto de las leyes y reglamentos, sólo los enlista",
}


def not_in_manual(
    asked: Understanding, knowledge: Knowledge, related: Position | None = None
) -> Draft:
    """The manual does not say what is asked; `related` is a position near the topic."""
    manual = knowledge.manual
    what = _WHAT.get(asked.expected)
    says = (
        f"El manual {manual.code} no dice {what}"
        if what
        else f"El manual {manual.code} no dice nada que responda a eso"
    )
    help_ = (
        f"trata de la organización {of_the(manual.dependency)}: funciones, objetivos, líneas de "
        "reporte y áreas responsables."
    )
    if related is not None:
        suggestions = (
            f"¿Cuáles son las funciones {of_the(numbered(related))}?",
            *examples(manual)[:2],
        )
    else:
        suggestions = examples(manual)
    return Draft(f"{says}; {help_}", AnswerKind.ABSTAIN, suggestions=suggestions, grounded=False)


def no_such_unit(unknown: str, knowledge: Knowledge) -> Draft:
    """The manual has no position or section of that name or number."""
    manual = knowledge.manual
    near = knowledge.names.nearest(unknown)
    text = f"En el manual {manual.code} no aparece «{unknown}»."
    if near:
        names = joined(the(numbered(p)) for p in near)
        several = "Los nombres más parecidos son" if len(near) > 1 else "El más parecido es"
        text += f" {several} {names}."
    suggestions = tuple(f"¿Qué dice la cédula {of_the(numbered(p))}?" for p in near)
    return Draft(
        text, AnswerKind.ABSTAIN, suggestions=suggestions or examples(manual), grounded=False
    )
