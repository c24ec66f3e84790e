"""Explanations in sentences, as a clerk reads them."""

import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

import rules.explain
import words
from casework.rulebook.explanation_in_words import Told, reasons, tell, why
from rules import examples
from rules.decide import Decision
from rules.explain import explain, lines_of, trace
from rules.facts import OPEN_END
from rules.lines import Line
from rules.pack import load
from rules.policy import Policy
from tests.rules.desk import SHIPPED, YOUNG, decided, policy, small


def told(decision: Decision, lang: str = "zh", by: Policy | None = None) -> tuple[Told, ...]:
    by = by or policy()
    lines = explain(by, decision.witness, decision)
    assert tell(by, lines_of(trace(lines)), decision.witness, lang) == tell(
        by, lines, decision.witness, lang
    ), "also from what was stored"
    return tell(by, lines, decision.witness, lang)


def texts(decision: Decision, lang: str = "zh", by: Policy | None = None) -> list[str]:
    return [one.text for one in told(decision, lang, by)]


def test_an_award_reads_from_its_conditions_to_its_outcome() -> None:
    assert texts(decided(contract_amount="30000000", used="1000000"))[2:] == [
        "符合“本年度非关联租用金额不低于50万元”：本年度非关联租用金额为30,000,000.00 元。"
        "要求：本年度非关联租用金额不低于 500,000.00 元。",
        "符合“与服务机构不存在关联关系”：与服务机构存在关联关系为否。要求：与服务机构存在关联关系为“否”。",
        "符合“服务机构已入库”：服务机构已入库为是。要求：服务机构已入库为“是”。",
        "“初创企业成立年限的计算日”未设定；按各种口径（申报日、合同签订日）结果相同。",
        "档次：一般单位（申报时间为2026-05-20 10:30；合同签订日期为2026-04-01；成立日期为2023-05-01）。",
        "核定基数：30,000,000.00 元。",
        "计算额：30,000,000.00 元 × 50% ＝ 15,000,000.00 元。",
        "“每个申请单位每年上限”：上限 10,000,000.00 元，此前已获核定额度和预留合计 1,000,000.00 元，"
        "核定额度至多 9,000,000.00 元。",
        "“年度预算”：可用余额 500,000,000.00 元。",
        "核定额度：9,000,000.00 元，由“每个申请单位每年上限”决定。",
        "结论：予以资助。",
    ]


def test_it_reads_in_english_too() -> None:
    assert texts(decided(contract_amount="10000000", other_support="3000000"), "en")[5:] == [
        '"date a startup\'s age counts to" is not set; every reading (application date, signing date) '
        "leads to the same.",
        "Tier: general (application date: 2026-05-20 10:30; signing date: 2026-04-01; "
        "founding date: 2023-05-01).",
        "Base: 10,000,000.00 yuan.",
        "Computed: 10,000,000.00 yuan × 50% = 5,000,000.00 yuan.",
        '"all public support for compute": in all at most 50% of 10,000,000.00 yuan, '
        "3,000,000.00 yuan already granted, 2,000,000.00 yuan may be awarded.",
        '"cap per applicant and year": limit 10,000,000.00 yuan, 0.00 yuan awarded or held before, '
        "10,000,000.00 yuan may be awarded.",
        '"budget of the year": 500,000,000.00 yuan left.',
        'Award: 2,000,000.00 yuan, set by "all public support for compute".',
        "Outcome: awarded.",
    ]


def test_the_line_that_set_the_award_is_marked_and_amounts_stand_beside() -> None:
    marks = {one.mark: one for one in told(decided(contract_amount="30000000"))}
    assert marks["binding"].text.startswith("“每个申请单位每年上限”")
    assert marks["binding"].figure_fen == 1_000_000_000
    assert [one.mark for one in told(decided())] == [
        *["pass"] * 5,
        "open",
        *("plain", "plain", "binding", "plain", "plain", "plain", "awarded"),
    ]


