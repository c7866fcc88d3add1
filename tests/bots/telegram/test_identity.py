"""Who has the database and not the token knows nothing of who wrote."""

from bots.telegram.identity import Identity

ONE, OTHER = Identity("1:uno"), Identity("2:dos")


def test_names_differ_by_chat_by_purpose_and_by_bot() -> None:
    names = {
        ONE.chat(7),
        ONE.chat(8),
        ONE.conversation(7),
        ONE.user(7),
        ONE.update(7),
        ONE.message(7, 1),
        ONE.webhook_secret,
        OTHER.chat(7),
        OTHER.webhook_secret,
    }
    assert len(names) == 9
    assert Identity("1:uno").chat(7) == ONE.chat(7)


def test_telegram_takes_the_secret() -> None:
    """1 to 256 characters of A-Z a-z 0-9 _ - (https://core.telegram.org/bots/api#setwebhook)."""
    assert len(ONE.webhook_secret) <= 256
    assert ONE.webhook_secret.isalnum()


def test_what_waits_can_be_read_by_the_same_bot_alone() -> None:
    sealed = ONE.sealed("¿a quién le reporto?")
    assert "reporto" not in sealed
    assert ONE.opened(sealed) == "¿a quién le reporto?"
    assert OTHER.opened(sealed) is None
    assert ONE.opened("nada") is None
