"""Counts and lists over all sheets: exact, from the typed manual."""

import re
from collections.abc import Iterable, Iterator

from assistant.answering.below import direct_reports
from assistant.answering.blocks import (
    Block,
    Note,
    Place,
    Text,
    enumerated,
    item,
    note,
    paragraph,
    quoted,
)
from assistant.answering.by_field import by_field
from assistant.answering.clarify import place, which_position
from assistant.answering.draft import Draft, Evidence
from assistant.answering.knowledge import Knowledge
from assistant.answering.sheets import functions
from assistant.answering.suggestions import suggestions_for
from assistant.answering.unread import not_all_read, structure_unread
from assistant.answering.wording import (
    PLURALS,
    numbered,
    of_the,
    plural,
    the,
    unstopped,
)
from assistant.structure.mention import Mention
from assistant.structure.naming import Name, Rank
from assistant.understanding.types import Understanding
from corpus.model import Manual, Position, Section, SectionKind, heading_of
from corpus.spanish import fold, joined


def count(asked: Understanding, knowledge: Knowledge) -> Draft | None:
    """How many positions, functions, reports, chapters, laws … there are; None if not countable."""
    manual = knowledge.manual
    evidence = Evidence(manual)
    if asked.ambiguous is not None and asked.counted != "positions":
        return which_position(asked, asked.ambiguous)
    if asked.ambiguous is not None:
        return _namesakes(asked.ambiguous, knowledge)
    if asked.positions:
        if asked.counted == "functions":
            return functions(asked, knowledge)
        return _count_reports(asked, knowledge)
    if not manual.positions and asked.counted != "chapters":
        return structure_unread(knowledge)
    if asked.counted == "positions" or asked.counted == "reports":
        return _count_positions(asked.rank, knowledge)
    if asked.counted == "functions":
        total = sum(len(p.functions) for p in manual.positions)
        sheets = plural(len(manual.positions), "cédula", "cédulas")
        most = max(manual.positions, key=lambda p: len(p.functions))
        if not most.functions:
            return structure_unread(knowledge)
        told = (
            f"Entre las {sheets} del manual suman {total} funciones; la que más tiene es "
            f"{the(numbered(most))}, con {len(most.functions)} "
        )
        said = paragraph(told, evidence.function(most, most.functions[-1]), ".")
        return evidence.draft([said, _not_read(True, knowledge)])
    if asked.counted == "chapters":
        chapters = [s for s in manual.sections if s.kind is SectionKind.CHAPTER]
        lead = f"El manual tiene {plural(len(chapters), 'capítulo', 'capítulos')}:"
        items = (item(f"{heading_of(c)} ", evidence.heading(c)) for c in chapters)
        return evidence.draft([paragraph(lead), *items])
    return None


def _namesakes(mention: Mention, knowledge: Knowledge) -> Draft:
    """The positions that share a name, and where each belongs."""
    evidence = Evidence(knowledge.manual)
    lead = f"En el manual hay {len(mention.candidates)} puestos que responden a «{mention.text}»:"
    lines: list[Block] = [paragraph(lead)]
    for position in mention.candidates:
        boss = position.reports_to
        there = evidence.row(position, boss) if boss else _heading(position, evidence)
        lines.append(item(f"{numbered(position)}, {place(position)} ", there))
    return evidence.draft(lines)


def _count_reports(asked: Understanding, knowledge: Knowledge) -> Draft:
    """How many posts report to a position: those that its sheet lists, head counts included."""
    position, rank = asked.positions[0], asked.rank
    evidence = Evidence(knowledge.manual)
    entries = [
        e for e in position.direct_reports if rank is None or Name.parse(e.name).rank is rank
    ]
    stated = position.direct_reports_printed
    if not position.direct_reports or stated is None:
        return direct_reports(asked, knowledge)
    posts = sum(e.count or 1 for e in entries)
    kind = _amount(len(entries), rank) if rank else plural(len(entries), "puesto", "puestos")
    verb = "le reporta" if len(entries) == 1 else "le reportan"
    names = joined(unstopped(e.printed) for e in entries)
    heads = f" ({posts} plazas, contando las que da con número)" if posts != len(entries) else ""
    lead = f"La cédula {of_the(numbered(position))} enlista {kind} que {verb}{heads}: {names} "
    said = paragraph(lead, evidence.row(position, stated), ".")
    told = knowledge.discrepancies.of_reports(position, evidence)
    return evidence.draft(
        [said, *told], suggestions_for(position, "direct_reports"), [position.number]
    )


