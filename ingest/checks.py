"""What looks wrong in a manual once it is read: warnings for the person who ingests it."""

from collections import Counter
from collections.abc import Sequence

from corpus.model import Position
from ingest.lines import WarningLog


def check_positions(positions: Sequence[Position], log: WarningLog, family: str) -> None:
    """Warns of sheets that lack what every sheet has, and of numbers that two sheets share.

    Only the form (family "sheets") prints a boss in every sheet; other layouts may print none.
    """
    if not positions:
        log.add("No se encontró ninguna cédula de puesto.")
    for number, count in Counter(p.number for p in positions).items():
        if count > 1:
            page = next(p.page for p in reversed(positions) if p.number == number)
            log.add(f"Hay {count} cédulas con el número {number}.", page=page)
    for position in positions:
        name = f"{position.number} {position.title}"
        if not position.functions:
            log.add(f"La cédula {name} no tiene funciones.", page=position.page)
        told = family == "sheets" or any(p.reports_to for p in positions)
        if not told:
            continue
        if position.reports_to is None or not position.reports_to.text:
            log.add(f"La cédula {name} no dice a qué puesto le reporta.", page=position.page)
