"""Real documents are held to hand-made truth, with whatever the parser makes of them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console

from assistant.answering.answer import Answer, AnswerKind, Citation
from corpus.model import DirectReport, Function, Manual, Position, Printed
from evals.families import real
from evals.families.choices import Family
from evals.families.manuals import make
from evals.families.output.files import Format, write_file
from evals.families.real import RealDocument, RealScore, RealUnit, State, score
from evals.families.real_questions import RealQuestion

CASHIER = RealUnit(
    titles=["CAJERO", "CAJERO (A)"],
    page=4,
    boss=["Tesorero"],
    boss_state=State.PRINTED,
    reports=[],
    reports_state=State.AS_NONE,
    functions=[2, 3],
    first_function="Cobrar",
)
MAYOR = CASHIER.model_copy(update={"titles": ["ALCALDE"], "boss": [], "boss_state": State.AS_NONE})
DOCUMENT = RealDocument(
    file="hecho-a-mano.txt", has_pages=True, complete=True, note="", units=[CASHIER, MAYOR]
)


def sheet(title: str, boss: str | None, functions: int = 2, page: int = 4) -> Position:
    return Position(
        number=title,
        title=title,
        page=page,
        reports_to=Printed(text=boss, page=page) if boss else None,
        direct_reports_printed=Printed(text="Ninguno", page=page),
        functions=tuple(
            Function(number=n, text=f"Cobrar el derecho {n}", page=page) for n in range(functions)
        ),
        functions_heading=Printed(text="FUNCIONES", page=page),
    )


Read = Callable[..., RealScore]


@pytest.fixture
def read(manual_of: Callable[..., Manual]) -> Read:
    truth = make(Family.UNITS, 1, positions=9).one_column.truth

    def of(*positions: Position) -> RealScore:
        result = RealScore(DOCUMENT)
        result.read(manual_of(truth, positions))
        return result

    return of


def test_all_right(read: Read) -> None:
    result = read(sheet("Cajero", "del Tesorero"), sheet("Alcalde", "N/A"))
    assert not result.misses
    assert not result.denials
    for count in (result.units, result.bosses, result.reports, result.functions, result.pages):
        assert (count.right, count.due) == (2, 2)


def test_a_list_that_is_cut_is_wrong_and_so_is_another_first_function(read: Read) -> None:
    reports = (DirectReport(name="Auxiliar", printed="Auxiliar"),)
    printed = Printed(text="Auxiliar", page=4)
    cut = sheet("CAJERO", "Tesorero").model_copy(
        update={
            "direct_reports_printed": printed,
            "direct_reports": reports,
            "functions": (Function(number=1, text="Barrer", page=4),) * 2,
        }
    )
    result = read(cut)
    assert (result.reports.right, result.functions.right) == (0, 0)
    assert "CAJERO: reports read as ['Auxiliar'], are []" in result.misses


def test_of_two_headings_that_with_the_functions_is_the_unit(read: Read) -> None:
    result = read(sheet("CAJERO", None, functions=0), sheet("CAJERO (A)", "Tesorero"))
    assert result.functions.right == 1
    assert result.misses == ["missed: ALCALDE (p. 4)", "invented: CAJERO (p. 4)"]


def test_what_is_printed_must_not_be_denied(read: Read) -> None:
    result = read(sheet("CAJERO", "N/A", functions=0), sheet("ALCALDE", "N/A"))
    assert result.denials == ["CAJERO: boss denied", "CAJERO: functions denied"]


def test_a_document_that_is_refused_has_all_missed(
    tmp_path: Path,
) -> None:
    result = score(DOCUMENT, tmp_path)
    assert (result.units.right, result.units.due) == (0, 2)
    assert result.misses[0].startswith("refused: ")


def test_the_report_tells_what_was_missed(capsys: pytest.CaptureFixture[str], read: Read) -> None:
    real.report([read(sheet("CAJERO", "Tesorero"))], Console(width=140))
    shown = capsys.readouterr().out
    assert "1 of 2" in shown
    assert "missed: ALCALDE (p. 4)" in shown


def test_a_made_up_document_is_read_from_its_folder(tmp_path: Path) -> None:
    path = write_file(make(Family.UNITS, 1, positions=9), Format.TXT, tmp_path)
    document = DOCUMENT.model_copy(update={"file": path.name})
    assert score(document, tmp_path).units.right == 0


QUESTION = RealQuestion(
    id="1",
    document="hecho-a-mano.txt",
    question="¿A quién le reporta el cajero?",
    expect=AnswerKind.ANSWER,
    units=["CAJERO"],
    pages=[4],
    facts=[["tesorero", "tesorería"]],
    forbidden=["alcalde"],
    note="",
)


def answer(text: str, kind: AnswerKind = AnswerKind.ANSWER, page: int = 4) -> Answer:
    cited = Citation(
        manual="X-1", section="1", title="Cajero", page=page, function=None, quote="Depende de"
    )
    citations = [cited] if kind is AnswerKind.ANSWER else []
    return Answer(
        answer=text, kind=kind, citations=citations, suggestions=[],
        conversation_id="c", answer_id="a",
    )  # fmt: skip


def test_answers_are_judged_by_kind_page_and_facts() -> None:
    assert QUESTION.wrong(answer("Le reporta al TESORERO.")) == []
    assert QUESTION.wrong(answer("Al Alcalde.", page=5)) == [
        "says 'alcalde'",
        "cites pages [5], not [4]",
        "lacks ['tesorero', 'tesorería']",
    ]
    assert QUESTION.wrong(answer("No lo dice.", AnswerKind.ABSTAIN)) == ["is abstain, not answer"]


def test_a_refusal_that_is_due_needs_no_facts() -> None:
    due = QUESTION.model_copy(update={"expect": AnswerKind.ABSTAIN})
    assert due.wrong(answer("El manual no lo dice.", AnswerKind.ABSTAIN)) == []
