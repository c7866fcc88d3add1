"""What is kept of an update until it is handled names nobody."""

import json

from telegram import Update

from bots.telegram.delivery import impersonal

UPDATE = {
    "update_id": 9,
    "message": {
        "message_id": 3,
        "date": 1_700_000_000,
        "chat": {"id": 5, "type": "private", "first_name": "Ana", "username": "ana_ruiz"},
        "from": {
            "id": 5,
            "is_bot": False,
            "first_name": "Ana",
            "last_name": "Ruiz",
            "username": "ana_ruiz",
            "language_code": "es",
        },
        "text": "¿a quién le reporto?",
        "contact": {"phone_number": "8112345678", "first_name": "Ana"},
    },
}


def test_no_name_and_no_telephone_is_kept() -> None:
    kept = json.dumps(impersonal(UPDATE), ensure_ascii=False)
    assert not any(said in kept for said in ("Ana", "Ruiz", "ana_ruiz", "8112345678"))


def test_what_is_kept_is_still_an_update() -> None:
    update = Update.de_json(impersonal(UPDATE), None)
    assert update.message is not None
    assert update.message.text == "¿a quién le reporto?"
    assert update.message.from_user is not None
    assert (update.message.chat.id, update.message.from_user.id) == (5, 5)
