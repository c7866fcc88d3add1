"""`asistente oficina`: who may enter the desk."""

from rich.console import Console
from rich.table import Table
from rich.text import Text

from assistant.desk.deeds import DeedBook, What
from assistant.desk.errors import GoneError
from assistant.desk.people import LINK_HOURS, ROLE_NAMES, PersonBook, Role
from assistant.running.settings import Settings, revealed
from assistant.running.storage import Database, open_database

COMMAND_LINE = "línea de órdenes"
"""Who did it, in the log."""


def invite(email: str, role: Role | None, address: str | None, settings: Settings) -> None:
    """Make a one-time link and print it. Raises DeskError, DatabaseError."""
    base = (address or f"http://{settings.host}:{settings.port}").rstrip("/")
    database = _database(settings)
    try:
        token = PersonBook(database).invite(email, role)
        DeedBook(database).write(COMMAND_LINE, What.INVITED, email)
    finally:
        database.close()
    console = Console()
    console.print(Text(f"Enlace para {email}; sirve una vez, por {LINK_HOURS} horas:"))
    print(f"{base}/oficina/alta/{token}")


def remove(email: str, settings: Settings) -> None:
    """Take an account away. Raises DeskError, DatabaseError."""
    database = _database(settings)
    try:
        people = PersonBook(database)
        person = people.by_email(email)
        if person is None:
            raise GoneError(f"En la oficina no hay nadie con el correo «{email}».")
        people.remove(person.id)
        DeedBook(database).write(COMMAND_LINE, What.REMOVED, person.email)
    finally:
        database.close()
    Console().print(Text(f"{person.email} ya no puede entrar."))


def show_people(settings: Settings) -> None:
    """List who may enter. Raises DatabaseError."""
    database = _database(settings)
    try:
        people = PersonBook(database).all()
    finally:
        database.close()
    table = Table("Correo", "Papel", "Estado", title="Personas de la oficina")
    for each in people:
        state = "activa" if each.has_password else "falta que use su enlace"
        table.add_row(each.email, ROLE_NAMES[each.role], state)
    Console().print(table)


def _database(settings: Settings) -> Database:
    return open_database(settings.data_dir, revealed(settings.database_url))
