"""Asks the assistant of real documents, each indexed alone, and judges the answers."""

from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic import BaseModel, ConfigDict
from rich.console import Console

from assistant.answering.answer import Answer, AnswerKind
from assistant.running.settings import Settings
from evals.gold import plain
from evals.workbench import Workbench, served_embeddings
from ingest import IngestError


class RealQuestion(BaseModel):
    """A question on a real document, and by what a right answer is known."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    document: str
    question: str
    expect: AnswerKind
    units: list[str]
    """The units that the answer is about; to read by, not judged."""
    pages: list[int]
    """At least one citation must be of one of these; any where empty."""
    facts: list[list[str]]
    """Of each list, one wording must occur in the answer or its quotes."""
    forbidden: list[str]
    note: str

    def wrong(self, answer: Answer) -> list[str]:
        """What is not right in an answer; empty for a right one."""
        text = plain(" ".join([answer.answer, *(c.quote for c in answer.citations)]))
        wrong = [f"says {said!r}" for said in self.forbidden if plain(said) in text]
        if answer.kind is not self.expect:
            return [*wrong, f"is {answer.kind}, not {self.expect}"]
        if self.expect is not AnswerKind.ANSWER:
            return wrong
        cited = {c.page for c in answer.citations}
        if self.pages and not cited & set(self.pages):
            wrong.append(f"cites pages {sorted(cited)}, not {self.pages}")
        for wordings in self.facts:
            if not any(plain(wording) in text for wording in wordings):
                wrong.append(f"lacks {wordings}")
        return wrong


def ask_all(path: Path, folder: Path, console: Console) -> None:
    """Ask all questions of a file, and print what was answered wrong."""
    lines = path.read_text("utf-8").splitlines()
    questions = [RealQuestion.model_validate_json(line) for line in lines if line.strip()]
    settings = Settings()
    embeddings = served_embeddings(settings)
    for document in dict.fromkeys(q.document for q in questions):
        asked = [q for q in questions if q.document == document]
        with TemporaryDirectory() as index:
            bench = Workbench(Path(index), embeddings, settings.question_limit)
            try:
                bench.ingest(folder / document)
            except IngestError as error:
                console.print(f"{document}: 0 of {len(asked)} right; refused: {error}")
                continue
            _ask(bench, asked, document, console)


def _ask(bench: Workbench, asked: list[RealQuestion], document: str, console: Console) -> None:
    assistant, right, failures = bench.assistant(), 0, []
    for question in asked:
        answer = assistant.ask(question.question)
        wrong = question.wrong(answer)
        right += not wrong
        if wrong:
            failures.append(f"{question.id} «{question.question}» {'; '.join(wrong)}")
    console.print(f"{document}: {right} of {len(asked)} right")
    for failure in failures:
        console.print(f"  {failure}", markup=False, highlight=False)
