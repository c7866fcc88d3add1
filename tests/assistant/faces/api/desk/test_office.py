"""What the office does at its desk, and what of it shows outside."""

import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from assistant.desk.people import Role
from assistant.faces.api import create_app
from assistant.faces.api.desk.access import NetworksError
from assistant.running.settings import Settings
from tests.assistant.faces.api.conftest import IsProblem, Serve
from tests.assistant.faces.api.desk.conftest import (
    PASSWORD,
    Enter,
    email_of,
    enter_by_password,
    staffed,
)
from tests.conftest import REAL


def _ask(client: httpx.Client, question: str) -> dict[str, Any]:
    response = client.post("/api/ask", json={"question": question})
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


def test_there_is_no_desk_before_somebody_is_invited(
    own_data: Path, serve: Serve, is_problem: IsProblem
) -> None:
    with serve(Settings(data_dir=own_data)) as client:
        for path in ("/oficina", "/oficina/entrar", "/api/desk/session"):
            is_problem(client.get(path), 404)
        staffed(own_data)
        assert client.get("/oficina/entrar").status_code == 200


def test_the_desk_is_served_to_its_networks_only(
    own_data: Path, serve: Serve, is_problem: IsProblem
) -> None:
    staffed(own_data)
    with serve(Settings(data_dir=own_data, desk_networks="10.0.0.0/8")) as client:
        is_problem(client.get("/oficina/entrar"), 404)
        is_problem(client.post("/api/desk/session", json={"email": "a", "password": "b"}), 404)
        assert client.get("/").status_code == 200
    with serve(Settings(data_dir=own_data, desk_networks="10.0.0.0/8, ::1, 127.0.0.0/8")) as c:
        assert c.get("/oficina/entrar").status_code == 200


def test_a_network_that_is_none_is_told_when_the_server_starts() -> None:
    with pytest.raises(NetworksError, match="ASISTENTE_DESK_NETWORKS"):
        create_app(Settings(desk_networks="la oficina"))


def test_one_enters_by_password_and_the_cookie_is_the_servers_alone(office: httpx.Client) -> None:
    with httpx.Client(base_url=office.base_url) as client:
        body = {"email": email_of(Role.READER), "password": PASSWORD}
        entered = client.post("/api/desk/session", json=body)
        assert entered.json()["role"] == "reader"
        cookie = entered.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=strict" in cookie
        left = client.delete(
            "/api/desk/session", headers={"X-Form-Token": entered.json()["form_token"]}
        )
        assert left.status_code == 204
        assert client.get("/api/desk/session").status_code == 401


def test_a_wrong_password_and_an_unknown_account_are_told_alike(
    office: httpx.Client, is_problem: IsProblem
) -> None:
    told = {
        is_problem(
            office.post("/api/desk/session", json={"email": email, "password": "no es esta"}), 401
        )["detail"]
        for email in (email_of(Role.READER), "nadie@oficina.mx")
    }
    assert len(told) == 1


def test_a_shut_door_says_for_how_long(own_data: Path, serve: Serve, is_problem: IsProblem) -> None:
    staffed(own_data)
    with serve(Settings(data_dir=own_data)) as client:
        body = {"email": email_of(Role.ADMINISTRATOR), "password": "no es esta"}
        for _ in range(5):
            is_problem(client.post("/api/desk/session", json=body), 401)
        shut = client.post("/api/desk/session", json=body | {"password": PASSWORD})
        assert "15 minutos" in is_problem(shut, 429)["detail"]
        assert 0 < int(shut.headers["retry-after"]) <= 900
        form = client.post("/oficina/entrar", data={"correo": body["email"], "clave": PASSWORD})
        assert (form.status_code, "15 minutos" in form.text) == (429, True)


def test_a_question_is_found_again_with_why_and_how_it_would_be_answered_now(
    office: httpx.Client, enter: Enter
) -> None:
    asked = _ask(office, "¿Quién vende boletos? Soy ana@correo.mx")
    desk = enter(Role.READER)
    kept = desk.get(f"/api/desk/questions/{asked['answer_id']}").json()
    assert kept["question"] == "¿Quién vende boletos? Soy xxx@xxxxxx.xx"
    assert (kept["outcome"], kept["channel"], kept["manual"]) == ("refused", "api", "MO-SIG-01")
    assert any("Resultado: sin respuesta: " in line for line in kept["why"])
    assert any("Pasaje: §" in line for line in kept["why"])
    counted = desk.get("/api/desk/figures").json()["total"]
    now = desk.get(f"/api/desk/questions/{asked['answer_id']}/now").json()
    assert now["answer"]["kind"] == "abstain"
    assert desk.get("/api/desk/figures").json()["total"] == counted


