"""Accounts and their roles, and who stands aside."""

import datetime

import pytest
from sqlalchemy import select
from sqlmodel import col

from casework.core.office import Office
from casework.core.refused import Refused
from casework.people import accounts, signing_in
from casework.people.password_rule import figures
from casework.people.staff import staff
from models import Person, PersonRole
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
        assert signing_in.sign_in(office, name, "demo") == {name.rstrip("2")}


def test_the_first_people_come_once(office: Office) -> None:
    with pytest.raises(Refused, match=r"refused\.people_exist"):
        accounts.found(office, accounts.FIRST_PEOPLE)


def test_an_account_is_made_by_one_and_its_role_given_by_another(office: Office) -> None:
    accounts.add_person(office, "system", "new", "新人", "casework")
    assert _roles(office, "new") == frozenset()
    with pytest.raises(Refused, match=r"refused\.not_allowed"):
        accounts.give_role(office, "system", "new", "officer")
    with pytest.raises(Refused, match=r"refused\.not_allowed"):
        accounts.add_person(office, "rights", "newer", "新人", "casework")
    accounts.give_role(office, "rights", "new", "officer")
    assert _roles(office, "new") == {"officer"}
    accounts.end_role(office, "rights", "new", "officer")
    assert _roles(office, "new") == frozenset()
    accounts.give_role(office, "rights", "new", "officer")
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
        ("officer", "king", "refused.no_such_role"),
        ("officer", "officer", "refused.role_held"),
        ("rights", "system", "refused.same_person"),
        ("nobody", "officer", "refused.no_such_person"),
    ],
)
def test_roles_that_can_not_be_given(office: Office, name: str, role: str, code: str) -> None:
    with pytest.raises(Refused) as caught:
        accounts.give_role(office, "rights", name, role)
    assert caught.value.code == code


def test_a_role_that_is_not_held_can_not_be_ended(office: Office) -> None:
    with pytest.raises(Refused, match=r"refused\.role_not_held"):
        accounts.end_role(office, "rights", "officer", "finance")


@pytest.mark.parametrize(("name", "side"), [("officer", "casework"), ("", "casework"), ("x", "kitchen")])
def test_accounts_that_can_not_be_made(office: Office, name: str, side: str) -> None:
    with pytest.raises(Refused, match=r"refused\.(name_taken|name_missing|no_such_side)"):
        accounts.add_person(office, "system", name, "名", side)


def test_a_conflict_needs_a_reason(office: Office) -> None:
    with pytest.raises(Refused, match=r"refused\.reason_missing"):
        accounts.recuse(office, "officer", 1, "  ")


def test_a_password_that_another_gave_is_changed_before_anything_else(office: Office) -> None:
    accounts.reset_password(office, "system", "officer", "ocean walk 17")
    told = signing_in.standing(office, "officer")
    assert (told.must_change, told.reset_by, told.reset_at, told.waits) == (
        True, {name: full for name, full, _ in accounts.DEMO_PEOPLE}["system"], office.now(), False,
    )  # fmt: skip
    assert signing_in.sign_in(office, "officer", "ocean walk 17") == {"officer"}
    with pytest.raises(Refused, match=r"refused\.must_change"):
        accounts.recuse(office, "officer", 1, "亲属")
    with pytest.raises(Refused, match=r"refused\.password_same"):
        accounts.change_password(office, "officer", "ocean walk 17", "ocean walk 17")
    accounts.change_password(office, "officer", "ocean walk 17", "blue tin gate 42")
    assert signing_in.standing(office, "officer") == signing_in.Standing()
    with pytest.raises(Refused, match=r"refused\.no_such_applicant"):
        accounts.recuse(office, "officer", 1, "亲属")


def test_who_keeps_the_system_can_not_become_who_keeps_the_rights(office: Office) -> None:
    """F6, T3: a password for the other keeper holds only once somebody of another side agrees."""
    accounts.reset_password(office, "system", "rights", "ocean walk 17")
    with pytest.raises(Refused, match=r"refused\.sign_in"):
        signing_in.sign_in(office, "rights", "ocean walk 17")
    assert signing_in.sign_in(office, "rights", "demo") == {"rights"}, "the old one holds"
    assert signing_in.standing(office, "rights").waits, "and its owner is told"
    for person in ("system", "rights"):
        with pytest.raises(Refused, match=r"refused\.(same_person|same_side)"):
            accounts.confirm_reset(office, person, "rights")
    accounts.confirm_reset(office, "approver", "rights")
    assert signing_in.sign_in(office, "rights", "ocean walk 17") == {"rights"}
    with pytest.raises(Refused, match=r"refused\.must_change"):
        accounts.give_role(office, "rights", "officer", "approver")
    with pytest.raises(Refused, match=r"refused\.no_reset"):
        accounts.confirm_reset(office, "approver", "rights")


def test_a_reset_is_agreed_to_as_it_was_read(office: Office, clock: StandingClock) -> None:
    accounts.add_person(office, "system", "system2", "吴二", "system")
    accounts.reset_password(office, "rights", "system2", "blue tin gate 42")
    accounts.confirm_reset(office, "approver", "system2")
    accounts.give_role(office, "rights", "system2", "system")
    accounts.change_password(office, "system2", "blue tin gate 42", "green tin gate 43")
    accounts.reset_password(office, "system", "rights", "ocean walk 17")
    read = next(one for one in staff(office) if one.name == "rights")
    clock.now += datetime.timedelta(minutes=1)
    accounts.reset_password(office, "system2", "rights", "seven slow ferries")
    with pytest.raises(Refused) as refused:
        accounts.confirm_reset(office, "approver", "rights", read.reset_at)
    assert refused.value.code == "refused.other_reset" and "由吴二于" in refused.value.say()
    now = next(one for one in staff(office) if one.name == "rights")
    assert signing_in.sign_in(office, "rights", "demo") == {"rights"}, "the old one holds"
    accounts.confirm_reset(office, "approver", "rights", now.reset_at)
    assert signing_in.sign_in(office, "rights", "seven slow ferries") == {"rights"}


