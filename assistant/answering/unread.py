"""What a sheet prints and the reader could not make out: told as that, never as a denial."""

from collections.abc import Iterable, Sequence

from assistant.answering.answer import Reason
from assistant.answering.blocks import Note, note
from assistant.answering.draft import Draft, refusal
from assistant.answering.knowledge import Knowledge
from assistant.answering.suggestions import suggestions_for
from assistant.answering.texts import said
from assistant.answering.wording import of_the
from assistant.structure.orgchart import Line
from corpus.model import Manual, PassageKind, Position, Printed, Section

_MOST_SHOWN = 600
"""Characters of the page that are shown; more is no longer read in a chat."""
_FIELDS = (
    "functional_title",
    "nominal_title",
    "secretaria",
    "direccion",
    "area",
    "reports_to",
    "direct_reports_printed",
    "objective",
    "value",
    "type",
    "date",
)


def unread(part: str, position: Position, knowledge: Knowledge) -> Draft:
    """That a part of a position's sheet could not be read, with what is printed there."""
    manual = knowledge.manual
    printed, page = _not_placed(position, manual)
    text = said(
        "refusal",
        "not_read",
        manual,
        part=part,
        of_position=of_the(position.title),
        number=position.number,
        page=page,
    )
    if printed:
        text += " " + said("refusal", "not_read_printed", printed=printed)
    return refusal(text, Reason.NOT_READ, suggestions_for(position))


def structure_unread(knowledge: Knowledge) -> Draft:
    """That this document's structure could not be recognised, so that nothing is denied of it."""
    return refusal(said("refusal", "not_read_structure", knowledge.manual), Reason.NOT_READ)


def open_end(lines: Sequence[Line], position: Position) -> Position | None:
    """The position at the upper end of a chain whose superior could not be read; None where the
    chain ends because the manual says no more."""
    top = lines[-1].superior.position if lines else position
    return top if top is not None and top.reports_to is None else None


def not_all_read(part: str, unread_in: Iterable[Position], knowledge: Knowledge) -> Note | None:
    """A warning for a count or a list over all sheets, some of which could not be read; None
    where all were."""
    number = sum(1 for _ in unread_in)
    if not number:
        return None
    of = len(knowledge.manual.positions)
    return note(f"en {number} de las {of} cédulas no pude leer {part}; ahí puede haber más.")


def _not_placed(position: Position, manual: Manual) -> tuple[str, int]:
    """The text of a sheet that is in none of its fields and functions, and its page; where all
    is placed, nothing."""
    section = manual.section(position.number)
    if section is None:
        return "", position.page
    known = [v.text for v in _printed(position)] + [f.text for f in position.functions]
    loose = [
        p
        for p in section.passages
        if p.kind in (PassageKind.PARAGRAPH, PassageKind.FIELD, PassageKind.ITEM)
        and not any(text and text in p.text for text in known)
    ]
    if not loose:
        return _page_of(section, position), position.page
    page = loose[0].page
    return _cut(" ".join(p.text for p in loose if p.page == page)), page


def _page_of(section: Section, position: Position) -> str:
    return _cut(section.text_on(position.page))


def _cut(text: str) -> str:
    if len(text) <= _MOST_SHOWN:
        return text
    return text[:_MOST_SHOWN].rsplit(" ", 1)[0] + " …"


def _printed(position: Position) -> list[Printed]:
    fields: list[Printed | None] = [getattr(position, name) for name in _FIELDS]
    return [field for field in fields if field is not None]
