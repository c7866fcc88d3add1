"""A parser that reads all of it scores full marks; each kind of mistake is counted as such."""

from collections.abc import Callable

import pytest

from corpus.model import DirectReport, Function, Manual, Position, Printed
from evals.families.choices import Family
from evals.families.manuals import make
from evals.families.scoring import MEASURES, Score, folded, refused, score_manual, squashed
from evals.families.truth import FamilyTruth, Field, UnitTruth


def printed(field: Field | None) -> Printed | None:
    return Printed(text=field.text, page=field.page) if field else None


def position(unit: UnitTruth, number: str) -> Position:
    return Position(
        number=number,
        title=unit.title,
        page=unit.page,
        reports_to=printed(unit.boss),
        direct_reports_printed=printed(unit.reports_printed),
        direct_reports=tuple(DirectReport(name=n, printed=n) for n in unit.reports),
        objective=printed(unit.objective),
        functions=tuple(
            Function(number=n, text=f.text, page=f.page) for n, f in enumerate(unit.functions, 1)
        ),
    )


def all_positions(truth: FamilyTruth) -> list[Position]:
    return [position(unit, str(at)) for at, unit in enumerate(truth.units, 1)]


@pytest.fixture(scope="module")
def truth() -> FamilyTruth:
    return make(Family.TABLE, seed=1, positions=9).one_column.truth


Scored = Callable[..., Score]


@pytest.fixture
def scored(manual_of: Callable[..., Manual]) -> Scored:
    def of(truth: FamilyTruth, *positions: Position) -> Score:
        return score_manual(manual_of(truth, positions), truth, with_pages=True)

    return of


@pytest.mark.parametrize("family", list(Family))
def test_all_read_is_all_right(family: Family, scored: Scored) -> None:
    truth = make(family, seed=4, positions=9).one_column.truth
    score = scored(truth, *all_positions(truth))
    for measure in MEASURES:
        count = score.count(measure)
        assert count.right == count.found == count.due
    assert not score.denials
    assert not score.misses


def test_a_unit_that_is_missed_takes_its_functions_with_it(
    truth: FamilyTruth, scored: Scored
) -> None:
    score = scored(truth, *all_positions(truth)[1:])
    missed = truth.units[0]
    assert score.units.due - score.units.right == 1
    assert score.functions.due - score.functions.right == len(missed.functions)
    assert score.functions.precision == 1


def test_a_unit_that_is_invented_counts_against_precision(
    truth: FamilyTruth, scored: Scored
) -> None:
    invented = Position(number="99", title="ANTECEDENTES", page=1)
    score = scored(truth, *all_positions(truth), invented)
    assert score.units.recall == 1
    assert score.units.found == score.units.due + 1


def test_functions_must_stand_in_order_and_on_their_page(
    truth: FamilyTruth, scored: Scored
) -> None:
    first, *others = all_positions(truth)
    swapped = (first.functions[1], first.functions[0], *first.functions[2:])
    score = scored(truth, first.model_copy(update={"functions": swapped}), *others)
    assert score.functions.due - score.functions.right == 1
    moved = tuple(f.model_copy(update={"page": f.page + 1}) for f in first.functions)
    score = scored(truth, first.model_copy(update={"functions": moved}), *others)
    assert score.functions.right == score.functions.due
    assert score.pages.due - score.pages.right == len(first.functions)


def test_broken_words_and_white_space_make_no_difference(
    truth: FamilyTruth, scored: Scored
) -> None:
    first, *others = all_positions(truth)
    broken = first.functions[0].model_copy(
        update={"text": first.functions[0].text.replace("a", "a-\n", 1)}
    )
    functions = (broken, *first.functions[1:])
    score = scored(truth, first.model_copy(update={"functions": functions}), *others)
    assert score.functions.right == score.functions.due


def test_what_is_printed_must_not_be_denied(truth: FamilyTruth, scored: Scored) -> None:
    first, *others = all_positions(truth)
    nothing = Printed(text="N/A", page=1)
    wrong = first.model_copy(
        update={
            "reports_to": nothing,
            "direct_reports_printed": nothing,
            "functions": (),
            "functions_heading": Printed(text="FUNCIONES", page=1),
        }
    )
    told = [d.partition(": ")[2] for d in scored(truth, wrong, *others).denials]
    with_boss = truth.units[0].boss
    assert with_boss is not None
    assert told == ["boss denied"] * with_boss.applies + ["reports denied", "functions denied"]


def test_a_refused_manual_has_all_missed(truth: FamilyTruth) -> None:
    score = refused(truth, "no")
    assert (score.units.recall, score.functions.recall, score.refused) == (0, 0, 1)


def test_titles_are_compared_without_case_accents_and_article() -> None:
    assert folded("DE LA DIRECCION DE OBRAS.") == folded("Dirección de Obras")
    assert folded("Delegación") != folded("egación")
    assert squashed("expe-\ndiente") == "expediente"
