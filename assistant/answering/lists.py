"""Counts and lists over all sheets: exact, from the typed manual."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from assistant.answering.below import direct_reports, further_down, printed_name
from assistant.answering.blocks import (
    Block,
    Place,
    Text,
    item,
    note,
    paragraph,
    quoted,
)
from assistant.answering.by_field import BY_FIELD, by_field
from assistant.answering.chapters import count_parts
from assistant.answering.clarify import place, which_position
from assistant.answering.draft import Draft, Evidence
from assistant.answering.knowledge import Knowledge
from assistant.answering.printed import where_printed, without_unit
from assistant.answering.selection import (
    amount,
    counted,
    is_narrowed,
    measured,
    none_selected,
    place_of,
    rank_of,
    selected,
    unread_of,
    whether,
)
from assistant.answering.sheets import functions
from assistant.answering.suggestions import suggestions_for
from assistant.answering.unread import not_all_read, structure_unread, unread
from assistant.answering.wording import (
    capital,
    numbered,
    of_that_rank,
    of_the,
    plural,
    the,
    unstopped,
)
from assistant.structure.mention import Mention
from assistant.structure.naming import Name, Rank
from assistant.understanding.types import Measure, Understanding
from corpus.model import Manual, Position, Section, SectionKind, heading_of
from corpus.spanish import joined


def count(asked: Understanding, knowledge: Knowledge) -> Draft | None:
    """How many positions, functions, reports, chapters, laws … there are; None if not countable."""
    manual = knowledge.manual
    evidence = Evidence(manual)
    if asked.ambiguous is not None and asked.counted != "positions":
        return which_position(asked, asked.ambiguous)
    if asked.ambiguous is not None:
        return _namesakes(asked, asked.ambiguous, knowledge)
    if not manual.positions and asked.counted != "chapters":
        return structure_unread(knowledge)
    if asked.each and asked.measure is not None and len(asked.positions) < 2:
        return _of_each(asked, knowledge)
    if asked.yes_no and len(asked.positions) == 1 and asked.measure is not None:
        return _claimed(asked, knowledge)
    if asked.yes_no and asked.measure is None and is_narrowed(asked) and not asked.positions:
        return _count_positions(asked, knowledge)
    if is_narrowed(asked):
        return _narrowed(asked, knowledge)
    if asked.positions and asked.total:
        return _summed(asked, knowledge)
    if asked.positions:
        if asked.counted == "functions":
            return functions(asked, knowledge)
        return _count_reports(asked, knowledge)
    if asked.counted == "positions" or asked.counted == "reports":
        return _count_positions(asked, knowledge)
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
        of_functions = replace(asked, measure=Measure.FUNCTIONS)
        missing = unread_of(of_functions, knowledge)
        return evidence.draft([said, _not_read(of_functions, missing, knowledge)])
    if asked.counted == "chapters" and asked.sections:
        return count_parts(asked.sections[0], knowledge)
    if asked.counted == "chapters":
        chapters = [s for s in manual.sections if s.kind is SectionKind.CHAPTER]
        lead = f"El manual tiene {plural(len(chapters), 'capítulo', 'capítulos')}:"
        items = (item(f"{heading_of(c)} ", evidence.heading(c)) for c in chapters)
        return evidence.draft([paragraph(lead), *items])
    return None


def _namesakes(asked: Understanding, mention: Mention, knowledge: Knowledge) -> Draft:
    """The positions that share a name, and where each belongs."""
    evidence = Evidence(knowledge.manual)
    count = len(mention.candidates)
    lead = (
        f"{whether(asked, count)}En el manual hay {count} puestos que responden a «{mention.text}»:"
    )
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
    if not entries or stated is None:
        return direct_reports(asked, knowledge)
    posts = sum(e.count or 1 for e in entries)
    kind = of_that_rank(len(entries), rank) if rank else plural(len(entries), "puesto", "puestos")
    verb = "le reporta" if len(entries) == 1 else "le reportan"
    names = joined(unstopped(e.printed) for e in entries)
    heads = f" ({posts} plazas, contando las que da con número)" if posts != len(entries) else ""
    lead = f"La cédula {of_the(numbered(position))} enlista {kind} que {verb}{heads}: {names} "
    said = paragraph(lead, evidence.row(position, stated), ".")
    told = knowledge.discrepancies.of_reports(position, evidence)
    further = further_down(rank, knowledge.chart.lines_down(position), position, knowledge)
    return evidence.draft(
        [said, *further, *told], suggestions_for(position, "direct_reports"), [position.number]
    )


def _count_positions(asked: Understanding, knowledge: Knowledge) -> Draft:
    manual, rank = knowledge.manual, asked.rank
    if not manual.positions:
        return structure_unread(knowledge)
    evidence = Evidence(manual)
    chosen = [p for p in manual.positions if rank is None or rank_of(p) is rank]
    first = whether(asked, len(chosen))
    lines: list[Block]
    chapter = _chapter_of_sheets(manual)
    if rank is not None and not chosen:
        count = plural(len(manual.positions), "cédula", "cédulas")
        there = evidence.heading(chapter or evidence.sheet(manual.positions[0]))
        lines = [
            paragraph(f"{first}De las {count} del manual, ninguna es de {rank.value} ", there, ".")
        ]
    elif rank is not None:
        lead = f"{first}Según sus cédulas, el manual tiene {of_that_rank(len(chosen), rank)}:"
        lines = [paragraph(lead), *_each(chosen, evidence)]
    else:
        ranks = {r: sum(rank_of(p) is r for p in chosen) for r in Rank}
        told = joined(of_that_rank(n, r) for r, n in ranks.items() if n)
        count = plural(len(chosen), "cédula de puesto", "cédulas de puesto")
        where: Text = (" ", evidence.heading(chapter)) if chapter else ()
        lines = [paragraph(f"{first}El manual tiene {count}: {told}", where, ".")]
        evidence.heading(evidence.sheet(chosen[0]))
    boxes = [*lines, _listed_otherwise(chosen, rank, knowledge, evidence)]
    listed = [p.number for p in chosen] if rank is not None else []
    return evidence.draft(boxes, listed=listed)


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
    if asked.field == "no_sheet":
        return _without_sheet(asked, knowledge)
    if asked.field in BY_FIELD:
        return by_field(asked, knowledge)
    if not knowledge.manual.positions:
        return structure_unread(knowledge)
    if is_narrowed(asked):
        return _narrowed(asked, knowledge)
    if asked.positions:
        return direct_reports(asked, knowledge)
    if asked.rank is not None:
        return _count_positions(asked, knowledge)
    manual = knowledge.manual
    if not manual.positions:
        return structure_unread(knowledge)
    evidence = Evidence(manual)
    lead = f"El manual tiene cédula de {plural(len(manual.positions), 'puesto', 'puestos')}:"
    listed = [p.number for p in manual.positions]
    return evidence.draft([paragraph(lead), *_each(manual.positions, evidence)], listed=listed)


def _without_reports(asked: Understanding, knowledge: Knowledge) -> Draft:
    """The positions, of a rank or below a position, whose sheets print that nobody reports to
    them; and those that others name as their boss all the same."""
    if not knowledge.manual.positions:
        return structure_unread(knowledge)
    evidence = Evidence(knowledge.manual)
    own = map(knowledge.chart.boss_line, knowledge.manual.positions)
    bosses = {line.superior.id for line in own if line is not None}
    lines = []
    for position in selected(asked, knowledge):
        printed = position.direct_reports_printed
        if printed is None or printed.applies:
            continue
        but = ", aunque otra cédula lo nombra como jefe" if position.number in bosses else ""
        named = quoted(printed.text, evidence.row(position, printed))
        lines.append(item(f"{numbered(position)}{but}: ", named))
    if not lines:
        first = next(iter(selected(asked, knowledge)), knowledge.manual.positions[0])
        told = "Ninguna cédula de esas dice que no haya nadie a su cargo; por ejemplo "
        there = place_of(first, replace(asked, measure=Measure.REPORTS), evidence)
        return evidence.draft([paragraph(f"{told}{the(numbered(first))} ", there, ".")])
    verb = "no tiene" if len(lines) == 1 else "no tienen"
    lead = f"Según sus cédulas, {amount(len(lines), asked)} {verb} a nadie a su cargo"
    missing = unread_of(replace(asked, measure=Measure.REPORTS), knowledge)
    return evidence.draft(
        [paragraph(f"{lead}{':' if lines else '.'}"), *lines, _not_read(asked, missing, knowledge)]
    )


def _without_sheet(asked: Understanding, knowledge: Knowledge) -> Draft:
    """The units and posts that sheets list as their reports and that have no sheet of their own."""
    evidence = Evidence(knowledge.manual)
    listing = asked.positions or knowledge.manual.positions
    lines: list[Block] = []
    for position in listing:
        stated = position.direct_reports_printed
        down = knowledge.chart.lines_down(position) if stated is not None else []
        names = [printed_name(line) for line in down if line.report.external]
        if names and stated is not None:
            told = f"{joined(names)}: según la cédula {of_the(numbered(position))} "
            lines.append(item(told, evidence.row(position, stated)))
    if not lines:
        here = evidence.heading(evidence.sheet(listing[0]))
        return evidence.draft(
            [paragraph("Todos los puestos que enlistan tienen cédula ", here, ".")]
        )
    lead = "Las cédulas enlistan puestos que no tienen cédula propia:"
    missing = unread_of(replace(asked, measure=Measure.REPORTS), knowledge)
    return evidence.draft([paragraph(lead), *lines, _not_read(asked, missing, knowledge)])


def _summed(asked: Understanding, knowledge: Knowledge) -> Draft:
    """How many functions the positions named have in all, or one and all those below it."""
    named = list(asked.positions)
    if len(named) == 1:
        below = (node.position for node in knowledge.chart.below(named[0]))
        named += [p for p in below if p is not None]
    asked = replace(asked, measure=Measure.FUNCTIONS, of_rank=None)
    had = [(p, has) for p in named if (has := measured(p, asked)) is not None]
    evidence = Evidence(knowledge.manual)
    total = counted(sum(has for _, has in had), asked)
    lead = paragraph(f"Según sus cédulas suman {total}:")
    lines = (
        item(f"{numbered(p)}: {counted(has, asked)} ", place_of(p, asked, evidence))
        for p, has in had
    )
    missing = [p for p in named if measured(p, asked) is None]
    return evidence.draft([lead, *lines, _not_read(asked, missing, knowledge)])


def _narrowed(asked: Understanding, knowledge: Knowledge) -> Draft:
    """The positions that have so many functions or reports, or whose sheets print some words."""
    evidence = Evidence(knowledge.manual)
    chosen = selected(asked, knowledge)
    if not chosen and asked.saying is not None:
        found = where_printed(asked.saying, knowledge)
        return found or without_unit(asked.saying, knowledge)
    lines: list[Block] = []
    for position in chosen:
        has = measured(position, asked) if asked.measure else None
        told = f": {counted(has, asked)}" if has is not None else ""
        lines.append(item(f"{numbered(position)}{told} ", place_of(position, asked, evidence)))
    verb = "hay" if lines else "no hay"
    told = amount(len(lines), asked) if lines else amount(0, asked).removeprefix("0 ")
    first = ""
    if asked.yes_no:
        all_of_them = len(selected(replace(asked, least=None, most=None), knowledge))
        holds = len(lines) == all_of_them if asked.every else bool(lines)
        first = "Sí. " if holds else "No. "
    lead = f"{first}Según sus cédulas, {verb} {told}{':' if lines else '.'}"
    missing = unread_of(asked, knowledge)
    said = [paragraph(lead), *lines, _not_read(asked, missing, knowledge)]
    if not lines:
        of_all = replace(asked, least=None, most=None)
        extremes = list(_extremes(of_all, knowledge, evidence))
        if not extremes:
            return none_selected(of_all, knowledge)
        said = [*said, *extremes]
    return evidence.draft(said, listed=[p.number for p in chosen])


def _claimed(asked: Understanding, knowledge: Knowledge) -> Draft:
    """Whether one position has so many functions or reports, and how many it has."""
    position = asked.positions[0]
    evidence = Evidence(knowledge.manual)
    has = measured(position, asked)
    if has is None:
        of_functions = asked.measure is Measure.FUNCTIONS
        return unread("las funciones" if of_functions else "los puestos", position, knowledge)
    first = whether(asked, has)
    told = f"{first}{capital(the(numbered(position)))} tiene {counted(has, asked)} según su cédula "
    said = paragraph(told, place_of(position, asked, evidence), ".")
    return evidence.draft([said], suggestions_for(position), [position.number])


def _extremes(asked: Understanding, knowledge: Knowledge, evidence: Evidence) -> Iterator[Block]:
    """Who has the most and who the fewest, where nobody has as many as was asked for."""
    having = [
        (has, p) for p in selected(asked, knowledge) if (has := measured(p, asked)) is not None
    ]
    for lead, choose in (("Con más", max), ("Con menos", min)):
        if having:
            has, position = choose(having, key=lambda each: each[0])
            told = f"{lead} aparece {the(numbered(position))}: {counted(has, asked)} "
            yield paragraph(told, place_of(position, asked, evidence), ".")


def _of_each(asked: Understanding, knowledge: Knowledge) -> Draft:
    """How many functions or reports each position of a rank has."""
    evidence = Evidence(knowledge.manual)
    lines: list[Block] = []
    for position in selected(asked, knowledge):
        has = measured(position, asked)
        if has is not None:
            told = f"{numbered(position)}: {counted(has, asked)} "
            lines.append(item(told, place_of(position, asked, evidence)))
    if not lines:
        return none_selected(asked, knowledge)
    missing = unread_of(asked, knowledge)
    lead = paragraph(f"Según sus cédulas, {amount(len(lines), asked)}:")
    return evidence.draft([lead, *lines, _not_read(asked, missing, knowledge)])


def _not_read(
    asked: Understanding, missing: Iterable[Position], knowledge: Knowledge
) -> Block | None:
    of_functions = asked.measure is Measure.FUNCTIONS
    part = "las funciones" if of_functions else "los puestos que le reportan"
    return not_all_read(part, missing, knowledge)


def of_level(asked: Understanding, knowledge: Knowledge) -> Draft | None:
    """The positions at a level of the numbering: "2.1" is at the second. Of a position, its level;
    0 asks for the top of the reporting lines, and without a number all levels are told."""
    positions = knowledge.manual.positions
    if not positions:
        return structure_unread(knowledge)
    if asked.ambiguous is not None:
        return which_position(asked, asked.ambiguous)
    deepest = max(p.level for p in positions)
    evidence = Evidence(knowledge.manual)
    if asked.positions:
        position = asked.positions[0]
        told = f"Por su número, {the(numbered(position))} está en el nivel {position.level} de "
        said = paragraph(f"{told}{deepest} ", _heading(position, evidence), ".")
        return evidence.draft([said], suggestions_for(position, "chain"), [position.number])
    if asked.number == 0:
        tops = knowledge.chart.tops()
        verb = "está" if len(tops) == 1 else "están"
        lead = (
            f"Según sus cédulas, hasta arriba {verb} quien no le reporta a otro puesto del manual:"
        )
        boxes = [paragraph(lead), *_each(tops, evidence)]
        return evidence.draft(boxes, positions=[p.number for p in tops])
    if asked.number is None:
        at = Counter(p.level for p in positions)
        lines = [
            item(
                f"nivel {level}: {plural(at[level], 'puesto', 'puestos')}, por ejemplo ",
                f"{numbered(first)} ",
                _heading(first, evidence),
            )
            for level in sorted(at)
            for first in [next(p for p in positions if p.level == level)]
        ]
        return evidence.draft([paragraph(f"Por su número, hay {deepest} niveles:"), *lines])
    level = deepest if asked.number == -1 else asked.number
    chosen = [p for p in positions if p.level == level]
    if not chosen:
        return None
    count = plural(len(chosen), "puesto", "puestos")
    lead = f"Por su número, en el nivel {level} de {deepest} hay {count}:"
    return evidence.draft([paragraph(lead), *_each(chosen, evidence)])
