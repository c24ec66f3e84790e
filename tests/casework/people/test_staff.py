"""Who works here, as those see it who keep accounts and rights."""

import pytest

from casework.core.office import Office
from casework.core.refused import Refused
from casework.people import accounts
from casework.people.staff import staff


def test_accounts_are_listed_with_their_roles_and_locks(office: Office) -> None:
    before = {member.name: member for member in staff(office)}
    assert before["officer"].roles == ("officer",) and before["officer"].side == "casework"
    assert before["auditor"].side == "audit"
    accounts.add_person(office, "system", "officer3", "新来的", "casework")
    accounts.give_role(office, "rights", "officer3", "officer")
    accounts.lock_person(office, "rights", "officer2")
    after = {member.name: member for member in staff(office)}
    assert after["officer3"].roles == ("officer",) and not after["officer3"].has_password
    assert after["officer2"].locked and not before["officer2"].locked
    accounts.end_role(office, "rights", "officer3", "officer")
    assert next(member for member in staff(office) if member.name == "officer3").roles == ()


def test_whoever_may_agree_to_a_given_password_sees_it_and_nobody_else(office: Office) -> None:
    """What the page offers is what the act takes."""
    accounts.reset_password(office, "system", "rights", "korrekt-pferd-7-batterie")
    for person in ("system", "rights", "approver"):
        offered = {member.name for member in staff(office, person) if member.to_agree}
        assert offered == ({"rights"} if person == "approver" else set())
        if not offered:
            with pytest.raises(Refused):
                accounts.confirm_reset(office, person, "rights")
    accounts.confirm_reset(office, "approver", "rights")
    assert not any(member.to_agree for member in staff(office, "approver"))
