"""What the routers work with, opened in the background and again after a failure."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass

import anyio.to_thread

from assistant.asking.conversation import ConversationStore
from assistant.asking.core import Assistant, open_library
from assistant.asking.library import Library, OpenManual
from assistant.asking.office import Office, office_of
from assistant.desk.choices import ChoiceBook
from assistant.faces.serving.threads import AnswerTimeoutError
from assistant.running.settings import Settings, revealed
from assistant.running.storage import (
    Database,
    DatabaseError,
    FeedbackBook,
    SqlConversations,
    database_to_open,
)
from corpus.catalog import NoIndexError
from corpus.errors import AsistenteError
from corpus.model import Manual

_TRY_AGAIN = 3.0
"""Seconds for which a failure to open is taken as lasting."""
_PROBED = 8
"""Manuals that are asked whether they answer."""
_PROBE = "puesto"
"""Any word will do: a search that answers shows that model, index and store do."""


@dataclass(frozen=True)
class Services:
    """The assistant, and what is kept beside it."""

    assistant: Assistant
    database: Database
    feedback: FeedbackBook

    @property
    def library(self) -> Library:
        """The indexed manuals."""
        return self.assistant.library

    def check(self) -> None:
        """Put a search to every manual; of many, to all at once and to the first ones. Raises
        AsistenteError, which says what is missing."""
        self.library.likely(_PROBE)
        for each in self.library.manuals()[:_PROBED]:
            each.passages.hits(_PROBE)

    def faults(self) -> list[AsistenteError]:
        """What doesn't answer, and is not needed for answers while the manuals are open."""
        found: list[AsistenteError] = []
        for check in (self.library.check_store, self.database.check):
            try:
                check()
            except AsistenteError as error:
                found.append(error)
        return found

    def warm_up(self) -> None:
        """Build now what the first question would have to wait for. Raises as `check`."""
        self.check()
        for each in self.library.manuals()[:_PROBED]:
            _ = each.knowledge.interpreter, each.knowledge.chart


class ServiceDesk:
    """Hands out the services. The server can start, and say why it isn't ready, without them."""

    def __init__(self, settings: Settings, assistant: Assistant | None = None) -> None:
        self._settings = settings
        self._given = assistant
        self._services: Services | None = None
        self._failure: AsistenteError | None = None
        self._failed_at = float("-inf")
        self._opening: asyncio.Task[Services] | None = None

    @property
    def opened(self) -> Services | None:
        """The services, if they are open."""
        return self._services

    async def services(self) -> Services:
        """The services, opened if they aren't yet. Raises AsistenteError, AnswerTimeoutError."""
        if self._services is not None:
            return self._services
        if self._opening is None:
            if self._failure is not None and time.monotonic() - self._failed_at < _TRY_AGAIN:
                raise self._failure.with_traceback(None)
            self._opening = asyncio.create_task(self._opened())
        try:
            # who gives up must not stop what others wait for
            with anyio.fail_after(self._settings.answer_timeout):
                return await asyncio.shield(self._opening)
        except TimeoutError as error:
            raise AnswerTimeoutError from error

    async def _opened(self) -> Services:
        try:
            self._services = await anyio.to_thread.run_sync(
                open_services, self._settings, self._given, abandon_on_cancel=True
            )
            return self._services
        except AsistenteError as error:
            self._failure, self._failed_at = error, time.monotonic()
            raise
        finally:
            self._opening = None

    def close(self) -> None:
        """Close what was opened, and give up what is being opened."""
        if self._opening is not None:
            self._opening.cancel()
        if self._services is not None:
            self._services.database.close()


def open_services(
    settings: Settings,
    assistant: Assistant | None = None,
    conversations: ConversationStore | None = None,
) -> Services:
    """Open index and model, and the database as soon as it answers; what is spoken of is remembered
    in the database, unless told where else. Raises AsistenteError."""
    database = database_to_open(settings.data_dir, revealed(settings.database_url))
    try:
        opened = assistant or _open_assistant(settings, database, conversations)
    except BaseException:
        database.close()
        raise
    return Services(opened, database, FeedbackBook(database))


def _open_assistant(
    settings: Settings, database: Database, conversations: ConversationStore | None
) -> Assistant:
    library = open_library(settings)
    kept = conversations or SqlConversations(database, manual_finder(library))
    return Assistant(library, kept, settings.question_limit, _chosen_office(settings, database))


def _chosen_office(settings: Settings, database: Database) -> Callable[[], Office]:
    """The office as it was set at the desk, read at each use: it changes for all processes."""
    choices, of_settings = ChoiceBook(database), office_of(settings)

    def office() -> Office:
        try:
            chosen = choices.read()
        except DatabaseError:  # an answer needs no database
            return of_settings
        return Office(
            chosen.emergency or of_settings.emergency, chosen.contact or of_settings.contact
        )

    return office


def manual_finder(library: Library) -> Callable[[str], Manual | None]:
    """Finds the typed manual with a code."""

    def find(code: str) -> Manual | None:
        opened = find_manual(library, code)
        return opened.knowledge.manual if opened else None

    return find


def find_manual(library: Library, code: str) -> OpenManual | None:
    """The manual with a code, in any case; None if it isn't indexed.

    Raises NoIndexError where no manual is indexed at all.
    """
    library.manuals()  # tells "no index at all" from "not this one"
    try:
        return library.manual(code)
    except NoIndexError:
        return None
