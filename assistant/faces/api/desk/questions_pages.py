"""The pages on questions: the dashboard, the list, one question, scoring."""

from collections import Counter
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import HTMLResponse, Response
from pydantic import ValidationError

from assistant.asking.library import OpenManual
from assistant.desk.errors import DeskError
from assistant.desk.figures import Figures
from assistant.desk.groups import grouped
from assistant.desk.outcomes import CHANNEL_NAMES, Channel, Outcome
from assistant.desk.questions import KeptQuestion, Wanted, asked_by_day
from assistant.desk.scores import VERDICT_NAMES, Verdict
from assistant.faces.api.deps import ServicesDep, Shared, SharedDep
from assistant.faces.api.desk import questions_api
from assistant.faces.api.desk.access import EditorSeat, ReaderSeat, Seat
from assistant.faces.api.desk.frame import after, desk_page, told_ms
from assistant.faces.api.desk.models import ScoreIn
from assistant.faces.api.desk.plots import Bar, bars, lines_of_days
from assistant.faces.api.desk.teaching_pages import teaching
from assistant.faces.api.views.reply import Reply, reply_of
from assistant.faces.serving.services import Services
from assistant.running.storage import Thumbs
from assistant.running.storage.database import now
from corpus.office_words import Origin, key_of

router = APIRouter(prefix="/oficina", include_in_schema=False)

_A_PAGE = 40
_TOPICS = 8
_MOST_MANUALS = 12
Days = Annotated[int, Query(ge=1, le=400, alias="dias")]
QuestionId = Annotated[str, Path(max_length=64)]


async def _wanted(
    resultado: Annotated[str, Query(max_length=20)] = "en_vano",
    canal: Annotated[str, Query(max_length=20)] = "",
    manual: Annotated[str, Query(max_length=64)] = "",
    q: Annotated[str, Query(max_length=200)] = "",
    dias: Annotated[int, Query(ge=1, le=400)] = 14,
) -> Wanted:
    """What the filters of the page say; what they can't say is taken as not said."""
    return Wanted(
        outcome=Outcome(resultado) if resultado in set(Outcome) else None,
        voted_down=resultado == "no_sirvio",
        in_vain=resultado == "en_vano",
        channel=Channel(canal) if canal in set(Channel) else None,
        manual=manual.replace("\0", ""),
        words=q.replace("\0", ""),
        days=dias,
    )


WantedDep = Annotated[Wanted, Depends(_wanted)]


@router.get("")
async def show_dashboard(
    request: Request, seat: ReaderSeat, shared: SharedDep, days: Days = 30
) -> HTMLResponse:
    """The numbers, as plots."""
    figures, votes = await questions_api.figures_since(days, seat, shared)
    keeps = shared.settings.keep_questions
    topics = await _topics(seat, shared, Wanted(days=days)) if keeps else []
    vain = await _topics(seat, shared, Wanted(days=days, in_vain=True)) if keeps else []
    return desk_page(
        request,
        "dashboard.html",
        seat,
        days=days,
        since=questions_api.first_day(days),
        until=now().date(),
        figures=figures,
        votes=votes,
        Thumbs=Thumbs,
        keeps=keeps,
        plot=lines_of_days(figures.days),
        topics=bars(topics),
        in_vain=bars(vain),
        plots=_plots(figures, votes),
    )


@router.get("/tablero.csv")
async def export_figures(seat: ReaderSeat, shared: SharedDep, days: Days = 30) -> Response:
    """The numbers as a file."""
    return await questions_api.export_figures(seat, shared, days)


