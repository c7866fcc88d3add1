"""Who may enter the desk: accounts, made by a one-time link, with a password and a second factor.

token = book.invite("ana@oficina.mx", Role.ADMINISTRATOR)
person = book.accept(token, password)
"""

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Any

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Connection, delete, func, insert, select, update

from assistant.desk.errors import DeskError, GoneError
from assistant.running.storage.book import Book
from assistant.running.storage.database import Database, now
from assistant.running.storage.desk_tables import PersonRow, SessionRow

LINK_HOURS = 48
SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 256
_EMAIL = re.compile(r"[^\s@<>\"']{1,64}@[^\s@<>\"']{1,185}\.[^\s@<>\"']{2,}")
_STEP = 30
"""Seconds for which a code of the second factor is good."""


class Role(StrEnum):
    """What somebody may do at the desk; each includes what stands before it."""

    READER = "reader"
    EDITOR = "editor"
    ADMINISTRATOR = "administrator"

    @property
    def rank(self) -> int:
        """0 for who may do least."""
        return list(Role).index(self)

    def includes(self, other: "Role") -> bool:
        """Whether who has this role may do what the other may."""
        return self.rank >= other.rank


ROLE_NAMES = {Role.READER: "lectura", Role.EDITOR: "edición", Role.ADMINISTRATOR: "administración"}


class PasswordError(DeskError):
    """The password can't be taken."""


@dataclass(frozen=True)
class Person:
    """Somebody of the office."""

    id: str
    email: str
    role: Role
    has_password: bool
    has_second_factor: bool
    link_until: datetime | None
    """Until when a link that was made for them can be used; None if there is none."""


