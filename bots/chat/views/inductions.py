"""The induction of a position, step by step, and its self-check."""

from collections.abc import Iterator

from assistant.render import places
from assistant.render.inline import inline
from assistant.reports.induction import InductionPack, Part, QuizQuestion, Statement
from assistant.reports.induction.html import letter
from assistant.reports.induction.pack import PartKind
from bots.chat.screens import InductionScreen, QuizScreen
from bots.chat.spans import BLANK, Line, Span, Style, bold, italic, pages, plain
from bots.chat.view import Button, Row, Verb, View
from bots.chat.views.answers import marked_line


def induction_view(screen: InductionScreen, pack: InductionPack) -> View:
    """A step of the pack; the last one leads to the self-check and the document."""
    steps = list(_steps(pack))
    at = min(screen.step, len(steps) - 1)
    kind, lines = steps[at]
    rows: list[Row] = []
    if kind is PartKind.PLACE:
        rows.append((Button("Ver el organigrama", Verb.CHART),))
    if at + 1 < len(steps):
        rows.append((Button("Siguiente ›", Verb.STEP, at + 1),))
    else:
        rows += _at_the_end(pack)
    return View((*lines, BLANK, italic(f"{at + 1} de {len(steps)}")), tuple(rows))


def quiz_view(screen: QuizScreen, pack: InductionPack) -> View:
    """A question of the self-check; once it is answered, what is right and where that stands."""
    at = min(screen.question, len(pack.quiz) - 1)  # the sheet may have changed since
    question = pack.quiz[at]
    chosen = screen.chosen[at] if len(screen.chosen) > at else None
    lines = [
        bold(f"Pregunta {at + 1} de {len(pack.quiz)}"),
        BLANK,
        plain(question.question),
        BLANK,
        *_options(question, chosen),
    ]
    if chosen is None:
        letters = [Button(letter(i), Verb.OPTION, i) for i in range(len(question.options))]
        return View(tuple(lines), (tuple(letters),))
    lines += [BLANK, *_verdict(question, chosen)]
    if at + 1 < len(pack.quiz):
        return View(tuple(lines), ((Button("Siguiente pregunta ›", Verb.QUIZ),),))
    lines += [BLANK, bold(_score(screen, pack))]
    again = Button("Repetir las preguntas", Verb.STEP)
    return View(tuple(lines), ((again,), (Button("La inducción en PDF", Verb.PDF),)))


def _steps(pack: InductionPack) -> Iterator[tuple[PartKind | None, list[Line]]]:
    welcome = [bold(f"Inducción: {pack.title} ({pack.position})"), BLANK, plain(pack.welcome)]
    yield None, welcome
    for part in pack.parts:
        for lines in pages(list(_part(part))):
            yield part.kind, lines


def _part(part: Part) -> Iterator[Line]:
    yield bold(part.title)
    yield BLANK
    if part.lead:
        yield plain(part.lead)
        yield BLANK
    alone = len(part.statements) == 1
    for at, statement in enumerate(part.statements):
        bullet = f"{statement.number}. " if statement.number else "" if alone else "• "
        following = part.statements[at + 1 : at + 2]
        # of items in a row that stand in one place, the last one tells it
        same_place = any(_places(each) == _places(statement) for each in following)
        yield (Span(bullet), *_statement(statement, with_places=not same_place))


def _statement(statement: Statement, *, with_places: bool) -> Line:
    """Its text, and its places where the text has no marks of its own."""
    told = marked_line(inline(statement.parts, statement.citations))
    if any(span.style is Style.ITALIC for span in told) or not with_places:
        return told
    places = _places(statement)
    return (*told, Span(" "), Span(f"({'; '.join(places)})", Style.ITALIC)) if places else told


def _places(statement: Statement) -> list[str]:
    return list(dict.fromkeys(places.label(each) for each in statement.citations))


def _at_the_end(pack: InductionPack) -> Iterator[Row]:
    if pack.quiz:
        yield (Button("Comprobar lo que aprendí", Verb.QUIZ),)
    yield (Button("La inducción en PDF", Verb.PDF),)


def _options(question: QuizQuestion, chosen: int | None) -> Iterator[Line]:
    for at, option in enumerate(question.options):
        mark = ""
        if chosen is not None and at == question.right:
            mark = "✅ "
        elif at == chosen:
            mark = "❌ "
        style = Style.BOLD if chosen is not None and at == question.right else Style.PLAIN
        yield (Span(f"{mark}{letter(at)}) "), Span(option, style))


def _verdict(question: QuizQuestion, chosen: int) -> Iterator[Line]:
    right = chosen == question.right
    yield bold("Correcto." if right else f"No: la respuesta es la {letter(question.right)}.")
    yield marked_line(inline(question.parts, question.citations))


def _score(screen: QuizScreen, pack: InductionPack) -> str:
    right = sum(
        chosen == question.right for chosen, question in zip(screen.chosen, pack.quiz, strict=False)
    )
    return f"Acertó {right} de {len(pack.quiz)}."