def test_a_follow_up_is_kept_as_it_stands_alone(office: httpx.Client, enter: Enter) -> None:
    first = _ask(office, "¿Qué hace la Coordinación de Mesas Directivas y Juntas Vecinales?")
    body = {"question": "¿y a quién le reporta?", "conversation_id": first["conversation_id"]}
    then = office.post("/api/ask", json=body).json()
    now = enter(Role.READER).get(f"/api/desk/questions/{then['answer_id']}/now").json()["answer"]
    assert [c["section"] for c in now["citations"]] == [c["section"] for c in then["citations"]]


def test_without_the_setting_only_numbers_are_kept(own_data: Path, serve: Serve) -> None:
    staffed(own_data)
    with serve(Settings(data_dir=own_data)) as client:
        _ask(client, "¿Quién ve lo del Zacatlán?")
        enter_by_password(client)
        assert client.get("/api/desk/questions").json() == []
        assert client.get("/api/desk/figures").json()["total"] == 1
        assert "sí se guardan" not in client.get("/privacidad").text
    assert all(b"Zacatl" not in f.read_bytes() for f in own_data.glob("*.sqlite3*"))


def test_the_privacy_page_tells_that_questions_are_kept(office: httpx.Client) -> None:
    said = office.get("/privacidad").text
    assert "sí se guardan las preguntas y sus respuestas" in said
    assert "14 días" in said


def test_settings_hold_at_once_in_the_pages_and_in_the_answers_of_all_processes(
    own_data: Path, serve: Serve
) -> None:
    staffed(own_data)
    settings = Settings(data_dir=own_data, rate_limit="no")
    with serve(settings) as one, serve(settings) as other:
        assert other.get("/readyz").status_code == 200
        enter_by_password(one)
        chosen = {
            "name": "Atención de Zacatlán",
            "contact": "Módulo 3, planta baja",
            "notice": "El manual se está actualizando",
            "colour": "#7a1f3d",
            "examples": ["¿Quién ve las juntas vecinales?"],
            "emergency": "Llame al 066.",
        }
        put = one.put("/api/desk/settings", json=chosen)
        assert put.status_code == 200, put.text
        home = other.get("/").text
        for said in (
            "Zacatlán",
            "El manual se está actualizando",
            "¿Quién ve las juntas vecinales?",
        ):
            assert said in home
        css = home.split("/identidad/")[1].split("/")[0]
        assert "#7a1f3d" in other.get(f"/identidad/{css}/colores.css").text
        assert "Módulo 3, planta baja" in _ask(other, "¿Quién vende boletos?")["answer"]
        assert _ask(other, "Hay fuego y gente atrapada, ayuda")["answer"].startswith(
            "Llame al 066."
        )


def test_a_colour_that_reads_badly_is_not_taken(enter: Enter, is_problem: IsProblem) -> None:
    desk = enter(Role.ADMINISTRATOR)
    told = is_problem(desk.put("/api/desk/settings", json={"colour": "#ffee88"}), 422)
    assert "se lee mal" in told["detail"]


def test_a_channel_that_is_off_says_so(own_data: Path, serve: Serve, is_problem: IsProblem) -> None:
    staffed(own_data)
    with serve(Settings(data_dir=own_data, rate_limit="no")) as client:
        enter_by_password(client)
        chosen = {"closed": ["api"], "contact": "Módulo 3"}
        client.put("/api/desk/settings", json=chosen)
        refused = client.post("/api/ask", json={"question": "¿Cuál es la misión?"})
        assert "diríjase a: Módulo 3." in is_problem(refused, 503)["detail"]
        page = client.post("/preguntar", data={"pregunta": "¿Cuál es la misión?"})
        assert page.status_code == 200


