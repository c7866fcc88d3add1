"""What understanding hands to answering."""

from dataclasses import dataclass
from enum import StrEnum

from assistant.structure.mention import Mention
from assistant.structure.naming import Rank
from corpus.model import Position, Section


class Intent(StrEnum):
    """What is asked."""

    FUNCTIONS = "functions"
    FUNCTION = "function"
    OBJECTIVE = "objective"
    REPORTS_TO = "reports_to"
    DIRECT_REPORTS = "direct_reports"
    ALL_REPORTS = "all_reports"
    CHAIN = "chain"
    CHAIN_BETWEEN = "chain_between"
    BOSS_OF_BOSS = "boss_of_boss"
    REPORTS_CHECK = "reports_check"
    COMMON_BOSS = "common_boss"
    PEERS = "peers"
    FIELD = "field"
    FURTHER = "further"
    """A field of a sheet by its own label, such as its requirements."""
    SHEET = "sheet"
    LOCATE = "locate"
    COMPARE = "compare"
    SUPERLATIVE = "superlative"
    LEVEL = "level"
    COUNT = "count"
    LIST = "list"
    CHAPTER = "chapter"
    LEGAL = "legal"
    OFFICER = "officer"
    MANUAL_FACT = "manual_fact"
    CONTRADICTIONS = "contradictions"
    TOPIC = "topic"
    """Anything else: who handles it, what the manual says of it."""

    GREETING = "greeting"
    NEWCOMER = "newcomer"
    THANKS = "thanks"
    FAREWELL = "farewell"
    IDENTITY = "identity"
    HELP = "help"
    INSULT = "insult"
    PERSONAL_DATA = "personal_data"
    INJECTION = "injection"
    UNCLEAR = "unclear"
    OWN_CASE = "own_case"
    """The asker's own file, payment or request."""
    OUT_OF_SCOPE = "out_of_scope"
    OTHER_LANGUAGE = "other_language"
    CORRECTION = "correction"
    """The last answer was not what was meant."""
    SUMMARISE = "summarise"
    MORE = "more"
    WHO_AM_I = "who_am_i"
    POINTS_NOWHERE = "points_nowhere"
    """It asks of "eso" or "ahí", and nothing was spoken of."""


SMALLTALK = frozenset(
    {
        Intent.GREETING,
        Intent.NEWCOMER,
        Intent.THANKS,
        Intent.FAREWELL,
        Intent.IDENTITY,
        Intent.HELP,
        Intent.INSULT,
        Intent.PERSONAL_DATA,
        Intent.INJECTION,
        Intent.UNCLEAR,
        Intent.OWN_CASE,
        Intent.OUT_OF_SCOPE,
        Intent.OTHER_LANGUAGE,
    }
)
"""Intents that need no evidence."""

DIALOGUE = frozenset(
    {Intent.NEWCOMER, Intent.WHO_AM_I, Intent.CORRECTION, Intent.SUMMARISE, Intent.MORE}
)
"""Intents about the talk itself."""

ABOUT_ONE_POSITION = frozenset(
    {
        Intent.FUNCTIONS,
        Intent.FUNCTION,
        Intent.OBJECTIVE,
        Intent.REPORTS_TO,
        Intent.DIRECT_REPORTS,
        Intent.ALL_REPORTS,
        Intent.CHAIN,
        Intent.BOSS_OF_BOSS,
        Intent.PEERS,
        Intent.FIELD,
        Intent.FURTHER,
        Intent.SHEET,
    }
)
"""Intents that can only be answered of a position."""


OF_TWO = frozenset({Intent.COMPARE, Intent.COMMON_BOSS, Intent.REPORTS_CHECK, Intent.CHAIN_BETWEEN})
"""Intents that can only be answered of two positions."""


class Expected(StrEnum):
    """The sort of thing that would answer a topical question."""

    RESPONSIBLE = "responsible"
    STATEMENT = "statement"
    DEFINITION = "definition"
    PLACE = "place"
    TIME = "time"
    AMOUNT = "amount"
    MONEY = "money"
    PHONE = "phone"
    EMAIL = "email"
    SCHEDULE = "schedule"
    REQUIREMENT = "requirement"
    PERSON = "person"
    OPINION = "opinion"
    FUTURE = "future"
    VACANCY = "vacancy"
    SECRET = "secret"
    LAW_TEXT = "law_text"


