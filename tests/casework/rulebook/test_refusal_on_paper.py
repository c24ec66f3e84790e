"""Why nothing is awarded: the fact, the standard, and the cause."""

from datetime import date, datetime
from typing import Any

import pytest

from casework.rulebook.refusal_on_paper import Lease, Why, why_refused
from rules.decide import REFUSED, Decision
from rules.explain import explain, lines_of, trace
from rules.money import parse
from rules.policy import Policy, Supplement
from rules.round import decide_round
from tests.rules.desk import decided, pack, policy, small
from tests.rules.round_packs import cases, pro_rata, ranked

CAP = "[[cap]]\nid = 'most'\ntitle = '每年上限'\nlimit = '1000'\nper = ['applicant', 'year']\narticle = 'a'\n"
BUDGET = "[budget]\ntitle = '年度预算'\namount = '1000'\nexceeded = '{}'\narticle = 'a'\n"
STACK = "[[stacking]]\nid = 'other'\ntitle = '其他'\nhow = '{}'\n{}article = 'a'\n"
LEAST = "[[floor]]\nid = 'least'\ntitle = '门槛'\non = '{}'\nat_least = '60'\nhow = 'refuse'\narticle = 'a'\n"


def why(one: Policy, **facts: Any) -> tuple[Why, ...]:
    decision = decided(one, **facts)
    assert decision.status == REFUSED
    return why_refused(
        one, lines_of(trace(explain(one, decision.witness, decision))), ";".join(decision.reasons)
    )


def only(one: Policy, **facts: Any) -> str:
    (reason,) = why(one, **facts)
    return reason.text


def test_a_condition_says_what_was_found_and_what_is_asked_for() -> None:
    found = why(policy(), contract_amount="320000", applicant_kind="other")
    assert [one.text for one in found] == [
        "经核实，你单位类型为other，不符合“为企业、高等院校、科研机构之一”的规定",
        "经核实，你单位本年度非关联租用金额为320,000.00元，不符合“不低于500,000.00元”的规定",
    ]
    assert [one.rests_on for one in found] == [("kind",), ("threshold",)]


def test_a_yes_or_no_is_said_as_such() -> None:
    assert only(policy(), related_party=True) == (
        "经核实，你单位与服务机构存在关联关系，不符合“与服务机构不存在关联关系”的规定"
    )
    assert only(policy(), provider_admitted=False) == (
        "经核实，“服务机构已入库”一项为“否”，不符合“服务机构已入库”的规定"
    )


def test_a_kind_that_no_pack_names_is_said_in_words() -> None:
    assert "你单位类型为事业单位，" in only(policy(), applicant_kind="public_institution")


def test_a_provider_that_was_not_admitted_is_named_with_the_day_that_counts() -> None:
    one = policy()
    decision = decided(one, provider_admitted=False)
    lines = lines_of(trace(explain(one, decision.witness, decision)))
    (found,) = why_refused(one, lines, ";".join(decision.reasons), Lease("某云", date(2024, 4, 1)))
    assert found.text == (
        "经核实，服务合同于2024年4月1日签订时，服务机构“某云”未入库，不符合“服务机构已入库”的规定"
    )
    (found,) = why_refused(one, lines, ";".join(decision.reasons), Lease("某云"))
    assert found.text == "经核实，服务机构“某云”未入库，不符合“服务机构已入库”的规定"


def test_days_are_written_as_papers_write_them() -> None:
    said = only(policy(), applied_at=datetime(2026, 6, 7, 9, 5))
    assert (
        said == "经核实，你单位申报时间为2026年6月7日9时05分，"
        "不符合“在2026年5月6日（含）至2026年6月6日（不含）之间”的规定"
    )


