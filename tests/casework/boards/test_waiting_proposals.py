"""What waits for a second person: packs, supplements, sources, money and refusals, each with its acts."""

import datetime

from casework.award import refusals
from casework.boards.waiting_proposals import waiting_proposals
from casework.core.act_table import ACTS, function
from casework.money import allotments
from casework.rulebook import official_sources, packs, supplements
from tests.casework.desk import BUDGET, PACK, Desk
from tests.casework.rulebook.test_packs import EXAMPLES, NEXT


def test_each_proposal_is_told_until_it_is_settled(desk: Desk) -> None:
    assert waiting_proposals(desk.office) == ()
    case = desk.submit()
    packs.propose_pack(desk.office, "officer", NEXT, EXAMPLES)
    supplements.propose_supplement(desk.office, "officer", PACK, "budget_exceeded", "rest", "纪要")
    allotments.appropriate(desk.office, "finance", BUDGET, "财指〔2026〕9号", 1_000, "追加")
    refusals.propose_refusal(desk.office, "officer", case, "材料不实", "不符合", "某措施", "第九条")
    found = waiting_proposals(desk.office)
    assert [(one.kind, one.number, one.value) for one in found] == [
        ("pack", found[0].about, ""),
        ("supplement", "1", "rest"),
        ("appropriation", "1", 1_000),
        ("refusal", case, "第九条"),
    ]
    assert [one.proposed_by for one in found if one.kind != "appropriation"] == ["陈知远"] * 3
    assert all(one.confirm in ACTS and one.reject in ACTS for one in found)
    people = {"appropriation": "finance2"}
    for one in found:
        number = int(one.number) if one.number.isdecimal() else one.number
        function(one.reject)(desk.office, people.get(one.kind, "approver"), number, "不同意")
    assert waiting_proposals(desk.office) == ()


def test_a_source_is_told_from_a_supplement(desk: Desk) -> None:
    name = official_sources.unofficial(desk.office, PACK)[0]
    official_sources.propose_source(
        desk.office, "officer", PACK, name, "2026年度训力券申报指南", "第三条",
        datetime.date(2026, 4, 20), "示例科创〔2026〕9号",
    )  # fmt: skip
    (one,) = waiting_proposals(desk.office)
    assert (one.kind, one.what, one.about) == ("source", name, PACK)
