"""What the office does about each contradiction of its manual."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select

from assistant.reports.audit import Finding
from assistant.running.storage.book import Book
from assistant.running.storage.database import now
from assistant.running.storage.desk_tables import FindingRow

_PAGES = re.compile(r"\(pp?\.[^)]*\)")


class FindingState(StrEnum):
    """How far it has come."""

    PENDING = "pending"
    CORRECTED = "corrected"
    """In the office's own text; the next edition shows it."""
    INTENDED = "intended"
    """So it is meant."""


STATE_NAMES = {
    FindingState.PENDING: "Pendiente",
    FindingState.CORRECTED: "Corregida",
    FindingState.INTENDED: "Así es",
}


@dataclass(frozen=True)
class TrackedFinding:
    """A contradiction with its state."""

    key: str
    finding: Finding
    state: FindingState
    set_by: str


class FindingBook(Book):
    """Keeps the states. Its methods raise DatabaseError."""

    def tracked(self, manual: str, findings: Sequence[Finding]) -> list[TrackedFinding]:
        """The findings of a manual, each with its state, in their order."""
        of_manual = select(FindingRow.__table__).where(FindingRow.manual == manual)
        rows = {row.key: row for row in self._all(of_manual)}
        tracked = []
        for each in findings:
            row = rows.get(key := finding_key(each))
            state = FindingState(row.state) if row is not None else FindingState.PENDING
            tracked.append(TrackedFinding(key, each, state, row.set_by if row else ""))
        return tracked

    def set_state(self, manual: str, key: str, state: FindingState, by: str) -> None:
        """Note how far a finding has come."""
        self._put(
            FindingRow, manual=manual, key=key, state=state.value, set_by=by, updated_at=now()
        )


def finding_key(finding: Finding) -> str:
    """The same for the same contradiction, whatever pages a new edition puts it on."""
    said = "\n".join(f"{each.section} {each.quote}" for each in finding.evidence)
    message = _PAGES.sub("", finding.message)
    told = f"{finding.kind.value}\n{message}\n{said}"
    return hashlib.sha256(told.encode()).hexdigest()[:32]
