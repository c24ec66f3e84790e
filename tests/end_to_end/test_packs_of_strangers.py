"""Packs that nobody ships: of the manual's page, and of rules made up for the tests. What the language can
say, the office's acts and pages can work with: an application is typed, taken in, checked, decided and told.
"""

import datetime
import re
from pathlib import Path

import pytest

from casework.award import deciding, precheck
from casework.boards import case_view
from casework.core.refused import Refused
from casework.review import checking
from models import Finding
from rules.pack import Pack, load
from rules.policy import Policy
from tests.casework.adopted import adopt
from tests.casework.desk import CODE, Desk
from tests.end_to_end import test_letters_recalculated as awards

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "packs.md").read_text(encoding="utf-8")
TEXTS = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
TEXTS += [path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests/rules/made_up").glob("*.toml"))]
desk = awards.desk
GOES_ON = "单位材料已补寄，情况另行核实"


def day_of(pack: Pack) -> datetime.datetime:
    """A day on which the pack is in force and that is not to come."""
    usual = datetime.date(2026, 5, 20)
    return datetime.datetime.combine(
        usual if pack.in_force(usual) else pack.in_force_from, datetime.time(9, 30)
    )


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: load(text).ref)
def test_what_a_pack_says_the_office_can_check_and_decide(desk: Desk, text: str) -> None:
    pack = load(text)
    adopt(desk.office, text)
    day = day_of(pack)
    later = (day + datetime.timedelta(days=1)).replace(tzinfo=desk.clock.at.tzinfo)
    desk.clock.at = max(desk.clock.at, later)
    typed = precheck.precheck(desk.office, pack.id, {"applied_at": day, "applicant": CODE})
    assert (typed.decision is None) == pack.decided_together
    assert not [name for name in typed.missing if ":" in name], "a count of days is nothing that one types"
    if pack.budget is None:
        desk.give(4_000_000_000, f"{pack.id}/{day.year}")
    case = desk.submit(pack.id, applied_at=day, signed_on=day.date(), contract_no=f"HT-{pack.id}")
    checking.check(desk.office, "officer", case)
    asked = {one.code for one in desk.rows(Finding) if one.code.startswith("condition.")}
    assert asked == {f"condition.{name}" for name, _ in Policy(pack).program.conditions}
    try:
        deciding.decide(desk.office, "officer", case, GOES_ON)
    except Refused as refused:
        assert pack.decided_together, refused
        deciding.decide_round(desk.office, "officer", reason=GOES_ON)
    status = desk.decision(case).status
    assert status in ("awarded", "refused", "blocked")
    shown = case_view.view(desk.office, "officer", case)
    assert shown is not None and shown.decisions
