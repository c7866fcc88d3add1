"""Turns that need no evidence: greetings, the assistant itself, and what it won't do."""

from assistant.answering.answer import Reason
from assistant.answering.blocks import paragraphs
from assistant.answering.draft import Draft, refusal
from assistant.answering.knowledge import Knowledge
from assistant.answering.suggestions import examples, middle
from assistant.answering.texts import said
from assistant.answering.wording import numbered, the
from assistant.understanding.types import Intent, Understanding

_REFUSED = {
    Intent.PERSONAL_DATA: ("personal", Reason.PERSONAL),
    Intent.INJECTION: ("injection", Reason.OUT_OF_SCOPE),
    Intent.UNCLEAR: ("not_understood", Reason.NOT_UNDERSTOOD),
    Intent.OWN_CASE: ("personal", Reason.PERSONAL),
    Intent.OUT_OF_SCOPE: ("out_of_scope", Reason.OUT_OF_SCOPE),
    Intent.OTHER_LANGUAGE: ("language", Reason.LANGUAGE),
}


def courtesy(asked: Understanding, knowledge: Knowledge) -> Draft:
    """The fitting text for a turn that asks nothing of the manual."""
    manual = knowledge.manual
    if asked.intent in _REFUSED:
        name, reason = _REFUSED[asked.intent]
        return refusal(said("refusal", name, manual), reason, examples(manual))
    example = the(numbered(middle(manual))) if manual.positions else "la dirección"
    text = said("courtesy", asked.intent.value, manual, example=example)
    return Draft(paragraphs(text), suggestions=examples(manual), grounded=False)
