"""What people see of damage on the disk, how it is healed, and that a backup can be put back."""

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
STRUCTURAL = "¿A quién le reporta el Coordinador de Mesas Directivas y Juntas Vecinales?"
TOPICAL = "¿Quién ve lo de las juntas vecinales?"
Serving = Callable[..., AbstractContextManager[Any]]


def command(
    data: Path, *arguments: str, status: int = 0, **settings: str
) -> "subprocess.CompletedProcess[str]":
    """`asistente …` as a process of its own."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "ASISTENTE_DATA_DIR": str(data),
        "COLUMNS": "200",
        **{f"ASISTENTE_{name}".upper(): value for name, value in settings.items()},
    }
    program = [sys.executable, "-c", "from assistant.faces.cli.app import main; main()"]
    done = subprocess.run(
        [*program, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == status, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done


@pytest.fixture
def own_data(tmp_path: Path, data_with_real: Path) -> Path:
    """A data folder of the test's own, with the index of MO-SIG-01."""
    folder = tmp_path / "own"
    shutil.copytree(data_with_real, folder, symlinks=True)
    return folder


def overwrite(file: Path, *, from_page: int) -> None:
    """As a bad disk does: what stands in the pages is garbage."""
    with file.open("r+b") as opened:
        opened.seek(from_page * 4096)
        opened.write(os.urandom(max(0, file.stat().st_size - from_page * 4096)))


@pytest.mark.parametrize("from_page", [1])  # the file's head is still there
def test_a_damaged_index_is_told_in_a_sentence_and_healed_by_one_command(
    own_data: Path, from_page: int
) -> None:
    overwrite(own_data / "chroma" / "chroma.sqlite3", from_page=from_page)
    told = command(own_data, "preguntar", TOPICAL, status=1).stderr
    assert "El índice está dañado: ejecute «asistente ingerir --de-nuevo»." in told
    command(own_data, "ingerir", "--de-nuevo")
    assert "juntas vecinales" in command(own_data, "preguntar", TOPICAL).stdout
    assert not (own_data / "chroma.apartado").exists()


def test_a_service_that_runs_goes_on_and_takes_the_healed_index(
    own_data: Path, serving: Serving
) -> None:
    with serving(own_data) as server:
        server.until(lambda: server.ask(TOPICAL).status_code == 200)
        overwrite(own_data / "chroma" / "chroma.sqlite3", from_page=0)
        assert server.ask(TOPICAL).json()["kind"] == "answer"
        assert server.ask(STRUCTURAL).json()["kind"] == "answer"
        command(own_data, "ingerir", "--de-nuevo")
        built = command(own_data, "manuales").stdout
        assert "MO-SIG-01" in built
        server.until(lambda: server.client.get("/readyz").json()["status"] == "ok")
        command(own_data, "olvidar", "MO-SIG-01")  # it follows the new one
        server.until(lambda: server.ask(TOPICAL).status_code == 503)


def test_a_service_that_starts_on_a_damaged_index_says_so_to_visitors_without_commands(
    own_data: Path, serving: Serving
) -> None:
    overwrite(own_data / "chroma" / "chroma.sqlite3", from_page=0)
    with serving(own_data) as server:
        refused = server.ask(TOPICAL)
        assert refused.status_code == 503
        assert "El índice está dañado" in refused.json()["detail"]
        assert str(own_data) not in refused.text
        assert "--de-nuevo" in server.log
        command(own_data, "ingerir", "--de-nuevo")
        server.until(lambda: server.ask(TOPICAL).status_code == 200)


def test_the_index_is_checked_against_its_sources(own_data: Path, tmp_path: Path) -> None:
    told = command(own_data, "verificar").stdout
    assert "MO-SIG-01.txt" in told
    assert told.count("bien") == 3
    elsewhere = tmp_path / "otra.txt"
    elsewhere.write_text("nada", "utf-8")
    assert "no está, o cambió" in command(own_data, "verificar", str(elsewhere)).stdout
    with sqlite3.connect(own_data / "chroma" / "chroma.sqlite3") as opened:
        opened.execute(
            "UPDATE embedding_metadata SET string_value = 'otra cosa' WHERE key = 'quote'"
            " AND id = (SELECT min(id) FROM embedding_metadata WHERE key = 'quote')"
        )
    opened.close()
    assert "difiere" in command(own_data, "verificar", status=1).stdout


def test_a_backup_is_put_back_into_an_empty_folder(
    own_data: Path, tmp_path: Path, serving: Serving
) -> None:
    with serving(own_data) as server:
        server.until(lambda: server.ask(STRUCTURAL).status_code == 200)
        conversation = server.ask(STRUCTURAL).json()["conversation_id"]
    backup = tmp_path / "respaldo.zip"
    secret = "clave-que-nadie-debe-ver"
    command(own_data, "respaldar", "--con-modelo", str(backup), contact="ext. 4", api_keys=secret)
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    with zipfile.ZipFile(backup) as archive:
        assert secret.encode() not in b"".join(archive.read(name) for name in archive.namelist())
        assert 'ASISTENTE_CONTACT="ext. 4"' in archive.read("ajustes.env").decode()
    empty = tmp_path / "vacía"
    command(empty, "restaurar", str(backup))
    before = command(own_data, "preguntar", "--json", TOPICAL).stdout
    after = command(empty, "preguntar", "--json", TOPICAL).stdout
    assert before.split('"conversation_id"')[0] == after.split('"conversation_id"')[0]
    assert "sin cambios" in command(empty, "ingerir").stdout
    with serving(empty) as server:
        server.until(lambda: server.ask(TOPICAL).status_code == 200)
        more = server.ask("¿y cuáles son sus funciones?", conversation_id=conversation).json()
        assert "Mesas Directivas" in more["answer"]
    refused = command(empty, "restaurar", str(backup), status=1).stderr
    assert "--forzar" in refused
    command(empty, "restaurar", "--forzar", str(backup))


def test_what_is_no_backup_is_refused_and_changes_nothing(own_data: Path, tmp_path: Path) -> None:
    for name, content in (("nada.zip", b""), ("texto.zip", b"hola" * 100)):
        (tmp_path / name).write_bytes(content)
        told = command(own_data, "restaurar", "--forzar", str(tmp_path / name), status=1).stderr
        assert told.count("\n") == 1
        assert "respaldo no se puede leer" in told
    assert "MO-SIG-01" in command(own_data, "manuales").stdout