def test_a_refusal_says_what_failed_and_with_which_article() -> None:
    lines = told(decided(related_party=True, provider_admitted=None))
    (failed,) = [one for one in lines if one.mark == "fail"]
    assert failed.text.startswith("不符合“与服务机构不存在关联关系”：与服务机构存在关联关系为是。")
    assert failed.article == "2026年度训力券申报通知 申报条件"
    (unknown,) = [one for one in lines if one.mark == "unknown"]
    assert unknown.text.endswith("可由以下材料确定：服务机构入库批次及服务事项。")
    assert lines[-1] == Told(
        "结论：不予资助。原因：不符合“与服务机构不存在关联关系”。", "", None, "refused", 0
    )


def test_each_way_of_reading_stands_by_itself_and_what_is_held_back_below() -> None:
    lines = told(decided(contract_amount="10000000", other_support="3000000", **YOUNG))
    ways = [one.text for one in lines if one.text.startswith("如按")]
    assert ways == [
        "如按：初创企业成立年限的计算日＝申报日、初创企业各级支持合计上限＝合同金额的50%；"
        "初创企业成立年限的计算日＝合同签订日、初创企业各级支持合计上限＝合同金额的50%",
        "如按：初创企业成立年限的计算日＝申报日、初创企业各级支持合计上限＝合同金额的60%；"
        "初创企业成立年限的计算日＝合同签订日、初创企业各级支持合计上限＝合同金额的60%",
    ]
    awards = {one.way: one.figure_fen for one in lines if one.text.startswith("核定额度")}
    assert awards == {1: 200_000_000, 2: 300_000_000}
    assert [one.text for one in lines[-2:]] == [
        "在决定以前，为本件预留 3,000,000.00 元。",
        "结论：待定。原因：“初创企业各级支持合计上限”未设定。",
    ]
    assert [one.way for one in lines[-2:]] == [0, 0]


def test_what_is_missing_or_cannot_be_used_is_called_by_its_name() -> None:
    missing = texts(decided(founded_on=None))
    assert "“成立日期”未知，各种可能分别计算如下。" in missing
    assert missing[-1] == "结论：待定。原因：“成立日期”未知。"
    measures = policy("training-voucher-2025")
    no_amount = decided(measures, applied_at=date(2025, 5, 20), contract_amount=None)
    assert "“合同金额”未知，金额无法计算。请核实“合同金额”后重新核算。" in texts(no_amount, by=measures)
    assert texts(decided(contract_amount=-5)) == [
        "“合同金额”的值“-5”不能用于计算。请核实“合同金额”后重新核算。",
        "结论：待定。原因：“合同金额”无法读取。",
    ]


def test_floors_rounding_funders_and_conditions_of_several_parts() -> None:
    one = small(
        "[[condition]]\nid = 'who'\ntitle = '对象'\narticle = 'a'\nall = ["
        "{ fact = 'applicant_kind', one_of = ['enterprise', 'university'] },"
        "{ fact = 'applied_at', from = 2026-01-01 }, { not = { fact = 'related_party', is = 'yes' } }]\n"
        "[[floor]]\nid = 'least'\ntitle = '最低额'\non = 'award'\nat_least = '60'\n"
        "how = 'raise'\narticle = 'a'\n"
        "[[rounding]]\nwhere = 'end'\nunit = '10'\narticle = 'a'\n"
        "[[funder]]\nid = 'city'\ntitle = '市财政'\nshare = '1'\nodd = true\narticle = 'a'\n"
    )
    assert texts(decided(one, left=None, contract_amount="111"), by=one) == [
        "符合“对象”：单位类型为企业；申报时间为2026-05-20 10:30；与服务机构存在关联关系为否。"
        "要求：单位类型为企业、高等院校之一，并且申报时间在 2026-01-01 00:00 及以后，"
        "并且不符合：与服务机构存在关联关系为“是”。",
        "档次：general。",
        "核定基数：111.00 元。",
        "计算额：111.00 元 × 50% ＝ 55.50 元。",
        "取整到 10.00 元：55.50 元取为 50.00 元。",
        "“最低额”：50.00 元低于最低数额 60.00 元，按 60.00 元计。",
        "核定额度：60.00 元，由“最低额”决定。",
        "市财政承担 100%：60.00 元。",
        "结论：予以资助。",
    ]