def test_two_who_keep_the_system_do_not_agree_among_themselves(office: Office) -> None:
    accounts.add_person(office, "system", "system2", "吴二", "system")
    accounts.reset_password(office, "system", "system2", "ocean walk 17")
    with pytest.raises(Refused, match=r"refused\.no_reset"):
        accounts.confirm_reset(office, "rights", "system")
    accounts.confirm_reset(office, "rights", "system2")
    accounts.give_role(office, "rights", "system2", "system")
    accounts.change_password(office, "system2", "ocean walk 17", "blue tin gate 42")
    accounts.reset_password(office, "system", "rights", "seven slow ferries")
    with pytest.raises(Refused, match=r"refused\.same_side"):
        accounts.confirm_reset(office, "system2", "rights")


def test_nobody_agrees_to_their_own_reset_by_way_of_an_account_that_they_gave_a_password(
    office: Office, clock: StandingClock
) -> None:
    """One person alone became the keeper of the rights: they were the approver, too."""
    accounts.reset_password(office, "system", "approver", "ocean walk 17")
    accounts.change_password(office, "approver", "ocean walk 17", "blue tin gate 42")
    accounts.reset_password(office, "system", "rights", "seven slow ferries")
    with pytest.raises(Refused, match=r"refused\.reset_lately"):
        accounts.confirm_reset(office, "approver", "rights")
    assert not any(one.to_agree for one in staff(office, "approver"))
    assert any(one.to_agree for one in staff(office, "approver2")), "another approver may"
    clock.now += datetime.timedelta(figures().days_before_agreeing)
    assert any(one.to_agree for one in staff(office, "approver"))
    accounts.confirm_reset(office, "approver", "rights")


def test_a_reset_that_was_not_wanted_lapses_with_a_password_of_ones_own(office: Office) -> None:
    accounts.reset_password(office, "system", "rights", "ocean walk 17")
    accounts.change_password(office, "rights", "demo", "blue tin gate 42")
    with pytest.raises(Refused, match=r"refused\.no_reset"):
        accounts.confirm_reset(office, "approver", "rights")


def test_the_rights_give_passwords_to_the_system_alone(office: Office) -> None:
    accounts.reset_password(office, "rights", "system", "ocean walk 17")
    accounts.confirm_reset(office, "approver", "system")
    assert signing_in.sign_in(office, "system", "ocean walk 17") == {"system"}
    with pytest.raises(Refused, match=r"refused\.reset_side"):
        accounts.reset_password(office, "rights", "officer", "ocean walk 18")


@pytest.mark.parametrize(("person", "role"), [("system", "system"), ("rights", "rights")])
def test_the_last_who_keeps_the_system_or_the_rights_stays(office: Office, person: str, role: str) -> None:
    """T5: nobody locks an office out of itself."""
    other = {"system": "rights", "rights": "system"}[person]
    with pytest.raises(Refused, match=r"refused\.last_holder"):
        accounts.lock_person(office, other, person)
    accounts.add_person(office, "system", "second", "第二人", role)
    accounts.give_role(office, "rights", "second", role)
    accounts.lock_person(office, other, "second")
    with pytest.raises(Refused, match=r"refused\.last_holder"):
        accounts.lock_person(office, other, person)
    if role == "system":
        with pytest.raises(Refused, match=r"refused\.last_holder"):
            accounts.end_role(office, "rights", "system", "system")
    accounts.unlock_person(office, "rights", "second")
    with pytest.raises(Refused, match=r"refused\.last_holder"):
        accounts.lock_person(office, other, person)  # the second has no password: nobody could come in
    accounts.reset_password(office, other, "second", "ocean walk 17")
    with pytest.raises(Refused, match=r"refused\.last_holder"):
        accounts.lock_person(office, other, person)  # nor before it is agreed to
    accounts.confirm_reset(office, "approver", "second")
    accounts.lock_person(office, other, person)


def test_an_account_of_blanks_is_told_as_none(office: Office) -> None:
    for name in ("", "  ", "\u200b"):
        with pytest.raises(Refused, match=r"refused\.name_missing"):
            accounts.add_person(office, "system", name, "无名", "casework")


def test_each_password_follows_the_rule(office: Office) -> None:
    for name, password in (("officer2", "1234567"), ("officer2", "Passw0rd2026"), ("officer2", "Huawei@123")):
        with pytest.raises(Refused, match=r"refused\.password_"):
            accounts.reset_password(office, "system", name, password)
    with pytest.raises(Refused, match=r"refused\.password_named"):
        accounts.change_password(office, "officer", "demo", "officer#2026")


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("        a", "short"),
        ("p\N{CYRILLIC SMALL LETTER A}ssword1", "common"),
        ("drowssap-1", "common"),
        ("2reciffo-1", "named"),
    ],
)
def test_none_is_good_for_what_nobody_sees(office: Office, password: str, code: str) -> None:
    """Blanks, letters of another script and a word backwards make a password no better."""
    with pytest.raises(Refused, match=rf"refused\.password_{code}"):
        accounts.reset_password(office, "system", "officer2", password)
    own = password.replace("2reciffo", "reciffo")
    with pytest.raises(Refused, match=rf"refused\.password_{code}"):
        accounts.change_password(office, "officer", "demo", own)
