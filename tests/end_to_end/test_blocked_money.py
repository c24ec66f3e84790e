"""What a blocked case keeps back in the office: what it may come to, unless its pack says ignore."""

import pytest

from casework.award import deciding
from tests.casework.adopted import adopt
from tests.casework.desk import Desk
from tests.end_to_end import test_letters_recalculated as awards
from tests.rules.desk import small_text

desk = awards.desk
CONDITION = """
[[condition]]
id = "apart"
title = "与服务机构不存在关联关系"
fact = "related_party"
is = "no"
article = "第二条"
"""
FIRST_COME = 'exceeded = "rest"\n'
RANKED = 'order = "ranked"\nrank_by = [{ fact = "signed_on" }]\nunfit = "rest"\n'
SHARED = 'order = "pro_rata"\nresidual = "left_over"\n'
WHY = "单位材料已补寄，情况另行核实"


@pytest.mark.parametrize(
    ("order", "blocked", "award"),
    [
        (FIRST_COME, "", 200_000_00),
        (FIRST_COME, "hold", 200_000_00),
        (FIRST_COME, "ignore", 800_000_00),
        (RANKED, "", 200_000_00),
        (RANKED, "ignore", 800_000_00),
        (SHARED, "", 500_000_00),
        (SHARED, "ignore", 800_000_00),
    ],
)
def test_only_ignore_frees_what_a_blocked_case_may_come_to(
    desk: Desk, order: str, blocked: str, award: int
) -> None:
    said = f'blocked = "{blocked}"\n' if blocked else ""
    budget = f'\n[budget]\namount = "1000000.00"\n{order}{said}article = "第五条"\n'
    adopt(desk.office, small_text(CONDITION + budget))
    cases = [
        desk.submit(
            "small-voucher", contract_amount=1_600_000_00, contract_no=f"HT-{number}", related_party=party
        )
        for number, party in enumerate((None, False))
    ]
    if order == FIRST_COME:
        decisions = [desk.decide(case, WHY) for case in cases]
    else:
        deciding.decide_round(desk.office, "officer", reason=WHY)
        decisions = [desk.decision(case) for case in cases]
    assert [(one.status, one.award_fen) for one in decisions] == [("blocked", None), ("awarded", award)]