def test_reasons_are_called_by_their_names() -> None:
    assert why(policy(), "threshold") == "本年度非关联租用金额不低于50万元"
    assert why(policy(), "startup_ceiling") == "“初创企业各级支持合计上限”未设定"
    assert why(policy(), "founded_on", "en") == '"founding date" is not known'
    assert why(None, "no_pack") == "申请之日没有适用的政策包"
    assert why(None, "more_cells", "en") == "the row has more cells than there are headings"
    assert reasons(policy(), ("kind", "window"), "refused") == (
        "不符合“申请单位为企业、高等院校或者科研机构”；不符合“在申报期间内申报”"
    )
    assert reasons(policy(), ("window", "startup_ceiling"), "blocked") == (
        "“在申报期间内申报”无法判断；“初创企业各级支持合计上限”未设定"
    )


def test_every_code_of_an_explanation_has_its_sentence() -> None:
    _, rows, _ = re.split(r"^=+ +=+$", rules.explain.__doc__ or "", flags=re.M)
    heads = [row[:23].strip() for row in rows.splitlines() if row[:23].strip()]
    codes = [f"line.{code}".split("<")[0] for head in heads for code in head.split(", ") if code[0] != "."]
    assert len(codes) > 15
    for code in codes:
        for lang in words.LANGUAGES:
            assert any(known.startswith(code) for known in words.codes(lang)), code


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: f"{path.parent.name}/{path.stem}")
@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_every_example_of_every_pack_can_be_told(path: Path, lang: str) -> None:
    by = Policy(load(path.read_text(encoding="utf-8")))
    shelf = examples._Shelf(by)
    text = path.with_name(f"{path.stem}.examples.csv").read_text(encoding="utf-8")
    for cells in examples._reader(text):
        decision: Any = shelf.decide(cells)
        if not isinstance(decision, Decision):
            continue
        one = shelf._policy((cells.get("set") or "").strip())
        for line in told(decision, lang, one):
            assert line.text and "{" not in line.text
            assert not re.search(r"\b(pass|fail|unknown)\b", line.text)
            assert line.figure_fen is None or line.figure_fen >= 0


def test_a_base_tells_what_it_was_made_of() -> None:
    """Also where it comes to nothing: whoever reads that must be able to calculate it again."""
    one = small(
        "[base]\nsmallest_of = ['contract_amount', 'paid']\nless = ['storage', 'tax']\narticle = 'a'\n"
        + "".join(
            f"[[fact]]\nid = '{name}'\ntype = 'money'\ntitle = '{title}'\ntitle_en = '{name}'\ndefault = 0\n"
            for name, title in (("paid", "实付金额"), ("storage", "存储费用"), ("tax", "税额"))
        )
    )
    given: dict[str, Any] = {"contract_amount": "1000", "paid": 90_000, "left": None}
    zh = texts(decided(one, **given, storage=90_000, tax=1), by=one)
    assert (
        "核定基数：0.00 元。取合同金额 1,000.00 元、实付金额 900.00 元中最小的。由合同金额 1,000.00 元、"
        "实付金额 900.00 元减去存储费用 900.00 元、税额 0.01 元，不够减，按零计。"
    ) in zh
    en = texts(decided(one, **given, storage=90_000), "en", one)
    assert any(
        text.startswith("Base: 0.00 yuan. It is the smallest of ")
        and text.endswith("less storage 900.00 yuan.")
        for text in en
    )


def test_a_line_that_is_no_explanations_is_a_bug() -> None:
    with pytest.raises(words.MissingWords):
        tell(policy(), [Line("wonder", "", (1,), "")], decided().witness)


def test_a_round_of_one_bound_is_told_by_that_bound() -> None:
    opened = decided(window_from=datetime(2026, 5, 1), window_until=OPEN_END)
    (said,) = [text for text in texts(opened) if text.startswith("符合“在申报期间内申报”")]
    assert said.endswith("要求：申报时间在 2026-05-01 00:00 及以后。")
