"""Passwords: kept as hashes, told apart by nothing, counted when they are wrong."""

import argon2
import pytest
from sqlalchemy import select, text
from sqlmodel import col

from casework.core.office import Office
from casework.core.refused import Refused
from casework.people import accounts, signing_in
from models import LogEntry, Person
from tests.casework.conftest import StandingClock


def test_a_password_is_kept_as_argon2_and_nowhere_in_the_log(office: Office) -> None:
    accounts.change_password(office, "officer", "correct horse battery")
    with office.read() as session:
        hashed = session.execute(
            select(col(Person.password_hash)).where(col(Person.name) == "officer")
        ).scalar_one()
        said = " ".join(session.execute(select(col(LogEntry.payload))).scalars())
    assert hashed.startswith("$argon2id$")
    assert "correct" not in said
    assert "argon2" not in said
    assert signing_in.sign_in(office, "officer", "correct horse battery") == {"officer"}
    with pytest.raises(Refused, match=r"refused\.sign_in"):
        signing_in.sign_in(office, "officer", "demo")


def test_a_short_password_is_refused(office: Office) -> None:
    with pytest.raises(Refused, match=r"refused\.password_short"):
        accounts.change_password(office, "officer", "1234567")


def test_wrong_name_and_wrong_password_are_told_in_the_same_words(office: Office) -> None:
    said = []
    for name, password in (("officer", "wrong"), ("nobody", "demo"), ("", "")):
        with pytest.raises(Refused) as caught:
            signing_in.sign_in(office, name, password)
        said.append((caught.value.code, caught.value.params))
    assert said == [("refused.sign_in", {})] * 3


def test_ten_wrong_passwords_lock_and_a_right_one_before_starts_anew(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick = argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(signing_in, "HASHER", quick)
    accounts.reset_password(office, "system", "officer", "12345678")
    for _ in range(9):
        with pytest.raises(Refused, match=r"refused\.sign_in"):
            signing_in.sign_in(office, "officer", "wrong")
    signing_in.sign_in(office, "officer", "12345678")
    for _ in range(10):
        with pytest.raises(Refused, match=r"refused\.sign_in"):
            signing_in.sign_in(office, "officer", "wrong")
    with pytest.raises(Refused, match=r"refused\.locked"):
        signing_in.sign_in(office, "officer", "12345678")
    with pytest.raises(Refused, match=r"refused\.sign_in"):  # who does not know it learns nothing
        signing_in.sign_in(office, "officer", "wrong")
    accounts.unlock_person(office, "rights", "officer")
    assert signing_in.sign_in(office, "officer", "12345678") == {"officer"}


def test_a_weak_hash_is_renewed_when_its_owner_signs_in(office: Office) -> None:
    weak = argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("demo")
    with office.write() as session:
        session.execute(
            text("UPDATE person SET password_hash = :weak WHERE name = 'officer'"), {"weak": weak}
        )
    signing_in.sign_in(office, "officer", "demo")
    with office.read() as session:
        hashed = session.execute(
            select(col(Person.password_hash)).where(col(Person.name) == "officer")
        ).scalar_one()
    assert hashed != weak
    assert not signing_in.HASHER.check_needs_rehash(hashed)


def test_nobody_without_a_password_gets_in(tmp_path: object, clock: StandingClock) -> None:
    office = Office.create(f"{tmp_path}/new", clock=clock)
    accounts.found(office, accounts.FIRST_PEOPLE)
    for password in ("", "nobody has this password"):
        with pytest.raises(Refused, match=r"refused\.sign_in"):
            signing_in.sign_in(office, "system", password)
    office.close()
