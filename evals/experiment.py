"""Puts the gold sets to the methods, and gives what came of it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from assistant.answering.answer import AnswerKind
from assistant.render.places import where
from evals.gold import judge
from evals.gold_sets import GoldSet, Split
from evals.methods.base import MethodKind, MethodName, Reply
from evals.metrics.figures import Figures, figures
from evals.metrics.marks import Marks, mark_all
from evals.report_model import MethodReport, Outcome, QuestionSet
from evals.workbench import Source, Workbench

OnAnswer = Callable[[], None]
_SHOWN_RANKS = 10
_WARM_UP = 3
"""Questions that each method answers first, unmeasured: what is loaded late is then loaded."""


@dataclass(frozen=True)
class Exam:
    """A gold set with its manual, ready to be put to methods."""

    questions: GoldSet
    source: Source


def prepare(sets: Sequence[GoldSet], workbench: Workbench) -> list[Exam]:
    """Index the manuals of the sets, each once. Raises IngestError."""
    sources = {each.source: None for each in sets}
    ingested = {path: workbench.ingest(path) for path in sources}
    return [Exam(each, ingested[each.source]) for each in sets]


def examine(
    kind: MethodKind, exams: Sequence[Exam], workbench: Workbench, on_answer: OnAnswer
) -> list[Outcome]:
    """One method's outcomes on all sets; `on_answer` is called after each question."""
    outcomes = []
    for exam in exams:
        method = kind.open(workbench, exam.source)
        gold = exam.questions.questions
        for question in gold[:_WARM_UP]:
            method.reply(question)
        replies = []
        for question in gold:
            replies.append(method.reply(question))
            on_answer()
        outcomes += outcomes_of(exam, replies)
    return outcomes


def outcomes_of(exam: Exam, replies: Sequence[Reply]) -> list[Outcome]:
    """What came of a set's questions: a reply to each, in order, is judged by the gold."""
    gold = exam.questions.questions
    marks = mark_all(gold, replies, exam.source.manual)
    return [
        Outcome(
            set=exam.questions.key,
            question=question.id,
            kind=reply.answer.kind,
            said=reply.answer.answer,
            cited=_cited(reply),
            retrieved=list(reply.ranking[:_SHOWN_RANKS]),
            verdict=judge(question, reply.answer),
            marks=own,
        )
        for question, reply, own in zip(gold, replies, marks, strict=True)
    ]


def _cited(reply: Reply) -> list[str]:
    return list(dict.fromkeys(map(where, reply.answer.citations)))


def with_unrefused(ours: Sequence[Outcome], never_refused: Sequence[Outcome]) -> list[Outcome]:
    """Our outcomes, where a refusal knows whether what would have been said was right: that is
    what lowering the threshold of refusals would give."""
    return [
        own.model_copy(
            update={"marks": own.marks.model_copy(update={"right_if_said": other.verdict.correct})}
        )
        if own.kind is AnswerKind.ABSTAIN
        else own
        for own, other in zip(ours, never_refused, strict=True)
    ]


def as_question_sets(exams: Iterable[Exam]) -> list[QuestionSet]:
    """The questions as the report keeps them."""
    return [
        QuestionSet(
            key=exam.questions.key,
            code=exam.questions.code,
            split=exam.questions.split,
            questions=list(exam.questions.questions),
        )
        for exam in exams
    ]


def method_report(
    kind: MethodName, outcomes: Sequence[Outcome], sets: Sequence[QuestionSet]
) -> MethodReport:
    """A method's figures: by split and by set, and within these by persona and by kind."""
    gold = {(each.key, q.id): q for each in sets for q in each.questions}
    persona = {at: question.persona.value for at, question in gold.items()}
    sort = {at: question.asks for at, question in gold.items()}
    grouped = _grouped(outcomes, sets)
    return MethodReport(
        key=kind.key,
        name=kind.name,
        about=kind.about,
        figures={group: figures([o.marks for o in own]) for group, own in grouped.items()},
        by_persona={group: _by(persona, own) for group, own in grouped.items()},
        by_kind={group: _by(sort, own) for group, own in grouped.items()},
        outcomes=list(outcomes),
    )


def _grouped(outcomes: Sequence[Outcome], sets: Sequence[QuestionSet]) -> dict[str, list[Outcome]]:
    split_of = {each.key: each.split for each in sets}
    groups: dict[str, list[Outcome]] = {}
    for split in Split:
        groups[split.value] = [o for o in outcomes if split_of[o.set] is split]
    for each in sets:
        groups[each.key] = [o for o in outcomes if o.set == each.key]
    return {group: own for group, own in groups.items() if own}


def _by(names: dict[tuple[str, str], str], outcomes: Sequence[Outcome]) -> dict[str, Figures]:
    gathered: dict[str, list[Marks]] = defaultdict(list)
    for outcome in outcomes:
        gathered[names[outcome.set, outcome.question]].append(outcome.marks)
    return {name: figures(gathered[name]) for name in sorted(gathered)}
