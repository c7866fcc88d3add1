"""Turns about the talk itself: who is asking, and what to do with the last answer."""

from collections.abc import Callable
from dataclasses import replace

from assistant.answering.blocks import paragraphs
from assistant.answering.clarify import which_position
from assistant.answering.courtesy import courtesy
from assistant.answering.draft import Draft, question_back
from assistant.answering.knowledge import Knowledge
from assistant.answering.sheets import sheet
from assistant.answering.suggestions import examples, suggestions_for
from assistant.answering.texts import said
from assistant.answering.wording import numbered, the
from assistant.understanding.types import Doubt, Intent, Understanding

_OWN = ("¿Cuáles son mis funciones?", "¿A quién le reporto?", "¿Quién me reporta?")


def newcomer(asked: Understanding, knowledge: Knowledge) -> Draft:
    """A welcome; to who says what position it is, with what its sheet says."""
    if asked.ambiguous is not None:
        return which_position(asked, asked.ambiguous)
    if not asked.positions:
        return courtesy(asked, knowledge)
    told = sheet(asked, knowledge)
    own = the(numbered(asked.positions[0]))
    welcome = (
        said("dialogue", "welcome_under", position=own, post=asked.below)
        if asked.below
        else said("dialogue", "welcome", position=own)
    )
    return replace(told.with_blocks(before=paragraphs(welcome)), suggestions=_OWN)


def who_am_i(asked: Understanding, knowledge: Knowledge) -> Draft:
    """The position that the person said to hold; else asks for it."""
    if not asked.positions:
        return question_back(said("dialogue", "who_are_you"), examples(knowledge.manual))
    position = asked.positions[0]
    text = said("dialogue", "you_said", position=the(numbered(position)))
    positions = (position.number,)
    return Draft(paragraphs(text), suggestions=_OWN, positions=positions, grounded=False)


def correction(asked: Understanding, knowledge: Knowledge) -> Draft:
    """Asks what was meant, with other questions on what was spoken of."""
    return question_back(said("dialogue", "correction"), _further(asked, knowledge))


def summarise(asked: Understanding, knowledge: Knowledge) -> Draft:
    """The position spoken of in a few sentences; else asks what is meant."""
    if asked.positions:
        return sheet(asked, knowledge)
    return question_back(said("dialogue", "summarise"), examples(knowledge.manual))


def more(asked: Understanding, knowledge: Knowledge) -> Draft:
    """Asks what else of what was spoken of."""
    return question_back(said("dialogue", "more"), _further(asked, knowledge))


def points_nowhere(asked: Understanding, knowledge: Knowledge) -> Draft:
    """Asks what is pointed at."""
    return question_back(said("dialogue", "points_nowhere"), _further(asked, knowledge))


def doubted(answer: Draft, doubt: Doubt, knowledge: Knowledge) -> Draft:
    """The last answer once more, to who doubts it or asks for its reason."""
    lead = said("dialogue", f"doubt_{doubt.value}", knowledge.manual)
    return answer.with_blocks(before=paragraphs(lead))


def _further(asked: Understanding, knowledge: Knowledge) -> tuple[str, ...]:
    if asked.positions:
        return suggestions_for(asked.positions[0])
    return examples(knowledge.manual)


DIALOGUE: dict[Intent, Callable[[Understanding, Knowledge], Draft]] = {
    Intent.NEWCOMER: newcomer,
    Intent.WHO_AM_I: who_am_i,
    Intent.CORRECTION: correction,
    Intent.SUMMARISE: summarise,
    Intent.MORE: more,
    Intent.POINTS_NOWHERE: points_nowhere,
}
"""Who answers what is said of the talk itself."""
