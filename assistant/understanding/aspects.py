"""What can be asked: the labels that the model tells apart, and what each of them asks for."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from assistant.understanding.types import ATTRIBUTES, DIALOGUE, SMALLTALK, Expected, Intent, Measure


@dataclass(frozen=True)
class Asks:
    """What a label asks for."""

    intent: Intent
    field: str | None = None
    """The field of a sheet or the fact of the manual that is asked for."""
    counted: str | None = None
    measure: Measure | None = None
    """What is counted of each position."""
    total: bool = False
    """Whether what several positions have is summed up."""
    expected: Expected = Expected.STATEMENT
    yes_no: bool = False


class Sort(StrEnum):
    """The sorts of what can be asked: which of them it is is surer than which label."""

    STRUCTURE = "structure"
    TOPIC = "topic"
    OUTSIDE = "outside"
    """What such manuals hardly ever tell."""
    TALK = "talk"


@cache
def sort_of(label: str) -> Sort:
    """The sort that a label belongs to."""
    asks = ASPECTS[label]
    if asks.intent is Intent.TOPIC:
        return Sort.OUTSIDE if asks.expected in _OUTSIDE else Sort.TOPIC
    if asks.expected is Expected.PERSON or asks.intent in _REFUSED:
        return Sort.OUTSIDE
    return Sort.TALK if asks.intent in SMALLTALK | DIALOGUE else Sort.STRUCTURE


_OUTSIDE = ATTRIBUTES | {Expected.PLACE, Expected.TIME, Expected.AMOUNT}
_REFUSED = {Intent.OWN_CASE, Intent.OUT_OF_SCOPE, Intent.OTHER_LANGUAGE}


def _topic(expected: Expected, *, yes_no: bool = False) -> Asks:
    return Asks(Intent.TOPIC, expected=expected, yes_no=yes_no)


ASPECTS: dict[str, Asks] = {
    "functions": Asks(Intent.FUNCTIONS),
    "function_nth": Asks(Intent.FUNCTION),
    "objective": Asks(Intent.OBJECTIVE),
    "reports_to": Asks(Intent.REPORTS_TO),
    "direct_reports": Asks(Intent.DIRECT_REPORTS),
    "all_reports": Asks(Intent.ALL_REPORTS),
    "chain": Asks(Intent.CHAIN),
    "chain_between": Asks(Intent.CHAIN_BETWEEN),
    "boss_of_boss": Asks(Intent.BOSS_OF_BOSS),
    "peers": Asks(Intent.PEERS),
    "common_boss": Asks(Intent.COMMON_BOSS),
    "reports_check": Asks(Intent.REPORTS_CHECK),
    "compare": Asks(Intent.COMPARE),
    **{
        f"field:{name}": Asks(Intent.FIELD, field=name)
        for name in (
            *("functional_title", "nominal_title", "secretaria", "direccion", "area"),
            *("value", "type", "date"),
        )
    },
    "sheet": Asks(Intent.SHEET),
    "locate": Asks(Intent.LOCATE),
    "superlative:functions": Asks(Intent.SUPERLATIVE, measure=Measure.FUNCTIONS),
    "superlative:reports": Asks(Intent.SUPERLATIVE, measure=Measure.REPORTS),
    "level": Asks(Intent.LEVEL),
    "count:positions": Asks(Intent.COUNT, counted="positions"),
    "count:functions": Asks(Intent.COUNT, counted="functions"),
    "count:reports": Asks(Intent.COUNT, counted="reports"),
    "count:chapters": Asks(Intent.COUNT, counted="chapters"),
    "count:laws": Asks(Intent.LEGAL),
    "list:positions": Asks(Intent.LIST),
    "list:type": Asks(Intent.LIST, field="type"),
    "list:value": Asks(Intent.LIST, field="value"),
    "list:no_reports": Asks(Intent.LIST, field="no_reports"),
    "list:no_sheet": Asks(Intent.LIST, field="no_sheet"),
    "list:post": Asks(Intent.LIST, field="post"),
    "list:saying": Asks(Intent.LIST, field="saying"),
    "total:functions": Asks(Intent.COUNT, counted="functions", total=True),
    "contradictions": Asks(Intent.CONTRADICTIONS),
    "chapter": Asks(Intent.CHAPTER),
    "legal": Asks(Intent.LEGAL),
    "officer": Asks(Intent.OFFICER),
    **{
        f"manual_fact:{name}": Asks(Intent.MANUAL_FACT, field=name)
        for name in ("version", "code", "emission", "changes", "dependency", "pages")
    },
    "responsible": _topic(Expected.RESPONSIBLE),
    "position_does": _topic(Expected.STATEMENT, yes_no=True),
    "statement": _topic(Expected.STATEMENT),
    "thing": _topic(Expected.STATEMENT),
    "definition": _topic(Expected.DEFINITION),
    "money": _topic(Expected.MONEY),
    "phone": _topic(Expected.PHONE),
    "email": _topic(Expected.EMAIL),
    "schedule": _topic(Expected.SCHEDULE),
    "requirement": _topic(Expected.REQUIREMENT),
    "place": _topic(Expected.PLACE),
    "person": Asks(Intent.OFFICER, expected=Expected.PERSON),
    "opinion": _topic(Expected.OPINION),
    "future": _topic(Expected.FUTURE),
    "vacancy": _topic(Expected.VACANCY),
    "secret": _topic(Expected.SECRET),
    "law_text": _topic(Expected.LAW_TEXT),
    "time": _topic(Expected.TIME),
    "amount": _topic(Expected.AMOUNT),
    "personal_case": Asks(Intent.OWN_CASE),
    "world": Asks(Intent.OUT_OF_SCOPE),
    "english": Asks(Intent.OTHER_LANGUAGE),
    "greeting": Asks(Intent.GREETING),
    "newcomer": Asks(Intent.NEWCOMER),
    "thanks": Asks(Intent.THANKS),
    "farewell": Asks(Intent.FAREWELL),
    "identity": Asks(Intent.IDENTITY),
    "help": Asks(Intent.HELP),
    "insult": Asks(Intent.INSULT),
    "injection": Asks(Intent.INJECTION),
    "unclear": Asks(Intent.UNCLEAR),
    "correction": Asks(Intent.CORRECTION),
    "summarise": Asks(Intent.SUMMARISE),
    "more": Asks(Intent.MORE),
    "affirm": Asks(Intent.UNCLEAR),
    "deny": Asks(Intent.UNCLEAR),
    "whoami": Asks(Intent.WHO_AM_I),
}
"""By the label of the model. What it needs besides, such as a position, is settled by whoever
fits a question to it (`structural.py`)."""
