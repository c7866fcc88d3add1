"""What the tests of the evaluation share: a small manual on a workbench, and reports."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.answering.answer import Answer, AnswerKind, Citation
from assistant.running.settings import Settings
from corpus.embeddings import OnnxEmbeddings
from corpus.model import Manual
from evals.experiment import Exam, as_question_sets, method_report, outcomes_of
from evals.generated_manuals import generate
from evals.gold import GoldQuestion
from evals.gold_sets import GoldSet, Split, gold_sets
from evals.methods.base import Reply
from evals.methods.catalog import OURS
from evals.report_model import Origin, Report
from evals.workbench import Source, Workbench
from tests.conftest import made_once

GoldOf = Callable[..., GoldQuestion]
AnswerOf = Callable[..., Answer]
ReportOf = Callable[..., Report]


@pytest.fixture(scope="session")
def workbench(tmp_path_factory: pytest.TempPathFactory, embeddings: OnnxEmbeddings) -> Workbench:
    """An empty workbench of the tests' own."""
    return Workbench(tmp_path_factory.mktemp("workbench"), embeddings, 500)


@pytest.fixture(scope="session")
def small(workbench: Workbench) -> Source:
    """A generated manual of eight positions, indexed."""
    manual = generate(11, 8, ())
    path = workbench.folder / f"{manual.truth.code}.txt"
    path.write_text(manual.text, "utf-8")
    return workbench.ingest(path)


@pytest.fixture
def gold() -> GoldOf:
    """A gold question, of which a test says only what it is about."""

    def make(**told: object) -> GoldQuestion:
        plain = {
            "id": "dev-001",
            "question": "¿Quién atiende las juntas vecinales?",
            "persona": "citizen",
            "style": "plain",
            "intent": "responsible",
            "expect": "answer",
            "sections_any": [],
            "sections_all": [],
            "pages": [],
            "facts": [],
            "forbidden": [],
        }
        return GoldQuestion.model_validate(plain | told)

    return make


@pytest.fixture
def answer() -> AnswerOf:
    """An answer that cites functions of the tiny manual's sheet."""

    def make(
        text: str = "De eso se encarga la Jefatura de Oficina.",
        kind: AnswerKind = AnswerKind.ANSWER,
        cites: tuple[tuple[str, int, str], ...] = (("1.1", 1, "Atender las juntas vecinales;"),),
    ) -> Answer:
        return Answer(
            answer=text,
            kind=kind,
            citations=[
                Citation(
                    manual="MO-MINI-01",
                    section=section,
                    title="Jefatura de Oficina",
                    page=page,
                    quote=quote,
                )
                for section, page, quote in cites
            ],
            conversation_id="",
            answer_id="",
        )

    return make


@pytest.fixture
def report_of(tiny_manual: Manual) -> ReportOf:
    """A report of our method on one dev set: gold questions, each with what was answered."""

    def make(*answered: tuple[GoldQuestion, Answer], commit: str = "abc1234") -> Report:
        source = Source(Path("MO-MINI-01.txt"), "", tiny_manual, ())
        questions = tuple(question for question, _ in answered)
        exam = Exam(GoldSet("MO-MINI-01", Split.DEV, source.path, questions), source)
        replies = [
            Reply(
                own,
                tuple(citation.section for citation in own.citations),
                confidence=0.5,
                milliseconds=12.0,
                withheld=own.kind is AnswerKind.ABSTAIN,
            )
            for _, own in answered
        ]
        sets = as_question_sets([exam])
        return Report(
            origin=Origin(
                made_at=datetime(2026, 1, 2, 3, 4, tzinfo=UTC),
                commit=commit,
                machine="prueba",
                seed=7,
            ),
            sets=sets,
            methods=[method_report(OURS, outcomes_of(exam, replies), sets)],
            skipped=["XQuAD-es: no se dio el archivo con --xquad."],
        )

    return make


@pytest.fixture(scope="session")
def data_folder(
    tmp_path_factory: pytest.TempPathFactory,
    lend_model: Callable[[Path], None],
    embeddings: OnnxEmbeddings,
) -> Path:
    """A data folder with the prepared model and no index but the evaluation's own, as whoever has
    evaluated before has it: with the manuals of the gold sets."""

    def make(folder: Path) -> None:
        lend_model(folder)
        (folder / "evals").mkdir()
        indexed = Workbench(folder / "evals", embeddings, 500)
        sets, _ = gold_sets(Settings.model_fields["manuals_dir"].default, [Split.DEV])
        for source in dict.fromkeys(each.source for each in sets):
            indexed.ingest(source)

    folder = tmp_path_factory.mktemp("evaluated") / "data"
    shutil.copytree(made_once(tmp_path_factory, "evaluated", make), folder, symlinks=True)
    return folder
