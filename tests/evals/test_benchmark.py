"""The benchmark runs, and measures what it says."""

from pathlib import Path

import pytest

from assistant.running.settings import Settings
from corpus.model import Manual
from corpus.spanish import fold
from evals.benchmark import Figures, main
from evals.generated_manuals import generate, write
from evals.gold import GOLD_FOLDER, read_gold
from evals.speed.answering import Timing, latencies, time_questions
from evals.speed.questions import Asked, Sort, benchmark_questions
from ingest import parse_manual, read_source

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def real_manual() -> Manual:
    return parse_manual(read_source(ROOT / "corpus" / "manuals" / "MO-SIG-01.txt"))


def test_there_are_200_different_questions_half_of_each_sort(real_manual: Manual) -> None:
    gold = list(read_gold(GOLD_FOLDER / "mo-sig-01.dev.jsonl"))
    questions = benchmark_questions(real_manual, gold, 200)
    assert len({fold(asked.text) for asked in questions}) == 200
    assert sum(asked.sort is Sort.TOPICAL for asked in questions) == 100
    assert all(len(asked.text) <= Settings().question_limit for asked in questions)
    assert questions == benchmark_questions(real_manual, gold, 200)


def test_questions_can_be_made_of_a_manual_alone(tiny_manual: Manual) -> None:
    questions = {asked.text for asked in benchmark_questions(tiny_manual, [], 4)}
    assert "¿Cuáles son las funciones de la Jefatura de Oficina?" in questions
    assert len(questions) == 4


def test_embedding_and_answer_take_turns_in_going_first() -> None:
    done = list[str]()
    questions = [Asked("a", Sort.TOPICAL), Asked("b", Sort.TOPICAL)]
    list(
        time_questions(
            questions, lambda q: done.append(f"embed {q}"), lambda q: done.append(f"ask {q}")
        )
    )
    assert done == ["embed a", "ask a", "ask b", "embed b"]


def test_figures_are_given_by_sort_and_together() -> None:
    timings = [
        Timing(Sort.TOPICAL, embedding=4.0, answer=8.0),
        Timing(Sort.TOPICAL, embedding=6.0, answer=12.0),
        Timing(Sort.STRUCTURAL, embedding=5.0, answer=1.0),
    ]
    figures = latencies(timings)
    assert list(figures) == ["topical", "structural", "all"]
    assert figures["topical"].ratio == 2.0
    assert figures["all"].questions == 3
    assert figures["all"].answer_p50 == 8.0
    assert list(latencies(timings[:2])) == ["topical", "all"]


@pytest.mark.usefixtures("model_folder")
def test_it_runs_and_leaves_nothing_behind(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    model_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "models").symlink_to(model_folder.parent)
    monkeypatch.setenv("ASISTENTE_DATA_DIR", str(data))
    made_up = write(generate(1, positions=8), tmp_path)[0]
    small = ["--questions", "4", "--runs", "1", "--manual", str(made_up)]
    main([*small, "--json", str(tmp_path / "figures.json")])
    figures = Figures.model_validate_json((tmp_path / "figures.json").read_text("utf-8"))
    assert {name: some.questions for name, some in figures.latency.items()} == {
        "topical": 2,
        "structural": 2,
        "all": 4,
    }
    assert 0 < figures.unchanged_seconds < figures.ingest_seconds
    assert figures.megabytes_at_rest is None or figures.megabytes_at_rest > 100
    assert "memory at rest" in capsys.readouterr().out
    assert [left.name for left in data.iterdir()] == ["models"]
