"""Whole dialogues with the real bot, over HTTP, at a strict Bot API server."""

import re

import pytest

from tests.bots.telegram.bot_api.chats import Kind
from tests.bots.telegram.bot_api.people import Person
from tests.bots.telegram.bot_api.server import TelegramServer

ASKED = "¿quién ve lo de las juntas vecinales?"
pytestmark = pytest.mark.usefixtures("bot")


def test_a_citizen_asks_opens_the_passage_goes_back_and_asks_on(citizen: Person) -> None:
    citizen.says(ASKED)
    answer = citizen.receives()
    assert "Coordinación de Mesas Directivas y Juntas Vecinales (3.2)" in answer.text
    assert "(§ 3.2, p. 47)" in answer.text
    assert "typing" in citizen.actions
    citizen.taps(answer, "§ 3.2, p. 47")
    passage = citizen.waits_for_edit(answer)
    assert "página 47, función 3 de 6" in passage.text
    assert "Estar presente y activo" in passage.bold[1]
    citizen.taps(passage, "Siguiente ›")
    following = citizen.waits_for_edit(passage)
    assert "función 4 de 6" in following.text
    citizen.taps(following, "↩ Volver")
    back = citizen.waits_for_edit(following)
    assert back.text == answer.text
    citizen.says("¿y a quién le reporta?")
    assert "le reporta a la Dirección de Participación Ciudadana" in citizen.receives().text


def test_a_citizen_is_asked_back_and_chooses(citizen: Person) -> None:
    citizen.says("¿cuáles son las funciones del director?")
    back = citizen.receives()
    assert "¿A cuál se refiere?" in back.text
    citizen.taps(back, "Mejora Regulatoria (4)")
    chosen = citizen.receives()
    assert chosen.bold[0].startswith("¿Cuáles son las funciones de la Dirección de Mejora")
    assert "La Dirección de Mejora Regulatoria (4) tiene 24 funciones" in chosen.text


def test_what_the_manual_does_not_say_is_refused_kindly(citizen: Person) -> None:
    citizen.says("¿cuánto cuesta <b>el pasaporte</b> & la visa?")
    refusal = citizen.receives()
    assert "no" in refusal.text
    assert not any(label.startswith("§") for label in refusal.labels)


def test_twenty_seven_functions_are_paged_and_none_is_lost(citizen: Person) -> None:
    citizen.says("¿cuáles son las funciones de la Coordinación de Evaluación Regulatoria?")
    page = citizen.receives()
    read = page.text
    first = page.text
    while "Siguiente ›" in page.labels:
        citizen.taps(page, "Siguiente ›")
        page = citizen.waits_for_edit(page)
        read += "\n" + page.text
    assert "3 de 3" in page.labels
    assert [int(n) for n in re.findall(r"(?m)^(\d+)\. ", read)] == list(range(1, 28))
    citizen.taps(page, "‹ Anterior")
    page = citizen.waits_for_edit(page)
    citizen.taps(page, "‹ Anterior")
    assert citizen.waits_for_edit(page).text == first


def test_a_good_answer_gets_a_thumb(citizen: Person) -> None:
    citizen.says(ASKED)
    answer = citizen.receives()
    assert citizen.taps(answer, "👍").text == "Gracias por su opinión."
    rated = citizen.waits_for_edit(answer)
    assert not {"👍", "👎"} & set(rated.labels)
    assert "§ 3.2, p. 47" in rated.labels
    citizen.receives_nothing()


def test_of_a_bad_one_is_asked_what_was_wrong(citizen: Person) -> None:
    citizen.says(ASKED)
    answer = citizen.receives()
    citizen.taps(answer, "👎")
    complaint = citizen.receives()
    assert complaint.text == "¿Qué estuvo mal?"
    citizen.taps(complaint, "Otra cosa")
    prompt = citizen.receives()
    assert prompt.force_reply
    citizen.says("No dice a qué hora abren. Mi correo es ana@ejemplo.mx", reply_to=prompt)
    assert citizen.receives().text == "Gracias por su opinión."
    citizen.says(ASKED)
    again = citizen.receives()
    citizen.taps(again, "👎")
    second = citizen.receives()
    citizen.taps(second, "Le falta información")
    assert citizen.waits_for_edit(second).text == "Gracias por su opinión."


def test_whoever_starts_learns_what_to_ask(citizen: Person, telegram: TelegramServer) -> None:
    citizen.says("/start")
    welcome = citizen.receives()
    assert "Soy un asistente automático" in welcome.text
    assert "/privacidad" in welcome.text
    assert len(welcome.labels) == 3
    citizen.taps(welcome, welcome.labels[0])
    assert "(§ " in citizen.receives().text
    citizen.says("/ayuda")
    assert f"@{telegram.bot.username}" in citizen.receives().text
    citizen.says("/privacidad")
    assert "30 días" in citizen.receives().text
    assert list(citizen.commands) == [
        "start",
        "ayuda",
        "puesto",
        "seccion",
        "organigrama",
        "induccion",
        "nueva",
        "privacidad",
        "borrar",
    ]
    assert telegram.profile.descriptions


def test_what_cannot_be_read_gets_a_kind_answer(citizen: Person) -> None:
    for send in (citizen.sends_voice, citizen.sends_sticker, citizen.sends_location):
        send()
        assert "solo leo texto" in citizen.receives().text
    citizen.says("/bailar")
    assert "No conozco ese comando" in citizen.receives().text


def test_a_question_that_is_too_long_is_said_to_be(citizen: Person) -> None:
    citizen.says("¿" + "por qué " * 200 + "?")
    assert "el límite es de 500" in citizen.receives().text


