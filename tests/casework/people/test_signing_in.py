"""Passwords: kept as hashes, told apart by nothing; wrong ones make one wait and lock nobody out."""

import datetime
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import argon2
import pytest
from sqlalchemy import select, text
from sqlmodel import col

from casework.core.act import by_itself
from casework.core.office import Office
from casework.core.refused import Refused
from casework.people import accounts, signing_in
from casework.people.password_rule import figures
from models import LogEntry, Person, UnknownName
from models.faults import OfficeFault
from tests import other_hand
from tests.casework.conftest import StandingClock

GOOD = "correct horse battery"


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[argon2.PasswordHasher]:
    """Hashes that are made in no time, where what counts is how often."""
    hasher = argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(signing_in, "HASHER", hasher)
    signing_in._nobody.cache_clear()
    yield hasher
    signing_in._nobody.cache_clear()


def code(office: Office, name: str, password: str) -> tuple[str, int]:
    """What a try is answered with, and the seconds it names; nothing where it is let in."""
    try:
        signing_in.sign_in(office, name, password)
    except Refused as refused:
        return refused.code, refused.params.get("seconds", 0)
    return "", 0


def later(clock: StandingClock, seconds: float) -> None:
    clock.now += datetime.timedelta(seconds=seconds)


def test_a_password_is_kept_as_argon2_and_nowhere_in_the_log(office: Office) -> None:
    accounts.change_password(office, "officer", "demo", GOOD)
    with office.read() as session:
        hashed = session.execute(
            select(col(Person.password_hash)).where(col(Person.name) == "officer")
        ).scalar_one()
        said = " ".join(session.execute(select(col(LogEntry.payload))).scalars())
    assert hashed.startswith("$argon2id$")
    assert "correct" not in said
    assert "argon2" not in said
    assert signing_in.sign_in(office, "officer", GOOD) == {"officer"}
    with pytest.raises(Refused, match=r"refused\.sign_in"):
        signing_in.sign_in(office, "officer", "demo")


@pytest.mark.parametrize("known", [True, False])
def test_only_a_demonstrations_passwords_have_the_same_salt_twice(tmp_path: Path, known: bool) -> None:
    """Not those of a trial office, whose passwords are known too, and none that a person chose."""
    kept = []
    for name, seed in (("a", None), ("b", None), ("c", "7"), ("d", "7"), ("e", "8")):
        with Office.create(tmp_path / name, seed=seed).closing() as office:
            accounts.found(office, accounts.DEMO_PEOPLE, "demo", known=known)
            accounts.change_password(office, "auditor", "demo", GOOD)
            with office.read() as session:
                hashes = select(col(Person.name), col(Person.password_hash))
                kept.append({person: hashed for person, hashed in session.execute(hashes)})  # noqa: C416
            assert signing_in.sign_in(office, "officer", "demo") == {"officer"}
    assert len({each["officer"] for each in kept}) == 4 and kept[2]["officer"] == kept[3]["officer"]
    assert len({each["auditor"] for each in kept}) == 5


def test_wrong_name_and_wrong_password_are_told_in_the_same_words(office: Office) -> None:
    said = []
    for name, password in (("officer", "wrong"), ("nobody", "demo"), ("", "")):
        with pytest.raises(Refused) as caught:
            signing_in.sign_in(office, name, password)
        said.append((caught.value.code, caught.value.params))
    assert said == [("refused.sign_in", {})] * 3


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("name", ["rights", "nobody"])
def test_three_are_free_and_then_one_waits_longer_each_time(
    office: Office, clock: StandingClock, name: str
) -> None:
    """T5: an account and a name that is none are told the very same, and nobody is locked out for good."""
    assert [code(office, name, "wrong") for _ in range(2)] == [("refused.sign_in", 0)] * 2
    for wait in (5, 15, 60, 300, 900, 900, 900):
        assert code(office, name, "wrong") == ("refused.sign_in_wait", wait)
        later(clock, wait - 1)
        assert code(office, name, "wrong") == ("refused.wait", 1), "too early, and not counted"
        later(clock, 1)
    if name == "rights":
        assert signing_in.sign_in(office, "rights", "demo") == {"rights"}
        assert code(office, name, "wrong") == ("refused.sign_in", 0), "a right one begins anew"


@pytest.mark.usefixtures("quick")
def test_the_right_one_waits_too_and_a_clock_set_back_lengthens_nothing(
    office: Office, clock: StandingClock
) -> None:
    for _ in range(3):
        code(office, "officer", "wrong")
    assert code(office, "officer", "demo") == ("refused.wait", 5)
    later(clock, -86_400)
    assert code(office, "officer", "demo") == ("refused.wait", 5)
    later(clock, 86_405)
    assert code(office, "officer", "demo") == ("", 0)


