"""Turns that need no evidence: greetings, the assistant itself, and what it won't do."""

from assistant.answering.answer import AnswerKind
from assistant.answering.draft import Draft
from assistant.answering.knowledge import Knowledge
from assistant.answering.wording import numbered, of_the, the
from assistant.understanding.types import Intent, Understanding
from corpus.model import Manual, Position

_SCOPE = (
    "las funciones y el objetivo de cada puesto, quién le reporta a quién, qué área atiende un "
    "asunto, el marco jurídico y los demás capítulos"
)

_TEXTS = {
    Intent.GREETING: (
        "¡Hola! Soy el asistente del manual de organización {of_dependency}. Pregúnteme por "
        "{scope}."
    ),
    Intent.NEWCOMER: (
        "¡Bienvenida, bienvenido! Dígame cuál es su puesto, por ejemplo «soy de {example}», y "
        "le digo sus funciones, a quién le reporta y quién le reporta, con sección y "
        "página del manual {code}."
    ),
    Intent.THANKS: "Con gusto. Si tiene otra duda sobre el manual, aquí estoy.",
    Intent.FAREWELL: "¡Hasta luego! Cuando tenga otra duda sobre el manual, aquí estoy.",
    Intent.IDENTITY: (
        "Soy un asistente automático, no una persona: respondo sólo con lo que dice el manual de "
        "organización {of_dependency} ({code}), con la sección y la página. Si hay diferencia, "
        "vale el manual impreso."
    ),
    Intent.HELP: (
        "Puedo decirle, con sección y página del manual {code}: {scope}. Lo que el manual no "
        "dice, se lo digo también."
    ),
    Intent.INSULT: (
        "Lamento no haberle servido. Si me dice qué busca en el manual, con gusto lo intento otra "
        "vez."
    ),
    Intent.PERSONAL_DATA: (
        "No doy datos personales de nadie: el manual trata de los puestos, no de la vida de las "
        "personas. Sí puedo decirle las funciones de un puesto y a quién le reporta."
    ),
    Intent.INJECTION: (
        "Sólo respondo preguntas sobre el manual de organización {of_dependency}, con lo que está "
        "impreso en él. ¿Qué quiere saber del manual?"
    ),
    Intent.UNCLEAR: "No entendí la pregunta. Puede preguntarme, por ejemplo, por {scope}.",
}
_ABSTAINS = {Intent.PERSONAL_DATA, Intent.INJECTION}


def courtesy(asked: Understanding, knowledge: Knowledge) -> Draft:
    """The fitting text for a turn that asks nothing of the manual."""
    manual = knowledge.manual
    text = _TEXTS[asked.intent].format(
        of_dependency=of_the(manual.dependency),
        code=manual.code,
        scope=_SCOPE,
        example=the(numbered(_middle(manual))) if manual.positions else "la dirección",
    )
    kind = AnswerKind.ABSTAIN if asked.intent in _ABSTAINS else AnswerKind.ANSWER
    return Draft(text, kind, suggestions=examples(manual), grounded=False)


def examples(manual: Manual) -> tuple[str, ...]:
    """Questions that this manual answers."""
    positions = manual.positions
    if not positions:
        return ()
    middle, last = _middle(manual), positions[-1]
    return (
        f"¿Cuáles son las funciones {of_the(numbered(middle))}?",
        f"¿A quién le reporta {the(numbered(last))}?",
        "¿Cuál es la misión?",
    )


def _middle(manual: Manual) -> Position:
    return manual.positions[len(manual.positions) // 2]