def test_a_manual_is_uploaded_read_published_and_put_back_over_the_api(
    own_data: Path, serve: Serve, is_problem: IsProblem
) -> None:
    staffed(own_data)
    text = REAL.read_text("utf-8").replace("VERSIÓN:\t01", "VERSIÓN:\t09")
    with serve(Settings(data_dir=own_data, rate_limit="no")) as client:
        enter_by_password(client)
        assert len(text.encode()) > Settings().body_limit  # more than other requests may bring
        up = client.post("/api/desk/drafts", files={"file": ("MO-SIG-01.txt", text.encode())})
        assert up.status_code == 202
        address = f"/api/desk/drafts/{up.json()['id']}"
        read = _settled(client, address)
        assert (read["state"], read["review"]["version"]) == ("read", "09")
        assert client.post(f"{address}/publish", json={}).status_code == 202
        assert _settled(client, address)["state"] == "published"
        assert _version(client, "09")
        assert client.post("/api/desk/manuals/MO-SIG-01/former").status_code == 204
        assert _version(client, "01")
        in_force = "/api/desk/manuals/MO-SIG-01/in-force"
        assert client.put(in_force, json={"version": "09"}).status_code == 204
        assert _version(client, "09")
        is_problem(client.put(in_force, json={"version": "77"}), 404)
        versions = "/api/desk/manuals/MO-SIG-01/versions"
        is_problem(client.delete(f"{versions}/09"), 409)
        assert client.delete(f"{versions}/01").status_code == 204
        kept = client.get("/api/manuals/MO-SIG-01/versions").json()
        assert [(each["version"], each["in_force"]) for each in kept] == [("09", True)]
        deeds = [each["what"] for each in client.get("/api/desk/log").json()]
        assert deeds[:5] == [
            "quitó una versión",
            "puso en vigor una versión",
            "repuso la versión anterior",
            "publicó un manual",
            "subió un manual",
        ]


def test_a_contradiction_is_marked(enter: Enter) -> None:
    desk = enter(Role.EDITOR)
    address = "/api/desk/manuals/MO-SIG-01/findings"
    first = desk.get(address).json()[0]
    assert first["state"] == "pending"
    assert desk.put(f"{address}/{first['key']}", json={"state": "intended"}).status_code == 204
    assert desk.get(address).json()[0]["state"] == "intended"


def test_what_was_typed_stays_where_a_setting_is_not_taken(enter: Enter) -> None:
    desk = enter(Role.ADMINISTRATOR)
    typed = {"nombre": "Atención", "color": "#ffee88", "emergencia": "Llame al 066.\nPrimero."}
    told = desk.post("/oficina/ajustes", data=typed | {"abierto_web": "on"})
    assert (told.status_code, "se lee mal" in told.text) == (422, True)
    for said in ('value="Atención"', 'value="#ffee88"', ">Llame al 066.\nPrimero.<"):
        assert said in told.text
    assert 'name="abierto_web" checked' in told.text
    assert 'name="abierto_api" checked' not in told.text
    assert 'value="Atención"' not in desk.get("/oficina/ajustes").text


def test_the_exam_of_the_office_is_one_that_evaluations_read(
    office: httpx.Client, enter: Enter
) -> None:
    asked = _ask(office, "¿Quién ve lo de las juntas vecinales?")
    desk = enter(Role.EDITOR)
    body = {"answer_id": asked["answer_id"], "verdict": "right", "into_exam": True}
    assert desk.post("/api/desk/scores", json=body).status_code == 204
    exam = desk.get("/api/desk/scores/exam/MO-SIG-01")
    assert exam.headers["content-disposition"].endswith('"mo-sig-01.dev.jsonl"')
    assert asked["citations"][0]["section"] in exam.text
    assert desk.get("/api/desk/scores").json()["all"]["verdicts"]["right"]["of"] == 1


def test_a_spreadsheet_runs_nothing_of_the_log(enter: Enter) -> None:
    desk = enter(Role.ADMINISTRATOR)
    upload = {"file": ("=HYPERLINK(1).txt", b"nada")}
    assert desk.post("/api/desk/drafts", files=upload).status_code == 202
    exported = desk.get("/api/desk/log.csv").text
    assert "'=HYPERLINK" in exported


