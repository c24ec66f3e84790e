"""What waits beside the cases: rounds for the officer, budgets for finance, news for the auditor."""

import datetime

from casework.boards.work_besides import Beside, besides
from casework.core.office_settings import set_office
from casework.intake import rounds
from casework.people import accounts
from tests.casework.desk import Desk


def told(desk: Desk, person: str, since: datetime.datetime | None = None) -> dict[str, Beside]:
    with desk.office.read() as session:
        return {one.kind: one for one in besides(desk.office, session, person, since)}


def test_a_round_past_its_date_waits_for_the_officer(desk: Desk) -> None:
    closes = desk.clock.at + datetime.timedelta(days=2)
    rounds.open_round(desk.office, "officer", "二批", 2026, None, closes)
    assert "rounds_past" not in told(desk, "officer")
    desk.clock.at += datetime.timedelta(days=2)
    assert told(desk, "officer")["rounds_past"] == Beside("rounds_past", 1, "rounds")
    assert told(desk, "approver") == {} and told(desk, "") == {}


def test_the_auditor_and_finance_have_something_to_look_at(desk: Desk) -> None:
    since = desk.clock.at
    desk.clock.at += datetime.timedelta(hours=1)
    desk.decide(desk.submit())
    assert told(desk, "auditor", since)["decisions_new"].many == 1
    assert "decisions_new" not in told(desk, "auditor", desk.clock.at)
    assert "vouchers_new" not in told(desk, "finance", since)
    balance = desk.budget()
    desk.budget_of(400_000_000)
    assert balance and told(desk, "finance")["budgets_spent"].many == 1


def test_a_new_office_tells_its_administrator_what_letters_still_need(desk: Desk) -> None:
    assert "settings_missing" not in told(desk, "system"), "all are set"
    set_office(desk.office, "system", {"court": "", "email": ""}, "管辖法院待明确")
    assert told(desk, "system")["settings_missing"] == Beside("settings_missing", 1, "letterhead")
    assert "settings_missing" not in told(desk, "officer"), "who can't set them is not asked to"


def test_those_who_keep_a_new_office_are_told_that_nobody_does_its_work_yet(desk: Desk) -> None:
    assert "roles_missing" not in told(desk, "system") and "roles_missing" not in told(desk, "rights")
    accounts.end_role(desk.office, "rights", "auditor", "auditor")
    for person in ("system", "rights"):
        assert told(desk, person)["roles_missing"] == Beside("roles_missing", 1, "people")
    assert "roles_missing" not in told(desk, "officer"), "who can't change it is not asked to"
    accounts.add_person(desk.office, "system", "auditor9", "周九", "audit")
    accounts.give_role(desk.office, "rights", "auditor9", "auditor")
    assert told(desk, "rights")["roles_missing"].many == 1, "who has no password does no work"
    accounts.reset_password(desk.office, "system", "auditor9", "Wiese-Kiesel-88")
    assert "roles_missing" not in told(desk, "rights")
