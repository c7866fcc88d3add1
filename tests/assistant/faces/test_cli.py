"""The terminal as people use it: what commands say, and their status."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.answering.answer import Answer
from evals.generated_manuals import generate
from tests.terminal import Ran, one_sentence

Run = Callable[..., Ran]


def test_manuals_are_ingested_once_and_a_missing_file_keeps_no_other(
    asistente_apart: Run,
    asistente: Run,
    tmp_path: Path,
    lend_model: Callable[[Path], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    manual = generate(3, 8)
    source = tmp_path / "manual.txt"
    source.write_text(manual.text, "utf-8")
    data = tmp_path / "data"
    lend_model(data)

    first = asistente_apart(data, "ingerir", str(tmp_path / "no-hay.txt"), str(source))
    assert first.status == 1
    assert "no-hay.txt" in first.err
    assert one_sentence(first.err)
    for column in ("Manual", "Págs.", "Caps.", "Puestos", "Func.", "Fragm.", "Avisos", "Seg."):
        assert column in first.out
    functions = sum(len(p.functions) for p in manual.truth.positions)
    row = next(line for line in first.out.splitlines() if line.strip().startswith("MO-"))
    code, pages, chapters, positions, told, chunks, warnings, seconds, state = row.split()
    assert code == manual.truth.code
    assert (int(pages), int(positions), int(told)) == (manual.truth.total_pages, 8, functions)
    assert int(chapters) > 5
    assert int(chunks) > functions
    assert int(warnings) >= 0
    assert float(seconds) > 0
    assert state == "indexado"

    monkeypatch.setattr("corpus.store.open_store", None)  # nothing changed: it isn't opened
    again = asistente(data, "ingerir", str(source))
    assert again.status == 0
    assert "sin cambios" in again.out
    assert str(functions) in again.out


def test_a_question_is_answered_with_its_sources(
    asistente_apart: Run, data_with_real: Path
) -> None:
    ran = asistente_apart(data_with_real, "preguntar", "¿A quién le reporta la jefatura jurídica?")
    assert ran.status == 0
    assert "le reporta a la Dirección de Enlace Municipal (5) [5.3, p. 62]" in ran.text
    assert "§ 5.3, p. 62 · Jefatura Jurídica" in ran.text
    assert ran.err == ""


def test_json_is_a_valid_answer(asistente: Run, data_with_real: Path) -> None:
    ran = asistente(data_with_real, "preguntar", "funciones de la 4.1", "--json")
    assert ran.status == 0
    answer = Answer.model_validate_json(ran.out)
    assert len(answer.citations) == 27
    fields = set(json.loads(ran.out))
    assert fields == {
        *("answer", "kind", "reason", "citations", "suggestions", "conversation_id", "answer_id"),
        "blocks",
    }
    assert set(json.loads(ran.out)["citations"][0]) == {
        *("manual", "section", "title", "page", "function", "quote"),
    }


def test_a_batch_answers_every_line_but_the_broken_ones(
    asistente: Run, data_with_real: Path, tmp_path: Path
) -> None:
    batch = tmp_path / "lote.jsonl"
    lines = [
        '{"id": "a", "question": "¿Cuál es la misión?"}',
        '{"id": "b", "question": ',
        "",
        '{"id": 7, "question": "¿y a quién le reporta?", "history": ["¿Qué hace la 3.2?"]}',
        '{"id": "d", "question": "¿y a quién le reporta?"}',
        '{"id": "e", "question": ""}',
        '["no soy un objeto"]',
        '{"id": "f", "question": "hola\u2028¿qué hace la 5.3?"}',
    ]
    batch.write_text("\ufeff" + "\n".join(lines), "utf-8")
    ran = asistente(data_with_real, "preguntar", "--lote", str(batch))
    assert ran.status == 1
    given = [json.loads(line) for line in ran.out.rstrip("\n").split("\n")]
    assert [g["id"] for g in given] == ["a", None, 7, "d", "e", None, "f"]
    answered = {g["id"]: g for g in given if "answer" in g}
    assert {k: g["kind"] for k, g in answered.items()} == {
        "a": "answer",
        7: "answer",
        "d": "clarify",
        "f": "answer",
    }
    assert answered["a"]["citations"][0]["section"] == "V"
    assert answered[7]["citations"][0]["section"] == "3.2"
    assert {c["section"] for c in answered["f"]["citations"]} == {"5.3"}
    for line in answered.values():
        assert line["ms"] >= 0
        Answer.model_validate({k: v for k, v in line.items() if k not in {"id", "ms"}})
    assert re.findall(r"^Línea (\d+)", ran.err, re.MULTILINE) == ["2", "6", "7"]


def test_a_chat_goes_on_and_takes_a_number_for_a_suggestion(
    asistente: Run, data_with_real: Path
) -> None:
    typed = "¿Qué hace el jefe de oficina?\n3\n¿y a quién le reporta?\n\n/nueva\n¿y su objetivo?\n"
    ran = asistente(data_with_real, "preguntar", typed=typed)
    assert ran.status == 0
    told = ran.text
    asked_back = told.index("¿A cuál se refiere?")
    functions = told.index("La Jefatura de Oficina (3.5) tiene 12 funciones")
    reports = told.index("La Jefatura de Oficina (3.5) le reporta a la Coordinación General")
    empty = told.index("La pregunta está vacía")
    fresh = told.index("¿De qué puesto?")
    assert asked_back < functions < reports < empty < fresh


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["preguntar", " "], "La pregunta está vacía"),
        (["preguntar", "a" * 501], "La pregunta tiene 501 caracteres y el límite es de 500"),
        (["preguntar", "--lote", "no-hay.jsonl"], "No se pudo leer «no-hay.jsonl»"),
    ],
)
def test_what_cannot_be_asked_is_told_in_one_sentence(
    asistente: Run, data_with_real: Path, arguments: list[str], told: str
) -> None:
    ran = asistente(data_with_real, *arguments)
    assert ran.status == 1
    assert told in ran.err
    assert one_sentence(ran.err)
    assert ran.out == ""


def test_without_an_index_the_command_to_run_is_told(
    asistente: Run, tmp_path: Path, lend_model: Callable[[Path], None]
) -> None:
    lend_model(tmp_path)
    ran = asistente(tmp_path, "preguntar", "¿Cuál es la misión?")
    assert ran.status == 1
    assert "ningún manual indexado" in ran.err
    assert "«asistente ingerir»" in ran.err
    assert one_sentence(ran.err)


@pytest.fixture(scope="session")
def two_versions(
    tmp_path_factory: pytest.TempPathFactory, lend_model: Callable[[Path], None], asistente: Run
) -> Path:
    """A data folder with two versions of a made-up manual, ingested from one folder."""
    folder = tmp_path_factory.mktemp("versions")
    data, sources = folder / "data", folder / "manuales"
    lend_model(data)
    sources.mkdir()
    manual = generate(3, 8, ())
    text, truth = manual.text, manual.truth
    newer = text.replace(f"VERSIÓN:\t{truth.version}", "VERSIÓN:\t17")
    function = truth.positions[-1].functions[0].text
    assert newer.count(function) >= 1
    (sources / "a-nueva.txt").write_text(newer.replace(function, f"Siempre {function}"), "utf-8")
    (sources / "b-vieja.txt").write_text(text, "utf-8")
    (sources / "c-rota.txt").write_text("", "utf-8")
    ran = asistente(data, "ingerir", str(sources))
    assert ran.status == 1
    assert "c-rota.txt" in ran.err
    assert "conservada" in ran.out
    return data


def test_versions_are_listed_and_put_back(asistente: Run, two_versions: Path) -> None:
    listed = json.loads(asistente(two_versions, "manuales", "--json").out)
    code, old = listed[1]["code"], listed[1]["version"]
    assert [(m["version"], m["state"]) for m in listed] == [("17", "in_force"), (old, "former")]
    assert "vigente" in asistente(two_versions, "manuales").out
    back = asistente(two_versions, "volver", code, old)
    assert back.status == 0
    assert one_sentence(back.out)
    assert json.loads(asistente(two_versions, "manuales", "--json").out)[0]["version"] == old
    assert asistente(two_versions, "volver", code, "17").status == 0


def test_a_version_that_is_not_there_is_one_sentence(asistente: Run, two_versions: Path) -> None:
    code = json.loads(asistente(two_versions, "manuales", "--json").out)[0]["code"]
    for command in (("volver", code, "99"), ("olvidar", code, "99"), ("comparar", code, "99")):
        ran = asistente(two_versions, *command)
        assert ran.status == 1
        assert "no tiene la versión «99»" in ran.err
        assert one_sentence(ran.err)
    kept = asistente(two_versions, "olvidar", code, "17")
    assert kept.status == 1
    assert "asistente volver" in kept.err


def test_two_versions_are_compared(asistente: Run, two_versions: Path, tmp_path: Path) -> None:
    code = json.loads(asistente(two_versions, "manuales", "--json").out)[0]["code"]
    told = asistente(two_versions, "comparar", code)
    assert told.status == 0
    assert "[+Siempre+]" in told.out
    changes = json.loads(asistente(two_versions, "comparar", code, "--json").out)["changes"]
    assert "function_reworded" in {change["kind"] for change in changes}
    page = tmp_path / "cambios.html"
    assert asistente(two_versions, "comparar", code, "--html", str(page)).status == 0
    assert "<ins>Siempre</ins>" in page.read_text("utf-8")


def test_an_unknown_command_is_told(asistente_apart: Run, tmp_path: Path) -> None:
    ran = asistente_apart(tmp_path, "adivinar")
    assert ran.status == 2
    assert "adivinar" in ran.err


def test_help_is_spanish_and_names_the_commands(asistente: Run, tmp_path: Path) -> None:
    ran = asistente(tmp_path, "--ayuda")
    assert ran.status == 0
    for command in ("ingerir", "preguntar", "manuales", "volver", "comparar", "olvidar", "estado"):
        assert command in ran.out
    assert "Responde preguntas sobre manuales" in ran.text
