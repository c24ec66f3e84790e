"""The made-up office: its people, its clock and its secrets."""

import datetime

from sqlalchemy import select

from casework.core.office import SHANGHAI
from casework.founding.made_up_office import MADE_UP_SETTINGS, Clock, entropy
from models import Person, PersonRole
from tests.casework.founding.conftest import Living


def test_secrets_come_from_the_seed() -> None:
    one, same, other = (entropy(seed) for seed in ("1", "1", "2"))
    drawn = [one(16), one(16)]
    assert drawn == [same(16), same(16)]
    assert drawn[0] != drawn[1] != other(16)


def test_its_clock_goes_a_second_a_look_and_never_back() -> None:
    clock = Clock(datetime.datetime(2026, 6, 18, 9, tzinfo=SHANGHAI))
    assert (clock(), clock()) == tuple(
        datetime.datetime(2026, 6, 18, 9, 0, second, tzinfo=SHANGHAI) for second in (1, 2)
    )
    clock.morning(datetime.date(2026, 6, 1))
    assert clock.at.date() == datetime.date(2026, 6, 18)
    clock.after_workdays(1)  # the 19th is a holiday; the morning after the working day is that of the 23rd
    assert clock.at == datetime.datetime(2026, 6, 23, 9, tzinfo=SHANGHAI)


def test_everybody_has_a_full_name_and_the_role_that_the_account_says(living: Living) -> None:
    with living.office.read() as session:
        people = {row.id: row for row in session.execute(select(Person)).scalars()}
        roles = {row.person_id: row.role for row in session.execute(select(PersonRole)).scalars()}
    named = {row.name: (row.full_name, roles[row.id]) for row in people.values()}
    assert sorted(named) == [
        "approver", "approver2", "auditor", "finance", "finance2", "officer", "officer2", "rights", "system",
    ]  # fmt: skip
    for name, (full_name, role) in named.items():
        assert name.rstrip("2") == role
        assert 2 <= len(full_name) <= 3 and not set("经办审定财务计系统安全").intersection(full_name)
    assert len({full_name for full_name, _ in named.values()}) == len(named)
    assert MADE_UP_SETTINGS["contact"] == named["officer"][0]
