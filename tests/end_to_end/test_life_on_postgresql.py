"""A case's whole life on a real PostgreSQL: the same acts, from the portal's file to the letter."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from casework.audit.replay import replay
from casework.audit.verify import checks
from casework.award import deciding
from casework.core import files_out
from casework.core.office import Office
from casework.intake import portal_import
from casework.issuing import approval, letters, publicity, vouchers
from casework.money import budgets
from casework.people import accounts
from models import Decision
from tests.casework import racing
from tests.casework.desk import MINUTES, Clock, Desk, write_portal
from tests.models.server import server

__all__ = ["server"]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def served(server: str) -> Iterator[Desk]:
    clock = Clock()
    office = Office.create(server, name="测试", clock=clock)
    accounts.found(office, accounts.DEMO_PEOPLE, "demo")
    yield Desk.prepare(office, clock)
    office.close()


def test_from_the_portal_s_file_to_the_letter(served: Desk, tmp_path: Path) -> None:
    write_portal(tmp_path / "portal.xlsx", 40)
    first = portal_import.import_file(served.office, "officer", tmp_path / "portal.xlsx")
    again = portal_import.import_file(served.office, "officer", tmp_path / "portal.xlsx")
    assert (first.accepted, again.accepted, again.unchanged) == (37, 0, 37)
    assert served.submit().startswith("SL2026")
    served.set_terms()
    decided = deciding.decide_round(served.office, "officer", 1)
    assert decided.awarded > 20
    published = publicity.publish(served.office, "officer", 1)
    served.days(20)
    publicity.end_publicity(served.office, "officer", published.facts["publicity"])
    case = "YS2026000001"
    approval.approve(served.office, "approver", case, MINUTES)
    vouchers.issue_voucher(served.office, "officer", case)
    letters.issue_approval(served.office, "officer", case)
    assert len(files_out.save_letters(served.office, "auditor", tmp_path / "letters")) == 1
    assert served.budget()[3] == served.decision(case).award_fen
    answer = replay(served.office)
    decisions = len(served.rows(Decision))
    assert (answer["differ"], answer["same"], answer["decisions"]) == ([], decisions, decisions)
    assert replay(served.office, sample=3, seed=1)["same"] == 3
    assert [(check.name, check.faults) for check in checks(served.office) if not check.ok] == []


def test_two_of_finance_fill_one_budget_at_once(served: Desk, server: str) -> None:
    assert racing.fill_at_once(server) == racing.FILLED
    with served.office.read() as session:
        assert budgets.left(session, "shenzhen-model-voucher/2026") == 4 * racing.QUARTER_FEN
    assert [(check.name, check.faults) for check in checks(served.office) if not check.ok] == []
