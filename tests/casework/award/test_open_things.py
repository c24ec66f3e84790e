"""The gate "ready to decide": what is open is named, asks for a reason where it would be passed over, and
stands with the decision."""

import pytest

from casework.award import deciding, open_things
from casework.award.open_things import KINDS, OpenThing
from casework.boards import approval_board, case_view
from casework.cases import providers
from casework.core import on_many_cases
from casework.core.refused import Refused
from casework.review import checking
from models import Decision, Finding, LogEntry
from tests.casework.desk import GONE_ON, OTHER_CODE, Desk


def open_of(desk: Desk, case: str) -> dict[str, bool]:
    """The kinds of what is open, and whether each asks for a reason."""
    view = case_view.view(desk.office, "officer", case)
    assert view is not None
    return {one.kind: one.asks for one in view.open}


def odd(desk: Desk) -> str:
    """A case whose net amount is above its amount: a finding that must be answered."""
    return desk.submit(net_amount=900_000_000)


def test_a_case_that_was_checked_and_reviewed_is_ready(desk: Desk) -> None:
    case = desk.submit()
    assert open_of(desk, case) == {"check": False, "review": False}
    checking.check(desk.office, "officer", case)
    checking.review(desk.office, "officer", case, "eligibility")
    assert open_of(desk, case) == {}
    checking.verify_facts(desk.office, "officer", case, {"contract_amount": 700_000_000}, "按发票")
    assert open_of(desk, case) == {"check": False}
    assert desk.decide(case).left_open is None


def test_a_finding_that_must_be_answered_asks_for_a_reason_which_stands_with_the_decision(
    desk: Desk,
) -> None:
    case = odd(desk)
    with pytest.raises(Refused, match="open_things") as refused:
        deciding.decide(desk.office, "officer", case)
    assert "不含税金额大于合同金额" in refused.value.say("zh")
    assert refused.value.say_with_ids("zh") == refused.value.say("zh")
    assert desk.rows(Decision) == []
    change = deciding.decide(desk.office, "officer", case, "两份合同分别履行，已见原件")
    assert change.facts["open"] == ["net_above_gross"]
    decision = desk.decision(case)
    assert decision.reason == "两份合同分别履行，已见原件"
    (left,) = open_things.things_of(decision.left_open)
    assert (left.kind, left.code, left.other) == ("finding", "net_above_gross", "net_amount")
    file = approval_board.file(desk.office, "approver", case)
    assert file is not None and file.decision.reason == decision.reason and file.decision.left_open == (left,)
    view = case_view.view(desk.office, "auditor", case)
    assert view is not None
    assert [one.details["reason"] for one in view.events if one.act == "decide"] == [decision.reason]


def test_what_is_only_to_be_looked_at_is_told(desk: Desk) -> None:
    """Two contracts that are alike: named to who decides, and stored with the decision."""
    desk.submit()
    case = desk.submit(applicant=OTHER_CODE, contract_no="HT-2")
    assert open_of(desk, case)["finding"] is False
    told = deciding.decide(desk.office, "officer", case).facts
    assert (told["open"], told["not_done"]) == (["similar_contract"], ["check", "review"])


def test_a_review_that_was_never_done_is_told_at_every_door(desk: Desk) -> None:
    case = desk.submit()
    checking.check(desk.office, "officer", case)
    told = deciding.decide(desk.office, "officer", case).facts
    assert "open" not in told and told["not_done"] == ["review"]
    other = desk.submit(applicant=OTHER_CODE, contract_no="HT-2", contract_amount=700_000_000)
    checking.accept(desk.office, "officer", other)
    checking.review(desk.office, "officer", other, "formal_check")
    checking.check(desk.office, "officer", other)
    assert "not_done" not in deciding.decide(desk.office, "officer", other).facts


