"""What runs beside a server: warming up before the first question, and retention."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import Any

import structlog

from assistant.desk.books import books_in
from assistant.faces.serving.services import ServiceDesk
from assistant.faces.serving.threads import Threads
from assistant.running.settings import Settings
from assistant.running.storage import delete_older_than
from corpus.errors import AsistenteError

log = structlog.get_logger("asistente")

_HOUR = 3600.0


@asynccontextmanager
async def beside(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Run something until the end of the block."""
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def warm_up(desk: ServiceDesk, threads: Threads) -> None:
    """Open everything before the first question. A failure is logged, and told to who asks."""
    try:
        services = await desk.services()
        await threads.run(services.warm_up)
    except AsistenteError as error:
        log.warning("todavía no se puede responder", reason=str(error))


async def forget_old(desk: ServiceDesk, threads: Threads, settings: Settings) -> None:
    """Delete what has been kept long enough, now and every hour."""
    while True:
        with suppress(AsistenteError):  # tried again in an hour; /readyz tells what is wrong
            database = (await desk.services()).database
            delete = partial(delete_older_than, database, settings.retention_days)
            count = await threads.run(delete)
            books = books_in(database, settings)
            kept = partial(books.questions.forget_old, settings.keep_questions_days)
            count += await threads.run(kept)
            await threads.run(books.drafts.forget_old)
            await threads.run(books.entrance.forget_old)
            if count:
                log.info("conversaciones, opiniones y preguntas vencidas, borradas", count=count)
        await asyncio.sleep(_HOUR)