def _count_positions(rank: Rank | None, knowledge: Knowledge) -> Draft:
    manual = knowledge.manual
    if not manual.positions:
        return structure_unread(knowledge)
    evidence = Evidence(manual)
    chosen = [p for p in manual.positions if rank is None or _rank(p) is rank]
    if rank is not None:
        lead = f"Según sus cédulas, el manual tiene {_amount(len(chosen), rank)}:"
        lines = [paragraph(lead), *_each(chosen, evidence)]
    else:
        ranks = {r: sum(_rank(p) is r for p in chosen) for r in Rank}
        told = joined(_amount(n, r) for r, n in ranks.items() if n)
        count = plural(len(chosen), "cédula de puesto", "cédulas de puesto")
        chapter = _chapter_of_sheets(manual)
        where: Text = (" ", evidence.heading(chapter)) if chapter else ()
        lines = [paragraph(f"El manual tiene {count}: {told}", where, ".")]
        evidence.heading(evidence.sheet(chosen[0]))
    return evidence.draft([*lines, _listed_otherwise(chosen, rank, knowledge, evidence)])


def _each(positions: Iterable[Position], evidence: Evidence) -> Iterator[Block]:
    """An item for each position, with the place of its sheet."""
    return (item(f"{numbered(p)} ", _heading(p, evidence)) for p in positions)


def _heading(position: Position, evidence: Evidence) -> Place:
    return evidence.heading(evidence.sheet(position))


def _chapter_of_sheets(manual: Manual) -> Section | None:
    """The chapter that the sheets stand in."""
    for section in manual.sections:
        first = next(manual.parts_of(section.number), None)
        if first is not None and manual.position(first.number):
            return section
    return None


def _listed_otherwise(
    chosen: list[Position], rank: Rank | None, knowledge: Knowledge, evidence: Evidence
) -> Block | None:
    """What the list of VIII says, where its count or its entries differ."""
    manual = knowledge.manual
    listed = [e for e in manual.structure if rank is None or Name.parse(e.title).rank is rank]
    own = {(p.number, p.title) for p in chosen}
    others = [e for e in listed if (e.number, e.title) not in own]
    if not listed or (len(listed) == len(chosen) and not others):
        return None
    chapter = next(
        (
            (s, p)
            for e in listed
            for s in manual.sections
            if s.kind is SectionKind.CHAPTER
            for p in s.passages
            if p.page == e.page and e.title in p.text and e.number in p.text
        ),
        None,
    )
    if chapter is None:
        return None
    there = evidence.passage(*chapter)
    lead = f"a lista del capítulo {chapter[0].number}"
    if len(listed) == len(chosen):
        told = f"también tiene {len(listed)}, pero no todos con el mismo número y nombre "
        return paragraph(f"L{lead} {told}", there, ".")
    return note(f"l{lead} da otra cuenta, {len(listed)} ", there, ".")


def list_positions(asked: Understanding, knowledge: Knowledge) -> Draft:
    """The positions of a rank, or of the whole manual; of one position, its direct reports."""
    if asked.field == "no_reports":
        return _without_reports(asked, knowledge)
    if asked.field is not None:
        return by_field(asked, knowledge)
    if asked.positions:
        return direct_reports(asked, knowledge)
    if asked.rank is not None:
        return _count_positions(asked.rank, knowledge)
    manual = knowledge.manual
    if not manual.positions:
        return structure_unread(knowledge)
    evidence = Evidence(manual)
    lead = f"El manual tiene cédula de {plural(len(manual.positions), 'puesto', 'puestos')}:"
    return evidence.draft([paragraph(lead), *_each(manual.positions, evidence)])


