"""How an award came about, as its letter tells it: whoever has the figures alone calculates it again."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from casework.rulebook.award_on_paper import Figure, figures, rests_on, tier_names
from papers.chinese import say
from rules import examples
from rules.decide import AWARDED, Decision
from rules.explain import explain, lines_of, trace
from rules.money import parse
from rules.pack import load
from rules.policy import Policy, Supplement
from rules.round import decide_round
from tests.letter_reader import LABELS, amounts, recalculated
from tests.rules.desk import SHIPPED, YOUNG, decided, pack, policy, small
from tests.rules.round_packs import cases, pro_rata, ranked

FLOOR = (
    "[[floor]]\nid = 'least'\ntitle = '最低额'\non = '{on}'\nat_least = '60'\nhow = 'raise'\n"
    "article = '第2条'\n"
)
END = "[[rounding]]\nwhere = 'end'\nunit = '100'\narticle = '第9条'\n"
STEP = "[[rounding]]\nwhere = 'step'\nunit = '100'\narticle = '第9条'\n"


def told(one: Policy, decision: Decision, with_tax: bool | None = True) -> dict[str, Figure]:
    """The figures by their labels, as the lines that are stored tell them."""
    lines = lines_of(trace(explain(one, decision.witness, decision)))
    found: dict[str, Figure] = {}
    for figure in figures(one, lines, decision.witness, with_tax):
        before = f"{found[figure.label].text}；" if figure.label in found else ""
        found[figure.label] = figure._replace(text=before + figure.text)
    if decision.status == AWARDED:
        assert recalculated({name: figure.text.replace(" ", "") for name, figure in found.items()}) == (
            decision.award_fen
        ), found
    return found


def texts(one: Policy, **facts: Any) -> dict[str, str]:
    return {name: figure.text for name, figure in told(one, decided(one, **facts)).items()}


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_award_among_the_examples_of_every_pack_is_calculated_again_from_its_figures(
    path: Path,
) -> None:
    shelf = examples._Shelf(Policy(load(path.read_text(encoding="utf-8"))))
    awards = 0
    for cells in examples._reader(path.with_name(f"{path.stem}.examples.csv").read_text(encoding="utf-8")):
        decision: Any = shelf.decide(cells)
        if not isinstance(decision, Decision) or decision.status != AWARDED:
            continue
        one = shelf._policy((cells.get("set") or "").strip())
        found = told(one, decision)
        parts = sum(amounts(found["funders"].text)) if "funders" in found else decision.award_fen
        assert parts == decision.award_fen
        awards += 1
    assert awards > 3


def test_a_plain_award_says_base_rate_sum_and_cap() -> None:
    assert texts(policy()) == {
        "tier": "一般单位，50%",
        "base": "8,000,000.00元（含税）",
        "computed": "8,000,000.00元 × 50% ＝ 4,000,000.00元",
        "cap": "每个申请单位每年上限10,000,000.00元",
        "method": "按比例计算，未超过上限",
    }


def test_a_cap_says_its_limit_and_what_was_used_of_it_before() -> None:
    found = texts(policy(), contract_amount="6000000", awarded_before="3000000", used="5000000")
    assert found["cap"] == (
        "每个申请单位每年上限10,000,000.00元，本年度此前已核定额度3,000,000.00元、此前已获核定额度5,000,000.00元，"
        "本次至多2,000,000.00元"
    )
    assert found["method"] == "按每个申请单位每年上限10,000,000.00元减去此前已获核定额度8,000,000.00元确定"


def test_a_soft_cap_says_both_limits_and_the_reason() -> None:
    model = policy("model-voucher-2025")
    said = {"applied_at": datetime(2025, 6, 1), "model_filed": True, "contract_amount": "8000000"}
    assert texts(model, **said)["cap"] == "每个申请单位每年上限1,000,000.00元"
    found = texts(model, **said, overrun_reason="国家重大专项")
    assert (
        found["cap"] == "每个申请单位每年上限2,000,000.00元（原则上1,000,000.00元，超出理由：国家重大专项）"
    )
    assert found["method"] == "按每个申请单位每年上限2,000,000.00元确定"


def test_a_limit_of_the_tier_is_the_one_that_is_told() -> None:
    one = small(
        "[[cap]]\nid = 'most'\ntitle = '上限'\nlimit = '1000'\ntier_limit = { general = '300' }\n"
        "article = 'a'\n"
    )
    assert texts(one, contract_amount="5000", left=None)["cap"] == "上限300.00元"


def test_a_cap_that_a_supplement_set_shows_its_limit_and_the_document() -> None:
    one = pack("compute-voucher-2024", "qingyang")
    given = Supplement(
        one.id, "applicant_year_limit", "1500000.00", one.in_force_from, None, "纪要〔2026〕3号"
    )
    found = texts(Policy(one, [given]), contract_amount="9000000", left=None)
    assert "每个申请单位每年上限1,500,000.00元" in found["cap"]
    assert found["supplements"].endswith("为“1,500,000.00元”（纪要〔2026〕3号）")


def test_what_is_deducted_is_what_the_rule_takes_and_nothing_where_it_takes_nothing() -> None:
    ceiling = texts(policy(), contract_amount="10000000", other_support="3000000")
    assert ceiling["other_support"] == "3,000,000.00元"
    assert ceiling["deducted"] == (
        "3,000,000.00元（与其他财政资金合计不超过合同金额10,000,000.00元的50%，即5,000,000.00元，"
        "扣减后至多2,000,000.00元）"
    )
    assert ceiling["method"] == "扣减其他财政资金后确定"
    none = texts(small(), contract_amount="1000", other_support="300", left=None)
    assert "other_support" not in none and "deducted" not in none
    city = small(
        "[[fact]]\nid = 'city_money'\ntype = 'money'\ntitle = '市级资金'\ndefault = 0\n"
        "[[stacking]]\nid = 'less'\ntitle = '扣减'\nfacts = ['city_money']\nhow = 'deduct'\narticle = 'a'\n"
    )
    found = texts(city, contract_amount="1000", city_money=parse("120"), other_support="300", left=None)
    assert (found["other_support"], found["deducted"]) == ("市级资金120.00元", "120.00元")


def test_a_fixed_sum_is_no_rate() -> None:
    found = texts(
        policy("compute-voucher-2024", "tianmen"), voucher_class="5000", applied_at=datetime(2024, 6, 1)
    )
    assert (found["class"], found["fixed"], found["method"]) == ("5000元券", "5,000.00元", "按定额确定")
    assert "tier" not in found and "computed" not in found


def test_marginal_bands_show_each_part() -> None:
    one = small(
        without='rate = "0.5"', instead='bands = [{ up_to = "1000", rate = "0.5" }, { rate = "0.3" }]'
    )
    found = texts(one, contract_amount="1500", left=None)
    assert found["computed"] == "1,000.00元 × 50% ＋ 500.00元 × 30% ＝ 650.00元"
    assert found["method"] == "分段按比例计算"


@pytest.mark.parametrize(("more", "name"), [(STEP, "computed"), (END, "rounding")])
def test_rounding_is_told_with_its_unit_and_article(more: str, name: str) -> None:
    one = small(more)
    figure = told(one, decided(one, contract_amount="555.55", left=None))[name]
    assert "向下取整到100.00元" in figure.text
    assert [one.pack.sources()[each].article for each in figure.rests_on] == ["第9条"]


def test_the_half_fen_that_is_dropped_is_told() -> None:
    assert texts(small(), contract_amount="0.03", left=None)["computed"].endswith(
        "＝ 0.01元（不足一分的舍去）"
    )


@pytest.mark.parametrize(
    ("on", "name", "said"),
    [("base", "base_floor", "最低额：50.00元低于60.00元，按60.00元计"),
     ("award", "floor", "最低额：25.00元低于60.00元，按60.00元计")],
)  # fmt: skip
def test_what_a_floor_raises_is_told(on: str, name: str, said: str) -> None:
    assert texts(small(FLOOR.format(on=on)), contract_amount="50", left=None)[name] == said


def test_the_rest_of_a_budget_is_told_by_the_budgets_name() -> None:
    one = small("[budget]\namount = '1000'\nexceeded = 'rest'\narticle = 'a'\n")
    found = texts(one, contract_amount="5000", left="300")
    assert found["budget"] == "年度预算可用余额300.00元"
    assert found["method"] == "按年度预算可用余额300.00元确定"
    assert "budget" not in texts(one, contract_amount="500", left="300")


def test_the_base_says_what_it_is_made_of() -> None:
    one = policy("compute-voucher-2023", "beijing")
    found = texts(
        one, applied_at=datetime(2024, 6, 1), signed_on=date(2024, 3, 1), starts_on=date(2024, 3, 1),
        ends_on=date(2024, 12, 31), claimed_before=False, dishonest_in_three_years=False,
        contract_amount="3000000", storage_amount=parse("1000000"), left=None,
        officer_rate=150_000, officer_rate_reason="部分费用与算力无关",
    )  # fmt: skip
    assert found["base"] == "2,000,000.00元（含税）（合同金额3,000,000.00元，减去存储费用1,000,000.00元）"
    assert found["tier"] == "一般，15%（最高20%，理由：部分费用与算力无关）"


def test_funders_shares_are_told() -> None:
    one = policy("compute-voucher-2025", "henan")
    found = texts(one, applied_at=datetime(2025, 6, 1), contract_amount="1000000.05")
    assert found["funders"] == "省级财政100,000.01元（50%）、市级财政100,000.00元（50%）"


def test_tiers_that_lead_to_the_same_award_stand_beside_each_other_and_each_is_cited() -> None:
    one = policy()
    decision = decided(contract_amount="30000000", founded_on=None)
    found = told(one, decision)
    assert decision.tier == "startup;general"
    assert found["tier"].text == "初创企业，60%或一般单位，50%"
    assert found["computed"].text == (
        "按“初创企业”：30,000,000.00元 × 60% ＝ 18,000,000.00元；"
        "按“一般单位”：30,000,000.00元 × 50% ＝ 15,000,000.00元"
    )
    assert found["method"].text == "按每个申请单位每年上限10,000,000.00元确定"
    assert "“成立日期”" in found["open"].text
    assert {"startup", "general"} <= set(tier_names(one.pack, decision.tier))


def test_nothing_is_cited_that_no_source_states() -> None:
    assert rests_on(policy().pack, "applicant_year", "limit", "order") == ("applicant_year",)
    assert rests_on(policy().pack, "no_such") == ()


def test_tax_is_said_only_where_it_is_known() -> None:
    one = policy()
    for with_tax, said in ((True, "（含税）"), (False, "（不含税）"), (None, "元")):
        assert told(one, decided(**YOUNG), with_tax)["base"].text.endswith(said)


def test_every_label_has_its_word() -> None:
    assert all(say(f"approval.label.{name}") for name in LABELS)


def test_shares_of_a_budget_and_what_a_rank_left_are_told() -> None:
    shared = pro_rata()
    for decision in decide_round(shared, cases(50_000, 50_000, 50_000), left=100_000):
        found = told(shared, decision)
        assert decision.award_fen is not None
        share = f"{decision.award_fen / 100:.2f}元"
        assert found["budget"].text == f"年度预算按比例分配，本件{share}"
        assert found["method"].text == "按年度预算按比例分配的份额确定"
    by_rank = ranked("rest")
    last = decide_round(by_rank, cases(70_000, 70_000, scores=(2, 1)), left=100_000)[1]
    assert told(by_rank, last)["method"].text == "按年度预算可用余额300.00元确定"
