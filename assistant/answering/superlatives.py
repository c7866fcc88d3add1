"""Who has the most or the fewest functions or reports, of all or of some positions."""

from assistant.answering.blocks import Block, Text, enumerated, item, paragraph
from assistant.answering.clarify import which_position
from assistant.answering.draft import Draft, Evidence
from assistant.answering.knowledge import Knowledge
from assistant.answering.selection import (
    among,
    counted,
    measured,
    none_selected,
    place_of,
    selected,
    unread_of,
)
from assistant.answering.unread import not_all_read, structure_unread
from assistant.answering.wording import PLURALS, capital, numbered, the
from assistant.understanding.types import Measure, Understanding
from corpus.model import Position


def superlative(asked: Understanding, knowledge: Knowledge) -> Draft | None:
    """The positions with the most (or the fewest) functions or direct reports; of two or more
    that are named, which of them has more."""
    if asked.ambiguous is not None:
        return which_position(asked, asked.ambiguous)
    named = asked.positions if len(asked.positions) > 1 else ()
    of = named or selected(asked, knowledge)
    had = [(has, p) for p in of if (has := measured(p, asked)) is not None]
    if not of:
        return none_selected(asked, knowledge)
    shown = had if named or asked.of_rank else [(has, p) for has, p in had if has]
    if not shown:
        return structure_unread(knowledge)
    ranking = sorted(shown, key=lambda each: each[0], reverse=not asked.fewest)
    if named:
        return _compared(ranking, asked, knowledge)
    many = min(asked.number or 1, len(ranking))
    chosen = [each for each in ranking if each[0] == ranking[0][0]]
    if many > 1:
        last = ranking[many - 1][0]
        chosen = [e for e in ranking if (e[0] <= last if asked.fewest else e[0] >= last)]
    return _told(chosen, asked, knowledge, in_order=many > 1)


def _told(
    chosen: list[tuple[int, Position]],
    asked: Understanding,
    knowledge: Knowledge,
    *,
    in_order: bool,
) -> Draft:
    evidence = Evidence(knowledge.manual)
    of = among(asked)
    lead = f"Según las cédulas, {of + ', ' if of else ''}con {_more(asked)}"
    said: list[Block | None]
    if in_order:
        lines = (
            item(
                f"{numbered(p)}: {counted(has, asked)} ",
                place_of(p, asked, evidence),
            )
            for has, p in chosen
        )
        said = [paragraph(f"{lead}:"), *lines]
    else:
        names: list[Text] = [
            (f"{the(numbered(p))} ", place_of(p, asked, evidence)) for _, p in chosen
        ]
        told = f"{lead} ({counted(chosen[0][0], asked)}) "
        verb = "aparece " if len(names) == 1 else "aparecen "
        said = [paragraph(told, verb, enumerated(names), ".")]
    part = "las funciones" if asked.measure is Measure.FUNCTIONS else "los puestos que le reportan"
    said.append(not_all_read(part, unread_of(asked, knowledge), knowledge))
    numbers = [p.number for _, p in chosen]
    return evidence.draft(said, positions=numbers, listed=numbers)


def _compared(
    ranking: list[tuple[int, Position]], asked: Understanding, knowledge: Knowledge
) -> Draft:
    """The positions that are named, the one that is asked for first."""
    evidence = Evidence(knowledge.manual)
    told: list[Text] = [
        (f"{the(numbered(p))} tiene {counted(has, asked)} ", place_of(p, asked, evidence))
        for has, p in ranking
    ]
    same = ranking[0][0] == ranking[-1][0]
    lead = "Lo mismo: " if same else f"{capital(the(ranking[0][1].title))}: "
    return evidence.draft(
        [paragraph(lead, enumerated(told), ".")], positions=[p.number for _, p in ranking]
    )


def _more(asked: Understanding) -> str:
    order = "menos" if asked.fewest else "más"
    if asked.measure is Measure.FUNCTIONS:
        return f"{order} funciones"
    if asked.of_rank is None:
        return f"{order} personal a su cargo"
    return f"{order} {PLURALS[asked.of_rank]} a su cargo"
