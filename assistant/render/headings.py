"""What stands above an answer: what sort of reply it is, by its reason where it has one."""

from assistant.answering.answer import Answer, AnswerKind, Reason

HEADINGS: dict[AnswerKind | Reason, str] = {
    AnswerKind.ANSWER: "Respuesta",
    AnswerKind.CLARIFY: "Hace falta aclarar",
    AnswerKind.ABSTAIN: "El manual no lo dice",
    Reason.NEAREST: "Lo más cercano, no es seguro",
    Reason.NOT_IN_MANUAL: "El manual no lo dice",
    Reason.NOT_UNDERSTOOD: "No entendí la pregunta",
    Reason.NOT_READ: "No se pudo leer",
    Reason.OUT_OF_SCOPE: "No es materia del manual",
    Reason.PERSONAL: "Datos personales",
    Reason.LANGUAGE: "Sólo en español",
    Reason.HARMFUL: "No se señala a nadie",
    Reason.EMERGENCY: "Si hay peligro",
}
"""The page's script is given these too, so that they are said in one place."""


def heading(answer: Answer) -> str:
    """The heading of an answer."""
    by_reason = HEADINGS.get(answer.reason) if answer.reason is not None else None
    return by_reason or HEADINGS[answer.kind]
