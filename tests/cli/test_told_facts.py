"""What an act answers, for people: words for codes, titles for rules; programs keep the codes."""

import ast
from pathlib import Path

import pytest

import words
from casework.core.change import Change
from casework.rulebook.rule_titles import Names
from cli.told_facts import lines, named
from tests.commandline import Desk

ROOT = Path(__file__).resolve().parents[2]
NAMES = Names({"": {"applicant_year": "每年上限", "own": "自有填报项"}}, {}, {}, "、")


def told_keys() -> set[str]:
    """Every key that an act tells by name, anywhere in casework."""
    calls = (
        node
        for path in (ROOT / "casework").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "tell"
    )
    return {keyword.arg for call in calls for keyword in call.keywords if keyword.arg}


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_everything_that_an_act_tells_has_its_name(lang: str) -> None:
    keys = told_keys()
    assert len(keys) > 30
    assert sorted(key for key in keys if not words.has(f"told.{key}", lang)) == []


def test_codes_are_told_in_words() -> None:
    facts = {
        "seq": 7, "status": "blocked", "award_fen": None, "binding": "applicant_year", "reasons": [],
        "fields": ["related_party", "own"], "findings": ["same_contract", "same_invoice"], "late": False,
        "released_fen": 123456, "waits_for": "confirm_appropriation", "settings": {"court": "某法院"},
        "lists": [{"cases": 2}, {"cases": 3}], "unheard_of": 1, "not_done": ["check", "review"],
    }  # fmt: skip
    said = list(lines(Change("decide", {}, facts, 9), NAMES, "zh"))
    assert said == [
        "  核算单号：7", "  结果：待定", "  决定额度的规则：每年上限",
        "  改动的填报项：与服务机构的关联关系、自有填报项", "  核查结果（项）：2", "  逾期：否",
        "  已释放：1,234.56 元", "  等待办理：确认超出年度额度的指标",
        "  已设置：", "    行政诉讼管辖法院：某法院",
        "  名单：", "    件数：2", "    件数：3", "  unheard_of：1",
        "  核算时其他未办事项：现在的申报信息还没有核查过、还没有审查过",
    ]  # fmt: skip
    assert named("act", "accept", "zh") == "受理（accept）" and named("act", "accepted", "zh") == "accepted"


def test_what_one_list_alone_says_is_told_once() -> None:
    facts = {"cases": 2, "until_on": "2026-07-17", "lists": [{"cases": 2, "until_on": "2026-07-17"}]}
    assert len(list(lines(Change("publish", {}, facts, 9), NAMES, "zh"))) == 2


def test_people_are_told_in_words_and_programs_by_codes(desk: Desk, tmp_path: Path) -> None:
    office = tmp_path / "office.db"
    desk("init", office, "--demo-people")
    allot = (
        "--office", office, "--user", "finance", "act", "appropriate", "--reason", "年初下达",
        "--set", "budget=shenzhen-training-voucher/2026", "--set", "allotment_no=深财指〔2026〕1号",
    )  # fmt: skip
    said = desk(*allot, "--set", "amount=500000.00").out
    assert "已办理“登记指标（下达、追加或调减预算）”" in said and "可用余额：500,000.00 元" in said
    assert "大写：伍拾万元整" in said and "available" not in said
    asked = desk("--json", *allot[:-1], "allotment_no=2号", "--set", "amount=1.00").json
    assert (asked["act"], asked["available"]) == ("appropriate", "500001.00")
    assert (
        "业务“受理（accept）”还需要 申报编号（case）"
        in desk("--office", office, "--user", "officer", "act", "accept").err
    )
