"""What the bot says of itself, and the screens that are mostly fixed words."""

from bots.chat.screens import ChoiceScreen, WelcomeScreen
from bots.chat.spans import BLANK, Line, Span, Style, bold, plain
from bots.chat.view import Button, Verb, View, rows_of

COMMANDS = {
    "start": "Quién soy y qué puede preguntar",
    "ayuda": "Qué puedo hacer",
    "puesto": "La cédula de un puesto: /puesto jefatura de geomática",
    "seccion": "Una sección del manual: /seccion 3.2",
    "organigrama": "El organigrama, o la rama de un puesto",
    "induccion": "La inducción a un puesto, paso a paso",
    "nueva": "Empezar una conversación nueva",
    "privacidad": "Qué se guarda y por cuánto tiempo",
    "borrar": "Borrar lo que se guarda de este chat",
}
"""The commands, and what each does."""

DESCRIPTION = (
    "Respondo lo que dicen los manuales de organización, con la sección, la página y la cita "
    "textual. Si el manual no lo dice, se lo digo. Soy un asistente automático: lo que vale es el "
    "manual impreso."
)
REASONS = (
    "No responde lo que pregunté",
    "Le falta información",
    "Dice algo equivocado",
    "Cita otro pasaje",
)
"""What may be wrong with an answer."""

TEXT_ONLY = "Por ahora solo leo texto: escriba su pregunta, por favor."
UNKNOWN_COMMAND = "No conozco ese comando. Escriba su pregunta, o vea /ayuda."
NAME_A_POSITION = "Diga de qué puesto, por su nombre o su número; por ejemplo: /{command} {example}"
NAME_A_SECTION = "Diga qué sección; por ejemplo: /seccion {example}"
NEW_CONVERSATION = "Empezamos de nuevo: ya no tengo en cuenta lo anterior."
KEPT = "No borré nada."
NOT_YOURS = "Sólo quien pidió borrar puede confirmarlo."
ERASED = "Borré la conversación y lo que mostraban los mensajes de este chat."
GONE = "Ese mensaje ya no se puede usar; vuelva a preguntar."
THANKS = "Gracias por su opinión."
WRITE_IT = "Responda a este mensaje con lo que estuvo mal. No escriba datos personales."
WHAT_WAS_WRONG = "¿Qué estuvo mal?"
FAILED = (
    "Disculpe, algo falló y no pude responder. Vuelva a intentarlo; si sigue fallando, avise "
    "mencionando el identificador {error_id}."
)


def welcome_view(screen: WelcomeScreen) -> View:
    """Who I am, what to try, and privacy in a line."""
    lines = (
        bold("Asistente del Manual"),
        BLANK,
        plain(DESCRIPTION),
        BLANK,
        plain("Escriba su pregunta como la diría en persona. Por ejemplo:"),
        *((Span("• "), Span(example, Style.ITALIC)) for example in screen.examples),
        BLANK,
        plain("No escriba datos personales. Qué se guarda: /privacidad. Más: /ayuda"),
    )
    rows = tuple((Button(each, Verb.ASK, at),) for at, each in enumerate(screen.examples))
    return View(lines, rows)


def choice_view(screen: ChoiceScreen) -> View:
    """Which one is meant?"""
    buttons = [Button(option.label, Verb.CHOOSE, at) for at, option in enumerate(screen.options)]
    return View((plain(screen.lead),), rows_of(buttons, 1))


def complaint_view() -> View:
    """What was wrong?"""
    reasons = [Button(reason, Verb.REASON, at) for at, reason in enumerate(REASONS)]
    other = Button("Otra cosa: la escribo", Verb.WRITE)
    return View((plain(WHAT_WAS_WRONG),), rows_of([*reasons, other], 1))


def erase_view() -> View:
    """Shall it be erased?"""
    lines: tuple[Line, ...] = (
        plain(
            "¿Borro la conversación y lo que guardo de los mensajes de este chat? Los botones de "
            "los mensajes anteriores dejarán de funcionar. No se puede deshacer."
        ),
    )
    return View(lines, ((Button("Sí, borrar", Verb.ERASE), Button("No", Verb.KEEP)),))


def said(text: str) -> View:
    """A sentence."""
    return View((plain(text),))