ATTRIBUTES = frozenset(
    {
        Expected.MONEY,
        Expected.PHONE,
        Expected.EMAIL,
        Expected.SCHEDULE,
        Expected.REQUIREMENT,
        Expected.OPINION,
        Expected.FUTURE,
        Expected.VACANCY,
        Expected.SECRET,
        Expected.LAW_TEXT,
    }
)
"""What such a manual hardly ever says: asked of a position, it is no structural question."""


class Doubt(StrEnum):
    """What is asked of the last answer itself."""

    SURE = "sure"
    WHY = "why"


class Measure(StrEnum):
    """What is counted of a position."""

    FUNCTIONS = "functions"
    REPORTS = "reports"


@dataclass(frozen=True)
class Understanding:
    """A question understood: it stands alone, whatever the conversation was."""

    question: str
    intent: Intent
    mentions: tuple[Mention, ...] = ()
    sections: tuple[Section, ...] = ()
    unknown: str | None = None
    """A unit or a section number that the question names and the manual does not have."""
    field: str | None = None
    """The `Position` attribute asked for (FIELD), the label of a further field (FURTHER) or the
    fact of the manual (MANUAL_FACT)."""
    number: int | None = None
    """The number of the function or of the level asked for; -1 for the last, and 0 for the top of
    the hierarchy. Of a superlative, how many positions are asked for."""
    rank: Rank | None = None
    """The rank that is counted, listed or compared."""
    counted: str | None = None
    measure: Measure | None = None
    """What is counted of each position that is listed or compared."""
    of_rank: Rank | None = None
    """The rank of the reports that are counted of each position."""
    least: int | None = None
    most: int | None = None
    """Bounds, both included, of what is counted of each position."""
    fewest: bool = False
    """Whether the position with the fewest is asked for, not the one with the most."""
    total: bool = False
    """Whether what several positions have is summed up: of those named, or of all below one."""
    wanted: str | None = None
    """The value of the field that the question says, folded: "carrera", "muy alto", "2023"."""
    every: bool = False
    """Whether it is asked if all of them are so."""
    saying: str | None = None
    """Words that the sheets that are counted or listed must print."""
    expected: Expected = Expected.RESPONSIBLE
    yes_no: bool = False
    """Whether Sí or No is the answer."""
    confidence: float = 1.0
    """How likely it is that this is asked, in 0…1."""
    outside: float = 0.0
    """How likely it asks for what such manuals don't tell, in 0…1."""
    considered: tuple[tuple[str, float], ...] = ()
    """The likeliest labels that the model read, with their probabilities; for explanations."""
    first_person: bool = False
    introduces: bool = False
    """Whether the person says to hold the position that is named."""
    below: str | None = None
    """The post without a sheet that the person says to hold under the position: "auxiliar"."""
    each: bool = False
    """Whether it is asked of each of the positions, not only of the first."""
    presupposed: "Understanding | None" = None
    """The reporting line that the question takes for granted ("Como X depende de Y, ¿…?")."""
    post: Mention | None = None
    """A post without a sheet that the question names ("el analista de datos")."""
    within: Mention | None = None
    """The unit that the person says to belong to, where that is not what is asked about."""
    doubt: Doubt | None = None
    """What is asked of the last answer, where this is its question once more: "¿seguro?"."""

    @property
    def positions(self) -> tuple[Position, ...]:
        """The positions that are meant without doubt, in the order of the question."""
        sure = (m.candidates[0] for m in self.mentions if len(m.candidates) == 1)
        return tuple({p.number: p for p in sure}.values())

    @property
    def ambiguous(self) -> Mention | None:
        """The first mention that may mean several sheets."""
        return next((m for m in self.mentions if len(m.candidates) > 1), None)

    def about(self) -> str:
        """What the query is about, in one readable line: "Jefatura de Archivo [1.2]"."""
        asked_of = [
            f"{m.text} [{'|'.join(p.number for p in m.candidates) or 'sin cédula'}]"
            for m in self.mentions
        ]
        asked_of += [f"§ {section.number}" for section in self.sections]
        slots = {
            "campo": self.field,
            "número": self.number,
            "rango": self.rank.value if self.rank else None,
            "cuenta": self.counted,
            "de cada uno": self.measure,
            "del rango": self.of_rank.value if self.of_rank else None,
            "al menos": self.least,
            "a lo más": self.most,
            "valor": self.wanted,
            "dice": self.saying,
            "sin cédula": self.unknown,
        }
        told = [*asked_of, *(f"{name}={value}" for name, value in slots.items() if value)]
        return ", ".join(told)
