"""Takes the pictures of `docs/oficina.md`, of a demonstration with made-up questions.

`python -m tests.assistant.faces.api.browser.desk_screenshots FOLDER [--out docs/img]`, with a data
folder that has the prepared model and MO-SIG-01 in its index. It is copied, and not changed.
"""

import argparse
import random
import shutil
import tempfile
import threading
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright
from sqlalchemy import insert, update

from assistant.desk.people import PersonBook, Role
from assistant.desk.questions import QuestionBook
from assistant.faces.api import create_app
from assistant.faces.cli.serving import server_config
from assistant.running.logs import configure_logs
from assistant.running.settings import Settings
from assistant.running.storage import Database, open_database
from assistant.running.storage.database import now
from assistant.running.storage.desk_tables import QuestionRow, TallyRow
from tests.assistant.faces.api.browser.chromium import DESKTOP, PHONE, launched
from tests.assistant.faces.api.browser.screenshots import _take
from tests.conftest import REAL

ANA, PASSWORD = "ana@oficina.gob.mx", "una frase bastante larga"
_BOSS = "Puesto al que le reporta:\tDirección de Participación Ciudadana\t\t\n"
_DAYS = 12
_QUESTIONS = """\
¿Quién repara los baches?
quien tapa los baches de mi calle
bache enorme en mi colonia ¿a quién le aviso?
¿Quién ve lo de las juntas vecinales?
¿quién organiza a los vecinos?
¿A quién le reporta la Jefatura de Geomática?
¿Cuánto cuesta el pasaporte?
¿dónde saco el pasaporte?
¿Qué hace el jefe de oficina?
¿Quién administra el centro de cómputo?
¿Cuál es la misión?
¿Quién da licencias de construcción?
quien da permisos de construccion
permiso para construir una barda
¿Quién abre los datos?
¿Cuántas direcciones hay?
¿Quién recoge la basura?
a que hora pasa la basura
no ha pasado el camión de la basura
¿quién dirige la Dirección de Participación Ciudadana?
mesas directivas quien las hace
no sirve mi computadora del trabajo
¿Quién hace las páginas de internet del municipio?
poda de árboles ¿quién?
¿quién poda los árboles de la plaza?
""".splitlines()


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, default=Path("docs/img"))
    options = parser.parse_args()
    configure_logs("json")
    with tempfile.TemporaryDirectory() as scratch:
        data = Path(scratch) / "data"
        (data / "models").parent.mkdir()
        shutil.copytree(options.folder / "chroma", data / "chroma")
        (data / "models").symlink_to((options.folder / "models").resolve())
        settings = Settings(data_dir=data, rate_limit="no", keep_questions=True, port=0)
        config = server_config(settings, create_app(settings))
        config.port = 0
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run)
        thread.start()
        try:
            while not server.started:
                time.sleep(0.05)
            port = server.servers[0].sockets[0].getsockname()[1]
            address = f"http://127.0.0.1:{port}"
            _furnish(address, data)
            with sync_playwright() as playwright, launched(playwright) as browser:
                take_all(browser, address, options.out)
        finally:
            server.should_exit = True
            thread.join()