@router.get("/preguntas")
async def list_questions(
    request: Request,
    seat: ReaderSeat,
    shared: SharedDep,
    services: ServicesDep,
    wanted: WantedDep,
    ver: Annotated[str, Query(max_length=12)] = "grupos",
    pagina: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> HTMLResponse:
    """The kept questions, by meaning or one by one."""
    count = await shared.threads.run(lambda: seat.books.questions.how_many(wanted))
    manuals = await questions_api.manuals_there(shared, services)
    every = await shared.threads.run(
        lambda: seat.books.questions.wanted(wanted, questions_api.MOST_GROUPED)
    )
    groups, found = [], []
    if ver == "grupos":
        groups = await shared.threads.run(lambda: grouped(every))
    else:
        found = await shared.threads.run(
            lambda: seat.books.questions.wanted(wanted, _A_PAGE, (pagina - 1) * _A_PAGE)
        )
    said = {k: v for k, v in request.query_params.items() if k not in ("hecho", "pagina", "ver")}
    return desk_page(
        request,
        "questions.html",
        seat,
        count=count,
        groups=groups[:_A_PAGE],
        more_groups=max(0, len(groups) - _A_PAGE),
        questions=found,
        shown=ver,
        number=pagina,
        last=max(1, -(-count // _A_PAGE)),
        wanted=wanted,
        chosen=request.query_params.get("resultado", "en_vano"),
        manuals=manuals,
        keeps=shared.settings.keep_questions,
        kept_days=shared.settings.keep_questions_days,
        by_channel=Counter(each.channel for each in every).most_common(),
        by_manual=Counter(each.manual for each in every).most_common(),
        days=bars([(day.strftime("%d/%m"), number, "") for day, number in asked_by_day(every)]),
        query=urlencode(said),
        handled=await shared.threads.run(lambda: _taught(every, services)),
    )


@router.get("/preguntas/{question}")
async def show_question(
    question: QuestionId,
    request: Request,
    seat: ReaderSeat,
    shared: SharedDep,
    services: ServicesDep,
    buscar: Annotated[str, Query(max_length=200)] = "",
    manual: Annotated[str, Query(max_length=64)] = "",
) -> HTMLResponse:
    """A question as it was answered then, and as it would be now; and how to teach from it, in its
    own manual or another that is chosen."""
    kept = await questions_api.kept_question(question, seat, shared)
    manuals = await questions_api.manuals_there(shared, services)
    context: dict[str, Any] = {"now": None, "why_now": [], "manual": None}
    if manuals:
        now, why_now = await questions_api.answered_now(kept, shared, services)
        context = {"now": reply_of(kept.question, now, manuals), "why_now": why_now}
        opened = _to_teach(manuals, manual, kept.manual, *(c.manual for c in now.citations))
        context |= {"manuals": manuals}
        context |= await shared.threads.run(lambda: teaching(kept, now, buscar, opened))
    then = _reply(kept, manuals)
    return desk_page(request, "question.html", seat, question=kept, then=then, **context)


@router.get("/calificar")
async def show_scores(
    request: Request,
    seat: ReaderSeat,
    shared: SharedDep,
    services: ServicesDep,
) -> HTMLResponse:
    """The figures, and an answer at random to be scored."""
    return await _scoring(request, seat, shared, services)


@router.post("/calificar")
async def score(
    request: Request, seat: EditorSeat, shared: SharedDep, services: ServicesDep
) -> Response:
    """Score an answer, and show the next."""
    form = await request.form()
    try:
        body = ScoreIn(
            answer_id=str(form.get("respuesta", "")),
            verdict=Verdict(str(form.get("veredicto", ""))),
            wrong_citations=[int(str(at)) for at in form.getlist("mal") if str(at).isdecimal()],
            into_exam="examen" in form,
        )
        await questions_api.score(body, seat, shared)
    except (ValueError, ValidationError):
        told = "Diga si la respuesta es correcta."
        return await _scoring(request, seat, shared, services, told, str(form.get("respuesta")))
    except DeskError as error:
        again = str(form.get("respuesta"))
        return await _scoring(request, seat, shared, services, str(error), again)
    return after("/oficina/calificar", "calificada")


@router.get("/calificar/{code}.jsonl")
async def export_exam(code: QuestionId, seat: EditorSeat, shared: SharedDep) -> Response:
    """The office's exam as a file."""
    return await questions_api.export_exam(code, seat, shared)


async def _scoring(
    request: Request,
    seat: Seat,
    shared: Shared,
    services: Services,
    complaint: str = "",
    again: str | None = None,
) -> HTMLResponse:
    figures = await questions_api.figures_of_scores(seat, shared)
    drawn = again or await shared.threads.run(seat.books.scores.draw)
    kept = await shared.threads.run(lambda: seat.books.questions.find(drawn)) if drawn else None
    manuals = await questions_api.manuals_there(shared, services)
    return desk_page(
        request,
        "scoring.html",
        seat,
        422 if complaint else 200,
        figures=figures,
        question=kept,
        reply=_reply(kept, manuals) if kept else None,
        verdict_names=VERDICT_NAMES,
        exams=await shared.threads.run(seat.books.scores.manuals_with_gold),
        complaint=complaint,
        keeps=shared.settings.keep_questions,
    )


def _plots(figures: Figures, votes: dict[Thumbs, int]) -> dict[str, list[Bar]]:
    """Channels, manuals, times and votes, as bars."""
    channels = [(CHANNEL_NAMES[each], number, "") for each, number in figures.channels.items()]
    manuals = [(code or "ninguno en particular", n, "") for code, n in figures.manuals.items()]
    bounds = [bound for bound, number in figures.times.items() if number]
    times = [
        (f"hasta {told_ms(bound)}", number, "")
        for bound, number in figures.times.items()
        if bounds and bounds[0] <= bound <= bounds[-1]
    ]
    opinions = [("Sí", votes[Thumbs.UP], ""), ("No", votes[Thumbs.DOWN], "")]
    return {
        "channels": bars(channels),
        "manuals": bars(manuals[:_MOST_MANUALS]),
        "times": bars(times),
        "opinions": bars(opinions),
    }


async def _topics(seat: Seat, shared: Shared, wanted: Wanted) -> list[tuple[str, int, str]]:
    """What was asked most, each with its number and its address."""
    groups = await questions_api.groups_of(seat, shared, wanted)
    return [
        (g.representative.question, len(g.questions), f"/oficina/preguntas/{g.representative.id}")
        for g in groups[:_TOPICS]
    ]


def _reply(kept: KeptQuestion, manuals: Any) -> Reply | None:
    return reply_of(kept.question, kept.answer, manuals) if kept.answer else None


def _taught(questions: list[KeptQuestion], services: Services) -> set[str]:
    """The ids of questions whose very words the office has taught since."""
    known = {
        (code, each.word.key)
        for code in {each.manual for each in questions if each.manual}
        for each in services.library.words(code)
        if each.origin is Origin.OFFICE
    }
    return {q.id for q in questions if (q.manual, key_of(q.question)) in known} if known else set()


def _to_teach(manuals: list[OpenManual], *codes: str) -> OpenManual:
    """The manual that the first of some codes names; the first of all, where none does."""
    by_code = {each.record.code: each for each in manuals}
    return next((by_code[code] for code in codes if code in by_code), manuals[0])