def test_what_was_judged_is_not_asked_about(desk: Desk) -> None:
    case = odd(desk)
    number = next(one.id for one in desk.rows(Finding) if one.code == "net_above_gross")
    checking.judge_finding(desk.office, "officer", number, "cleared", "两份合同")
    assert desk.decide(case).reason is None


def test_what_forbids_asks_and_its_case_keeps_its_turn(desk: Desk) -> None:
    """Open or found true: who decides says why; the money is held, and no list or voucher takes it."""
    desk.submit()
    case = desk.submit(applicant=OTHER_CODE)
    assert open_of(desk, case)["finding"] is True
    for state in ("open", "upheld"):
        if state == "upheld":
            (number,) = [one.id for one in desk.rows(Finding) if one.application_id == 2]
            checking.judge_finding(desk.office, "officer", number, "upheld", "两份申请系同一合同")
        with pytest.raises(Refused, match="open_things") as refused:
            deciding.decide(desk.office, "officer", case, "……")
        assert "同一合同" in refused.value.say("zh") and desk.rows(Decision) == []
        with pytest.raises(Refused, match="open_in_round") as refused:
            deciding.decide_round(desk.office, "officer")
        assert case in refused.value.params["cases"] and desk.rows(Decision) == []
    change = deciding.decide(desk.office, "officer", case, GONE_ON)
    assert change.facts["open"] == ["same_contract"] and desk.budget()[2] == 400_000_000
    assert desk.decision(case).reason == GONE_ON


def test_a_correction_that_is_out_asks(desk: Desk) -> None:
    desk.set_terms()
    case = desk.submit(related_party=None)
    desk.corrected(case)
    assert open_of(desk, case)["correction"] is True
    with pytest.raises(Refused, match="open_things"):
        deciding.decide(desk.office, "officer", case)
    deciding.decide(desk.office, "officer", case, "逾期未答复")


def test_a_register_that_does_not_bear_out_what_counts_is_told(desk: Desk) -> None:
    case = desk.submit(provider="他处云", provider_admitted=True)
    assert open_of(desk, case)["register"] is False
    providers.admit_provider(desk.office, "officer", "他处云", "第一批", "智能算力租赁", "名单", None, None)
    assert "register" not in open_of(desk, case)


def test_a_round_asks_once_for_all_of_it_and_leaves_none_out(desk: Desk) -> None:
    """Leaving the open case out would give its turn away."""
    case = odd(desk)
    desk.submit(contract_no="HT-3", contract_amount=700_000_000)
    desk.submit(contract_no="HT-4", contract_amount=600_000_000)
    with pytest.raises(Refused, match="open_in_round") as refused:
        deciding.decide_round(desk.office, "officer")
    assert refused.value.params["cases"] == (case,) and desk.rows(Decision) == []
    assert deciding.decide_round(desk.office, "officer", reason="已逐件看过").awarded == 3
    reasons = {one.application_id: one.reason for one in desk.rows(Decision)}
    assert reasons == {1: "已逐件看过", 2: None, 3: None}
    assert '"reason":"已逐件看过"' in desk.rows(LogEntry)[-1].payload


def test_many_chosen_cases_are_asked_for_a_reason(desk: Desk) -> None:
    case = odd(desk)
    assert on_many_cases.asks("decide") == ("reason",)
    _, effects = on_many_cases.do(desk.office, "officer", [("decide", [case])], reason="")
    assert effects[0].refused is not None and effects[0].refused.code == "refused.open_things"
    _, effects = on_many_cases.do(desk.office, "officer", [("decide", [case])], reason="已看过")
    assert effects[0].after == "calculated"


def test_each_kind_tells_itself_in_both_languages() -> None:
    for kind in KINDS:
        for code in ("open", "upheld") if kind == "objection" else ("same_contract",):
            thing = OpenThing(kind, 1, code, "SL1")
            assert thing.say("zh") != thing.say("en")
            (back,) = open_things.things_of(open_things.text([thing]))
            assert (back.kind, back.code, back.other) == (kind, code, "SL1")
