"""The objective of a position sheet, apart from the form's definition of what an objective is.

Behind the label "Objetivo General del puesto:" stands the definition ("Representa la finalidad …
perfil del puesto."), or some other text in its place, or nothing; then, in rows of its own or in
the same row, the objective. Any of these may go on over a page break.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.model import Passage, PassageKind, Printed
from ingest.lines import Line
from ingest.text import ends_sentence, fold, is_cut_short, split_paragraphs, starts_lower

_DEFINITION = "representa la finalidad"
_DEFINITION_END = "perfil del puesto"
_LONGEST_DEFINITION = 700


@dataclass(frozen=True)
class _Piece:
    """A row of the objective's block, or a part of one."""

    line: Line
    text: str


def read_objective(rows: Sequence[Line], beside: str) -> tuple[Printed | None, list[Passage]]:
    """The objective and the passages of its rows; None where there is only the form's wording.

    `rows` are those from the label on to the next field, `beside` is the text behind the label
    in the first of them.
    """
    label = rows[0].text[: len(rows[0].text) - len(beside)].strip()
    first, *glued = split_paragraphs(rows[0].printed) if beside else [""]
    texts = [(rows[0], first[len(label) :].strip()), *((rows[0], text) for text in glued)]
    texts += [(row, row.text) for row in rows[1:]]
    body = [_Piece(row, text) for row, text in texts if text]
    wording, objective = _split_wording(body, has_beside=bool(beside))
    form = [_Piece(rows[0], label), *wording]
    passages = [*_passages(form, PassageKind.BOILERPLATE),
                *_passages(objective, PassageKind.OBJECTIVE)]  # fmt: skip
    if not objective:
        return None, passages
    text = " ".join(piece.text for piece in objective)
    return Printed(text=text, page=objective[0].line.page), passages


def _split_wording(
    body: Sequence[_Piece], *, has_beside: bool
) -> tuple[list[_Piece], list[_Piece]]:
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


def _split_after_definition(body: Sequence[_Piece]) -> tuple[list[_Piece], list[_Piece]]:
    """Cuts after the definition's last words; if they are not there, after its row."""
    joined = fold(" ".join(piece.text for piece in body))
    found = joined.find(_DEFINITION_END, 0, _LONGEST_DEFINITION)
    if found < 0:
        return list(body[:1]), list(body[1:])
    end = found + len(_DEFINITION_END)
    while end < len(joined) and joined[end] in " .":
        end += 1
    wording: list[_Piece] = []
    objective: list[_Piece] = []
    start = 0
    for piece in body:
        cut = min(max(end - start, 0), len(piece.text))
        before, after = piece.text[:cut].strip(), piece.text[cut:].strip()
        wording += [_Piece(piece.line, before)] if before else []
        objective += [_Piece(piece.line, after)] if after else []
        start += len(piece.text) + 1
    return wording, objective


def _goes_on(before: str, text: str) -> bool:
    """Whether a row is the rest of the text in the row before it."""
    if ends_sentence(before):
        return False
    return starts_lower(text) or is_cut_short(before)


def _passages(pieces: Iterable[_Piece], kind: PassageKind) -> list[Passage]:
    """The pieces as one passage for each page that they stand on."""
    passages: list[Passage] = []
    for piece in pieces:
        if passages and passages[-1].page == piece.line.page:
            text = f"{passages[-1].text} {piece.text}"
            passages[-1] = passages[-1].model_copy(update={"text": text})
        else:
            passages.append(
                Passage(text=piece.text, page=piece.line.page, line=piece.line.number, kind=kind,
                        continues=bool(passages))
            )  # fmt: skip
    return passages
