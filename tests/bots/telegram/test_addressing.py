"""What is a command, for whom, and what is left of a text without the bot's name."""

import pytest

from bots.telegram.addressing import Command, command_of, without_mention


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("/start", Command("start", "")),
        ("/inducción jefatura de geomática", Command("induccion", "jefatura de geomática")),
        ("/SECCIÓN  3.2 ", Command("seccion", "3.2")),
        ("/puesto@ManualBot 2.1", Command("puesto", "2.1", is_named=True)),
        ("/puesto@otrobot 2.1", Command("puesto", "2.1", is_ours=False)),
        ("/puesto\ngeomática", Command("puesto", "geomática")),
        ("¿qué hace la 3.2?", None),
        ("y/o", None),
        ("/", None),
    ],
)
def test_commands(typed: str, command: Command | None) -> None:
    assert command_of(typed, "manualbot") == command


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("@manualbot ¿quién ve baches?", "¿quién ve baches?"),
        ("oye @ManualBot, ¿quién ve baches?", "oye , ¿quién ve baches?"),
        ("escriba a @manualbotito", "escriba a @manualbotito"),
        ("@manualbot", ""),
    ],
)
def test_the_mention_is_no_part_of_the_question(typed: str, left: str) -> None:
    assert without_mention(typed, "manualbot") == left
