"""The log of servers holds no secret, whoever logs it."""

import logging

import pytest
import structlog

from assistant.running.logs import configure_logs
from assistant.running.settings import Settings


@pytest.mark.parametrize("log_format", ["texto", "json"])
def test_no_line_holds_a_secret(log_format: str, capsys: pytest.CaptureFixture[str]) -> None:
    settings = Settings.model_validate(
        {
            "telegram_token": "123:ficha-secreta",
            "api_keys": "clave-uno, clave-dos",
            "database_url": "postgresql://asistente:contraseña@db/asistente",
            "redis_url": "redis://:otra-contraseña@redis/0",
            "log_format": log_format,
        }
    )
    configure_logs(settings.log_format, settings.secrets)
    try:
        logging.getLogger().setLevel("DEBUG")
        library, ours = logging.getLogger("some.library"), structlog.get_logger("asistente")
        library.debug("POST https://api.telegram.org/bot123:ficha-secreta/getMe")
        library.warning("could not connect to %s", "postgresql://asistente:contraseña@db/asistente")
        ours.warning("clave", key="clave-dos", redis="redis://:otra-contraseña@redis/0")
        try:
            raise RuntimeError("clave-uno")
        except RuntimeError:
            ours.exception("error interno")
        told = capsys.readouterr().err
    finally:
        configure_logs("json")
    assert told.count("***") == 6
    for secret in ("ficha-secreta", "clave-uno", "clave-dos", "contraseña"):
        assert secret not in told
