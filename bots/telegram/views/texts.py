"""What the bot says of itself, and the screens that are mostly fixed words."""

from bots.telegram.markup import BLANK, Line, Span, Style, bold, plain
from bots.telegram.screens import ChoiceScreen, WelcomeScreen
from bots.telegram.view import Button, Verb, View, rows_of

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
"""The commands, as Telegram lists them."""

DESCRIPTION = (
    "Respondo lo que dicen los manuales de organización, con la sección, la página y la cita "
    "textual. Si el manual no lo dice, se lo digo. Soy un asistente automático: lo que vale es el "
    "manual impreso."
)
SHORT_DESCRIPTION = "Respondo lo que dice el manual de organización, con sección y página."

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


def help_view(username: str) -> View:
    """What I can do."""
    lines = (
        bold("Qué puedo hacer"),
        BLANK,
        plain(
            "Escriba cualquier pregunta sobre el manual: quién se encarga de algo, qué funciones "
            "tiene un puesto, a quién le reporta. Cada respuesta lleva botones con las secciones "
            "que cita: muestran el pasaje. Puede seguir preguntando («¿y su jefe?»)."
        ),
        BLANK,
        *(plain(f"/{name}: {what}") for name, what in COMMANDS.items()),
        BLANK,
        plain(
            f"En un grupo, mencióneme (@{username}) o responda a un mensaje mío. En cualquier "
            f"chat, escriba @{username} y un puesto o un tema para enviar un pasaje."
        ),
    )
    return View(lines)


def privacy_view(days: int, model: str | None) -> View:
    """What is kept, and who else reads the questions."""
    kept = "un día" if days == 1 else f"{days} días"
    lines = (
        bold("Privacidad"),
        BLANK,
        plain("Soy un asistente automático. Para dar seguimiento a la conversación guardo:"),
        plain("• de qué trata: la última pregunta y los puestos de los que se habló;"),
        plain("• lo que muestran mis mensajes, para que sus botones funcionen;"),
        plain("• su opinión sobre una respuesta, si la da, sin nada que la una a usted."),
        BLANK,
        plain(
            "No guardo su nombre, su usuario ni su teléfono. El número de este chat se guarda "
            "cifrado (una huella que no se puede revertir), y se ocultan las CURP, los RFC, los "
            "teléfonos y los correos que escriba."
        ),
        *(
            (
                plain(
                    f"Algunas respuestas las redacta un modelo de lenguaje ({model}), que recibe "
                    "la pregunta y la anterior, con los datos personales ocultos."
                ),
            )
            if model
            else ()
        ),
        BLANK,
        plain(f"Lo que nadie usó en {kept} se borra solo. Para borrarlo ahora: /borrar"),
        plain("Telegram guarda los mensajes según sus propias reglas."),
    )
    return View(lines)


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
