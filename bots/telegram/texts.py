"""What only Telegram's bot says of itself: in its profile, of groups, of what Telegram keeps."""

from bots.chat.spans import BLANK, bold, plain
from bots.chat.view import View
from bots.chat.views.texts import COMMANDS

SHORT_DESCRIPTION = "Respondo lo que dice el manual de organización, con sección y página."


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