def _settled(client: httpx.Client, address: str) -> dict[str, Any]:
    deadline = time.monotonic() + 120
    while True:
        draft: dict[str, Any] = client.get(address).json()
        if draft["state"] not in ("waiting", "reading", "publishing"):
            return draft
        assert time.monotonic() < deadline
        time.sleep(0.1)


def _version(client: httpx.Client, version: str) -> bool:
    """Waits until the server answers from this version."""
    deadline = time.monotonic() + 60
    while client.get("/api/manuals").json()[0]["version"] != version:
        assert time.monotonic() < deadline
        time.sleep(0.2)
    return True


def test_an_office_without_a_manual_sees_every_page(
    tmp_path: Path, lend_model: Callable[[Path], None], serve: Serve
) -> None:
    lend_model(tmp_path)
    staffed(tmp_path)
    with serve(Settings(data_dir=tmp_path, keep_questions=True)) as client:
        enter_by_password(client)
        for page in ("", "/preguntas", "/calificar", "/manuales", "/ensenado", "/ajustes"):
            shown = client.get(f"/oficina{page}")
            assert shown.status_code == 200, (page, shown.text[-600:])
        assert "Ninguno todavía" in client.get("/oficina/manuales").text


def test_a_question_that_names_no_manual_is_taught_in_the_one_that_is_chosen(
    tmp_path: Path, data_with_both: Path, serve: Serve
) -> None:
    folder = tmp_path / "data"
    shutil.copytree(data_with_both, folder, symlinks=True)
    staffed(folder)
    with serve(Settings(data_dir=folder, keep_questions=True, rate_limit="no")) as client:
        kept = _ask(client, "¿Quién vende boletos para el teatro?")["answer_id"]
        enter_by_password(client)
        for code, other in (("MO-SIG-01", "MO-SFA-04"), ("MO-SFA-04", "MO-SIG-01")):
            shown = client.get(f"/oficina/preguntas/{kept}", params={"manual": code}).text
            assert f'<option value="{code}" selected>' in shown
            assert f'<option value="{other}">' in shown
            assert f'name="manual" value="{code}"' in shown


def test_a_kept_question_is_shown_also_when_its_manual_is_gone(
    own_data: Path, serve: Serve
) -> None:
    staffed(own_data)
    settings = Settings(data_dir=own_data, keep_questions=True, rate_limit="no")
    with serve(settings) as client:
        kept = _ask(client, "¿Cuál es la misión?")["answer_id"]
        enter_by_password(client)
        assert client.delete("/api/desk/manuals/MO-SIG-01").status_code == 204
    with serve(settings) as client:
        enter_by_password(client)
        shown = client.get(f"/oficina/preguntas/{kept}")
        assert (shown.status_code, "ningún manual publicado" in shown.text) == (200, True)


def test_the_log_speaks_spanish(enter: Enter) -> None:
    desk = enter(Role.ADMINISTRATOR)
    asked = _ask(desk, "¿Cuál es la visión?")["answer_id"]
    first = desk.get("/api/desk/manuals/MO-SIG-01/findings").json()[-1]
    wordings = "/api/desk/manuals/MO-SIG-01/wordings"
    desk.post("/api/desk/people", json={"email": "eva@oficina.mx", "role": "reader"})
    desk.post("/api/desk/scores", json={"answer_id": asked, "verdict": "not_to_answer"})
    desk.put(f"/api/desk/manuals/MO-SIG-01/findings/{first['key']}", json={"state": "corrected"})
    desk.post(wordings, json={"text": "los que juntan vecinos", "section": "3.2"})
    desk.post(wordings, json={"text": "el precio del dólar", "off_topic": True})
    desk.put("/api/desk/settings", json={"notice": "Se está actualizando"})
    log = [(each["what"], each["about"]) for each in desk.get("/api/desk/log").json()[:6]]
    assert log[0] == ("cambió los ajustes", "aviso")
    assert log[1][1] == "MO-SIG-01: «el precio del dólar» → fuera de tema"
    assert log[2][1] == "MO-SIG-01: «los que juntan vecinos» → § 3.2"
    assert log[3][1].endswith(" → Corregida")
    assert log[4] == ("calificó una respuesta", f"{asked}, no debió responder")
    assert log[5] == ("dio de alta", "eva@oficina.mx, lectura")