def _without_reports(asked: Understanding, knowledge: Knowledge) -> Draft:
    """The positions, of a rank or below a position, whose sheets print that nobody reports to
    them; and those that others name as their boss all the same."""
    of = knowledge.manual.positions
    above = asked.positions[0] if asked.positions else None
    if above is not None:
        below = {node.id for node in knowledge.chart.below(above)}
        of = tuple(p for p in of if p.number in below)
    if not of:
        return structure_unread(knowledge)
    of = tuple(p for p in of if asked.rank is None or _rank(p) is asked.rank)
    evidence = Evidence(knowledge.manual)
    own = map(knowledge.chart.boss_line, knowledge.manual.positions)
    bosses = {line.superior.id for line in own if line is not None}
    lines = []
    for position in of:
        printed = position.direct_reports_printed
        if printed is None or printed.applies:
            continue
        but = ", aunque otra cédula lo nombra como jefe" if position.number in bosses else ""
        named = quoted(printed.text, evidence.row(position, printed))
        lines.append(item(f"{numbered(position)}{but}: ", named))
    count = plural(len(lines), "puesto no tiene", "puestos no tienen")
    lead = f"Según sus cédulas, {count} a nadie a su cargo{':' if lines else '.'}"
    return evidence.draft([paragraph(lead), *lines, _not_read(False, knowledge)])


def superlative(asked: Understanding, knowledge: Knowledge) -> Draft | None:
    """The positions with the most (or the fewest) functions or direct reports."""
    fewest = re.search(r"\b(?:menos|menor)\b", fold(asked.question)) is not None
    of_functions = asked.field == "functions"
    counts = {
        p.number: len(p.functions) if of_functions else _posts(p)
        for p in knowledge.manual.positions
    }
    shown = {number: count for number, count in counts.items() if count}
    if not shown:
        return structure_unread(knowledge)
    best = (min if fewest else max)(shown.values())
    chosen = [p for p in knowledge.manual.positions if counts[p.number] == best]
    evidence = Evidence(knowledge.manual)
    told: list[Text] = []
    for position in chosen:
        stated = position.direct_reports_printed
        there = (
            evidence.function(position, position.functions[-1])
            if of_functions or stated is None
            else evidence.row(position, stated)
        )
        told.append((f"{the(numbered(position))} ", there))
    what = plural(best, "función", "funciones") if of_functions else plural(best, "plaza", "plazas")
    order = "menos" if fewest else "más"
    counted = "funciones" if of_functions else "personal a su cargo"
    lead = f"Según las cédulas, con {order} {counted} ({what}) aparece "
    return evidence.draft(
        [paragraph(lead, enumerated(told), "."), _not_read(of_functions, knowledge)],
        positions=[p.number for p in chosen],
    )


def _not_read(of_functions: bool, knowledge: Knowledge) -> Note | None:
    positions = knowledge.manual.positions
    if of_functions:
        missing = [p for p in positions if not p.functions and p.functions_heading is None]
        return not_all_read("las funciones", missing, knowledge)
    missing = [p for p in positions if p.direct_reports_printed is None]
    return not_all_read("los puestos que le reportan", missing, knowledge)


def _posts(position: Position) -> int:
    return sum(entry.count or 1 for entry in position.direct_reports)


def of_level(asked: Understanding, knowledge: Knowledge) -> Draft | None:
    """The positions at a level of the numbering: "2.1" is at the second."""
    positions = knowledge.manual.positions
    if not positions:
        return structure_unread(knowledge)
    deepest = max((p.level for p in positions), default=0)
    level = deepest if asked.number == -1 else asked.number or 1
    evidence = Evidence(knowledge.manual)
    chosen = [p for p in positions if p.level == level]
    if not chosen:
        return None
    count = plural(len(chosen), "puesto", "puestos")
    lead = f"Por su número, en el nivel {level} de {deepest} hay {count}:"
    return evidence.draft([paragraph(lead), *_each(chosen, evidence)])


def _rank(position: Position) -> Rank | None:
    return Name.parse(position.title).rank


def _amount(number: int, rank: Rank) -> str:
    return f"{number} {rank.value if number == 1 else PLURALS[rank]}"