def take_all(browser: Browser, address: str, out: Path) -> None:
    """Every picture, as a PNG file of moderate size."""
    with httpx.Client(base_url=address, timeout=60) as client:
        entered = client.post("/api/desk/session", json={"email": ANA, "password": PASSWORD})
        token = client.cookies["oficina"]
        client.headers["X-Form-Token"] = entered.json()["form_token"]
        asked = client.get("/api/desk/questions", params={"words": "juntas"}).json()[0]["id"]
        text = REAL.read_text("utf-8")
        older = _read(client, "MO-SIG-01-v00.txt", text.replace("VERSIÓN:\t01", "VERSIÓN:\t00"))
        client.post(f"/api/desk/drafts/{older}/publish", json={})
        _wait(client, older, "published")
        newer = text.replace("VERSIÓN:\t01", "VERSIÓN:\t02").replace(_BOSS, "", 1)
        draft = _read(client, "MO-SIG-01.txt", newer)

    with httpx.Client(base_url=address, cookies={"oficina": token}, timeout=60) as client:
        vain = client.get("/api/desk/questions", params={"words": "arboles"}).json()[0]["id"]

    def opened(path: str, **settings: Any) -> Page:
        context = browser.new_context(base_url=address, locale="es-MX", **settings)
        context.add_cookies([{"name": "oficina", "value": token, "url": address}])
        page = context.new_page()
        page.goto(path)
        return page

    wide = DESKTOP | {"viewport": {"width": 1280, "height": 900}}
    for name, path, settings in (
        ("tablero", "/oficina", wide),
        ("preguntas", "/oficina/preguntas", wide),
        ("pregunta", f"/oficina/preguntas/{asked}", wide),
        ("ensenar", f"/oficina/preguntas/{vain}?buscar=espacios+públicos#ensenar", wide),
        ("calificar", "/oficina/calificar", wide),
        ("manuales", "/oficina/manuales", wide),
        ("borrador", f"/oficina/manuales/borradores/{draft}", wide),
        ("contradicciones", "/oficina/manuales/MO-SIG-01/contradicciones", wide),
        ("ajustes", "/oficina/ajustes", wide),
        ("telefono-oscuro", "/oficina/preguntas", PHONE | {"color_scheme": "dark"}),
    ):
        _take(opened(path, **settings), out / f"oficina-{name}.png")


def _read(client: httpx.Client, name: str, text: str) -> str:
    """The id of an uploaded manual, once it is read."""
    up = {"file": (name, text.encode())}
    draft: str = client.post("/api/desk/drafts", files=up).json()["id"]
    _wait(client, draft, "read")
    return draft


def _wait(client: httpx.Client, draft: str, state: str) -> None:
    while client.get(f"/api/desk/drafts/{draft}").json()["state"] != state:
        time.sleep(0.1)


def _furnish(address: str, data: Path) -> None:
    """Somebody to enter, questions that were asked on several days, opinions and scores."""
    database = open_database(data)
    people = PersonBook(database)
    people.accept(people.invite(ANA, Role.ADMINISTRATOR), PASSWORD)
    with httpx.Client(base_url=address, timeout=60) as client:
        ids = [
            client.post("/api/ask", json={"question": each}).json()["answer_id"]
            for each in _QUESTIONS
        ]
        for at, answer_id in enumerate(ids):
            thumbs = {"answer_id": answer_id, "thumbs": "up" if at % 5 else "down"}
            if at % 2:
                client.post("/api/feedback", json=thumbs)
        entered = client.post("/api/desk/session", json={"email": ANA, "password": PASSWORD})
        client.headers["X-Form-Token"] = entered.json()["form_token"]
        for answer_id in ids[:8]:
            verdict = "incomplete" if answer_id == ids[4] else "right"
            client.post("/api/desk/scores", json={"answer_id": answer_id, "verdict": verdict})
    _spread(database, random.Random(3))
    database.close()


def _spread(database: Database, source: random.Random) -> None:
    """Let it look as if some days had gone by."""
    tallies = QuestionBook(database).tallies(now().date())
    kept = QuestionRow.__table__
    with database.transaction() as connection:
        ids = connection.execute(kept.select()).all()
        for row in ids:
            earlier = now() - timedelta(days=source.randint(0, _DAYS - 1))
            channel = source.choice(("web", "web", "web", "api", "telegram"))
            changed = update(QuestionRow).where(QuestionRow.answer_id == row.answer_id)
            connection.execute(changed.values(updated_at=earlier, channel=channel))
        for each in tallies:
            for days in range(1, _DAYS):
                row = {
                    "day": each.day - timedelta(days=days),
                    "channel": source.choice(("web", "web", "api", "telegram")),
                    "manual": each.manual,
                    "outcome": each.outcome.value,
                    "within_ms": each.within_ms,
                    "count": source.randint(1, max(2, each.count)),
                }
                connection.execute(insert(TallyRow).values(**row))


if __name__ == "__main__":
    main()
