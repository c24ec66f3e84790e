"""What a blank means is told of every fact, in both languages, and of a sum what it is made of."""

import pytest

from casework.rulebook.declared_in_words import declared, facts
from casework.rulebook.tests_in_words import Names
from rules.pack import load
from tests.casework.rulebook import every_key
from tests.rules.desk import small

PACK = load(every_key.text("ranked"))
ZH = {one.id: text for one, text in declared(Names(PACK, "zh", {}))}
EN = {one.id: text for one, text in declared(Names(PACK, "en", {}))}


@pytest.mark.parametrize(
    ("name", "zh", "en"),
    [
        (
            "paid",
            "金额；空白的按“合同金额”计；两项都空白的一律待定；表头也可写作“已付”",
            "money; a blank counts as contract amount; where both are blank the case is blocked; "
            'also found under the heading "已付"',
        ),
        ("storage", "金额；空白的按零计", "money; a blank counts as zero"),
        ("hours", "整数；空白的按“5”计", 'whole number; a blank counts as "5"'),
        (
            "group",
            "选项；可填甲类、乙类；空白的按“甲类”计",
            'a choice; one of 甲类, 乙类; a blank counts as "甲类"',
        ),
        ("score", "金额；空白的为不详，不当作零", "money; a blank is not known, and not zero"),
        ("accepted_on", "日期；空白的为不详", "date; a blank is not known"),
        (
            "own_rate",
            "比例；空白的按该档次的比例；由经办核实时填写，申请单位填的不算",
            "rate; a blank means the rate of the tier; said by the officer on checking, not by the applicant",
        ),
        ("other_support", "金额；空白的按零计", "money; a blank counts as zero"),
        (
            "net",
            "合计：实付金额－存储费用；不足零的按零计，有一项不详的，合计不详",
            "a sum: paid − storage; not below zero, and not known where one of them is not",
        ),
        (
            "worth",
            "数量折成的金额：（卡时＋备用卡时）× 单价 12.50 元；有一项不详的，合计不详",
            "an amount for a count: (hours + spare) × a price of 12.50 yuan; "
            "not known where one of them is not",
        ),
    ],
)
def test_a_blank_and_a_sum_are_told(name: str, zh: str, en: str) -> None:
    assert (ZH[name], EN[name]) == (zh, en)


def test_a_fact_that_must_be_known_and_one_that_is_no_rules_are_told_apart() -> None:
    own = '[[fact]]\nid = "x"\ntype = "date"\nknown = true\n'
    pack = small(own).pack
    said = {one.id: text for one, text in declared(Names(pack, "zh", {}))}
    assert said["x"] == "日期；空白的一律待定"
    assert [one.id for one in facts(pack)] == ["x", "applied_at", "contract_amount"]
