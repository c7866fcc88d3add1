"""What is asked, how an answer ended and why, in the words of the office: for explanations."""

from collections.abc import Mapping
from types import MappingProxyType

from assistant.answering.answer import AnswerKind, Reason

_ASKED: Mapping[str, str] = MappingProxyType(
    {
        "affirm": "un sí",
        "all_reports": "todos los que dependen de un puesto",
        "amount": "una cantidad",
        "boss_of_boss": "el superior del superior",
        "chain": "la línea de mando",
        "chain_between": "la línea entre dos puestos",
        "chapter": "un capítulo",
        "common_boss": "el superior común",
        "compare": "una comparación",
        "contradictions": "contradicciones",
        "correction": "una corrección",
        "count": "cuántos hay",
        "definition": "una definición",
        "deny": "un no",
        "direct_reports": "quién le reporta",
        "email": "un correo",
        "english": "otro idioma",
        "farewell": "una despedida",
        "field": "un dato de la cédula",
        "function": "una función",
        "function_nth": "una función por su número",
        "further": "otro dato de la cédula",
        "functions": "las funciones",
        "future": "el futuro",
        "greeting": "un saludo",
        "help": "ayuda",
        "identity": "qué es el asistente",
        "injection": "una orden al asistente",
        "insult": "un insulto",
        "law_text": "el texto de una ley",
        "legal": "el marco jurídico",
        "level": "un nivel",
        "list": "una lista",
        "locate": "dónde está",
        "manual_fact": "un dato del manual",
        "money": "dinero",
        "more": "más",
        "newcomer": "quien empieza",
        "objective": "el objetivo",
        "officer": "quién ocupa el puesto",
        "opinion": "una opinión",
        "other_language": "otro idioma",
        "out_of_scope": "algo fuera de tema",
        "own_case": "el caso propio",
        "peers": "los puestos del mismo nivel",
        "person": "una persona",
        "personal_case": "el caso propio",
        "personal_data": "datos personales",
        "phone": "un teléfono",
        "place": "un lugar",
        "points_nowhere": "algo que no se dijo antes",
        "position_does": "si un puesto hace algo",
        "reports_check": "si le reporta",
        "reports_to": "a quién le reporta",
        "requirement": "un requisito",
        "responsible": "quién ve un tema",
        "schedule": "un horario",
        "secret": "un secreto",
        "sheet": "la cédula",
        "statement": "si algo es así",
        "summarise": "un resumen",
        "superlative": "el que más o menos tiene",
        "thanks": "gracias",
        "thing": "qué es una cosa",
        "time": "un plazo o fecha",
        "topic": "quién ve un tema",
        "total": "una suma",
        "unclear": "no está claro",
        "vacancy": "una vacante",
        "who_am_i": "quién pregunta",
        "whoami": "quién pregunta",
        "world": "algo ajeno al manual",
    }
)
KIND_NAMES: Mapping[AnswerKind, str] = MappingProxyType(
    {
        AnswerKind.ANSWER: "se respondió",
        AnswerKind.CLARIFY: "se pidió aclarar",
        AnswerKind.ABSTAIN: "sin respuesta",
    }
)
REASON_NAMES: Mapping[Reason, str] = MappingProxyType(
    {
        Reason.AMBIGUOUS: "se puede entender de varias maneras",
        Reason.NEAREST: "no es seguro; se mostró lo más cercano",
        Reason.NOT_IN_MANUAL: "el manual no lo dice",
        Reason.NOT_UNDERSTOOD: "no se entendió",
        Reason.NOT_READ: "esa parte del archivo no se pudo leer",
        Reason.OUT_OF_SCOPE: "fuera de tema",
        Reason.PERSONAL: "es sobre una persona o un caso propio",
        Reason.LANGUAGE: "está en otro idioma",
        Reason.HARMFUL: "da por hecha una falta",
        Reason.EMERGENCY: "avisa de un peligro",
    }
)


def asked_name(label: str) -> str:
    """What a label of the model, or an intent, asks for; the label where it has no name."""
    head, _, rest = label.partition(":")
    return f"{_ASKED.get(head, head)}{f' ({rest})' if rest else ''}"
