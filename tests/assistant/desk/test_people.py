"""Accounts: made by a link that works once, with roles, and never without an administrator."""

import time

import pyotp
import pytest

from assistant.desk.errors import DeskError, GoneError
from assistant.desk.people import PasswordError, PersonBook, Role, new_second_factor
from assistant.running.storage import Database

PASSWORD = "una frase bastante larga"


@pytest.fixture
def people(database: Database) -> PersonBook:
    return PersonBook(database)


def test_there_is_no_desk_before_somebody_is_invited(people: PersonBook) -> None:
    assert people.is_empty()
    people.invite("ana@oficina.mx")
    assert not people.is_empty()


def test_the_first_administers_and_the_next_reads_unless_it_is_said(people: PersonBook) -> None:
    people.invite("Ana@Oficina.mx")
    people.invite("beto@oficina.mx")
    people.invite("caro@oficina.mx", Role.EDITOR)
    assert [(p.email, p.role) for p in people.all()] == [
        ("ana@oficina.mx", Role.ADMINISTRATOR),
        ("beto@oficina.mx", Role.READER),
        ("caro@oficina.mx", Role.EDITOR),
    ]


def test_a_link_is_used_once(people: PersonBook) -> None:
    link = people.invite("ana@oficina.mx")
    assert people.invited(link) is not None
    assert people.accept(link, PASSWORD).has_password
    assert people.invited(link) is None
    with pytest.raises(GoneError, match="ya se usó"):
        people.accept(link, PASSWORD)


def test_another_link_sets_another_password_and_keeps_the_role(people: PersonBook) -> None:
    people.accept(people.invite("ana@oficina.mx"), PASSWORD)
    people.accept(people.invite("ana@oficina.mx"), "otra frase bastante larga")
    assert people.fits("ana@oficina.mx", PASSWORD) is None
    ana = people.fits("ANA@oficina.mx ", "otra frase bastante larga")
    assert ana is not None
    assert ana.role is Role.ADMINISTRATOR


@pytest.mark.parametrize("password", ["corta", "x" * 257])
def test_a_password_is_neither_short_nor_endless(people: PersonBook, password: str) -> None:
    link = people.invite("ana@oficina.mx")
    with pytest.raises(PasswordError, match="contraseña"):
        people.accept(link, password)
    assert people.invited(link) is not None


def test_an_account_without_a_password_lets_nobody_in(people: PersonBook) -> None:
    people.invite("ana@oficina.mx")
    assert people.fits("ana@oficina.mx", "") is None
    assert people.fits("nadie@oficina.mx", PASSWORD) is None


@pytest.mark.parametrize("email", ["ana", "ana@", "a b@c.mx", "<b>@c.mx", "@c.mx"])
def test_what_is_no_e_mail_is_said(people: PersonBook, email: str) -> None:
    with pytest.raises(DeskError, match="no es un correo"):
        people.invite(email)


def test_somebody_who_administers_always_stays(people: PersonBook) -> None:
    people.accept(people.invite("ana@oficina.mx"), PASSWORD)
    ana = people.all()[0]
    for change in (
        lambda: people.remove(ana.id),
        lambda: people.set_role(ana.id, Role.READER),
        lambda: people.invite("ana@oficina.mx", Role.EDITOR),
    ):
        with pytest.raises(DeskError, match="única persona que administra"):
            change()
    people.invite("beto@oficina.mx", Role.ADMINISTRATOR)
    people.set_role(ana.id, Role.READER)
    people.remove(ana.id)
    assert people.find(ana.id) is None


def test_a_code_of_the_second_factor_is_taken_once(people: PersonBook) -> None:
    people.accept(people.invite("ana@oficina.mx"), PASSWORD)
    ana, secret = people.all()[0], new_second_factor()
    totp = pyotp.TOTP(secret)
    assert not people.set_second_factor(ana.id, secret, "000000 x")
    assert people.set_second_factor(ana.id, secret, totp.at(time.time() - 30))
    code = totp.at(time.time())
    assert people.takes_code(ana.id, f"{code[:3]} {code[3:]}")
    assert not people.takes_code(ana.id, code)
    people.end_second_factor(ana.id)
    assert people.all()[0].has_second_factor is False
