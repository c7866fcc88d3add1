"""What the office teaches holds at once, elsewhere within seconds, and can be taken back."""

import shutil
from pathlib import Path

import pytest

from assistant.answering.answer import Answer, AnswerKind, Reason
from assistant.asking.core import Assistant, open_assistant
from assistant.desk.outcomes import Channel, Outcome
from assistant.desk.questions import KeptQuestion
from assistant.desk.teaching import different, taught
from assistant.running.settings import Settings
from assistant.running.storage.database import now
from corpus.model import Chunk, Manual
from corpus.office_words import OfficeWord, WordsError
from corpus.store import open_store

TICKETS = "¿Quién vende los boletos del teatro?"
WORD = OfficeWord(text=TICKETS, section="3.2", function=6)


@pytest.fixture
def data(tmp_path: Path, data_with_real: Path) -> Path:
    folder = tmp_path / "data"
    shutil.copytree(data_with_real, folder, symlinks=True)
    return folder


@pytest.fixture
def own(data: Path) -> Assistant:
    """An assistant whose index a test may teach."""
    return open_assistant(Settings(data_dir=data))


def _place(answer: Answer) -> tuple[str, int | None]:
    return answer.citations[0].section, answer.citations[0].function


def test_what_is_taught_holds_at_once_in_the_manuals_own_words(own: Assistant) -> None:
    assert own.ask(TICKETS).kind is AnswerKind.ABSTAIN
    own.library.teach("MO-SIG-01", WORD)
    answer = own.ask("quien vende boletos para el TEATRO")
    assert (answer.kind, _place(answer)) == (AnswerKind.ANSWER, ("3.2", 6))
    assert answer.citations[0].quote in answer.answer
    own.library.unteach("MO-SIG-01", WORD)
    assert own.ask(TICKETS).kind is AnswerKind.ABSTAIN


@pytest.mark.parametrize(
    "question",
    [
        "¿Quién vende los boletos del cine?",
        "¿A quién le reporta la Jefatura de Geomática?",
        "¿Quién ve lo de las juntas vecinales?",
        "hola",
    ],
)
def test_what_is_asked_otherwise_is_answered_as_before(own: Assistant, question: str) -> None:
    before = own.ask(question)
    own.library.teach("MO-SIG-01", WORD)
    after = own.ask(question)
    assert (before.kind, before.answer, before.citations) == (
        after.kind, after.answer, after.citations,
    )  # fmt: skip


def test_another_process_follows(own: Assistant, data: Path) -> None:
    other = open_assistant(Settings(data_dir=data))
    assert other.ask(TICKETS).kind is AnswerKind.ABSTAIN
    own.library.teach("MO-SIG-01", WORD)
    other.library._looked = float("-inf")  # as five seconds later
    assert _place(other.ask(TICKETS)) == ("3.2", 6)


def test_it_can_be_taught_that_the_manual_does_not_say(own: Assistant) -> None:
    assert own.ask("¿Quién ve lo de las juntas vecinales?").kind is AnswerKind.ANSWER
    own.library.teach("MO-SIG-01", OfficeWord(text="¿Quién ve lo de las juntas vecinales?"))
    answer = own.ask("¿Quién ve lo de las juntas vecinales?")
    assert (answer.kind, answer.reason) == (AnswerKind.ABSTAIN, Reason.NOT_IN_MANUAL)


def test_what_is_off_topic_is_told_apart_from_what_the_manual_does_not_say(own: Assistant) -> None:
    own.library.teach("MO-SIG-01", OfficeWord(text=TICKETS, off_topic=True))
    answer = own.ask(TICKETS)
    assert (answer.kind, answer.reason) == (AnswerKind.ABSTAIN, Reason.OUT_OF_SCOPE)
    (line,) = taught(own.library, own.library.manual("MO-SIG-01"))
    assert (line.section, line.off_topic) == (None, True)


def test_a_section_without_functions_answers_with_what_it_says_first(own: Assistant) -> None:
    own.library.teach("MO-SIG-01", OfficeWord(text="¿para qué es este librote?", section="II"))
    assert own.ask("¿para qué es este librote?").citations[0].section == "II"


@pytest.mark.parametrize(("section", "function"), [("99", None), ("3.2", 99), ("II", 1)])
def test_what_leads_nowhere_is_refused(own: Assistant, section: str, function: int | None) -> None:
    with pytest.raises(WordsError, match="no está en MO-SIG-01"):
        own.library.teach(
            "MO-SIG-01", OfficeWord(text="boletos", section=section, function=function)
        )


def test_the_manual_that_was_taught_is_chosen_among_several(
    own: Assistant, data: Path, tiny_manual: Manual, tiny_chunks: list[Chunk]
) -> None:
    embeddings = own.library.reader.embeddings
    vectors = embeddings.passage_vectors([chunk.indexed_text for chunk in tiny_chunks])
    open_store(data).replace(
        tiny_manual, tiny_chunks, vectors, source_sha256="0" * 64, model_name=embeddings.name
    )
    own.library._looked = float("-inf")
    own.library.teach("MO-MINI-01", OfficeWord(text=TICKETS, section="1.1", function=2))
    cited = own.ask(TICKETS).citations[0]
    assert (cited.manual, cited.section, cited.function) == ("MO-MINI-01", "1.1", 2)


def test_what_it_would_change_is_told_and_nothing_is_changed(own: Assistant) -> None:
    kept = [_kept(TICKETS), _kept(TICKETS), _kept("¿Quién vende los boletos del cine?")]
    found = different(own.library, "MO-SIG-01", WORD, kept, lambda _: None)
    assert [(d.question.question, d.before, d.after) for d in found] == [
        (TICKETS, "Sin respuesta", "§ 3.2, función 6")
    ]
    assert taught(own.library, own.library.manual("MO-SIG-01")) == []
    assert own.ask(TICKETS).kind is AnswerKind.ABSTAIN


def test_what_was_taught_is_listed_with_what_it_leads_to(own: Assistant) -> None:
    own.library.teach("MO-SIG-01", WORD)
    (line,) = taught(own.library, own.library.manual("MO-SIG-01"))
    assert (line.text, line.section, line.function, line.by_office) == (TICKETS, "3.2", 6, True)
    assert line.told.startswith("Difundir las convocatorias")


def _kept(question: str) -> KeptQuestion:
    return KeptQuestion(
        question, now(), Channel.WEB, "MO-SIG-01", question, "", Outcome.REFUSED, None, None, (),
        10, None, None, None,
    )  # fmt: skip
