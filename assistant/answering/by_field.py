"""The positions whose sheets print a type or a value that is asked for."""

from collections import defaultdict

from assistant.answering.blocks import Block, item, paragraph, quote
from assistant.answering.clarify import told_apart
from assistant.answering.draft import Draft, Evidence
from assistant.answering.knowledge import Knowledge
from assistant.answering.selection import selected
from assistant.answering.wording import numbered, plural
from assistant.understanding.printed_values import is_value
from assistant.understanding.types import Understanding
from corpus.model import Position, Printed

BY_FIELD = {
    "type": "el tipo de puesto",
    "value": "el valor que aporta",
    "date": "la fecha de la cédula",
}


def by_field(asked: Understanding, knowledge: Knowledge) -> Draft:
    """The positions whose type or value is the one asked for; without one, all that are printed."""
    name = asked.field or "type"
    evidence = Evidence(knowledge.manual)
    groups: dict[str, list[tuple[Position, Printed]]] = defaultdict(list)
    for position in selected(asked, knowledge):
        printed: Printed | None = getattr(position, name)
        if printed is not None:
            groups[printed.text].append((position, printed))
    wanted = asked.wanted
    chosen = [text for text in groups if wanted is None or is_value(wanted, text, name)]
    if not chosen or wanted is None:
        return _all(name, groups, asked, evidence)
    lines: list[Block] = []
    whether = ""
    if asked.yes_no:
        whether = "No todos. " if asked.every and len(chosen) < len(groups) else "Sí. "
    if len(chosen) > 1:
        of_all = sum(len(groups[text]) for text in chosen)
        lines.append(paragraph(f"{whether}Son {plural(of_all, 'puesto', 'puestos')} en total."))
        whether = ""
    for text in chosen:
        count = plural(len(groups[text]), "puesto", "puestos")
        lead = f"{whether}Según sus cédulas, {BY_FIELD[name]} de {count} es «{text}»:"
        lines.append(paragraph(lead))
        lines += [
            item(f"{told_apart(p, knowledge.manual)} ", evidence.row(p, row))
            for p, row in groups[text]
        ]
    return evidence.draft(lines)


def _all(
    name: str,
    groups: dict[str, list[tuple[Position, Printed]]],
    asked: Understanding,
    evidence: Evidence,
) -> Draft:
    """Every text that is printed in a field, with how many sheets and one of them as evidence."""
    whether = "No. " if asked.yes_no else ""
    lead = f"{whether}Ninguna cédula dice eso. " if asked.wanted else ""
    label = BY_FIELD[name].split(" ", 1)[1]
    lines: list[Block] = [paragraph(f"{lead}En «{label}» las cédulas imprimen:")]
    for text, printed in groups.items():
        position, row = printed[0]
        count = plural(len(printed), "puesto", "puestos")
        told = f": {count}, por ejemplo {numbered(position)} "
        place = evidence.row(position, row)
        lines.append(item(quote(text, place), told, place))
    return evidence.draft(lines)
