"""Who works here, as those see it who keep accounts and rights."""

from casework.core.office import Office
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
