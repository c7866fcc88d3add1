"""The objective of a position sheet, apart from the form's definition of what an objective is.

Behind the label "Objetivo General del puesto:" stands the definition ("Representa la finalidad …
perfil del puesto."), or some other text in its place, or nothing; then, in rows of its own or in
the same row, the objective. Any of these may go on over a page break.
"""

from collections.abc import Sequence
from dataclasses import replace

from corpus.model import Passage, PassageKind, Printed
from ingest.lines import Line
from ingest.prose import passages_by_page
from ingest.text import ends_sentence, fold, is_cut_short, split_paragraphs, starts_lower

_DEFINITION = "representa la finalidad"
_DEFINITION_END = "perfil del puesto"
_LONGEST_DEFINITION = 700


def read_objective(rows: Sequence[Line], beside: str) -> tuple[Printed | None, list[Passage]]:
    """The objective and the passages of its rows; None where there is only the form's wording.

    `rows` are those from the label on to the next field, `beside` is the text behind the label
    in the first of them.
    """
    label = rows[0].text[: len(rows[0].text) - len(beside)].strip()
    first, *glued = split_paragraphs(rows[0].printed) if beside else [""]
    texts = [first[len(label) :].strip(), *glued]
    body = [*(_part(rows[0], text) for text in texts if text), *rows[1:]]
    wording, objective = _split_wording(body, has_beside=bool(beside))
    passages = [*passages_by_page([_part(rows[0], label), *wording], PassageKind.BOILERPLATE),
                *passages_by_page(objective, PassageKind.OBJECTIVE)]  # fmt: skip
    if not objective:
        return None, passages
    text = " ".join(piece.text for piece in objective)
    return Printed(text=text, page=objective[0].page), passages


def _part(row: Line, text: str) -> Line:
    """A part of a row."""
    return replace(row, cells=(text,))


def _split_wording(body: Sequence[Line], *, has_beside: bool) -> tuple[list[Line], list[Line]]:
    """The form's wording and the objective."""
    if not body:
        return [], []
    if fold(" ".join(piece.text for piece in body)).startswith(_DEFINITION):
        return _split_after_definition(body)
    if not has_beside:
        return [], list(body)
    replaced = 1
    while replaced < len(body) and _goes_on(body[replaced - 1].text, body[replaced].text):
        replaced += 1
    if replaced == len(body):
        return [], list(body)
    return list(body[:replaced]), list(body[replaced:])


def _split_after_definition(body: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Cuts after the definition's last words; if they are not there, after its row."""
    joined = fold(" ".join(piece.text for piece in body))
    found = joined.find(_DEFINITION_END, 0, _LONGEST_DEFINITION)
    if found < 0:
        return list(body[:1]), list(body[1:])
    end = found + len(_DEFINITION_END)
    while end < len(joined) and joined[end] in " .":
        end += 1
    wording: list[Line] = []
    objective: list[Line] = []
    start = 0
    for piece in body:
        cut = min(max(end - start, 0), len(piece.text))
        before, after = piece.text[:cut].strip(), piece.text[cut:].strip()
        wording += [_part(piece, before)] if before else []
        objective += [_part(piece, after)] if after else []
        start += len(piece.text) + 1
    return wording, objective


def _goes_on(before: str, text: str) -> bool:
    """Whether a row is the rest of the text in the row before it."""
    if ends_sentence(before):
        return False
    return starts_lower(text) or is_cut_short(before)
