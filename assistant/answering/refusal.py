"""Says in one sentence that the manual does not say, and what it does."""

from collections.abc import Sequence

from assistant.answering.answer import Reason
from assistant.answering.attributes import printed_attribute, told_of_posts
from assistant.answering.draft import Draft, refusal
from assistant.answering.knowledge import Knowledge
from assistant.answering.suggestions import examples
from assistant.answering.texts import said
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
    Expected.VACANCY: "si hay vacantes ni cómo se contrata",
    Expected.SECRET: "claves ni contraseñas",
    Expected.LAW_TEXT: "el texto de las leyes y reglamentos, sólo los enlista",
}
_OUT_OF_SCOPE = {Expected.OPINION, Expected.FUTURE}


def not_in_manual(
    asked: Understanding, knowledge: Knowledge, related: Position | None = None
) -> Draft:
    """The manual does not say what is asked; `related` is a position near the topic."""
    manual = knowledge.manual
    if related is not None:
        suggestions = (
            f"¿Cuáles son las funciones {of_the(numbered(related))}?",
            *examples(manual)[:2],
        )
    else:
        suggestions = examples(manual)
    printed = printed_attribute(asked, knowledge)
    if printed is not None:
        return printed
    if asked.expected in _OUT_OF_SCOPE:
        return refusal(said("refusal", "out_of_scope", manual), Reason.OUT_OF_SCOPE, suggestions)
    of_posts = told_of_posts(asked, knowledge)
    what = _WHAT.get(asked.expected) if not of_posts else None
    text = (
        said("refusal", "not_in_manual", manual, what=what)
        if what
        else said("refusal", "nothing_found", manual)
    )
    if of_posts:
        text = f"{text} {of_posts}"
    return refusal(text, Reason.NOT_IN_MANUAL, suggestions)


def without_sheet_of(unknown: str, knowledge: Knowledge) -> str:
    """That a unit has no sheet, and which come nearest: said before what is answered all the
    same."""
    near = _most_like(knowledge.names.nearest(unknown))
    return f"En el manual {knowledge.manual.code} no hay cédula de «{unknown}».{near}"


def _most_like(near: Sequence[Position]) -> str:
    if not near:
        return ""
    names = joined(the(numbered(p)) for p in near)
    several = "Los nombres más parecidos son" if len(near) > 1 else "El más parecido es"
    return f" {several} {names}."


def no_such_unit(unknown: str, knowledge: Knowledge, further: str = "") -> Draft:
    """The manual has no position or section of that name or number; `further` is said of it."""
    manual = knowledge.manual
    near = knowledge.names.nearest(unknown)
    text = f"En el manual {manual.code} no aparece «{unknown}».{_most_like(near)}"
    suggestions = tuple(f"¿Qué dice la cédula {of_the(numbered(p))}?" for p in near)
    return refusal(text + further, Reason.NOT_IN_MANUAL, suggestions or examples(manual))
