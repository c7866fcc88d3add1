"""Where a manual prints a name that has no sheet: its whole text is searched before a denial."""

from collections.abc import Iterator, Sequence

from assistant.answering.answer import Reason
from assistant.answering.blocks import Block, item, paragraph, quoted
from assistant.answering.draft import Draft, Evidence, refusal
from assistant.answering.knowledge import Knowledge
from assistant.answering.places import Place, places_of
from assistant.answering.refusal import no_such_unit
from assistant.answering.suggestions import examples
from assistant.answering.texts import said
from assistant.answering.wording import capital
from assistant.structure.naming import leading_rank
from assistant.understanding.reading import frame
from corpus.model import PassageKind, heading_of
from corpus.spanish import STOPWORDS, joined, words

_MOST_PLACES = 3
_MENTIONS = frozenset(
    ["menciona", "mencionan", "aparece", "aparecen", "nombra", "nombran", "palabra"]
)
"""Words that ask whether something is printed."""


def without_unit(name: str, knowledge: Knowledge) -> Draft:
    """What is said of a name without a sheet: where the manual's text prints it, or that it
    doesn't."""
    manual = knowledge.manual
    places = places_of(name, manual)
    lead = f"«{capital(name)}» no tiene cédula propia en el manual {manual.code}, pero lo nombra:"
    if not places:
        return _without_name(name, knowledge)
    evidence = Evidence(manual)
    return evidence.draft([paragraph(lead), *_told(places, evidence)])


def printed_or_not(name: str, knowledge: Knowledge) -> Draft:
    """Where the manual prints some words, or that its whole text doesn't."""
    return where_printed(name, knowledge) or not_printed(name, knowledge)


def whether_printed(name: str, nearest: Sequence[str], knowledge: Knowledge) -> Draft | None:
    """That the manual prints some words, and where; None if it doesn't. The places in the sections
    that come `nearest` to what is asked are shown first."""
    order = {section: at for at, section in enumerate(nearest)}
    places = places_of(name, knowledge.manual)
    if not places:
        return None
    places.sort(
        key=lambda place: (
            place[1].kind is PassageKind.HEADING,
            order.get(place[0].number, len(order)),
        )
    )
    evidence = Evidence(knowledge.manual)
    lead = f"Sí, el manual {knowledge.manual.code} lo nombra («{name}»):"
    return evidence.draft([paragraph(lead), *_told(places, evidence)])


def not_printed(name: str, knowledge: Knowledge) -> Draft:
    """That the whole text of the manual doesn't print some words."""
    text = said("refusal", "not_printed", knowledge.manual, term=name)
    return refusal(text, Reason.NOT_IN_MANUAL, examples(knowledge.manual))


def where_printed(question: str, knowledge: Knowledge) -> Draft | None:
    """Where the manual prints what a question seems to ask of the world ("¿menciona a Puebla?");
    None where its words stand nowhere together."""
    asks = frame() | STOPWORDS | _MENTIONS
    name = " ".join(w for w in words(question) if w not in asks)
    places = places_of(name, knowledge.manual)
    if not places:
        return None
    evidence = Evidence(knowledge.manual)
    lead = f"El manual {knowledge.manual.code} lo nombra:"
    return evidence.draft([paragraph(lead), *_told(places, evidence)])


def _told(places: Sequence[Place], evidence: Evidence) -> Iterator[Block]:
    """The first places with what they print, and how many more there are."""
    for section, passage in places[:_MOST_PLACES]:
        place = evidence.passage(section, passage)
        yield item(f"{heading_of(section)}: ", quoted(passage.text, place))
    more = len(places) - _MOST_PLACES
    if more > 0:
        yield paragraph(f"Y en {more} lugares más." if more > 1 else "Y en un lugar más.")


def _without_name(name: str, knowledge: Knowledge) -> Draft:
    """A refusal, with the nearest names; without any, with where the text speaks of the topic."""
    own = words(name)
    _, rank_words = leading_rank(own)
    topic = " ".join(w for w in own[rank_words:] if w not in STOPWORDS)
    places = places_of(topic, knowledge.manual) if rank_words and topic else []
    if knowledge.names.nearest(name) or not places:
        return no_such_unit(name, knowledge)
    where = dict.fromkeys(f"{heading_of(section)} (p. {p.page})" for section, p in places)
    told = joined(list(where)[:_MOST_PLACES])
    return no_such_unit(name, knowledge, f" De «{topic}» sí habla en {told}.")
