"""A consistent manual, spoilt by hand in one place."""

import re
from collections.abc import Callable

from assistant.reports.audit import Kind
from evals.generated_manuals import GeneratedManual

from .conftest import Audit, kinds

WithField = Callable[[str, str, int, str], str]
BOSS, REPORTS = "Puesto al que le reporta", "Puestos que le reportan"


def sheet_with_boss_and_report(manual: GeneratedManual) -> tuple[int, int]:
    """Where, in printed order, a sheet below the head stands, and one that reports to it."""
    positions = manual.truth.positions
    for at, position in enumerate(positions):
        numbers = [r.number for r in position.direct_reports if r.number]
        if at and numbers:
            return at, next(i for i, p in enumerate(positions) if p.number == numbers[0])
    raise AssertionError("no such sheet")


def test_a_circle_of_superiors_is_told_once_and_does_not_hang(
    consistent: GeneratedManual, audited: Audit, with_field: WithField
) -> None:
    upper, lower = sheet_with_boss_and_report(consistent)
    positions = consistent.truth.positions
    found = audited(with_field(consistent.text, BOSS, upper, positions[lower].title))
    (cycle,) = [f for f in found if f.kind is Kind.REPORTING_CYCLE]
    assert set(cycle.sections) == {positions[upper].number, positions[lower].number}


def test_a_position_that_reports_to_itself(
    consistent: GeneratedManual, audited: Audit, with_field: WithField
) -> None:
    upper, _ = sheet_with_boss_and_report(consistent)
    position = consistent.truth.positions[upper]
    found = audited(with_field(consistent.text, BOSS, upper, position.title))
    (cycle,) = [f for f in found if f.kind is Kind.REPORTING_CYCLE]
    assert cycle.sections == (position.number,)


def test_an_area_that_is_not_above(
    consistent: GeneratedManual, audited: Audit, with_field: WithField
) -> None:
    positions = consistent.truth.positions
    last = len(positions) - 1
    branch = positions[last].number.partition(".")[0]
    other = next(
        p for p in positions if "." in p.number and p.number.partition(".")[0] not in (branch, "1")
    )
    found = audited(with_field(consistent.text, "Área", last, other.title))
    assert kinds(found) == [Kind.FIELD_CONTRADICTS_LINE]
    assert found[0].sections == (positions[last].number, other.number)


def test_a_boss_that_says_nobody_reports_to_it(
    consistent: GeneratedManual, audited: Audit, with_field: WithField
) -> None:
    upper, lower = sheet_with_boss_and_report(consistent)
    found = audited(with_field(consistent.text, REPORTS, upper, "N/A"))
    assert set(kinds(found)) == {Kind.NOT_LISTED_BY_BOSS}
    number = consistent.truth.positions[lower].number
    (finding,) = [f for f in found if number in f.sections]
    assert "no le reporta nadie" in finding.message


def test_a_function_number_left_out(consistent: GeneratedManual, audited: Audit) -> None:
    text = re.sub(r"^2\t(?=\S)", "9\t", consistent.text, count=1, flags=re.M)
    assert text != consistent.text
    numbering = [f for f in audited(text) if f.kind is Kind.FUNCTION_NUMBERING]
    assert len(numbering) == 1
    assert "falta la 2" in numbering[0].message or "faltan las 2" in numbering[0].message


def test_two_sheets_with_one_number(consistent: GeneratedManual, audited: Audit) -> None:
    positions = consistent.truth.positions
    first, second = positions[-2], positions[-1]
    start = consistent.text.rindex(f"\n{second.number}")
    spoilt = consistent.text[:start] + consistent.text[start:].replace(
        second.number, first.number, 1
    )
    found = audited(spoilt)
    (repeated,) = [f for f in found if f.kind is Kind.REPEATED_NUMBER]
    assert f"«{first.title}»" in repeated.message
    assert f"«{second.title}»" in repeated.message


def test_a_last_change_of_another_version(consistent: GeneratedManual, audited: Audit) -> None:
    version = consistent.truth.version
    text = consistent.text.replace(f"VERSIÓN:\t{version}", "VERSIÓN:\t09")
    assert kinds(audited(text)) == [Kind.VERSION_MISMATCH]


def test_many_sheets_with_one_wrong_date_are_one_finding(
    consistent: GeneratedManual, audited: Audit
) -> None:
    day = consistent.truth.emission_date
    text = consistent.text.replace(f"Fecha:\t{day:%d/%m/%Y}", "Fecha:\t01/02/1999")
    found = audited(text)
    assert kinds(found) == [Kind.DATE_MISMATCH]
    assert "01/02/1999" in found[0].message
    assert len(found[0].sections) > 10


def test_a_manual_without_a_list_of_units_is_not_blamed_for_it(audited: Audit) -> None:
    from evals.generated_manuals import generate

    text = generate(seed=11, positions=24, contradictions=()).text
    body = text.index("VIII. ESTRUCTURA ORGÁNICA", text.index("VII. MARCO", 3000))
    end = text.index("IX. ORGANIGRAMA", body)
    found = audited(text[:body] + text[end:])
    assert not {Kind.SHEET_NOT_LISTED, Kind.LISTED_WITHOUT_SHEET} & set(kinds(found))


def test_a_list_by_rank_only_leaves_nobody_out(
    consistent: GeneratedManual, audited: Audit, with_field: WithField
) -> None:
    upper, _ = sheet_with_boss_and_report(consistent)
    assert audited(with_field(consistent.text, REPORTS, upper, "Coordinaciones y Jefaturas")) == []


def test_two_superiors_in_one_field_are_not_a_unit_without_sheet(
    consistent: GeneratedManual, audited: Audit, with_field: WithField
) -> None:
    last = len(consistent.truth.positions) - 1
    directions = [p.title for p in consistent.truth.positions if p.title.startswith("Dirección de")]
    found = audited(with_field(consistent.text, BOSS, last, " y ".join(directions[:2])))
    assert Kind.BOSS_WITHOUT_SHEET not in kinds(found)


def test_a_nominal_title_that_is_the_payroll_category(
    consistent: GeneratedManual, audited: Audit, with_field: WithField
) -> None:
    text = consistent.text
    for sheet in range(len(consistent.truth.positions)):
        text = with_field(text, "Puesto nominal", sheet, f"Jefe de Departamento {'ABC'[sheet % 3]}")
    assert audited(text) == []


def test_the_head_is_one_person_in_the_formalisation_sheet_and_another_in_the_directory(
    consistent: GeneratedManual, audited: Audit
) -> None:
    head = next(o for o in consistent.truth.officers if o.role == "ELABORA")
    at = consistent.text.index(head.name)
    text = consistent.text[:at] + "Persona Inventada" + consistent.text[at + len(head.name) :]
    (finding,) = audited(text)
    assert finding.kind is Kind.OFFICER_MISMATCH
    assert "Persona Inventada" in finding.message
