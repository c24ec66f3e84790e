"""Who is named to people is named by their full name; the log keeps accounts."""

from collections.abc import Iterator
from typing import Any

import pytest

from casework.award import deciding
from casework.boards import approval_board, policy_board
from casework.boards.case_view import view
from casework.cases.paper_filing import add_paper
from casework.core import staff_names
from casework.core.act import By
from casework.core.refused import Refused
from casework.people import accounts
from casework.review import checking
from models import LogEntry
from tests.casework.desk import OTHER_CODE, Desk

ACCOUNTS = {name for name, _, _ in accounts.DEMO_PEOPLE}


def strings(value: Any) -> Iterator[str]:
    """Every text within a value that a page shows."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from strings(each)
    elif isinstance(value, tuple | list):
        for each in value:
            yield from strings(each)


def test_no_account_stands_on_the_page_of_a_case_or_before_its_approver(desk: Desk) -> None:
    desk.set("correction_days", "5")
    case = desk.submit(related_party=None)
    add_paper(desk.office, "officer", case, "other", "说明.pdf", b"%PDF-1.7 text", "application/pdf")
    checking.check(desk.office, "officer", case)
    checking.judge_finding(desk.office, "officer", 1, "cleared", "已核实")
    desk.corrected(case)
    checking.verify_facts(desk.office, "officer2", case, {"related_party": False}, "核实")
    found = view(desk.office, "officer", case)
    assert found is not None and {event.person for event in found.events} == {"陈知远", "林若溪"}
    assert ACCOUNTS.isdisjoint(strings(found._asdict()))
    published = desk.published(applicant=OTHER_CODE, contract_no="HT-2")
    told = approval_board.file(desk.office, "approver", published)
    assert told is not None and told.decision.by == "陈知远"
    assert {one.prepared_by for one in approval_board.queue(desk.office, "approver").cases} == {"陈知远"}


def test_packs_and_refusals_name_people_too(desk: Desk) -> None:
    desk.set_terms()
    named = {one.proposed_by for pack in policy_board.board(desk.office) for one in pack.supplements}
    assert named == {"陈知远"}
    case = desk.submit()
    with pytest.raises(Refused) as refused:
        checking.accept(desk.office, "approver", case)
    assert refused.value.say().startswith("周明轩 不能办理“受理”")
    seen = view(desk.office, "officer", case)
    assert seen is not None
    checking.check(desk.office, "officer2", case)
    with pytest.raises(Refused) as changed:
        deciding.decide(desk.office, By("officer", None, seen.seen), case)
    assert "林若溪 刚刚" in changed.value.say()


def test_an_account_without_a_name_is_called_by_its_account_and_the_log_keeps_accounts(desk: Desk) -> None:
    accounts.add_person(desk.office, "system", "zhang", "", "casework")
    with desk.office.read() as session:
        assert staff_names.by_account(session)["zhang"] == staff_names.of_account(session, "zhang") == "zhang"
        assert staff_names.of_account(session, "nobody") == "nobody"
        assert "陈知远" in staff_names.by_number(session).values()
    assert {"officer", "system"} <= {entry.person for entry in desk.rows(LogEntry)}