def test_staff_check_a_chain_and_get_the_chart(citizen: Person) -> None:
    citizen.says("¿cuál es la cadena de mando de la Jefatura de Geomática?")
    assert "Dirección de Gobierno Digital" in citizen.receives().text
    citizen.says("/organigrama jefatura de geomática")
    chart = citizen.receives()
    assert chart.kind is Kind.PHOTO
    assert chart.file.startswith(b"\x89PNG")
    assert "Organigrama: Jefatura de Geomática (2.1.5.1)" in chart.caption
    assert "upload_photo" in citizen.actions
    citizen.says("/organigrama")
    whole = citizen.receives()
    assert whole.kind is Kind.DOCUMENT
    assert "MO-SIG-01, versión 01" in whole.caption


def test_sheets_and_sections_are_read_by_name_and_number(citizen: Person) -> None:
    citizen.says("/puesto geomática")
    which = citizen.receives()
    citizen.taps(which, "2.1.5.1")
    sheet = citizen.waits_for_edit(which)
    assert sheet.bold[0] == "§ 2.1.5.1 Jefatura de Geomática"
    assert "6. Vigilar el correcto uso de los datos espaciales" in sheet.text
    citizen.taps(sheet, "Organigrama")
    assert citizen.receives().kind is Kind.PHOTO
    citizen.says("/sección vii.d")
    assert "§ VII.D NIVEL MUNICIPAL" in citizen.receives().text
    citizen.says("/puesto")
    assert "por su nombre o su número" in citizen.receives().text
    citizen.says("/seccion 99")
    assert citizen.receives().text == "MO-SIG-01 no tiene la sección «99»."


def test_a_new_conversation_knows_nothing_of_the_old_one(citizen: Person) -> None:
    citizen.says("¿a quién le reporta la Jefatura de Geomática?")
    citizen.receives()
    citizen.says("/nueva")
    assert "Empezamos de nuevo" in citizen.receives().text
    citizen.says("¿y cuáles son sus funciones?")
    assert "Geomática" not in citizen.receives().text


def test_what_is_kept_can_be_erased(citizen: Person) -> None:
    citizen.says(ASKED)
    answer = citizen.receives()
    citizen.says("/borrar")
    sure = citizen.receives()
    citizen.taps(sure, "No")
    assert citizen.waits_for_edit(sure).text == "No borré nada."
    citizen.says("/borrar")
    sure = citizen.receives()
    citizen.taps(sure, "Sí, borrar")
    assert "Borré la conversación" in citizen.waits_for_edit(sure).text
    told = citizen.taps(answer, "§ 3.2, p. 47")
    assert told.alert
    assert "ya no se puede usar" in told.text


def test_in_a_group_only_who_asked_may_erase(telegram: TelegramServer) -> None:
    ana, luis = telegram.user("Ana"), telegram.user("Luis")
    group = telegram.group("Obras públicas", ana, luis)
    ana.says(f"/borrar@{telegram.bot.username}", where=group)
    sure = group.receives()
    for choice in ("Sí, borrar", "No"):
        told = luis.taps(sure, choice, where=group)
        assert told.alert
        assert "quien pidió borrar" in told.text
    ana.taps(sure, "Sí, borrar", where=group)
    assert "Borré la conversación" in group.waits_for_edit(sure).text


def test_in_a_group_it_speaks_only_when_spoken_to(telegram: TelegramServer) -> None:
    ana, luis = telegram.user("Ana"), telegram.user("Luis")
    group = telegram.group("Obras públicas", ana, luis)
    name = f"@{telegram.bot.username}"
    ana.says("¿quién ve lo de las juntas vecinales?", where=group)
    luis.says("/puesto@otro_bot 2.1", where=group)
    group.receives_nothing()
    asked = ana.says(f"{name} ¿a quién le reporta la Jefatura de Geomática?", where=group)
    answer = group.receives()
    assert answer.reply_to == asked.id
    assert "Dirección de Gobierno Digital (2.1)" in answer.text
    follow_up = luis.says("¿y cuáles son sus funciones?", reply_to=answer, where=group)
    more = group.receives()
    assert more.reply_to == follow_up.id
    assert "(2.1.5.1) tiene 6 funciones" in more.text
    luis.taps(more, "§ 2.1.5.1, p. 33", where=group)
    assert "función 1 de 6" in group.waits_for_edit(more).text
    luis.says(f"/seccion{name} IV", where=group)
    assert "§ IV" in group.receives().text


def test_sheets_and_passages_are_offered_in_other_chats(
    citizen: Person, telegram: TelegramServer
) -> None:
    results = citizen.types_inline("jefatura de geomática")
    assert results[0].title == "Jefatura de Geomática (2.1.5.1)"
    group = telegram.group("Vecinos", citizen)
    shared = citizen.shares(results[0], group)
    assert "Le reporta a: Dirección de Gobierno Gobierno Digital" in shared.text
    passages = [each.text for each in citizen.types_inline("juntas vecinales")]
    assert any("«Estar presente y activo" in each and "§ 3.2, p. 47" in each for each in passages)
    assert citizen.types_inline("")
    assert citizen.types_inline("xyzzy qwerty") is not None


def test_an_edited_question_is_answered_anew(citizen: Person) -> None:
    asked = citizen.says("¿a quién le reporta la Coordinación de Geomática?")
    citizen.receives()
    citizen.edits(asked, "¿a quién le reporta la Dirección de Gobierno Digital?")
    answer = citizen.receives()
    assert answer.reply_to == asked.id
    assert "Dirección General de Gobierno Digital y Soporte Tecnológico (2)" in answer.text
