"""The positions whose sheets print a type or a value that is asked for."""

import re
from collections import defaultdict

from assistant.answering.blocks import Block, item, paragraph, quote
from assistant.answering.draft import Draft, Evidence
from assistant.answering.knowledge import Knowledge
from assistant.answering.selection import selected
from assistant.answering.wording import numbered, plural
from assistant.understanding.types import Understanding
from corpus.model import Position, Printed
from corpus.spanish import fold, stem, words

_CALLED = {"type": "tipo de puesto", "value": "valor que aporta"}
_TYPE = re.compile(
    r"\b(confianza|carrera|temporal|libre|base|sindicalizad|eventual|honorarios|interin)"
)
_VALUE = re.compile(r"\b((?:muy )?(?:alto|bajo)|medio)\b")


def by_field(asked: Understanding, knowledge: Knowledge) -> Draft:
    """The positions whose type or value is the one asked for; without one, all that are printed."""
    name = asked.field or "type"
    evidence = Evidence(knowledge.manual)
    groups: dict[str, list[tuple[Position, Printed]]] = defaultdict(list)
    for position in selected(asked, knowledge):
        printed: Printed | None = getattr(position, name)
        if printed is not None:
            groups[printed.text].append((position, printed))
    wanted = value_asked_for(asked.question, name)
    chosen = [text for text in groups if wanted is None or is_value(wanted, text, name)]
    if not chosen or wanted is None:
        return _all(name, groups, bool(wanted), evidence)
    lines: list[Block] = []
    for text in chosen:
        count = plural(len(groups[text]), "puesto", "puestos")
        lines.append(paragraph(f"Según sus cédulas, el {_CALLED[name]} de {count} es «{text}»:"))
        lines += [item(f"{numbered(p)} ", evidence.row(p, row)) for p, row in groups[text]]
    return evidence.draft(lines)


def value_asked_for(question: str, name: str) -> str | None:
    """The type or the value of a post that a question says, folded; None if it says none, or
    another field is meant."""
    pattern = {"type": _TYPE, "value": _VALUE}.get(name)
    found = pattern.search(fold(question)) if pattern else None
    return found[1] if found else None


def is_value(wanted: str, text: str, name: str) -> bool:
    """Whether what a sheet prints is the type or value that was said."""
    if name == "value":
        return fold(text) == wanted
    return any(stem(word).startswith(stem(wanted)) for word in words(text))


def _all(
    name: str,
    groups: dict[str, list[tuple[Position, Printed]]],
    asked_for_one: bool,
    evidence: Evidence,
) -> Draft:
    """Every text that is printed in a field, with how many sheets and one of them as evidence."""
    lead = "Ninguna cédula dice eso. " if asked_for_one else ""
    lines: list[Block] = [paragraph(f"{lead}En «{_CALLED[name]}» las cédulas imprimen:")]
    for text, printed in groups.items():
        position, row = printed[0]
        count = plural(len(printed), "puesto", "puestos")
        told = f": {count}, por ejemplo {numbered(position)} "
        place = evidence.row(position, row)
        lines.append(item(quote(text, place), told, place))
    return evidence.draft(lines)