CAUSES: list[tuple[str, dict[str, Any], str]] = [
    (CAP, {"used": "1000"}, "经核实，你单位此前已获核定额度1,000.00元，已达“每年上限”1,000.00元"),
    (BUDGET.format("rest"), {"left": "0"}, "年度预算已安排完毕，没有可用余额"),
    (BUDGET.format("stop"), {"left": "0"}, "年度预算已停止安排或者已安排完毕，没有可用余额"),
    (
        BUDGET.format("nothing"),
        {"left": "30"},
        "年度预算可用余额为30.00元，不足以安排应予资助的500.00元，按规定不予资助",
    ),
    (
        STACK.format("exclude", ""),
        {"other_support": "10"},
        "经核实，同一合同已获其他财政资金10.00元，按规定不再重复资助",
    ),
    (
        STACK.format("deduct", ""),
        {"other_support": "600"},
        "经核实，同一合同已获其他财政资金600.00元，从计算额500.00元中扣减后为零",
    ),
    (
        STACK.format("ceiling", "share = '0.5'\n"),
        {"other_support": "500"},
        "经核实，同一合同已获其他财政资金500.00元，合计已达上限500.00元",
    ),
    (
        LEAST.format("base"),
        {"contract_amount": "50"},
        "经核实，核定基数为50.00元，低于规定的最低数额60.00元",
    ),
    (
        LEAST.format("award"),
        {"contract_amount": "50"},
        "经核实，核定额度为25.00元，低于规定的最低数额60.00元",
    ),
    ("", {"contract_amount": "0"}, "经核实，核定基数为0.00元，按规定标准计算的数额为零"),
]


@pytest.mark.parametrize(("more", "facts", "said"), CAUSES)
def test_each_cause_has_its_own_reason(more: str, facts: dict[str, Any], said: str) -> None:
    assert only(small(more), **{"contract_amount": "1000", "left": None, **facts}) == said


def test_where_there_is_no_contract_other_money_is_of_the_same_matter() -> None:
    one = small(
        "[[fact]]\nid = 'paid'\ntype = 'money'\ntitle = '实付金额'\n"
        "[base]\nfact = 'paid'\narticle = 'a'\n" + STACK.format("exclude", "of = 'base'\n")
    )
    said = only(one, paid=parse("1000"), other_support=parse("10"), left=None)
    assert said == "经核实，同一事项已获其他财政资金10.00元，按规定不再重复资助"


def test_a_reading_that_a_supplement_set_is_named_with_its_document() -> None:
    one = pack()
    given = Supplement(one.id, "budget_exceeded", "nothing", one.in_force_from, None, "纪要〔2026〕3号")
    said = only(Policy(one, [given]), left="1000000")
    assert said.endswith("按规定不予资助（“年度预算不足时的处理”为“不予资助”（纪要〔2026〕3号））")


def test_money_of_a_declared_fact_is_read_like_any_other() -> None:
    one = small(
        "[[fact]]\nid = 'fee'\ntype = 'money'\ntitle = '使用费'\n"
        "[[condition]]\nid = 'most'\ntitle = '使用费不超过10元'\nfact = 'fee'\nat_most = '10'\n"
        "article = 'a'\n"
    )
    assert (
        only(one, fee=parse("11"), left=None) == "经核实，你单位使用费为11.00元，不符合“不高于10.00元”的规定"
    )


def test_a_round_decided_together_says_why_nothing_was_left() -> None:
    def reason(one: Policy, decision: Decision) -> str:
        lines = lines_of(trace(explain(one, decision.witness, decision)))
        (found,) = why_refused(one, lines, ";".join(decision.reasons))
        return found.text

    shared, by_rank = pro_rata(unit="1000.00"), ranked("next")
    least = decide_round(shared, cases(50_000, 50_000), left=10_000)[1]
    assert reason(shared, least) == "年度预算按比例分配后，你单位可分配的金额为零"
    last = decide_round(by_rank, cases(70_000, 70_000, scores=(2, 1)), left=100_000)[1]
    assert reason(by_rank, last).startswith("年度预算可用余额为300.00元，不足以安排应予资助的700.00元")
