"""Kept questions, their figures and their scores over the API."""

from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response, status

from assistant.answering.answer import Answer
from assistant.asking.library import OpenManual
from assistant.desk.deeds import What
from assistant.desk.errors import DeskError, GoneError
from assistant.desk.exam import gold_question
from assistant.desk.figures import Figures, figures_of
from assistant.desk.groups import Group, grouped
from assistant.desk.outcomes import CHANNEL_NAMES, OUTCOME_NAMES, Channel, Outcome
from assistant.desk.questions import KeptQuestion, Wanted
from assistant.desk.scores import VERDICT_NAMES, ScoreFigures, score_figures
from assistant.faces.api.deps import ServicesDep, Shared, SharedDep
from assistant.faces.api.desk.access import EditorSeat, ReaderSeat, Seat, changed
from assistant.faces.api.desk.access_api import csv_file
from assistant.faces.api.desk.models import (
    FiguresOut,
    GroupOut,
    NowOut,
    QuestionOut,
    ScoreIn,
    ScoreLineOut,
    ScoresOut,
    figures_out,
)
from assistant.faces.api.problems import problem_responses
from assistant.faces.serving.explaining import Explanation
from assistant.faces.serving.services import Services, manual_finder
from assistant.faces.serving.steps import StepListener
from assistant.running.storage import Thumbs
from assistant.running.storage.database import now
from assistant.running.storage.focus_record import read_focus
from assistant.understanding.focus import NOTHING
from corpus.catalog import NoIndexError

router = APIRouter(
    prefix="/api/desk",
    tags=["Oficina"],
    responses=problem_responses(400, 401, 403, 404, 413, 422, 429, 503),
)

MOST_GROUPED = 1_500
"""The newest so many are grouped: it takes a second or two."""
Days = Annotated[int, Query(ge=1, le=400, description="Cuántos días hacia atrás.")]
QuestionId = Annotated[str, Path(max_length=64, description="Identificador de la pregunta.")]


async def _wanted(
    outcome: Annotated[Outcome | None, Query(description="Cómo terminaron.")] = None,
    voted_down: Annotated[bool, Query(description="Sólo las que no sirvieron.")] = False,
    in_vain: Annotated[bool, Query(description="Las que piden trabajo.")] = False,
    channel: Annotated[Channel | None, Query(description="Por dónde llegaron.")] = None,
    manual: Annotated[str, Query(max_length=64, description="Código del manual.")] = "",
    words: Annotated[str, Query(max_length=200, description="Palabras que contienen.")] = "",
    days: Days = 30,
) -> Wanted:
    return Wanted(
        outcome=outcome,
        voted_down=voted_down,
        in_vain=in_vain,
        channel=channel,
        manual=manual,
        words=words.replace("\0", ""),
        days=days,
    )


WantedDep = Annotated[Wanted, Depends(_wanted)]


@router.get("/questions", summary="Las preguntas guardadas")
async def list_questions(
    seat: ReaderSeat,
    shared: SharedDep,
    wanted: WantedDep,
    most: Annotated[int, Query(ge=1, le=500, description="Cuántas.")] = 50,
    skip: Annotated[int, Query(ge=0, le=1_000_000, description="Cuántas se saltan.")] = 0,
) -> list[QuestionOut]:
    """Las últimas primero. Sólo hay si se guardan (`ASISTENTE_KEEP_QUESTIONS`)."""
    found = await shared.threads.run(lambda: seat.books.questions.wanted(wanted, most, skip))
    return [QuestionOut.model_validate(each) for each in found]


@router.get("/questions/groups", summary="Las preguntas por significado")
async def group_questions(seat: ReaderSeat, shared: SharedDep, wanted: WantedDep) -> list[GroupOut]:
    """Las que quieren decir lo mismo, juntas; las más repetidas primero."""
    groups = await groups_of(seat, shared, wanted)
    return [
        GroupOut(
            representative=each.representative.question,
            count=len(each.questions),
            ids=[q.id for q in each.questions],
        )
        for each in groups
    ]


@router.get("/questions/{question}", summary="Una pregunta guardada")
async def read_question(question: QuestionId, seat: ReaderSeat, shared: SharedDep) -> QuestionOut:
    """Como se respondió entonces, y por qué."""
    return QuestionOut.model_validate(await kept_question(question, seat, shared))


@router.get("/questions/{question}/now", summary="Cómo se respondería ahora")
async def answer_now(
    question: QuestionId, seat: ReaderSeat, shared: SharedDep, services: ServicesDep
) -> NowOut:
    """La misma pregunta, puesta otra vez. No se guarda ni se cuenta."""
    kept = await kept_question(question, seat, shared)
    answer, why = await answered_now(kept, shared, services)
    return NowOut(answer=answer, why=why)


@router.get("/figures", summary="Las cifras del tablero")
async def read_figures(seat: ReaderSeat, shared: SharedDep, days: Days = 30) -> FiguresOut:
    """Sólo números por día: nada que identifique a una persona."""
    figures, votes = await figures_since(days, seat, shared)
    return figures_out(figures, votes)


@router.get(
    "/figures.csv",
    summary="Las cifras como CSV",
    response_class=Response,
    responses={200: {"content": {"text/csv": {}}}},
)
async def export_figures(seat: ReaderSeat, shared: SharedDep, days: Days = 30) -> Response:
    """Una línea por día, canal, manual y resultado."""
    since = first_day(days)
    tallies = await shared.threads.run(lambda: seat.books.questions.tallies(since))
    rows = [
        (
            each.day.isoformat(),
            CHANNEL_NAMES[each.channel],
            each.manual,
            OUTCOME_NAMES[each.outcome],
            each.within_ms,
            each.count,
        )
        for each in tallies
    ]
    head = ("día (UTC)", "canal", "manual", "resultado", "en menos de (ms)", "preguntas")
    return csv_file("tablero.csv", [head, *rows])