class PersonBook(Book):
    """The accounts. Its methods raise DatabaseError."""

    def __init__(self, database: Database, hasher: PasswordHasher | None = None) -> None:
        super().__init__(database)
        self._hasher = hasher or PasswordHasher()

    def is_empty(self) -> bool:
        """Whether nobody was ever invited: then there is no desk."""
        return self._first(select(PersonRow.id).limit(1)) is None

    def all(self) -> list[Person]:
        """Everybody, by e-mail."""
        by_email = select(PersonRow.__table__).order_by(PersonRow.email)
        return [_person(row) for row in self._all(by_email)]

    def find(self, person_id: str) -> Person | None:
        """Somebody by id."""
        return self._one(PersonRow.id == person_id)

    def by_email(self, email: str) -> Person | None:
        """Somebody by e-mail, in any case."""
        return self._one(PersonRow.email == email.strip().casefold())

    def invite(self, email: str, role: Role | None = None) -> str:
        """Make a one-time link for somebody, who may be there already (then also to set a new
        password); what the link carries. Without a role: as it was, or administrator for the first.

        Raises DeskError for what is no e-mail, and for a role that would leave no administrator.
        """
        address = email.strip().casefold()
        if not _EMAIL.fullmatch(address):
            raise DeskError(f"«{email[:80]}» no es un correo; escriba uno como ana@oficina.gob.mx.")
        token = secrets.token_urlsafe(32)
        link = {"link": _digest(token), "link_until": now() + timedelta(hours=LINK_HOURS)}
        with self._database.transaction() as connection:
            of_email = select(PersonRow.__table__).where(PersonRow.email == address)
            known = connection.execute(of_email).first()
            if known is None:
                first = connection.scalar(select(func.count()).select_from(PersonRow)) == 0
                fallback = Role.ADMINISTRATOR if first else Role.READER
                row = {
                    "id": secrets.token_hex(8),
                    "email": address,
                    "role": (role or fallback).value,
                    "created_at": now(),
                    **link,
                }
                connection.execute(insert(PersonRow).values(**row))
            else:
                if role is not None:
                    _keep_an_administrator(connection, known.id, role)
                    link["role"] = role.value
                connection.execute(update(PersonRow).where(PersonRow.id == known.id).values(**link))
        return token

    def invited(self, token: str) -> Person | None:
        """For whom a link was made, if it can still be used."""
        return self._one((PersonRow.link == _digest(token)) & (PersonRow.link_until > now()))

    def accept(self, token: str, password: str) -> Person:
        """Set the password by a one-time link, which is used up; sessions and second factor end.

        Raises PasswordError, and GoneError for a link that was used or is too old.
        """
        encoded = self._hashed(password)
        is_it = (PersonRow.link == _digest(token)) & (PersonRow.link_until > now())
        with self._database.transaction() as connection:
            row = connection.execute(select(PersonRow.__table__).where(is_it)).first()
            if row is None:
                raise GoneError("El enlace ya se usó o venció; pida otro a quien administra.")
            fresh = {"password": encoded, "link": None, "link_until": None, "totp": None}
            used = update(PersonRow).where(is_it).values(**fresh, totp_step=None)
            if connection.execute(used).rowcount != 1:  # somebody else was faster
                raise GoneError("El enlace ya se usó o venció; pida otro a quien administra.")
            connection.execute(delete(SessionRow).where(SessionRow.person == row.id))
            kept = connection.execute(select(PersonRow.__table__).where(PersonRow.id == row.id))
            return _person(kept.one())

    def fits(self, email: str, password: str) -> Person | None:
        """The person with this e-mail and password. It takes as long where there is none."""
        is_it = PersonRow.email == email.strip().casefold()
        row = self._first(select(PersonRow.__table__).where(is_it))
        encoded = row.password if row is not None and row.password else _dummy()
        try:
            self._hasher.verify(encoded, password[:LONGEST_PASSWORD])
        except (VerificationError, InvalidHashError):
            return None
        if row is None or not row.password:
            return None
        if self._hasher.check_needs_rehash(row.password):
            self._write(row.id, password=self._hasher.hash(password[:LONGEST_PASSWORD]))
        return _person(row)

    def change_password(self, person_id: str, password: str, keep_session: str) -> None:
        """Set a new password; other sessions than the one with this key end.

        Raises PasswordError.
        """
        encoded = self._hashed(password)
        others = (SessionRow.person == person_id) & (SessionRow.key != keep_session)
        with self._database.transaction() as connection:
            is_it = PersonRow.id == person_id
            connection.execute(update(PersonRow).where(is_it).values(password=encoded))
            connection.execute(delete(SessionRow).where(others))

    def set_second_factor(self, person_id: str, secret: str, code: str) -> bool:
        """Ask for codes from now on, if the first code is right."""
        step = _step_of(secret, code, None)
        if step is None:
            return False
        self._write(person_id, totp=secret, totp_step=step)
        return True

    def end_second_factor(self, person_id: str) -> None:
        """Ask for no codes any more."""
        self._write(person_id, totp=None, totp_step=None)

    def takes_code(self, person_id: str, code: str) -> bool:
        """Whether a code of the second factor is right; none is taken twice."""
        with self._database.transaction() as connection:
            of_id = select(PersonRow.__table__).where(PersonRow.id == person_id)
            row = connection.execute(of_id).first()
            if row is None or not row.totp:
                return False
            step = _step_of(row.totp, code, row.totp_step)
            if step is None:
                return False
            unused = (PersonRow.totp_step.is_(None)) | (PersonRow.totp_step < step)
            taken = update(PersonRow).where(PersonRow.id == person_id, unused)
            return connection.execute(taken.values(totp_step=step)).rowcount == 1

    def set_role(self, person_id: str, role: Role) -> Person:
        """Give somebody another role. Raises GoneError; DeskError for the last administrator."""
        with self._database.transaction() as connection:
            of_id = select(PersonRow.__table__).where(PersonRow.id == person_id)
            if connection.execute(of_id).first() is None:
                raise GoneError("Esa persona ya no está; vuelva a la lista.")
            _keep_an_administrator(connection, person_id, role)
            is_it = PersonRow.id == person_id
            connection.execute(update(PersonRow).where(is_it).values(role=role.value))
            return _person(connection.execute(of_id).one())

    def remove(self, person_id: str) -> Person:
        """Take somebody's account away, and their sessions. Raises as `set_role`."""
        with self._database.transaction() as connection:
            of_id = select(PersonRow.__table__).where(PersonRow.id == person_id)
            row = connection.execute(of_id).first()
            if row is None:
                raise GoneError("Esa persona ya no está; vuelva a la lista.")
            _keep_an_administrator(connection, person_id, None)
            connection.execute(delete(SessionRow).where(SessionRow.person == person_id))
            connection.execute(delete(PersonRow).where(PersonRow.id == person_id))
            return _person(row)

    def _one(self, is_it: Any) -> Person | None:
        row = self._first(select(PersonRow.__table__).where(is_it))
        return _person(row) if row is not None else None

    def _write(self, person_id: str, **values: Any) -> None:
        self._change(update(PersonRow).where(PersonRow.id == person_id).values(**values))

    def _hashed(self, password: str) -> str:
        if len(password) < SHORTEST_PASSWORD:
            raise PasswordError(
                f"La contraseña debe tener {SHORTEST_PASSWORD} caracteres o más; una frase sirve."
            )
        if len(password) > LONGEST_PASSWORD:
            raise PasswordError(f"La contraseña pasa de {LONGEST_PASSWORD} caracteres.")
        return self._hasher.hash(password)


def new_second_factor() -> str:
    """The secret of a second factor that is not set yet."""
    return pyotp.random_base32()


def second_factor_address(secret: str, email: str, office: str) -> str:
    """What an authenticator app reads from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=office)


@cache
def _dummy() -> str:
    """What a password is held against where there is no account."""
    return PasswordHasher().hash(secrets.token_urlsafe())


def _step_of(secret: str, code: str, after: int | None) -> int | None:
    """The step that a code is of, now or one step around, later than `after`; else None."""
    typed = re.sub(r"\s", "", code)
    if not re.fullmatch(r"\d{6}", typed, re.ASCII):
        return None
    totp = pyotp.TOTP(secret, interval=_STEP)
    here = int(datetime.now().timestamp()) // _STEP
    for step in (here - 1, here, here + 1):
        if (after is None or step > after) and pyotp.utils.strings_equal(
            totp.generate_otp(step), typed
        ):
            return step
    return None


def _keep_an_administrator(connection: Connection, person_id: str, role: Role | None) -> None:
    """Raise DeskError where nobody would be left who can administer."""
    if role is Role.ADMINISTRATOR:
        return
    admins = PersonRow.role == Role.ADMINISTRATOR.value
    ids = connection.scalars(select(PersonRow.id).where(admins)).all()
    if list(ids) == [person_id]:
        raise DeskError("Es la única persona que administra; nombre antes a otra.")


def _person(row: Any) -> Person:
    usable = row.link_until if row.link and row.link_until and row.link_until > now() else None
    return Person(row.id, row.email, Role(row.role), bool(row.password), bool(row.totp), usable)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
