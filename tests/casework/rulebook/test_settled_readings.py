"""Which supplements a line rests on, and how they are told."""

from datetime import date
from typing import Any

from casework.rulebook.explanation_in_words import tell
from casework.rulebook.settled_readings import Settled, settled
from rules.explain import explain
from rules.pack import Pack, load
from rules.policy import Policy, Supplement
from tests.rules.desk import YOUNG, decided, pack, policy, small_text


def by(one: Pack, **given: str) -> Policy:
    return Policy(
        one, [Supplement(one.id, name, value, one.in_force_from, None, "纪要〔2026〕3号")
              for name, value in given.items()]
    )  # fmt: skip


def told(one: Policy, lang: str = "zh", **facts: Any) -> tuple[Settled, ...]:
    decision = decided(one, **facts)
    return settled(one, explain(one, decision.witness, decision), lang)


def test_a_reading_that_a_supplement_set_is_told_with_its_document() -> None:
    one = by(pack(), startup_reference_date="applied_at", startup_ceiling="60", publicity_days="5")
    assert told(one) == (Settled("初创企业成立年限的计算日", "申报日", "纪要〔2026〕3号"),)
    young = told(one, contract_amount="10000000", other_support="3000000", **YOUNG)
    assert [each.value for each in young] == ["申报日", "合同金额的60%"]
    assert told(one, "en")[0].value == "application date"


def test_nothing_is_told_of_what_did_not_decide() -> None:
    assert told(by(pack(), budget_exceeded="rest")) == ()
    assert told(policy()) == ()


def test_what_happens_to_a_budget_is_told_where_the_budget_decided() -> None:
    one = by(pack(), budget_exceeded="rest", startup_reference_date="applied_at")
    decision = decided(one, left="1000000")
    found = settled(one, explain(one, decision.witness, decision))
    assert [each.parameter for each in found] == ["初创企业成立年限的计算日", "年度预算不足时的处理"]


def test_a_cap_set_by_a_supplement_is_told_as_an_amount() -> None:
    one = by(pack("compute-voucher-2024", "qingyang"), applicant_year_limit="1500000.00")
    found = told(one, applied_at=date(2026, 5, 20))
    assert ("1,500,000.00 元", "纪要〔2026〕3号") in {(each.value, each.document) for each in found}


def test_the_told_line_names_the_supplement() -> None:
    one = by(pack(), startup_reference_date="applied_at")
    decision = decided(one)
    lines = tell(one, explain(one, decision.witness, decision), decision.witness)
    assert (
        sum(
            "按补充规定（纪要〔2026〕3号），“初创企业成立年限的计算日”定为“申报日”。" in each.text
            for each in lines
        )
        == 1
    )
    assert "By a supplement (纪要〔2026〕3号)" in "".join(
        each.text for each in tell(one, explain(one, decision.witness, decision), decision.witness, "en")
    )


def test_the_price_of_what_is_given_in_kind_and_the_counts_of_its_caps_are_told() -> None:
    one = by(
        pack("startup-compute-2025"),
        reference_price="12.50", applicant_hours="10000", budget_hours="1000000",
    )  # fmt: skip
    case: dict[str, Any] = {"small_firm": True, "centre": "政府投资", "card_hours": 2000}
    found = {each.parameter: each.value for each in told(one, left=None, **case)}
    assert found == {
        "每卡时参考单价": "12.50 元", "每个申请单位每年卡时": "10000", "全年卡时": "1000000",
    }  # fmt: skip


def test_the_rate_of_a_cost_line_and_whether_a_rule_holds_are_told() -> None:
    text = small_text(
        "\n[[fact]]\nid = 'cost'\ntype = 'money'\n"
        "\n[[line]]\nid = 'l'\nfact = 'cost'\nrate = { unset = 'share' }\narticle = 'l'\n"
        "\n[base]\narticle = 'b'\n"
        "\n[[cap]]\nid = 'c'\nlimit = '10.00'\napplies = { unset = 'holds' }\narticle = 'c'\n"
        "\n[[unset]]\nid = 'share'\ntype = 'rate'\ntitle = '比例'\n"
        "\n[[unset]]\nid = 'holds'\ntype = 'yes_no'\ntitle = '管不管'\n"
        "reading = [{ id = 'yes', source = 's' }, { id = 'no', source = 's' }]\n",
        without='rate = "0.5"',
        instead="lines = true",
    )
    one = by(load(text), share="0.25", holds="yes")
    assert [each.parameter for each in told(one, left=None, cost=100_000)] == ["比例", "管不管"]
