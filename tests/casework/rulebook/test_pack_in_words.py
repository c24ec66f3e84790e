"""A pack in plain sentences: every shipped one in both languages, to the figure and the article."""

from pathlib import Path

import pytest

from casework.rulebook.amounts_on_paper import terms_on_paper
from casework.rulebook.pack_in_words import SECTIONS, compared, setting_told, told
from casework.rulebook.shipped_packs import shipped
from rules.pack import Pack, load
from tests.casework.rulebook import every_key
from tests.rules.desk import small

POLICIES = Path(__file__).parents[3] / "resources" / "policies"
SHIPPED = sorted(path for path in POLICIES.glob("*/*.toml"))


def _pack(name: str) -> Pack:
    return load((POLICIES / f"{name}.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_rule_of_every_shipped_pack_is_told(path: Path, lang: str) -> None:
    pack = load(path.read_text(encoding="utf-8"))
    statements = told(pack, lang)
    assert {statement.section for statement in statements} <= set(SECTIONS)
    named = {statement.rule for statement in statements}
    assert set(pack.rules()) <= named
    assert all(statement.text and statement.title for statement in statements)
    for rule in pack.rules().values():
        told_rule = next(statement for statement in statements if statement.rule == rule.id)
        assert rule.source.article in told_rule.source


def test_an_officer_reads_the_2026_rules_as_the_measures_say() -> None:
    said = {
        statement.rule: statement.text for statement in told(_pack("shenzhen/training-voucher-2026"), "zh")
    }
    assert said["threshold"].startswith("本年度非关联租用金额不低于 500,000.00 元")
    assert said["general"] == "其他单位：核定基数的 50%"
    assert said["applicant_year"] == (
        "每个申请单位、每年合计不超过 10,000,000.00 元；先减去申请表所填“本年度此前已核定额度”"
    )
    assert said["kind"].startswith("单位类型为企业、高等院校、科研机构之一")
    assert "2026-05-06 00:00（含）至 2026-06-06 00:00（不含）之间" in said["window"]
    assert "不满 12 个月：核定基数的 60%" in said["startup"]


def test_what_is_unset_is_marked_and_what_the_office_set_is_said() -> None:
    pack = _pack("shenzhen/training-voucher-2026")
    before = {statement.rule: statement for statement in told(pack, "zh")}
    assert before["other_support"].open and before["budget"].open and not before["general"].open
    after = {statement.rule: statement for statement in told(pack, "zh", {"startup_ceiling": "60"})}
    assert "已由补充规定设为“合同金额的60%”" in after["other_support"].text
    assert not after["startup_ceiling"].open


def test_two_versions_are_compared_rule_by_rule() -> None:
    differences = compared(
        _pack("shenzhen/training-voucher-2025"), _pack("shenzhen/training-voucher-2026"), "zh"
    )
    by_title = {difference.title: difference for difference in differences}
    assert by_title["在申报期间内申报"].before == ""
    assert "500,000.00" in by_title["本年度非关联租用金额不低于50万元"].after
    assert by_title["初创企业的认定（成立月数）"].after == ""
    assert "一般单位" not in by_title
    assert "成立未满一年" in by_title["初创企业"].after


@pytest.mark.parametrize(("lang", "brackets"), [("zh", "（）"), ("en", "()")])
def test_the_source_stands_in_brackets_of_the_language(lang: str, brackets: str) -> None:
    differences = compared(
        _pack("shenzhen/training-voucher-2025"), _pack("shenzhen/training-voucher-2026"), lang
    )
    ruled = [one for one in differences if one.section != "fact"]  # what is filled in rests on no article
    said = [text for one in ruled for text in (one.before, one.after) if text]
    assert said
    assert [text for text in said if text[-1] != brackets[1] or brackets[0] not in text] == []
    assert not [text for text in said if brackets in text], "what has no source has no empty brackets"


def test_a_pack_does_not_differ_from_itself() -> None:
    pack = _pack("shenzhen/corpus-voucher-2025")
    assert compared(pack, pack, "zh") == ()


def test_two_sources_of_one_rule_are_told_with_two_grades() -> None:
    said = {one.rule: one for one in told(_pack("shenzhen/training-voucher-2026"), "zh")}
    first, second = said["startup"].source.splitlines()
    assert (first, said["startup"].grade) == ("深工信规〔2024〕13号 第（二）项", "A")
    assert second == "适用对象：2026年度训力券申报通知 支持方式（成立未满一年）（C 第三方摘要）"
    assert said["budget"].source.splitlines()[1] == (
        "先后次序：先后次序来源未写明，按申报先后是本包的安排（NF 来源未写明）"
    )


def test_what_a_supplement_set_is_called_by_its_word() -> None:
    settled = {"startup_reference_date": "applied_at", "tax_basis": "without", "publicity_days": "5"}
    told_now = {one.rule: one.text for one in told(_pack("shenzhen/training-voucher-2026"), "zh", settled)}
    assert told_now["startup_reference_date"].startswith("已设为“申报日”")
    pack = _pack("shenzhen/training-voucher-2026")
    assert setting_told(pack, "tax_basis", "with", "zh") == "含税"
    assert setting_told(pack, "startup_reference_date", "applied_at", "zh") == "申报日"
    assert told_now["tax_basis"].startswith("不含税") and told_now["publicity_days"].startswith("5")


def test_a_cap_tells_over_what_time_it_counts_and_what_is_taken_off_before() -> None:
    said = {one.rule: one.text for one in told(load(every_key.text("ranked")), "zh")}
    assert said["by_branch"] == "同一分支机构合计不超过 400,000.00 元（不分年度）（只限二档、其余，各自累计）"
    assert said["in_hours"] == "每份申请不超过 1000（单价 12.50 元）"
    assert said["yearly"].startswith(
        "每个申请单位、每年合计不超过 1,000,000.00 元；一档为 1,100,000.00 元，与其他档次一并累计；"
        "填写“超出的理由”的，最高 2,000,000.00 元；先减去申请表所填“本年度此前已核定额度”"
    )
    assert said["paid_out"].endswith("；兑付时按此核对，核算额度时不看")
    english = {one.rule: one.text for one in told(load(every_key.text("ranked")), "en")}
    assert english["by_branch"].startswith("at most 400,000.00 yuan in all for each branch, over all years")


def test_a_key_with_a_source_of_its_own_and_a_term_of_the_office_are_called_by_their_words() -> None:
    said = {one.rule: one for one in told(load(every_key.text("ranked")), "zh")}
    assert said["first"].source.splitlines()[1] == "比例：某通知 第一条（摘自通知）（C 第三方摘要）"
    assert (said["validity_months"].title, said["settlement"].title) == ("有效期（月）", "结算")
    untitled = load(every_key.text("ranked").replace('title = "一档"\n', ""))
    assert next(one.title for one in told(untitled, "zh") if one.rule == "first") == "档次“first”"


def test_a_base_that_is_not_needed_and_a_tier_of_higher_priority_say_so() -> None:
    queued = {one.rule: one.text for one in told(load(every_key.text("queued")), "zh")}
    assert queued["base"].endswith("；定额的档次不需要核定基数")
    ranked = {one.rule: one.text for one in told(load(every_key.text("ranked")), "zh")}
    assert ranked["first"].endswith("（同时符合几个档次的，优先次序数大的为准；本档次为 2）")
    assert ranked["base"].endswith("（按年度计算）")


def test_one_kind_alone_is_not_one_of_several() -> None:
    loan = next(pack for pack in shipped() if pack.id == "shenzhen-loan-interest")
    said = {one.rule: one.text for one in told(loan, "zh")}
    assert said["kind"].startswith("单位类型为企业。")


OF_SEVERAL = """
[[stacking]]
id = "in_all"
how = "ceiling"
share = "0.5"
of = ["contract_amount", "-other_support"]
article = "第2条"
"""


def test_the_share_of_several_amounts_is_of_all_of_them() -> None:
    """“甲－乙的 50%” may be read as half of the second alone."""
    for lang, of in (("zh", "（合同金额－其他财政资金）的 50%"), ("en", "(contract amount")):
        assert of in {one.rule: one.text for one in told(small(OF_SEVERAL).pack, lang)}["in_all"]
    assert terms_on_paper(small(), (("other_support", -1), ("contract_amount", 1))) == (
        "减其他财政资金加合同金额，计"
    )
