"""The audit: all checks, in one list."""

from collections.abc import Callable, Iterable, Sequence

from assistant.reports.audit.document import (
    change_control,
    form_texts,
    head_officers,
    index_pages,
    sheet_dates,
)
from assistant.reports.audit.duplicates import repeated_functions, shared_functions
from assistant.reports.audit.finding import Finding, Kind
from assistant.reports.audit.function_numbers import functions_misnumbered
from assistant.reports.audit.missing_sheets import units_without_any_sheet
from assistant.reports.audit.names import (
    dependency_misspelt,
    fields_against_the_line,
    names_that_differ,
)
from assistant.reports.audit.reporting import (
    lines_not_reciprocal,
    numbers_under_another_boss,
    reporting_cycles,
    sheets_nobody_lists,
)
from assistant.reports.audit.running_text import units_misspelt_in_text
from assistant.reports.audit.structure import (
    missing_numbers,
    numbers_that_differ,
    repeated_numbers,
    sheets_not_listed,
    units_without_sheet,
)
from assistant.reports.audit.subject import Subject
from assistant.structure.naming import NameIndex
from assistant.structure.orgchart import OrgChart
from corpus.model import Manual

Check = Callable[[Subject], Iterable[Finding]]

CHECKS: Sequence[Check] = (
    lines_not_reciprocal,
    reporting_cycles,
    sheets_nobody_lists,
    numbers_under_another_boss,
    units_without_any_sheet,
    fields_against_the_line,
    dependency_misspelt,
    units_misspelt_in_text,
    repeated_functions,
    shared_functions,
    functions_misnumbered,
    index_pages,
    sheet_dates,
    change_control,
    form_texts,
    head_officers,
    numbers_that_differ,
    units_without_sheet,
    sheets_not_listed,
    repeated_numbers,
    missing_numbers,
    names_that_differ,
)


def audit_manual(manual: Manual, names: NameIndex, chart: OrgChart) -> list[Finding]:
    """Everything in which a manual contradicts itself, the gravest first, then by kind."""
    subject = Subject(manual, names, chart)
    if not manual.positions:
        return []
    found = dict.fromkeys(finding for check in CHECKS for finding in check(subject))
    kinds = list(Kind)
    return sorted(found, key=lambda f: (f.severity.rank, kinds.index(f.kind)))
