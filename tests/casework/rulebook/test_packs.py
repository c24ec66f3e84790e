"""Packs and supplements: two people, a day from which it holds, and bytes that stay."""

import datetime
from functools import partial

import pytest
from sqlalchemy.exc import IntegrityError

from casework.core.office import Office
from casework.core.refused import Refused
from casework.rulebook import packs, shipped_packs
from models import Pack, Policy
from tests.casework.desk import PACK, Desk

DAY = datetime.date(2026, 5, 20)
NEXT = """
id = "shenzhen-training-voucher"
version = "2027"
title = "训力券（2027年度）"
document = "演〔2026〕1号"
grade = "made-up"
in_force = { from = 2026-12-18, article = "三" }
[[condition]]
id = "kind"
fact = "applicant_kind"
is = "enterprise"
article = "一"
[[tier]]
id = "all"
otherwise = true
rate = "0.4"
article = "二"
[base]
fact = "contract_amount"
article = "二"
"""
EXAMPLES = """applied_at,applicant,applicant_kind,contract_amount,expect_status,expect_award
2026-12-18,a,enterprise,100.00,awarded,40.00
2026-12-18,a,university,100.00,refused,
"""


def test_a_new_office_has_the_shipped_packs_in_force(office: Office) -> None:
    refs = packs.put_in_force(office)
    assert set(refs) == {pack.ref for pack in shipped_packs.shipped()}
    assert packs.put_in_force(office) == ()
    with office.read() as session:
        row = packs.find(session, PACK)
        assert (row.state, row.in_force_from) == ("confirmed", datetime.date(2026, 1, 1))
        assert (
            bytes(row.canonical)
            == next(pack for pack in shipped_packs.shipped() if pack.ref == PACK).canonical
        )


def test_a_pack_is_adopted_by_two_people(desk: Desk) -> None:
    change = packs.propose_pack(desk.office, "officer", NEXT, EXAMPLES)
    assert change.facts["pack"] == "shenzhen-training-voucher@2027"
    packs.confirm_pack(desk.office, "approver", "shenzhen-training-voucher@2027")
    with pytest.raises(Refused, match="pack_exists"):
        packs.propose_pack(desk.office, "officer", NEXT, EXAMPLES)
    from casework.rulebook.in_force import Shelf

    with desk.office.read() as session:
        shelf = Shelf(session)
        found = [
            shelf.policy("shenzhen-training-voucher", {"applied_at": datetime.datetime(2026, 12, day)}, DAY)
            for day in (17, 18)
        ]
    assert [each.policy.ref for each in found if each] == [PACK, "shenzhen-training-voucher@2027"]


def test_a_pack_that_overlaps_is_refused_with_both_names(desk: Desk) -> None:
    with pytest.raises(Refused) as refused:
        packs.propose_pack(desk.office, "officer", NEXT.replace("2026-12-18", "2026-12-17"), EXAMPLES)
    assert refused.value.params == {"pack": "shenzhen-training-voucher@2027", "other": PACK}
    said = refused.value.say()
    assert "“深圳市训力券（2026年度）”" in said and "“训力券（2027年度）”" in said
    assert all(ref in refused.value.say_with_ids() for ref in refused.value.params.values())


def test_of_two_proposals_for_the_same_days_the_second_is_not_confirmed(desk: Desk) -> None:
    other = NEXT.replace('version = "2027"', 'version = "2027b"').replace("2026-12-18", "2027-01-01")
    packs.propose_pack(desk.office, "officer", NEXT, EXAMPLES)
    packs.withdraw_pack(desk.office, "approver", PACK, datetime.date(2026, 12, 1), "停止")
    filled = NEXT.replace('version = "2027"', 'version = "2027a"').replace("2026-12-18", "2026-12-01")
    packs.propose_pack(desk.office, "officer", filled, EXAMPLES.replace("12-18", "12-01"))
    packs.confirm_pack(desk.office, "approver", "shenzhen-training-voucher@2027")
    with pytest.raises(Refused) as refused:
        packs.confirm_pack(desk.office, "approver", "shenzhen-training-voucher@2027a")
    assert refused.value.params["other"] == "shenzhen-training-voucher@2027"
    with pytest.raises(Refused, match="pack_overlaps"):
        packs.propose_pack(desk.office, "officer", other, EXAMPLES.replace("2026-12-18", "2027-01-01"))


def test_a_pack_with_a_fault_is_refused_whole(desk: Desk) -> None:
    with pytest.raises(Refused, match="pack_faults"):
        packs.propose_pack(desk.office, "officer", NEXT.replace('rate = "0.4"', "rate = 0.4"), EXAMPLES)
    assert not [pack for pack in desk.rows(Pack) if pack.state == "proposed"]


