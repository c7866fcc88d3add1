"""What people see of damage on the disk, how it is healed, and that a backup can be put back."""

import functools
import os
import sqlite3
import stat
import zipfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from tests.faults.conftest import CODE, STRUCTURAL, TOPICAL
from tests.terminal import Ran

Serving = Callable[..., AbstractContextManager[Any]]
Command = Callable[..., Ran]


@pytest.fixture
def command(asistente: Command, manual: Path) -> Command:
    """Runs `asistente`, in whose manuals' folder the manual is."""
    return functools.partial(asistente, manuals_dir=str(manual.parent))


def overwrite(file: Path, *, from_page: int) -> None:
    """As a bad disk does: what stands in the pages is garbage."""
    with file.open("r+b") as opened:
        opened.seek(from_page * 4096)
        opened.write(os.urandom(max(0, file.stat().st_size - from_page * 4096)))


@pytest.mark.parametrize("from_page", [1])  # the file's head is still there
def test_a_damaged_index_is_told_in_a_sentence_and_healed_by_one_command(
    own_data: Path, command: Command, asistente_apart: Command, from_page: int
) -> None:
    overwrite(own_data / "chroma" / "chroma.sqlite3", from_page=from_page)
    told = asistente_apart(own_data, "preguntar", TOPICAL)
    assert told.status == 1
    assert "El índice está dañado: ejecute «asistente ingerir --de-nuevo»." in told.err
    assert command(own_data, "ingerir", "--de-nuevo").status == 0
    assert "cabildo juvenil" in command(own_data, "preguntar", TOPICAL).out
    assert not (own_data / "chroma.apartado").exists()


def test_a_service_that_runs_goes_on_and_takes_the_healed_index(
    own_data: Path, command: Command, serving: Serving
) -> None:
    with serving(own_data) as server:
        server.until(lambda: server.ask(TOPICAL).status_code == 200)
        overwrite(own_data / "chroma" / "chroma.sqlite3", from_page=0)
        assert server.ask(TOPICAL).json()["kind"] == "answer"
        assert server.ask(STRUCTURAL).json()["kind"] == "answer"
        assert command(own_data, "ingerir", "--de-nuevo").status == 0
        assert CODE in command(own_data, "manuales").out
        server.until(lambda: server.client.get("/readyz").json()["status"] == "ok")
        command(own_data, "olvidar", CODE)  # it follows the new one
        server.until(lambda: server.ask(TOPICAL).status_code == 503)


def test_a_service_that_starts_on_a_damaged_index_says_so_to_visitors_without_commands(
    own_data: Path, command: Command, serving: Serving
) -> None:
    overwrite(own_data / "chroma" / "chroma.sqlite3", from_page=0)
    with serving(own_data) as server:
        refused = server.ask(TOPICAL)
        assert refused.status_code == 503
        assert "El índice está dañado" in refused.json()["detail"]
        assert str(own_data) not in refused.text
        assert "--de-nuevo" in server.log
        assert command(own_data, "ingerir", "--de-nuevo").status == 0
        server.until(lambda: server.ask(TOPICAL).status_code == 200)


def test_the_index_is_checked_against_its_sources(
    own_data: Path, command: Command, tmp_path: Path
) -> None:
    told = command(own_data, "verificar")
    assert told.status == 0
    assert f"{CODE}.txt" in told.out
    assert told.out.count("bien") == 3
    elsewhere = tmp_path / "otra.txt"
    elsewhere.write_text("nada", "utf-8")
    assert "no está, o cambió" in command(own_data, "verificar", str(elsewhere)).out
    with sqlite3.connect(own_data / "chroma" / "chroma.sqlite3") as opened:
        opened.execute(
            "UPDATE embedding_metadata SET string_value = 'otra cosa' WHERE key = 'quote'"
            " AND id = (SELECT min(id) FROM embedding_metadata WHERE key = 'quote')"
        )
    opened.close()
    told = command(own_data, "verificar")
    assert told.status == 1
    assert "difiere" in told.out


def test_a_backup_is_put_back_into_an_empty_folder(
    own_data: Path, command: Command, tmp_path: Path, serving: Serving
) -> None:
    with serving(own_data) as server:
        server.until(lambda: server.ask(STRUCTURAL).status_code == 200)
        conversation = server.ask(STRUCTURAL).json()["conversation_id"]
    backup = tmp_path / "respaldo.zip"
    secret = "clave-que-nadie-debe-ver"
    told = {"contact": "ext. 4", "api_keys": secret}
    assert command(own_data, "respaldar", "--con-modelo", str(backup), **told).status == 0
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    with zipfile.ZipFile(backup) as archive:
        assert secret.encode() not in b"".join(archive.read(name) for name in archive.namelist())
        assert 'ASISTENTE_CONTACT="ext. 4"' in archive.read("ajustes.env").decode()
    empty = tmp_path / "vacía"
    assert command(empty, "restaurar", str(backup)).status == 0
    before = command(own_data, "preguntar", "--json", TOPICAL).out
    after = command(empty, "preguntar", "--json", TOPICAL).out
    assert before.split('"conversation_id"')[0] == after.split('"conversation_id"')[0]
    assert "sin cambios" in command(empty, "ingerir").out
    with serving(empty) as server:
        server.until(lambda: server.ask(TOPICAL).status_code == 200)
        more = server.ask("¿y cuál es su objetivo?", conversation_id=conversation).json()
        assert "Primer Empleo" in more["answer"]
    refused = command(empty, "restaurar", str(backup))
    assert refused.status == 1
    assert "--forzar" in refused.err
    assert command(empty, "restaurar", "--forzar", str(backup)).status == 0


def test_what_is_no_backup_is_refused_and_changes_nothing(
    own_data: Path, command: Command, tmp_path: Path
) -> None:
    for name, content in (("nada.zip", b""), ("texto.zip", b"hola" * 100)):
        (tmp_path / name).write_bytes(content)
        told = command(own_data, "restaurar", "--forzar", str(tmp_path / name))
        assert told.status == 1
        assert told.err.count("\n") == 1
        assert "respaldo no se puede leer" in told.err
    assert CODE in command(own_data, "manuales").out
