"""Answers on units and posts that sheets name but that have no sheet of their own."""

from collections.abc import Iterator

from assistant.answering.answer import Reason
from assistant.answering.blocks import Text, enumerated, item, paragraph
from assistant.answering.draft import Draft, Evidence, joined_drafts, refusal
from assistant.answering.knowledge import Knowledge
from assistant.answering.reporting import reports_to
from assistant.answering.wording import capital, numbered, the
from assistant.structure.mention import Mention
from assistant.structure.naming import Name, same_word
from assistant.structure.posts import post_stems
from assistant.understanding.types import Intent, Understanding
from corpus.model import Position
from corpus.spanish import fold, joined, words

_ONLY_A_SHEET_TELLS = {Intent.FUNCTIONS, Intent.FUNCTION, Intent.OBJECTIVE, Intent.FIELD}


def without_sheet(name: str, asked: Understanding, knowledge: Knowledge) -> Draft | None:
    """A unit or post that sheets name but that has none of its own; None if no sheet names it.

    What only its own sheet could tell is refused, with where it is named.
    """
    naming = [
        p for p in knowledge.manual.positions if any(_told(name, p, Evidence(knowledge.manual)))
    ]
    own = _of_branch(asked.within, knowledge) if asked.within else set()
    naming = [p for p in naming if p.number in own] or naming
    if not naming:
        return None
    start = f"«{capital(name)}» no tiene cédula propia en el manual {knowledge.manual.code}"
    if asked.intent in _ONLY_A_SHEET_TELLS:
        of = joined(f"{p.title} ({p.number})" for p in naming)
        text = f"{start}, así que no dice eso; sólo lo nombran las cédulas de {of}."
        return refusal(text, Reason.NOT_IN_MANUAL)
    evidence = Evidence(knowledge.manual)
    lines = [
        item(
            f"{capital(the(numbered(position)))} ",
            enumerated(list(_told(name, position, evidence))),
        )
        for position in naming
    ]
    lead = f"{start}, pero otras cédulas lo nombran:"
    return evidence.draft([paragraph(lead), *lines], positions=[naming[0].number])


def _of_branch(unit: Mention, knowledge: Knowledge) -> set[str]:
    """The numbers of a unit's sheets and of those below them."""
    below = (node.id for p in unit.candidates for node in knowledge.chart.below(p))
    return {*(p.number for p in unit.candidates), *below}


def under(post: str, asked: Understanding, answer: Draft, knowledge: Knowledge) -> Draft:
    """The answer of the position that a person says to work under, told as that: their own post,
    "auxiliar", has no sheet. Their boss is then who heads that unit."""
    position = asked.positions[0]
    evidence = Evidence(knowledge.manual)
    place = evidence.heading(evidence.sheet(position))
    none = f"El manual {knowledge.manual.code} no tiene cédula de «{post}» en esa área"
    if asked.intent is Intent.REPORTS_TO:
        lead = paragraph(f"{none}; la encabeza {the(numbered(position))} ", place, ".")
        return evidence.draft([lead], answer.suggestions, answer.positions)
    if asked.intent is Intent.BOSS_OF_BOSS:
        answer = reports_to(asked, knowledge)
    lead = paragraph(f"{none}; esto es de {the(numbered(position))}, que la encabeza ", place, ".")
    return joined_drafts([evidence.draft([lead], positions=answer.positions), answer])


def _told(name: str, position: Position, evidence: Evidence) -> Iterator[Text]:
    """What a position's sheet says of it."""
    boss = position.reports_to
    if boss is not None and _is_same_unit(name, boss.text):
        yield "le reporta ", evidence.row(position, boss)
    listed = position.direct_reports_printed
    entries = [e.name for e in position.direct_reports if _is_called(name, e.name)]
    if listed is not None and entries:
        printed = joined(f"«{e}»" for e in entries if fold(e) != fold(name)) or "lo"
        verb = "lo enlista" if printed == "lo" else f"enlista {printed}"
        yield f"{verb} entre los puestos que le reportan ", evidence.row(position, listed)


def _is_same_unit(name: str, printed: str) -> bool:
    """Whether two names are those of one unit, whoever of it is named: "el Subdirector Operativo"
    heads the "Subdirección Operativa"."""
    if words(name) == words(printed):
        return True
    ours, theirs = Name.parse(name), Name.parse(printed)
    if ours.rank is None or ours.rank is not theirs.rank or len(ours.topic) != len(theirs.topic):
        return False
    return bool(ours.topic) and all(map(same_word, ours.topic, theirs.topic))


def _is_called(name: str, entry: str) -> bool:
    """Whether a listed post is the one asked for: "analista de datos" is the "Analista de Ciencia
    de Datos"."""
    asked, printed = words(name), words(entry)
    if asked == printed:
        return True
    return (
        bool(asked and printed)
        and post_stems(asked[0]) == post_stems(printed[0])
        and (post_stems(name) <= post_stems(entry))
    )