@pytest.mark.parametrize(
    ("text", "examples", "fault"),
    [
        (NEXT, "", "check.no_examples"),
        (NEXT, EXAMPLES.replace("40.00", "40.01"), "check.example"),
        (NEXT, "\n".join(EXAMPLES.splitlines()[:2]), "check.never_decides"),
        (NEXT.replace("from = 2026-12-18", "from = 2026-12-19"), EXAMPLES.replace("-18", "-19"), "check.gap"),
        (NEXT.replace('"0.4"', '"1.4"'), EXAMPLES.replace("40.00", "140.00"), "pack.rate_above_one"),
    ],
)
def test_a_pack_is_checked_before_it_is_proposed(desk: Desk, text: str, examples: str, fault: str) -> None:
    with pytest.raises(Refused, match="pack_faults") as refused:
        packs.propose_pack(desk.office, "officer", text, examples)
    assert refused.value.params["fault"] == fault


def test_a_pack_may_follow_one_that_was_withdrawn(desk: Desk) -> None:
    packs.withdraw_pack(desk.office, "approver", PACK, datetime.date(2026, 9, 1), "措施停止执行")
    sooner = NEXT.replace("2026-12-18", "2026-09-01")
    packs.propose_pack(desk.office, "officer", sooner, EXAMPLES.replace("2026-12-18", "2026-09-01"))
    packs.confirm_pack(desk.office, "approver", "shenzhen-training-voucher@2027")


def test_a_withdrawn_pack_applies_no_more_from_that_day(desk: Desk) -> None:
    packs.withdraw_pack(desk.office, "approver", PACK, datetime.date(2026, 5, 19), "措施停止执行")
    decision = desk.decide(desk.submit())
    assert (decision.status, decision.reasons) == ("blocked", "no_pack")
    with pytest.raises(Refused, match="not_in_force") as refused:
        packs.withdraw_pack(desk.office, "approver", PACK, DAY, "再停")
    assert refused.value.say().startswith("“深圳市训力券（2026年度）”目前是“已停用”")


def test_stored_packs_and_policies_do_not_change(desk: Desk) -> None:
    desk.decide(desk.submit())
    for statement in (
        "UPDATE pack SET canonical = x'00' WHERE id = 1",
        "DELETE FROM pack",
        "UPDATE policy SET supplements = '9'",
        "UPDATE decision SET award_fen = 1",
    ):
        with pytest.raises(IntegrityError, match="kept for ever"), desk.office.write() as session:
            session.connection().exec_driver_sql(statement)
    assert len(desk.rows(Policy)) == 1


def test_a_proposal_is_turned_down_with_its_reason(desk: Desk) -> None:
    ref = packs.propose_pack(desk.office, "officer", NEXT, EXAMPLES).facts["pack"]
    with pytest.raises(Refused, match="reason_missing"):
        packs.reject_pack(desk.office, "approver", ref, " ")
    packs.reject_pack(desk.office, "approver", ref, "比例有误")
    for act, person in ((packs.confirm_pack, "approver2"), (packs.reject_pack, "approver")):
        with pytest.raises(Refused, match="not_proposed") as refused:
            act(desk.office, person, ref, *([] if act is packs.confirm_pack else ["再退"]))
        assert "目前是“已退回”，不再等待确认" in refused.value.say(), "as the act is called"
    assert [pack.reason for pack in desk.rows(Pack) if pack.state == "rejected"] == ["比例有误"]
    better = NEXT.replace('"2027"', '"2027-2"')
    packs.confirm_pack(
        desk.office, "approver", packs.propose_pack(desk.office, "officer", better, EXAMPLES).facts["pack"]
    )


def test_nobody_agrees_to_another_text_than_the_one_that_they_read(desk: Desk) -> None:
    read = packs.propose_pack(desk.office, "officer", NEXT, EXAMPLES).facts
    packs.reject_pack(desk.office, "approver2", read["pack"], "名称有误", read["sha256"])
    other = NEXT.replace("训力券（2027年度）", "训力券（2027年度试行）")
    now = packs.propose_pack(desk.office, "officer2", other, EXAMPLES).facts
    assert now["pack"] == read["pack"] and now["sha256"] != read["sha256"]
    for act in (packs.confirm_pack, partial(packs.reject_pack, reason="依据有误")):
        with pytest.raises(Refused) as refused:
            act(desk.office, "approver", read["pack"], sha256=read["sha256"])
        assert refused.value.say() == (
            f"“训力券（2027年度试行）”等待确认的已是另一份文本（指纹 {now['sha256'][:16]}），"
            "不是您看过的那一份。请刷新，看过新的文本再办理。"
        )
    with pytest.raises(Refused, match="other_text"):
        packs.confirm_pack(desk.office, "approver", read["pack"], now["sha256"][:8])
    packs.confirm_pack(desk.office, "approver", read["pack"], now["sha256"][:16].upper())
    assert [row.sha256 for row in desk.rows(Pack) if row.version == "2027" and row.state == "confirmed"] == [
        now["sha256"]
    ]
