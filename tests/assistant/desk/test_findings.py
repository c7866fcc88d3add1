"""Contradictions keep their state from one edition to the next."""

from assistant.answering.knowledge import Knowledge
from assistant.desk.findings import FindingBook, FindingState
from assistant.reports.audit import Evidence, audit
from assistant.running.storage import Database


def test_a_state_is_kept_also_when_the_page_moves(real: Knowledge, database: Database) -> None:
    book, findings = FindingBook(database), audit(real)
    first = book.tracked("MO-SIG-01", findings)[0]
    assert first.state is FindingState.PENDING
    book.set_state("MO-SIG-01", first.key, FindingState.INTENDED, "ana@oficina.mx")
    moved = first.finding.model_copy(
        update={
            "evidence": [
                Evidence(section=e.section, page=e.page + 1, quote=e.quote)
                for e in first.finding.evidence
            ]
        }
    )
    (again,) = book.tracked("MO-SIG-01", [moved])
    assert (again.state, again.set_by) == (FindingState.INTENDED, "ana@oficina.mx")
    assert book.tracked("MO-OTRO", [moved])[0].state is FindingState.PENDING


def test_no_two_findings_share_a_state(real: Knowledge, database: Database) -> None:
    keys = [each.key for each in FindingBook(database).tracked("MO-SIG-01", audit(real))]
    assert len(set(keys)) == len(keys)
