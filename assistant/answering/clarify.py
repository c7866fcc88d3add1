"""Asks back what a question leaves open, with the readings to choose from."""

from assistant.answering.blocks import Choice, Choices
from assistant.answering.draft import Draft, question_back
from assistant.answering.knowledge import Knowledge
from assistant.answering.sheets import FIELD_NAMES
from assistant.answering.wording import numbered, of_the, the, to_the
from assistant.structure.mention import Mention
from assistant.understanding.types import Intent, Understanding
from corpus.model import Manual, Position
from corpus.spanish import fold

_MOST_READINGS = 8


def which_position(asked: Understanding, mention: Mention) -> Draft:
    """Asks which of several positions is meant."""
    shown = mention.candidates[:_MOST_READINGS]
    readings = [Choice(numbered(p), reading(asked, p), place(p)) for p in shown]
    count = len(mention.candidates)
    left = count - len(shown)
    more = f"… y {left} más; dígame el nombre completo." if left else ""
    text = f"En el manual hay {count} puestos que podrían ser «{mention.text}». ¿A cuál se refiere?"
    return question_back(text, choices=Choices(tuple(readings), more))


def whose(asked: Understanding, knowledge: Knowledge) -> Draft:
    """Asks of which position something is asked, where nothing tells."""
    positions = knowledge.manual.positions
    who = "¿Cuál es su puesto?" if asked.first_person else "¿De qué puesto?"
    text = (
        f"{who} Dígame su nombre o su número de sección, por ejemplo {the(numbered(positions[0]))}."
        if positions
        else who
    )
    step = max(1, len(positions) // 4)
    readings = tuple(reading(asked, p) for p in positions[::step][:4])
    return question_back(text, readings)


def reading(asked: Understanding, position: Position) -> str:
    """The question, asked of one position in a way that leaves nothing open."""
    name = numbered(position)
    wordings = {
        Intent.FUNCTIONS: f"¿Cuáles son las funciones {of_the(name)}?",
        Intent.FUNCTION: f"¿Cuál es la función {asked.number} {of_the(name)}?",
        Intent.OBJECTIVE: f"¿Cuál es el objetivo {of_the(name)}?",
        Intent.REPORTS_TO: f"¿A quién le reporta {the(name)}?",
        Intent.DIRECT_REPORTS: f"¿Quién le reporta {to_the(name)}?",
        Intent.ALL_REPORTS: f"¿Qué puestos hay en total bajo {the(name)}, directos e indirectos?",
        Intent.CHAIN: f"¿Cuál es la cadena de mando {of_the(name)}?",
        Intent.BOSS_OF_BOSS: f"¿Quién es el jefe del jefe {of_the(name)}?",
        Intent.PEERS: f"¿Qué puestos están al mismo nivel {of_the(name)}?",
        Intent.FIELD: (
            f"¿Cuál es {FIELD_NAMES.get(asked.field or '', 'el tipo de puesto')} {of_the(name)}?"
        ),
        Intent.LOCATE: f"¿En qué página está {the(name)}?",
    }
    return wordings.get(asked.intent, f"¿Qué dice la cédula {of_the(name)}?")


def told_apart(position: Position, manual: Manual) -> str:
    """A position by title and number, and where it belongs if others have that title."""
    same = sum(fold(p.title) == fold(position.title) for p in manual.positions)
    return numbered(position) if same < 2 else f"{numbered(position)}, {place(position)}"


def place(position: Position) -> str:
    """Where a position belongs, in the words of its sheet: directorate and superior."""
    units = (position.direccion, position.area, position.secretaria)
    unit = next((u.text for u in units if u is not None and u.applies), None)
    told = [f"en {the(unit)}"] if unit else []
    boss = position.reports_to
    if boss is not None and boss.applies and boss.text != unit:
        told.append(f"le reporta {to_the(boss.text)}")
    return ", ".join(told) or f"página {position.page}"
