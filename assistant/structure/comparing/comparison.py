"""Two versions of a manual in, their changes out."""

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.structure.comparing.change import Change, Comparison, Kind, Place
from assistant.structure.comparing.pairing import REWORDED, likeness, pairs, pieces, plain
from assistant.structure.comparing.positions import changes_of_positions
from corpus.model import Manual, Passage, PassageKind, Section, SectionKind
from corpus.spanish import fold

_QUOTED = {PassageKind.PARAGRAPH, PassageKind.ITEM, PassageKind.OBJECTIVE, PassageKind.FUNCTION}
_LEGAL = ("marco juridico", "marco normativo", "marco legal", "fundamento juridico")
_SAME_LAW = 80.0
"""Least likeness of two laws' names to be one law's: "Ley … del Estado de …" is in many."""
_DERIVED = ("indice", "contenido", "estructura organica", "organigrama")
"""Parts that say again what the sheets say, or where it stands."""


@dataclass(frozen=True)
class _Text:
    """A paragraph or item with its section."""

    section: Section
    text: str
    page: int
    legal: bool


def compare(before: Manual, after: Manual) -> Comparison:
    """All changes from one version of a manual to another."""
    changes = [*changes_of_positions(before, after), *_texts(before, after)]
    order = list(Kind)
    changes.sort(key=lambda change: order.index(change.kind))
    return Comparison(
        code=after.code, before=_name(before), after=_name(after), changes=tuple(changes)
    )


def _name(manual: Manual) -> str:
    dated = f" ({manual.emission_date})" if manual.emission_date else ""
    return f"{manual.version or 'sin número'}{dated}"


def _texts(before: Manual, after: Manual) -> Iterator[Change]:
    """What changed outside the sheets."""
    old, new = list(_outside(before)), list(_outside(after))

    def alike(one: _Text, other: _Text) -> float:
        if one.legal != other.legal:
            return 0.0
        if one.section.number != other.section.number:
            return 0.0
        alike = likeness(one.text, other.text)
        return alike if not one.legal or alike >= _SAME_LAW else 0.0

    together = pairs(old, new, lambda t: (t.section.number, plain(t.text)), alike, REWORDED)
    for i, j in together:
        if plain(old[i].text) != plain(new[j].text):
            kind = Kind.LEGAL_REWORDED if old[i].legal else Kind.PROSE_REWORDED
            words = pieces(old[i].text, new[j].text)
            yield Change(kind=kind, before=_place(old[i]), after=_place(new[j]), pieces=words)
    stayed, came = {i for i, _ in together}, {j for _, j in together}
    for i, text in enumerate(old):
        if i not in stayed:
            kind = Kind.LEGAL_REMOVED if text.legal else Kind.PROSE_REMOVED
            yield Change(kind=kind, before=_place(text))
    for j, text in enumerate(new):
        if j not in came:
            kind = Kind.LEGAL_ADDED if text.legal else Kind.PROSE_ADDED
            yield Change(kind=kind, after=_place(text))


def _outside(manual: Manual) -> Iterator[_Text]:
    """The paragraphs and items of all sections but sheets and what only repeats them."""
    units = {unit.title for unit in manual.structure}
    parents = {section.number: section for section in manual.sections}
    for section in manual.sections:
        chapter = parents.get(section.parent or "", section)
        title = fold(chapter.title)
        if section.kind is SectionKind.SHEET or any(word in title for word in _DERIVED):
            continue
        legal = any(word in title for word in _LEGAL)
        for run in _runs(section):
            text = " ".join(passage.text for passage in run)
            if run[0].kind in _QUOTED and plain(text) and text not in units:
                yield _Text(section, text, run[0].page, legal)


def _runs(section: Section) -> list[list[Passage]]:
    """The passages, those that a page break cuts put together."""
    runs: list[list[Passage]] = []
    for passage in section.passages:
        if passage.continues and runs and runs[-1][0].kind is passage.kind:
            runs[-1].append(passage)
        else:
            runs.append([passage])
    return runs


def _place(text: _Text) -> Place:
    return Place(
        section=text.section.number, title=text.section.title, page=text.page, text=text.text
    )
