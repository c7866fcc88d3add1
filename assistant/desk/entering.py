"""Entering the desk: attempts that are counted, sessions that end, and a token for each form.

entered = Entrance(database).enter(email, password, code, address)
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, insert, select, update

from assistant.desk.deeds import DeedBook, What
from assistant.desk.errors import CodeNeededError, EntryRefusedError, LockedOutError
from assistant.desk.people import Person, PersonBook
from assistant.running.storage.book import Book
from assistant.running.storage.database import Database, now
from assistant.running.storage.desk_tables import AttemptRow, SessionRow
from assistant.running.storage.upsert import upsert

MOST_BY_ACCOUNT, MOST_BY_ADDRESS = 5, 30
"""Failed logins within the window before the door is shut. An office shares one address."""
WINDOW = timedelta(minutes=15)
IDLE, LONGEST = timedelta(hours=2), timedelta(hours=12)
"""A session ends when nobody used it for so long, and in any case."""
_TOUCH = timedelta(minutes=1)


@dataclass(frozen=True)
class Entered:
    """A session: the person, and what proves it."""

    person: Person
    token: str
    """What the cookie carries."""

    @property
    def key(self) -> str:
        """What the database knows of it."""
        return session_key(self.token)

    @property
    def form_token(self) -> str:
        """What every form carries that changes something (against forged requests)."""
        return hmac.new(self.token.encode(), b"form", hashlib.sha256).hexdigest()

    def made(self, form_token: str) -> bool:
        """Whether a form was made for this session."""
        return hmac.compare_digest(self.form_token, form_token)


class Entrance(Book):
    """Opens and closes sessions. Its methods raise DatabaseError."""

    def __init__(self, database: Database, people: PersonBook | None = None) -> None:
        super().__init__(database)
        self._people = people or PersonBook(database)
        self._deeds = DeedBook(database)

    def enter(self, email: str, password: str, code: str, address: str) -> Entered:
        """Open a session. Raises EntryRefusedError, CodeNeededError and LockedOutError."""
        account, place = f"account:{email.strip().casefold()}", f"address:{address}"
        self._require_admitted(account, place)
        person = self._people.fits(email, password)
        if person is None:
            self._failed(account, place, email)
            raise EntryRefusedError
        if person.has_second_factor:
            if not code.strip():
                raise CodeNeededError
            if not self._people.takes_code(person.id, code):
                self._failed(account, place, email)
                raise EntryRefusedError
        self._forget(account)
        return self.open(person)

    def open(self, person: Person) -> Entered:
        """Open a session for somebody who has proved who they are."""
        entered = Entered(person, secrets.token_urlsafe(32))
        session = {"key": entered.key, "person": person.id}
        self._change(insert(SessionRow).values(**session, opened_at=now(), updated_at=now()))
        self._deeds.write(person.email, What.ENTERED)
        return entered

    def find(self, token: str) -> Entered | None:
        """The session that a cookie carries, if it goes on; it then counts as used."""
        at = now()
        going_on = (SessionRow.updated_at > at - IDLE) & (SessionRow.opened_at > at - LONGEST)
        with self._database.transaction() as connection:
            is_it = SessionRow.key == session_key(token)
            row = connection.execute(select(SessionRow.__table__).where(is_it, going_on)).first()
            if row is not None and row.updated_at < at - _TOUCH:
                connection.execute(update(SessionRow).where(is_it).values(updated_at=at))
        person = self._people.find(row.person) if row is not None else None
        return Entered(person, token) if person is not None else None

    def close(self, token: str) -> None:
        """End a session."""
        self._change(delete(SessionRow).where(SessionRow.key == session_key(token)))

    def forget_old(self) -> None:
        """Delete sessions that are over, and failures that count no more."""
        at = now()
        over = (SessionRow.updated_at < at - IDLE) | (SessionRow.opened_at < at - LONGEST)
        with self._database.transaction() as connection:
            connection.execute(delete(SessionRow).where(over))
            connection.execute(delete(AttemptRow).where(AttemptRow.updated_at < at - WINDOW))

    def _require_admitted(self, account: str, place: str) -> None:
        since = now() - WINDOW
        with self._database.transaction() as connection:
            for of, most in ((account, MOST_BY_ACCOUNT), (place, MOST_BY_ADDRESS)):
                is_it = AttemptRow.key == _hidden(of)
                row = connection.execute(select(AttemptRow.__table__).where(is_it)).first()
                if row is not None and row.failures >= most and row.updated_at > since:
                    raise LockedOutError((row.updated_at - since).total_seconds())

    def _failed(self, account: str, place: str, email: str) -> None:
        """Count a failure; when it shuts the door to an account, the log tells."""
        at = now()
        counts = {}
        with self._database.transaction() as connection:
            for of in (account, place):
                is_it = AttemptRow.key == _hidden(of)
                row = connection.execute(select(AttemptRow.__table__).where(is_it)).first()
                before = row.failures if row is not None and row.updated_at > at - WINDOW else 0
                counts[of] = before + 1
                again = {"key": _hidden(of), "failures": before + 1, "updated_at": at}
                upsert(connection, AttemptRow, again)
        if counts[account] == MOST_BY_ACCOUNT and self._people.by_email(email) is not None:
            self._deeds.write(email.strip().casefold(), What.LOCKED_OUT)

    def _forget(self, account: str) -> None:
        self._change(delete(AttemptRow).where(AttemptRow.key == _hidden(account)))


def session_key(token: str) -> str:
    """What the database keeps of a session's token: who reads the table can't enter with it."""
    return hashlib.sha256(token.encode()).hexdigest()


def _hidden(of: str) -> str:
    return hashlib.sha256(of.encode()).hexdigest()
