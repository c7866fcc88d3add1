"""What the office teaches, over the API: a question leads to a function, or to nothing of the
manual; what else would be answered differently is told before."""

from typing import Annotated

from fastapi import APIRouter, Path, status

from assistant.asking.library import OpenManual
from assistant.desk.deeds import What
from assistant.desk.errors import DeskError, GoneError
from assistant.desk.questions import KeptQuestion, Wanted
from assistant.desk.teaching import Different, Taught, different, taught
from assistant.faces.api.deps import ManualDep, ServicesDep, Shared, SharedDep
from assistant.faces.api.desk.access import EditorSeat, ReaderSeat, Seat, changed
from assistant.faces.api.desk.models import DifferentOut, TaughtOut, TeachIn
from assistant.faces.api.problems import problem_responses
from assistant.faces.serving.services import Services, manual_finder
from corpus.office_words import OfficeWord

router = APIRouter(
    prefix="/api/desk/manuals/{code}/wordings",
    tags=["Oficina"],
    responses=problem_responses(400, 401, 403, 404, 413, 422, 429, 503),
)

MOST_TRIED = 150
"""Kept questions, the newest of a manual, that a wording is tried on: some seconds."""


@router.get("", summary="Lo que la oficina enseñó")
async def list_taught(
    seat: ReaderSeat, opened: ManualDep, services: ServicesDep, shared: SharedDep
) -> list[TaughtOut]:
    """Las frases del manual, con la función a la que llevan."""
    del seat
    found = await all_taught(opened, services, shared)
    return [TaughtOut.model_validate(each) for each in found]


@router.post("/trial", summary="Prueba lo que se va a enseñar")
async def try_word(
    seat: EditorSeat, body: TeachIn, opened: ManualDep, services: ServicesDep, shared: SharedDep
) -> list[DifferentOut]:
    """Qué otras preguntas guardadas se responderían de otro modo. No cambia nada."""
    found = await tried(body, opened, seat, services, shared)
    return [
        DifferentOut(
            id=each.question.id,
            question=each.question.question,
            before=each.before,
            after=each.after,
        )
        for each in found
    ]


@router.post("", status_code=status.HTTP_204_NO_CONTENT, summary="Enseña una frase")
async def teach(
    seat: EditorSeat, body: TeachIn, opened: ManualDep, services: ServicesDep, shared: SharedDep
) -> None:
    """Vale en todos los procesos desde la pregunta siguiente."""
    word = word_of(body)
    code = opened.record.code

    def learnt() -> str:
        services.library.teach(code, word)
        return f"{code}: «{word.text}» → {_place(word)}"

    await changed(seat, shared, What.TAUGHT, learnt)


@router.delete("/{key}", status_code=status.HTTP_204_NO_CONTENT, summary="Quita lo enseñado")
async def unteach(
    seat: EditorSeat,
    key: Annotated[str, Path(max_length=32, description="Clave de la frase.")],
    opened: ManualDep,
    services: ServicesDep,
    shared: SharedDep,
) -> None:
    """Se responde otra vez como antes."""
    found = next((e for e in await all_taught(opened, services, shared) if e.key == key), None)
    if found is None:
        raise GoneError("Esa frase ya no está enseñada; vuelva a la lista.")
    code = opened.record.code

    def unlearnt() -> str:
        services.library.unteach(code, OfficeWord(text=found.text))
        return f"{code}: «{found.text}»"

    await changed(seat, shared, What.UNTAUGHT, unlearnt)


def word_of(body: TeachIn) -> OfficeWord:
    """The wording that a request gives. Raises DeskError."""
    if body.section is None and body.function is not None:
        raise DeskError("Diga de qué sección es la función.")
    return OfficeWord(
        text=body.text,
        section=body.section,
        function=body.function,
        off_topic=body.off_topic and body.section is None,
    )


def _place(word: OfficeWord) -> str:
    if word.section is None:
        return "fuera de tema" if word.off_topic else "nada del manual"
    function = f", función {word.function}" if word.function is not None else ""
    return f"§ {word.section}{function}"


async def all_taught(opened: OpenManual, services: Services, shared: Shared) -> list[Taught]:
    """What was taught of a manual."""
    return await shared.threads.run(lambda: taught(services.library, opened))


async def tried(
    body: TeachIn, opened: OpenManual, seat: Seat, services: Services, shared: Shared
) -> list[Different]:
    """Which kept questions a wording would have answered differently."""
    word = word_of(body)
    wanted = Wanted(manual=opened.record.code, days=400)

    def work() -> list[Different]:
        kept: list[KeptQuestion] = seat.books.questions.wanted(wanted, MOST_TRIED)
        find = manual_finder(services.library)
        return different(services.library, opened.record.code, word, kept, find)

    return await shared.threads.run(work)
