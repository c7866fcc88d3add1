"""What is measured of one answer."""

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict

from assistant.answering.answer import Answer, AnswerKind, Citation
from corpus.model import Manual
from evals.gold import GoldQuestion, judge, plain
from evals.methods.base import Reply
from evals.metrics.needs import Ranked, judge_rankings, met, needs_of


class Marks(BaseModel):
    """The measures of one answer; None where a measure is not of such a question."""

    model_config = ConfigDict(frozen=True)

    due: AnswerKind
    given: AnswerKind
    correct: bool
    ranked: Ranked | None = None
    """The ranking of sections, where something must be cited."""
    citation_precision: float | None = None
    """The share of the cited sections that the gold names."""
    citation_recall: float | None = None
    """The share of the gold's needs that the citations meet."""
    fact_support: float | None = None
    """The share of the gold facts said that a cited passage or its title says too."""
    quotes: int = 0
    verbatim: int = 0
    """Quotes that their section prints so."""
    on_page: int = 0
    """Quotes that begin on the page that is cited."""
    confidence: float
    right_if_said: bool | None = None
    """Whether what is said is right; of a refusal: what would have been said instead, or None
    where that isn't known."""
    milliseconds: float


def mark_all(
    questions: Sequence[GoldQuestion], replies: Sequence[Reply], manual: Manual
) -> list[Marks]:
    """The marks of one method's replies on one manual."""
    answered = {gold.id: needs_of(gold) for gold in questions if gold.expect is AnswerKind.ANSWER}
    rankings = {gold.id: reply.ranking for gold, reply in zip(questions, replies, strict=True)}
    ranked = judge_rankings(answered, rankings)
    return [
        _marks(gold, reply, manual, ranked.get(gold.id))
        for gold, reply in zip(questions, replies, strict=True)
    ]


def _marks(gold: GoldQuestion, reply: Reply, manual: Manual, ranked: Ranked | None) -> Marks:
    answer = reply.answer
    correct = judge(gold, answer).correct
    given_as_due = gold.expect is answer.kind is AnswerKind.ANSWER
    printed = [is_verbatim(citation, manual) for citation in answer.citations]
    on_page = [is_on_page(citation, manual) for citation in answer.citations]
    return Marks(
        due=gold.expect,
        given=answer.kind,
        correct=correct,
        ranked=ranked,
        citation_precision=_precision(gold, answer) if given_as_due else None,
        citation_recall=_recall(gold, answer) if given_as_due else None,
        fact_support=_fact_support(gold, answer) if given_as_due else None,
        quotes=len(printed),
        verbatim=sum(printed),
        on_page=sum(on_page),
        confidence=reply.confidence,
        right_if_said=None if reply.withheld else correct and answer.kind is not AnswerKind.ABSTAIN,
        milliseconds=reply.milliseconds,
    )


def _precision(gold: GoldQuestion, answer: Answer) -> float | None:
    named = {*gold.sections_any, *gold.sections_all}
    cited = {citation.section for citation in answer.citations}
    return len(cited & named) / len(cited) if cited and named else None


def _recall(gold: GoldQuestion, answer: Answer) -> float | None:
    needs = needs_of(gold)
    return met(needs, [citation.section for citation in answer.citations]) if needs else None


def _fact_support(gold: GoldQuestion, answer: Answer) -> float | None:
    """Where ALCE asks a language model whether a passage entails a statement, here a gold fact is
    the statement, and its words must stand in what is cited."""
    said = plain(answer.answer)
    cited = plain(" ".join(f"{c.section} {c.title} {c.quote}" for c in answer.citations))
    told = [[w for w in map(plain, wordings) if w in said] for wordings in gold.facts]
    told = [wordings for wordings in told if wordings]
    if not told:
        return None
    return sum(any(w in cited for w in wordings) for wordings in told) / len(told)


def is_verbatim(citation: Citation, manual: Manual) -> bool:
    """Whether the cited section prints the quote, white space collapsed."""
    section = manual.section(citation.section)
    quote = " ".join(citation.quote.split())
    return section is not None and bool(quote) and quote in " ".join(section.text.split())


def is_on_page(citation: Citation, manual: Manual) -> bool:
    """Whether the quote begins on the cited page, in the cited section."""
    section = manual.section(citation.section)
    quote = " ".join(citation.quote.split())
    if section is None or not quote:
        return False
    own = section.text_on(citation.page)
    at = f"{own} {section.text_on(citation.page + 1)}".find(quote)
    return -1 < at < len(own)
