"""The unit of money that a heading, a group or a note names, in whatever words."""

from __future__ import annotations

from pathlib import Path

import pytest

from papers.reading import heading_units, portal_headings, reader
from papers.reading.unreadable import Unreadable
from tests.papers.portal_files import HEADINGS, application, table, workbook

WAN = 10**6


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("合同金额（元）", 100),
        ("合同金额（人民币万元）", WAN),
        ("合同金额/亿元", 10**10),
        ("合同金额（含税，万元）", WAN),
        ("合同金额（单位：万元）", WAN),
        ("合同金额万元", WAN),
        ("Contract amount (10,000 yuan)", WAN),
        ("Contract amount (in yuan)", 100),
        ("合同金额", 0),
        ("一元化合同金额", 0),
        ("合同金额（含税万元）", WAN),
        ("合同金额（万元含税）", WAN),
        ("合同金额（以万元计）", WAN),
        ("合同金额（单位为万元）", WAN),
        ("合同金额（RMB 万元）", WAN),
        ("合同金额（万元RMB）", WAN),
        ("合同金额（￥万）", WAN),
        ("合同金额（萬元）", WAN),
        ("合同金额〈万元〉", WAN),
        ("合同金额 (CNY 10,000)", WAN),
        ("合同金额（千万元）", 10**9),
        ("合同金额/千万元", 10**9),
        ("合同金额（不超过5000万元）", 0),
        ("合同金额（单笔不低于五十万元）", 0),
        ("合同金额（元，不足一万元按一万元计）", 100),
    ],
)
def test_units_stand_in_headings(heading: str, unit: int) -> None:
    assert heading_units.unit_of(heading) == unit


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        ("金额（万美元）", "currency"),
        ("Amount (USD)", "currency"),
        ("合同金额（新加坡元）", "currency"),
        ("合同金额（HK$）", "currency"),
        ("合同金额（万元）（元）", "two_units"),
        ("合同金额（元或万元）", "two_units"),
        ("合同金额（元×10⁴）", "unit"),
        ("合同金额（分）", "unit"),
        ("合同金额（外币）", "unit"),
    ],
)
def test_what_is_no_unit_of_renminbi_is_refused(heading: str, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        heading_units.unit_of(heading)
    assert caught.value.code == code and heading in caught.value.say("zh")


def test_a_unit_among_words_leaves_the_words() -> None:
    assert portal_headings.candidates("", "合同金额（不含税万元）")[0][1] == "net_amount"
    assert portal_headings.candidates("", "合同金额（含税万元）")[0][1] == "contract_amount"


@pytest.mark.parametrize(
    ("note", "unit"),
    [
        ("导出时间：2026-06-06    金额单位：万元", WAN),
        ("填表说明：金额以元为单位，保留两位小数。", 100),
        ("单 位：人民币元", 100),
        ("说明：以上金额单位均为万元", WAN),
        ("计量单位（万元）", WAN),
        ("填报单位：深圳市某局", 0),
        ("填报单位：万科企业", 0),
        ("总金额500万元", 0),
        ("备注：单笔金额万元以上需说明", 0),
    ],
)
def test_notes_name_units(note: str, unit: int) -> None:
    assert heading_units.noted_unit(note) == unit


BARE = {**HEADINGS, "contract_amount": "合同金额", "leased_in_year": "本年度累计租用金额"}
HEADED = table(application(1, contract_amount=800, leased_in_year=60), headings=BARE)
AT = list(BARE).index("contract_amount")


def amounts(path: Path) -> tuple[int, int]:
    (row,) = reader.portal(path).rows
    return row.said["contract_amount"], row.said["leased_in_year"]


def test_a_group_that_tells_no_heading_apart_still_names_the_unit(tmp_path: Path) -> None:
    """800 under 金额（万元） are eight million: read as yuan, a contract of 800.00 is refused, and of what
    others gave a ten-thousandth is taken off."""
    group = [""] * len(BARE)
    group[0], group[AT], group[AT + 1] = "申报", "金额（万元）", "金额（万元）"
    path = workbook(tmp_path / "a.xlsx", [group, *HEADED])
    assert amounts(path) == (800_000_000, 60_000_000)
    text = tmp_path / "a.csv"
    text.write_text("\n".join(",".join(map(str, line)) for line in [group, *HEADED]), encoding="utf-8")
    assert amounts(text) == (800_000_000, 60_000_000)


def test_a_unit_in_a_title_counts_where_nothing_nearer_names_one(tmp_path: Path) -> None:
    title = ["2026年度训力券申报情况汇总表（万元）"]
    assert amounts(workbook(tmp_path / "a.xlsx", [title, *HEADED])) == (800_000_000, 60_000_000)
    own = {**BARE, "contract_amount": "合同金额（元）"}
    lines = [title, *table(application(1, contract_amount=800), headings=own)]
    assert amounts(workbook(tmp_path / "b.xlsx", lines))[0] == 80_000


def test_a_group_s_unit_reaches_no_further_than_the_group(tmp_path: Path) -> None:
    group = [""] * len(BARE)
    group[0], group[AT], group[AT + 1], group[AT + 2] = "申报", "合同", "本年度（万元）", "关联"
    lines = table(application(1, leased_in_year=60), headings=BARE)
    assert amounts(workbook(tmp_path / "a.xlsx", [group, *lines])) == (800_000_000, 60_000_000)


@pytest.mark.parametrize("note", ["说明：以上金额单位均为万元", "金额单位：万元", "备注：金额以万元计"])
def test_a_note_under_the_table_is_no_row_and_stops_another_unit(note: str, tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as caught:
        reader.portal(workbook(tmp_path / "a.xlsx", [*HEADED, [note]]))
    assert caught.value.code == "noted_unit"


@pytest.mark.parametrize(
    "title",
    [
        "每家最高资助1000万元",
        "合计申请5000万元",
        "2026年度预算5亿元",
        "每张券1000元",
        "共12家，3.2亿元",
        "填报单位：元象科技有限公司",
        "制表单位：千元科技",
        "NeuralAI 申报表",
        "欧洲Europe",
        "加元科技有限公司申报表",
        "新日元科技申报",
        "机房面积1200m²",
        "申报汇总表²",
    ],
)
def test_an_amount_or_a_name_over_the_table_is_no_unit(title: str, tmp_path: Path) -> None:
    """A title 每家最高资助1000万元 once made 8,000,000.00 of 800."""
    assert heading_units.unit_over([title]) == 0
    assert amounts(workbook(tmp_path / "a.xlsx", [[title], *HEADED])) == (80_000, 6_000)
    noted = workbook(tmp_path / "b.xlsx", [["金额单位：万元"], [title], *HEADED])
    assert amounts(noted) == (800_000_000, 60_000_000)


def test_a_group_with_an_amount_in_it_is_no_unit(tmp_path: Path) -> None:
    group = [""] * len(BARE)
    group[0], group[AT], group[AT + 1] = "申报", "合同不低于50万元", "合同不低于50万元"
    assert amounts(workbook(tmp_path / "a.xlsx", [group, *HEADED])) == (80_000, 6_000)


@pytest.mark.parametrize(
    ("note", "unit"),
    [
        ("单位：人、万元", WAN),
        ("Unit: 10,000 yuan", WAN),
        ("金额单位：仟元", 10**5),
        ("单位：佰万元", 10**8),
        ("币种：人民币    单位：万元", WAN),
    ],
)
def test_a_note_in_other_words_names_the_unit(note: str, unit: int, tmp_path: Path) -> None:
    assert heading_units.noted_unit(note) == unit
    assert amounts(workbook(tmp_path / "a.xlsx", [[note], *HEADED]))[0] == 800 * unit


@pytest.mark.parametrize(
    ("heading", "unit"), [("百万", 10**8), ("十万", 10**7), ("仟元", 10**5), ("佰万元", 10**8)]
)
def test_a_heading_in_other_words_names_the_unit(heading: str, unit: int) -> None:
    assert heading_units.unit_of(f"合同金额（{heading}）") == unit
    assert heading_units.unit_of("合同金额¹（元）") == 100, "the mark of a footnote is no power"


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("金额单位：角", "unit"),
        ("金额单位：见附件", "unit"),
        ("金额单位：港元", "currency"),
        ("单位：千美元", "currency"),
        ("2026年度深圳市训力券申报情况汇总表（单位：万美元）", "currency"),
    ],
)
def test_a_unit_over_the_table_that_can_t_be_read_stops_it(title: str, code: str, tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as caught:
        reader.portal(workbook(tmp_path / "a.xlsx", [[title], *HEADED]))
    assert caught.value.code == code


def test_units_on_a_line_of_their_own_stop_the_file(tmp_path: Path) -> None:
    """Read on, the rows below would be yuan."""
    units = [""] * len(BARE)
    units[AT] = "（万元）"
    with pytest.raises(Unreadable) as caught:
        reader.portal(workbook(tmp_path / "a.xlsx", [HEADED[0], units, *HEADED[1:]]))
    assert caught.value.code == "unit_row"


@pytest.mark.parametrize(
    "heading",
    [
        "合同金额（元/月）",
        "金额（万元/年）",
        "合同金额（元/P·天）",
        "合同金额（元每卡时）",
        "合同金额（每月，元）",
        "合同金额（单价，元）",
        "Contract amount (yuan per month)",
    ],
)
def test_a_price_of_a_month_or_an_hour_is_no_contract_s_amount(heading: str, tmp_path: Path) -> None:
    """80,000 a month were once read as a contract of 80,000, and a part of the award was lost."""
    lines = table(application(1, contract_amount=800), headings={**BARE, "contract_amount": heading})
    with pytest.raises(Unreadable) as caught:
        reader.portal(workbook(tmp_path / "a.xlsx", lines))
    assert caught.value.params["fields"] == ["contract_amount"]
    whole = [[*line, cell] for line, cell in zip(lines, ("合同总额（元）", 2400), strict=True)]
    read = reader.portal(workbook(tmp_path / "b.xlsx", whole))
    assert read.rows[0].said["contract_amount"] == 240_000
    assert [column.field for column in read.sheets[0].columns if column.heading == heading] == [""]


@pytest.mark.parametrize(
    "heading",
    [
        "合同金额（人民币/元）",
        "合同金额（元/人民币）",
        "合同金额（元/含税）",
        "合同金额（每家不超过5000万元）",
    ],
)
def test_what_stands_beside_a_unit_is_no_price(heading: str, tmp_path: Path) -> None:
    lines = table(application(1, contract_amount=800), headings={**BARE, "contract_amount": heading})
    assert amounts(workbook(tmp_path / "a.xlsx", lines))[0] == 80_000


def test_a_year_s_amount_may_say_so() -> None:
    assert portal_headings.candidates("", "本年度租用金额（万元/年）")[0][1] == "leased_in_year"
    assert portal_headings.candidates("", "本年度租用金额（万元/月）") == []
