"""A message with several questions, taken apart; and their answers, put together again."""

import re
from collections.abc import Sequence

from assistant.answering.blocks import LeadQuestion, paragraphs
from assistant.answering.draft import Draft, joined_drafts
from assistant.answering.wording import capital
from corpus.spanish import fold

MOST_PARTS = 4
"""Questions of one message that are answered; what is left is said."""
_LEAST_WORDS = 2
_SENTENCE = re.compile(r"[^?]*\?+[\s.!]*|[^?]+$")
_ASKS = r"(?:quien(?:es)?|que|cual(?:es)?|cuant[oa]s?|donde|como|cuando)"
_INTERROGATIVE = re.compile(rf"\b{_ASKS}\b")
_ACCENTED = re.compile(r"\b(?:quién(?:es)?|qué|cuál(?:es)?|cuánt[oa]s?|dónde|cómo|cuándo)\b", re.I)
_UNMISTAKABLE = (
    r"(?:quien(?:es)?|cual(?:es)?|cuant[oa]s?|(?:a|de|en|con|por) (?:quien|que|cual)|"
    r"que (?=(?:hace|hacen|funcion|objetivo|tipo|es\b|dice|le toca|pagina|areas?\b|puestos?\b)))"
)
"""Words that ask even without an accent; "que" and "como" alone may only join clauses."""
_JOINED = re.compile(
    r"[\s,;]+(?:y|e|ademas|tambien|asi como|y ademas|y tambien)\s+"
    rf"(?=(?:(?:a|de|en|con|por) )?{_ASKS}\b)"
)


def parts_of(message: str) -> list[str]:
    """The questions of a message, in order; a message with one question is one part.

    A story before a question stays with it, a courtesy after the last one too.
    """
    sentences = [s.strip() for s in _SENTENCE.findall(message) if s.strip()]
    questions: list[str] = []
    for sentence in sentences:
        alone = "?" in sentence or _asks(sentence.lstrip("¿ "), message)
        if questions and not alone:
            questions[-1] = f"{questions[-1]} {sentence}"
        else:
            questions.append(sentence)
    parts = [part for question in questions for part in _joined(question)]
    told = [part for part in parts if len(part.split()) >= _LEAST_WORDS]
    return told if len(told) > 1 else [message]


def _joined(question: str) -> list[str]:
    """The questions that are joined by "y" in one sentence."""
    folded = fold(question)
    if len(folded) != len(question):
        return [question]
    cuts = [0]
    for match in _JOINED.finditer(folded):
        before, after = question[cuts[-1] : match.start()], question[match.end() :]
        if _INTERROGATIVE.search(fold(before)) and _asks(after, question):
            cuts.append(match.end())
    ends = [*cuts[1:], len(question)]
    parts = [question[a:b].strip(" ,;") for a, b in zip(cuts, ends, strict=True)]
    return [re.sub(r"[\s,;]+(?:y|e|adem[aá]s|tambi[eé]n|as[ií] como)$", "", p) for p in parts]


def _asks(clause: str, question: str) -> bool:
    """Whether a clause begins with a word that asks; where the person writes accents, with one."""
    head = " ".join(clause.split()[:2])
    if _ACCENTED.search(question):
        return bool(_ACCENTED.search(head))
    return bool(re.match(_UNMISTAKABLE, fold(clause)))


def put_together(questions: Sequence[str], drafts: Sequence[Draft], left: int) -> Draft:
    """One draft of those of several questions, each under its own; `left` were not answered."""
    leads = [LeadQuestion(f"¿{capital(question.strip(' ?¿.,'))}?") for question in questions]
    joined = joined_drafts(drafts, leads)
    if not left:
        return joined
    rest = f"las otras {left} póngalas" if left > 1 else "la última póngala"
    told = f"Contesté las primeras {len(drafts)} preguntas; {rest} aparte."
    return joined.with_blocks(after=paragraphs(told))
