"""The self-check: five questions made from the sheet, with the right answer cited.

The wrong options are what other sheets of the same manual say, so they are plausible and never
right by accident. The same position always gets the same questions.
"""

import random
from collections.abc import Callable, Sequence

from assistant.answering.answer import Citation
from assistant.answering.blocks import Text, quoted, text
from assistant.answering.draft import Evidence
from assistant.answering.knowledge import Knowledge
from assistant.answering.wording import capital, numbered, of_the, the, to_the
from assistant.render.plain import plain_text
from assistant.reports.induction.pack import QuizQuestion
from corpus.model import Function, Position
from corpus.spanish import fold

QUESTIONS = 5
_OPTIONS = 4
_SHORT = 160
"""Characters of an option; longer texts are cut at a word, and the whole stands in the citation."""


def self_check(position: Position, knowledge: Knowledge) -> tuple[QuizQuestion, ...]:
    """Up to five questions; fewer only where the sheet says too little."""
    rng = random.Random(f"{knowledge.manual.code} {position.number}")
    makers: tuple[Callable[..., QuizQuestion | None], ...] = (
        _superior,
        _objective,
        _not_a_function,
        _report,
        _count,
    )
    made = [q for make in makers if (q := make(position, knowledge, rng)) is not None]
    functions = list(position.functions)
    rng.shuffle(functions)
    for function in functions:
        if len(made) >= QUESTIONS:
            break
        question = _whose_function(function, position, knowledge, rng)
        if question is not None:
            made.append(question)
    return tuple(made[:QUESTIONS])


def _superior(position: Position, knowledge: Knowledge, rng: random.Random) -> QuizQuestion | None:
    line = knowledge.chart.boss_line(position)
    if line is None or position.reports_to is None:
        return None
    evidence = Evidence(knowledge.manual)
    place = evidence.row(position, position.reports_to)
    right = line.superior.title
    wrong = [
        p.title
        for p in knowledge.manual.positions
        if p.number not in (position.number, line.superior.id) and p.direct_reports
    ]
    return _asked(
        f"¿A quién le reporta {the(position.title)}?",
        right,
        wrong,
        text("Su cédula dice ", quoted(position.reports_to.text, place), "."),
        evidence.citations,
        rng,
    )


def _objective(position: Position, knowledge: Knowledge, rng: random.Random) -> QuizQuestion | None:
    if position.objective is None:
        return None
    evidence = Evidence(knowledge.manual)
    sheet = evidence.sheet(position)
    place = evidence.cite(sheet, position.objective.text, position.objective.page)
    wrong = [
        _cut(p.objective.text)
        for p in knowledge.manual.positions
        if p.objective and p.number != position.number
    ]
    return _asked(
        f"¿Cuál es el objetivo {of_the(position.title)}?",
        _cut(position.objective.text),
        wrong,
        text("Así lo dice su cédula ", place, "."),
        evidence.citations,
        rng,
    )


def _not_a_function(
    position: Position, knowledge: Knowledge, rng: random.Random
) -> QuizQuestion | None:
    """Which of these is not one of the functions?"""
    if len(position.functions) < _OPTIONS - 1:
        return None
    own = {fold(f.text) for f in position.functions}
    foreign = [
        (p, f)
        for p in knowledge.manual.positions
        if not knowledge.names.belongs_to(p, position) and p.number != position.number
        for f in p.functions
        if fold(f.text) not in own
    ]
    if not foreign:
        return None
    other, function = rng.choice(foreign)
    evidence = Evidence(knowledge.manual)
    place = evidence.function(other, function)
    shown = [_cut(f.text) for f in rng.sample(position.functions, _OPTIONS - 1)]
    return _asked(
        f"¿Cuál de estas NO es función {of_the(position.title)}?",
        _cut(function.text),
        shown,
        text(f"Es la función {function.number} {of_the(numbered(other))} ", place, "."),
        evidence.citations,
        rng,
    )


def _report(position: Position, knowledge: Knowledge, rng: random.Random) -> QuizQuestion | None:
    stated = position.direct_reports_printed
    if stated is None or not position.direct_reports:
        return None
    evidence = Evidence(knowledge.manual)
    place = evidence.row(position, stated)
    own = {fold(e.name) for e in position.direct_reports}
    below = {line.report.id for line in knowledge.chart.lines_down(position)}
    wrong = [
        p.title
        for p in knowledge.manual.positions
        if p.number not in below and fold(p.title) not in own and p.number != position.number
    ]
    right = rng.choice(position.direct_reports)
    return _asked(
        f"¿Cuál de estos puestos le reporta {to_the(position.title)}?",
        capital(right.name.rstrip(" .;")),
        wrong,
        text("Lo enlista su cédula ", place, "."),
        evidence.citations,
        rng,
    )


def _count(position: Position, knowledge: Knowledge, rng: random.Random) -> QuizQuestion | None:
    count = len(position.functions)
    if not count:
        return None
    evidence = Evidence(knowledge.manual)
    place = evidence.function(position, position.functions[-1])
    wrong = [str(n) for n in range(max(1, count - 3), count + 4) if n != count]
    return _asked(
        f"¿Cuántas funciones enlista la cédula {of_the(position.title)}?",
        str(count),
        wrong,
        text(f"La última es la número {position.functions[-1].number} ", place, "."),
        evidence.citations,
        rng,
    )


def _whose_function(
    function: Function, position: Position, knowledge: Knowledge, rng: random.Random
) -> QuizQuestion | None:
    evidence = Evidence(knowledge.manual)
    place = evidence.function(position, function)
    others = [
        p.title
        for p in knowledge.manual.positions
        if p.number != position.number
        and fold(p.title) != fold(position.title)
        and all(fold(f.text) != fold(function.text) for f in p.functions)
    ]
    return _asked(
        f"¿Qué puesto tiene esta función? «{_cut(function.text)}»",
        position.title,
        others,
        text(f"Es su función {function.number} ", place, "."),
        evidence.citations,
        rng,
    )


def _asked(
    question: str,
    right: str,
    wrong: Sequence[str],
    explanation: Text,
    citations: Sequence[Citation],
    rng: random.Random,
) -> QuizQuestion | None:
    """The question with its options shuffled; None where there is nothing to choose from."""
    distinct = [w for w in dict.fromkeys(wrong) if fold(w) != fold(right)]
    if not distinct:
        return None
    options = [right, *rng.sample(distinct, min(_OPTIONS - 1, len(distinct)))]
    rng.shuffle(options)
    return QuizQuestion(
        question=question,
        options=tuple(options),
        right=options.index(right),
        explanation=plain_text(explanation, citations),
        citations=tuple(citations),
        parts=explanation,
    )


def _cut(said: str) -> str:
    """The beginning of a text, at a word."""
    if len(said) <= _SHORT:
        return said
    return f"{said[:_SHORT].rsplit(' ', 1)[0].rstrip(' ,;.')}…"
