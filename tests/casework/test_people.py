"""People, roles and passwords."""

import argon2
import pytest
from sqlalchemy import select, text
from sqlmodel import col

from casework import people
from casework.office import Office
from casework.refused import Refused
from models import LogEntry, Person, PersonRole
from tests.casework.conftest import StandingClock


def _roles(office: Office, name: str) -> frozenset[str]:
    with office.read() as session:
        held = select(col(PersonRole.role)).join(Person, col(Person.id) == col(PersonRole.person_id))
        active = held.where(col(Person.name) == name, col(PersonRole.ended_at).is_(None))
        return frozenset(session.execute(active).scalars())


def test_the_demonstrations_people_are_those_of_the_contract(office: Office) -> None:
    wanted = {
        "officer",
        "officer2",
        "approver",
        "approver2",
        "finance",
        "finance2",
        "auditor",
        "system",
        "rights",
    }
    with office.read() as session:
        assert set(session.execute(select(col(Person.name))).scalars()) == wanted
    for name in wanted:
        assert people.sign_in(office, name, "demo") == {name.rstrip("2")}


def test_the_first_people_come_once(office: Office) -> None:
    with pytest.raises(Refused, match=r"refused\.people_exist"):
        people.found(office, people.FIRST_PEOPLE)


def test_an_account_is_made_by_one_and_its_role_given_by_another(office: Office) -> None:
    people.add_person(office, "system", "new", "新人", "casework")
    assert _roles(office, "new") == frozenset()
    with pytest.raises(Refused, match=r"refused\.not_allowed"):
        people.give_role(office, "system", "new", "officer")
    with pytest.raises(Refused, match=r"refused\.not_allowed"):
        people.add_person(office, "rights", "newer", "新人", "casework")
    people.give_role(office, "rights", "new", "officer")
    assert _roles(office, "new") == {"officer"}
    people.end_role(office, "rights", "new", "officer")
    assert _roles(office, "new") == frozenset()
    people.give_role(office, "rights", "new", "officer")
    with office.read() as session:
        given = session.execute(
            select(PersonRole)
            .join(Person, col(Person.id) == col(PersonRole.person_id))
            .where(col(Person.name) == "new")
        ).scalars()
        assert len(list(given)) == 2  # that it was taken away once stays on record


@pytest.mark.parametrize(
    ("name", "role", "code"),
    [
        ("officer", "auditor", "refused.role_side"),
        ("officer", "system", "refused.role_side"),
        ("auditor", "officer", "refused.role_side"),
        ("system", "rights", "refused.role_side"),
        ("officer", "king", "refused.role_side"),
        ("officer", "officer", "refused.role_held"),
        ("rights", "system", "refused.same_person"),
        ("nobody", "officer", "refused.no_such_person"),
    ],
)
def test_roles_that_can_not_be_given(office: Office, name: str, role: str, code: str) -> None:
    with pytest.raises(Refused) as caught:
        people.give_role(office, "rights", name, role)
    assert caught.value.code == code


def test_a_role_that_is_not_held_can_not_be_ended(office: Office) -> None:
    with pytest.raises(Refused, match=r"refused\.role_not_held"):
        people.end_role(office, "rights", "officer", "finance")


@pytest.mark.parametrize(("name", "side"), [("officer", "casework"), ("", "casework"), ("x", "kitchen")])
def test_accounts_that_can_not_be_made(office: Office, name: str, side: str) -> None:
    with pytest.raises(Refused, match=r"refused\.(name_taken|no_such_side)"):
        people.add_person(office, "system", name, "名", side)


def test_a_password_is_kept_as_argon2_and_nowhere_in_the_log(office: Office) -> None:
    people.change_password(office, "officer", "correct horse battery")
    with office.read() as session:
        hashed = session.execute(
            select(col(Person.password_hash)).where(col(Person.name) == "officer")
        ).scalar_one()
        said = " ".join(session.execute(select(col(LogEntry.payload))).scalars())
    assert hashed.startswith("$argon2id$")
    assert "correct" not in said
    assert "argon2" not in said
    assert people.sign_in(office, "officer", "correct horse battery") == {"officer"}
    with pytest.raises(Refused, match=r"refused\.sign_in"):
        people.sign_in(office, "officer", "demo")


def test_a_short_password_is_refused(office: Office) -> None:
    with pytest.raises(Refused, match=r"refused\.password_short"):
        people.change_password(office, "officer", "1234567")


def test_wrong_name_and_wrong_password_are_told_in_the_same_words(office: Office) -> None:
    said = []
    for name, password in (("officer", "wrong"), ("nobody", "demo"), ("", "")):
        with pytest.raises(Refused) as caught:
            people.sign_in(office, name, password)
        said.append((caught.value.code, caught.value.params))
    assert said == [("refused.sign_in", {})] * 3


def test_ten_wrong_passwords_lock_and_a_right_one_before_starts_anew(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick = argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(people, "HASHER", quick)
    people.reset_password(office, "system", "officer", "12345678")
    for _ in range(9):
        with pytest.raises(Refused, match=r"refused\.sign_in"):
            people.sign_in(office, "officer", "wrong")
    people.sign_in(office, "officer", "12345678")
    for _ in range(10):
        with pytest.raises(Refused, match=r"refused\.sign_in"):
            people.sign_in(office, "officer", "wrong")
    with pytest.raises(Refused, match=r"refused\.locked"):
        people.sign_in(office, "officer", "12345678")
    with pytest.raises(Refused, match=r"refused\.sign_in"):  # who does not know it learns nothing
        people.sign_in(office, "officer", "wrong")
    people.unlock_person(office, "rights", "officer")
    assert people.sign_in(office, "officer", "12345678") == {"officer"}


def test_a_weak_hash_is_renewed_when_its_owner_signs_in(office: Office) -> None:
    weak = argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("demo")
    with office.write() as session:
        session.execute(
            text("UPDATE person SET password_hash = :weak WHERE name = 'officer'"), {"weak": weak}
        )
    people.sign_in(office, "officer", "demo")
    with office.read() as session:
        hashed = session.execute(
            select(col(Person.password_hash)).where(col(Person.name) == "officer")
        ).scalar_one()
    assert hashed != weak
    assert not people.HASHER.check_needs_rehash(hashed)


def test_nobody_without_a_password_gets_in(tmp_path: object, clock: StandingClock) -> None:
    office = Office.create(f"{tmp_path}/new", clock=clock)
    people.found(office, people.FIRST_PEOPLE)
    for password in ("", "nobody has this password"):
        with pytest.raises(Refused, match=r"refused\.sign_in"):
            people.sign_in(office, "system", password)
    office.close()


def test_a_conflict_needs_a_reason(office: Office) -> None:
    with pytest.raises(Refused, match=r"refused\.reason_missing"):
        people.recuse(office, "officer", 1, "  ")
