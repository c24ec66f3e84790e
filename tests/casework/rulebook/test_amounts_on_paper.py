"""Cost lines, sums and ceilings of more than one fact, as a letter tells them: to be calculated again."""

from casework.rulebook.award_on_paper import figures
from casework.rulebook.explanation_in_words import tell
from rules.decide import decide
from rules.explain import explain
from rules.facts import Value
from rules.money import parse
from rules.policy import Policy
from rules.position import Position
from tests.rules.desk import USUAL, small
from tests.rules.test_cost_lines import COSTS, RATE

SUMMED = COSTS[: COSTS.index("[[line]]")]


def letter(policy: Policy, **facts: Value) -> dict[str, list[str]]:
    decision = decide(policy, {**USUAL, **facts}, Position((0,) * len(policy.caps), None))
    found: dict[str, list[str]] = {}
    for one in figures(policy, explain(policy, decision.witness), decision.witness, None):
        found.setdefault(one.label, []).append(one.text)
    return found


def test_each_cost_line_stands_with_its_rounding_and_its_limit() -> None:
    policy = small(COSTS, RATE, "lines = true")
    told = letter(policy, research=parse("123.44"), computing=parse("9000"))
    assert told["line"] == [
        "research_line：123.44元 × 40% ＝ 49.00元（四舍五入到1.00元）",
        "computing_line：9,000.00元 × 60% ＝ 5,400.00元，至多5,000.00元",
    ]
    assert told["computed"] == ["49.00元 ＋ 5,000.00元 ＝ 5,049.00元"]
    assert told["method"] == ["按各费用项计算"]
    cut = letter(policy, research=0, computing=parse("0.01"))
    assert cut == {} or cut["line"][1].endswith("（不足一分的舍去）")


def test_what_cost_lines_add_up_is_not_said_to_be_rounded() -> None:
    """They round by themselves: 123.44 is no amount rounded to a hundred."""
    line = '\n[[rounding]]\nwhere = "line"\nunit = "100.00"\narticle = "a"\n'
    policy = small(COSTS + line, RATE, "lines = true")
    facts = {"research": parse("123.44"), "computing": 0}
    assert letter(policy, **facts)["base"] == ["123.44元"]
    decision = decide(policy, {**USUAL, **facts}, Position((), None))
    said = " ".join(one.text for one in tell(policy, explain(policy, decision.witness), decision.witness))
    assert "核定基数：123.44 元" in said and "100.00" not in said


def test_each_amount_of_a_base_is_rounded_and_not_what_is_left_of_them() -> None:
    """14,600 less 5,340: whoever rounds 9,258.28 comes to another base."""
    line = '\n[[rounding]]\nwhere = "line"\nunit = "10.00"\narticle = "a"\n'
    base = '\n[base]\nfact = "contract_amount"\nless = ["computing"]\narticle = "b"\n'
    policy = small(SUMMED + base + line)
    told = letter(policy, contract_amount=parse("14600"), computing=parse("5341.72"))
    assert told["base"] == [
        "9,260.00元（合同金额14,600.00元，减去computing5,341.72元）（每项金额向下取整到10.00元）"
    ]


def test_a_base_that_is_a_sum_says_of_what() -> None:
    policy = small(SUMMED + '\n[base]\nfact = "eligible"\narticle = "b"\n')
    facts = {"research": parse("1000"), "computing": parse("500"), "refunded": parse("200")}
    told = letter(policy, **facts)
    assert told["base"] == [
        "1,300.00元；合格费用1,300.00元 ＝ research1,000.00元 ＋ computing500.00元 － refunded200.00元"
    ]
    decision = decide(policy, {**USUAL, **facts}, Position((), None))
    base = next(
        line.text
        for line in tell(policy, explain(policy, decision.witness), decision.witness)
        if line.text.startswith("核定基数")
    )
    assert base == (
        "核定基数：1,300.00 元。合格费用 1,300.00 元 ＝ research 1,000.00 元 ＋ computing 500.00 元"
        " － refunded 200.00 元。"
    )


def test_a_ceiling_says_what_it_is_a_share_of() -> None:
    more = '\n[[stacking]]\nid = "s"\nhow = "ceiling"\nshare = "0.4"\nof = %s\narticle = "a"\n'
    facts = {"research": parse("1000"), "computing": parse("1000"), "other_support": parse("1")}
    of_base = letter(small(COSTS + more.replace("%s", '"base"'), RATE, "lines = true"), **facts)
    assert "不超过核定基数2,000.00元的40%，即800.00元，扣减后至多799.00元" in of_base["deducted"][0]
    of = '["research", "computing", "-refunded"]'
    of_terms = letter(small(COSTS + more.replace("%s", of), RATE, "lines = true"), **facts)
    assert "不超过research加computing减refunded，计2,000.00元的40%" in of_terms["deducted"][0]


def test_a_ceiling_that_is_rounded_says_so_and_by_what_article() -> None:
    more = '\n[[stacking]]\nid = "s"\nhow = "ceiling"\nshare = "0.5"\nof = "base"\narticle = "第6条"\n'
    rounding = '\n[[rounding]]\nwhere = "ceiling"\nunit = "1000.00"\narticle = "第7条"\n'
    policy = small(COSTS + more + rounding, RATE, "lines = true")
    facts = {"research": parse("3750"), "computing": 0, "other_support": parse("10")}
    decision = decide(policy, {**USUAL, **facts}, Position((), None))
    explained = explain(policy, decision.witness)
    deducted = next(
        one for one in figures(policy, explained, decision.witness, None) if one.label == "deducted"
    )
    assert "3,750.00元的50%，即1,000.00元（向下取整到1,000.00元），扣减后至多990.00元" in deducted.text
    assert deducted.rests_on == ("s", "ceiling")
    said = " ".join(one.text for one in tell(policy, explained, decision.witness))
    assert "1,000.00 元" in said and "第7条" in said