@router.get("/scores", summary="Lo que valen las respuestas")
async def read_scores(seat: ReaderSeat, shared: SharedDep) -> ScoresOut:
    """Las calificaciones por semana y por canal, con intervalos de Wilson al 95 %."""
    figures = await figures_of_scores(seat, shared)
    return ScoresOut(
        all=ScoreLineOut.model_validate(figures.all),
        weeks=[ScoreLineOut.model_validate(line) for _, line in figures.weeks],
        channels=[ScoreLineOut.model_validate(line) for _, line in figures.channels],
    )


@router.get("/scores/next", summary="Una respuesta al azar por calificar")
async def draw_answer(seat: EditorSeat, shared: SharedDep) -> QuestionOut | None:
    """De las guardadas que nadie ha calificado; nada si no queda ninguna."""
    drawn = await shared.threads.run(seat.books.scores.draw)
    return QuestionOut.model_validate(await kept_question(drawn, seat, shared)) if drawn else None


@router.post("/scores", status_code=status.HTTP_204_NO_CONTENT, summary="Califica una respuesta")
async def score(body: ScoreIn, seat: EditorSeat, shared: SharedDep) -> None:
    """Correcta, incompleta, equivocada, o que no debió responderse; y qué citas están mal."""
    kept = await kept_question(body.answer_id, seat, shared)
    if kept.answer is None:
        raise DeskError("De esa pregunta no hay respuesta que calificar.")
    gold = gold_question(kept, body.verdict) if body.into_exam else None

    def scored() -> str:
        seat.books.scores.write(kept, body.verdict, body.wrong_citations, seat.who, gold)
        return f"{kept.id}, {VERDICT_NAMES[body.verdict].lower()}"

    await changed(seat, shared, What.SCORED, scored)


@router.get(
    "/scores/exam/{code}",
    summary="El examen de la oficina",
    response_class=Response,
    responses={200: {"content": {"application/x-ndjson": {}}}},
)
async def export_exam(
    code: Annotated[str, Path(max_length=64, description="Código del manual.")],
    seat: EditorSeat,
    shared: SharedDep,
) -> Response:
    """Las preguntas que se tomaron para el examen, como las lee `asistente evaluar`."""

    def work() -> list[str]:
        seat.note(What.EXPORTED, f"el examen de {code}")
        return seat.books.scores.gold(code)

    lines = await shared.threads.run(work)
    if not lines:
        raise GoneError(f"Del manual «{code[:64]}» no hay ninguna pregunta de examen todavía.")
    name = "".join(c for c in code.lower() if c.isascii() and (c.isalnum() or c in "-_."))
    headers = {"Content-Disposition": f'attachment; filename="{name}.dev.jsonl"'}
    return Response("\n".join(lines) + "\n", media_type="application/x-ndjson", headers=headers)


async def kept_question(question_id: str, seat: Seat, shared: Shared) -> KeptQuestion:
    """A kept question. Raises GoneError."""
    found = await shared.threads.run(lambda: seat.books.questions.find(question_id))
    if found is None:
        raise GoneError("Esa pregunta ya no se guarda; vuelva a la lista.")
    return found


async def groups_of(seat: Seat, shared: Shared, wanted: Wanted) -> list[Group]:
    """The wanted questions in groups."""

    def work() -> list[Group]:
        return grouped(seat.books.questions.wanted(wanted, MOST_GROUPED))

    return await shared.threads.run(work)


async def manuals_there(shared: Shared, services: Services) -> list[OpenManual]:
    """The indexed manuals; none as long as the office has published none."""
    try:
        return await shared.threads.run(services.library.manuals)
    except NoIndexError:
        return []


async def answered_now(
    kept: KeptQuestion, shared: Shared, services: Services
) -> tuple[Answer, list[str]]:
    """A kept question put again, and why it is answered so; nothing of it is kept or counted."""
    listener = StepListener()
    find = manual_finder(services.library)

    def work(heard: StepListener) -> Answer:
        codes = [each.record.code for each in services.library.manuals()]
        focus = read_focus(kept.focus, find) if kept.focus else NOTHING
        manual = kept.manual if kept.manual in codes else None
        return services.assistant.ask_from(focus, kept.question, manual, heard)

    answer = await shared.threads.answer(work, listener)
    return answer, _lines(listener.explanation, answer)


async def figures_since(days: int, seat: Seat, shared: Shared) -> tuple[Figures, dict[Thumbs, int]]:
    """The numbers of so many days, and the votes."""
    since = first_day(days)

    def work() -> tuple[Figures, dict[Thumbs, int]]:
        book = seat.books.questions
        return figures_of(book.tallies(since)), book.votes(since)

    return await shared.threads.run(work)


async def figures_of_scores(seat: Seat, shared: Shared) -> ScoreFigures:
    """The figures of all that was scored."""
    return await shared.threads.run(lambda: score_figures(seat.books.scores.all()))


def first_day(days: int) -> date:
    """The first of so many days, of which today is the last."""
    return now().date() - timedelta(days=days - 1)


def _lines(explanation: Explanation, answer: Answer) -> list[str]:
    return list(explanation.lines(answer))
