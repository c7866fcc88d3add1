"""Chooses who drafts the answer: one function for each intent."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.answering import (
    below,
    chapters,
    comparison,
    dialogue,
    document,
    legal,
    lists,
    people,
    reporting,
    sheets,
    superlatives,
    unsheeted,
)
from assistant.answering.answer import AnswerKind
from assistant.answering.clarify import which_position, whose
from assistant.answering.courtesy import courtesy
from assistant.answering.draft import Draft, joined_drafts
from assistant.answering.knowledge import Knowledge
from assistant.answering.printed import where_printed, without_unit
from assistant.answering.refusal import not_in_manual
from assistant.answering.topical import responsible
from assistant.answering.unread import structure_unread
from assistant.retrieval.hybrid import Hit
from assistant.understanding.types import (
    ABOUT_ONE_POSITION,
    OF_TWO,
    SMALLTALK,
    Intent,
    Understanding,
)

Structural = Callable[[Understanding, Knowledge], Draft | None]

STRUCTURAL: dict[Intent, Structural] = {
    Intent.FUNCTIONS: sheets.functions,
    Intent.FUNCTION: sheets.function,
    Intent.OBJECTIVE: sheets.objective,
    Intent.FIELD: sheets.field,
    Intent.FURTHER: sheets.further,
    Intent.SHEET: sheets.sheet,
    Intent.LOCATE: sheets.locate,
    Intent.REPORTS_TO: reporting.reports_to,
    Intent.DIRECT_REPORTS: below.direct_reports,
    Intent.ALL_REPORTS: below.all_reports,
    Intent.CHAIN: reporting.chain,
    Intent.CHAIN_BETWEEN: reporting.between,
    Intent.BOSS_OF_BOSS: reporting.boss_of_boss,
    Intent.REPORTS_CHECK: reporting.reports_check,
    Intent.COMMON_BOSS: reporting.common_boss,
    Intent.PEERS: reporting.peers,
    Intent.COMPARE: comparison.compare,
    Intent.COUNT: lists.count,
    Intent.LIST: lists.list_positions,
    Intent.SUPERLATIVE: superlatives.superlative,
    Intent.LEVEL: lists.of_level,
    Intent.CHAPTER: chapters.chapter,
    Intent.LEGAL: legal.legal,
    Intent.OFFICER: people.officer,
    Intent.MANUAL_FACT: document.manual_fact,
    Intent.CONTRADICTIONS: document.contradictions,
}
"""Who answers from the typed manual. None from one of them means that it does not say."""

_MAY_BE_OF_PEOPLE = frozenset({Intent.TOPIC, Intent.OUT_OF_SCOPE, Intent.SHEET})
"""Intents for which a name that no model knows may be taken."""


def needs_retrieval(asked: Understanding) -> bool:
    """Whether a question is answered from retrieved passages."""
    return asked.intent is Intent.TOPIC


def draft(asked: Understanding, hits: Sequence[Hit], knowledge: Knowledge) -> Draft:
    """The draft of an answer, a question back, or a refusal."""
    drafted = _drafted(asked, hits, knowledge)
    if asked.doubt is None or drafted.kind is not AnswerKind.ANSWER:
        return drafted
    return dialogue.doubted(drafted, asked.doubt, knowledge)


def _drafted(asked: Understanding, hits: Sequence[Hit], knowledge: Knowledge) -> Draft:
    if asked.intent in dialogue.DIALOGUE:
        return dialogue.DIALOGUE[asked.intent](asked, knowledge)
    named = people.who_is(asked, knowledge) if asked.intent in _MAY_BE_OF_PEOPLE else None
    if named is not None:
        return named
    if asked.intent is Intent.OUT_OF_SCOPE:
        return where_printed(asked.question, knowledge) or courtesy(asked, knowledge)
    if asked.intent in SMALLTALK:
        return courtesy(asked, knowledge)
    listed = legal.whether_listed(asked, knowledge)
    if listed is not None:
        return listed
    if asked.intent is Intent.TOPIC:
        return reporting.corrected(
            responsible(asked, hits, knowledge), asked.presupposed, knowledge
        )
    answer = _opened(asked, knowledge) or _of_each(asked, knowledge)
    if asked.below is not None and answer.kind is AnswerKind.ANSWER:
        answer = unsheeted.under(asked.below, asked, answer, knowledge)
    return reporting.corrected(answer, asked.presupposed, knowledge)


def _opened(asked: Understanding, knowledge: Knowledge) -> Draft | None:
    """What stands in the way of an exact answer: a name that is unknown or may mean several."""
    needed = 2 if asked.intent in OF_TWO else int(asked.intent in ABOUT_ONE_POSITION)
    if asked.intent is Intent.LOCATE and not asked.sections and asked.number is None:
        needed = 1
    if needed and not knowledge.manual.positions:
        return structure_unread(knowledge)
    if asked.unknown and not asked.positions and not asked.sections:
        named = unsheeted.without_sheet(asked.unknown, asked, knowledge)
        return named or without_unit(asked.unknown, knowledge)
    if not needed:
        return None
    if asked.ambiguous is not None and len(asked.positions) < needed:
        return which_position(asked, asked.ambiguous)
    first = asked.mentions[0] if asked.mentions else None
    if first is not None and not first.exact:
        return without_unit(first.text, knowledge)
    if len(asked.positions) < needed:
        return whose(asked, knowledge)
    return None


def _of_each(asked: Understanding, knowledge: Knowledge) -> Draft:
    """The answer of the position that is asked about; where several are, of each of them."""
    if not asked.each or len(asked.positions) < 2:
        return _structural(asked, knowledge)
    sure = [m for m in asked.mentions if len(m.candidates) == 1]
    return joined_drafts(
        [_structural(replace(asked, mentions=(m,), each=False), knowledge) for m in sure]
    )


def _structural(asked: Understanding, knowledge: Knowledge) -> Draft:
    answered = STRUCTURAL[asked.intent](asked, knowledge)
    return answered if answered is not None else not_in_manual(asked, knowledge)