@pytest.mark.usefixtures("quick")
def test_many_guesses_at_once_get_no_more_answers_than_one_after_the_other(
    empty_office: Path, office: Office, clock: StandingClock
) -> None:
    path = office.store.path
    assert path is not None
    others = [Office.open(path, clock=clock) for _ in range(6)]
    try:
        with ThreadPoolExecutor(len(others)) as pool:
            said = list(pool.map(lambda at: code(others[at % 6], "rights", f"guess {at}")[0], range(24)))
    finally:
        for other in others:
            other.close()
    assert sorted(set(said)) == ["refused.sign_in", "refused.sign_in_wait", "refused.wait"]
    assert said.count("refused.wait") == 24 - figures().waits.index(5)


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("opened_before", [True, False])
def test_where_a_trigger_is_foreign_one_waits_all_the_same_and_may_read(
    office: Office, clock: StandingClock, opened_before: bool
) -> None:
    """Nothing can be counted in it: the wait is kept while it is open, and goes on from the one in it."""
    kept_as(office, signing_in.hashed("demo"))
    for name in ("officer", "nobody"):
        assert code(office, name, "wrong") == ("refused.sign_in", 0)
    store = office.store
    assert store.path is not None
    with other_hand.opened(store.path) as file:
        file.execute("CREATE TRIGGER t AFTER INSERT ON log_entry BEGIN SELECT 1; END")
    if not opened_before:
        office = Office.open(store.path, clock=clock)
        assert office.only_read is not None and office.only_read.code == "office.foreign"
    for name in ("officer", "nobody"):
        assert code(office, name, "wrong") == ("refused.sign_in", 0)
        assert code(office, name, "wrong") == ("refused.sign_in_wait", 5)
        assert code(office, name, "demo") == ("refused.wait", 5)
    later(clock, 5)
    assert code(office, "officer", "demo") == ("", 0)
    assert code(office, "officer", "wrong") == ("refused.sign_in", 0)
    with pytest.raises(OfficeFault, match=r"office\.foreign"):
        accounts.lock_person(office, "rights", "officer2")
    if not opened_before:
        office.close()


def test_what_was_tried_as_a_name_is_not_kept_in_clear(office: Office) -> None:
    code(office, GOOD, "typed into the wrong field")
    with office.read() as session:
        kept = session.execute(select(col(UnknownName.name_keyed))).scalars().all()
        said = " ".join(session.execute(select(col(LogEntry.payload) + col(LogEntry.subject))).scalars())
    assert len(kept) == 1 and kept[0].startswith("hmac:")
    assert "horse" not in said


def test_who_is_locked_is_told_only_who_knows_the_password(office: Office) -> None:
    accounts.lock_person(office, "rights", "officer")
    assert code(office, "officer", "demo")[0] == "refused.locked"
    assert code(office, "officer", "wrong")[0] == "refused.sign_in"
    accounts.unlock_person(office, "rights", "officer")
    assert signing_in.sign_in(office, "officer", "demo") == {"officer"}


def test_a_wrong_old_password_counts_as_one_at_the_door(office: Office) -> None:
    for wrong in ("refused.sign_in", "refused.sign_in", "refused.sign_in_wait", "refused.wait"):
        with pytest.raises(Refused) as caught:
            accounts.change_password(office, "officer", "guess", GOOD)
        assert caught.value.code == wrong
    assert code(office, "officer", "demo")[0] == "refused.wait"


def kept_as(office: Office, password_hash: str) -> None:
    """The office itself keeps this of the officer's password, its log too."""
    sql = text("UPDATE person SET password_hash = :kept WHERE name = 'officer'")
    by_itself(office, "sign_in", "person officer", lambda session, at: (
        session.execute(sql, {"kept": password_hash}), {}
    )[1])  # fmt: skip


def test_a_weak_hash_is_renewed_when_its_owner_signs_in(office: Office) -> None:
    weak = argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("demo")
    kept_as(office, weak)
    signing_in.sign_in(office, "officer", "demo")
    with office.read() as session:
        hashed = session.execute(
            select(col(Person.password_hash)).where(col(Person.name) == "officer")
        ).scalar_one()
    assert hashed != weak
    assert not signing_in.HASHER.check_needs_rehash(hashed)


def test_a_hash_that_is_none_lets_nobody_in(office: Office) -> None:
    kept_as(office, "demo")
    assert code(office, "officer", "demo")[0] == "refused.sign_in"


def test_nobody_without_a_password_gets_in(tmp_path: object, clock: StandingClock) -> None:
    office = Office.create(f"{tmp_path}/new", clock=clock)
    accounts.found(office, accounts.FIRST_PEOPLE)
    for password in ("", "nobody has this password"):
        with pytest.raises(Refused, match=r"refused\.sign_in"):
            signing_in.sign_in(office, "system", password)
    office.close()


def test_what_is_no_whole_text_lets_nobody_in(office: Office) -> None:
    for name, password in (("officer", "demo\udcff"), ("offi\udcffcer", "demo"), ("\ud800", "\ud800")):
        assert code(office, name, password) == ("refused.sign_in", 0)
    with pytest.raises(Refused, match=r"refused\.no_such_person"):
        accounts.lock_person(office, "system\udcff", "officer")
    assert not signing_in.fits(signing_in.hashed(GOOD), GOOD + "\udcff")
