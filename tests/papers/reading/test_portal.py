"""Whole files of many layouts: every row is read, rejected with its reason, or a repeat."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

from papers.reading import portal, reader
from papers.reading.portal import Reject
from papers.reading.unreadable import Unreadable
from tests.papers.portal_files import HEADINGS, application, code, faults, read, table, workbook


def test_a_good_row_is_read_to_the_fen(tmp_path: Path) -> None:
    row = application(contract_amount=2179570.72, leased_in_year="￥3,179,570.72", other_support=0)
    file = read(tmp_path, row)
    assert file.rejects == () and file.repeats == () and file.count == 1
    (found,) = file.rows
    assert (found.sheet, found.row, found.case, found.extra) == ("Sheet1", 2, "T0001", {})
    assert set(found.said) == {*portal.NAMES} - {"case"}
    assert {name: value for name, value in found.said.items() if value is not None} == {
        "applied_at": datetime.datetime(2026, 5, 7, 14, 19),
        "applicant_name": "深圳市试验1号科技有限公司",
        "applicant": code(1),
        "applicant_kind": "enterprise",
        "founded_on": datetime.date(2024, 1, 13),
        "provider": "深圳某某云计算有限公司",
        "provider_admitted": True,
        "contract_no": "SZ-2026-0001",
        "signed_on": datetime.date(2026, 4, 26),
        "starts_on": datetime.date(2026, 5, 1),
        "ends_on": datetime.date(2027, 4, 30),
        "contract_amount": 217957072,
        "leased_in_year": 317957072,
        "related_party": False,
        "other_support": 0,
        "account": "6599188127527645161",
    }


def test_titles_notes_blanks_totals_remarks_and_hidden_sheets_are_no_rows(tmp_path: Path) -> None:
    lines = [
        ["2026年度训力券申报情况汇总表"],
        ["导出时间：2026-06-06 09:12    金额单位：元"],
        [],
        ["序号", *HEADINGS.values()],
        [1, *application(1).values()],
        [],
        [2, *application(2).values()],
        ["序号", *HEADINGS.values()],
        [3, *application(3).values()],
        [4],
        ["合 计", None, "3户", *[None] * 10, 24000000],
        ["填表说明：金额以元为单位。"],
        ["制表人：", None, "张三", None, "审核人：李四"],
        ["备注：以上数据由各区报送"],
    ]
    hidden = table(application(9))
    file = reader.portal(workbook(tmp_path / "a.xlsx", lines, hidden, hidden=[1]))
    assert [row.row for row in file.rows] == [5, 7, 9] and file.rejects == ()
    assert [sheet.heading_row for sheet in file.sheets] == [4]


def test_rows_that_only_look_like_remarks_are_rows(tmp_path: Path) -> None:
    file = read(tmp_path, application(1, case="合计"), application(2, case="说明-001"))
    assert [row.case for row in file.rows] == ["合计", "说明-001"]


def test_a_row_with_little_in_it_is_rejected_and_not_dropped(tmp_path: Path) -> None:
    lines = table(application(1))
    lines.append(["T0002"])
    file = reader.portal(workbook(tmp_path / "a.xlsx", lines))
    assert len(file.rows) == 1 and file.rejected == 1 and file.count == 2
    assert {reject.reason for reject in file.rejects} == {"missing"}
    assert [reject.column for reject in file.rejects] == [
        "申报时间", "单位名称", "统一社会信用代码", "单位类型", "服务机构名称", "合同编号", "合同金额（元）",
    ]  # fmt: skip


def test_grouped_headings_another_order_and_ten_thousands(tmp_path: Path) -> None:
    lines: list[list[Any]] = [
        ["某市算力券申报表"],
        ["申请单位", "", "", "", "服务机构", "", "合同", "", "", "合同金额（万元）", "", "申报", ""],
        ["企业名称", "社会信用代码", "企业类型", "成立时间", "名称", "统一社会信用代码", "编号", "签约日期",
         "服务期限", "含税", "不含税", "编号", "日期"],
        ["甲公司", code(1), "有限责任公司", "2024.1.13", "某云公司", "91440300MA50055550", "H-1", "2026/4/26",
         "2026年5月1日至2027年4月30日", 800.5, "754,7169", "S-1", "2026年5月7日 14:19"],
        ["乙大学", code(2), "高等院校", None, "某云公司", None, "H-2", None,
         None, "1,234.56", 1164.679245, "S-2", "2026-05-08"],
    ]  # fmt: skip
    file = reader.portal(workbook(tmp_path / "a.xlsx", lines))
    assert [(reject.row, reject.column, reject.reason, reject.why) for reject in file.rejects] == [
        (4, "不含税", "amount", "comma")
    ]
    (row,) = file.rows
    assert row.said["applicant_name"] == "乙大学" and row.said["contract_amount"] == 1234560000
    assert row.said["net_amount"] == 1164679245 and row.said["applicant_kind"] == "university"
    lines[3][10] = "754.7169"
    (row, _) = reader.portal(workbook(tmp_path / "b.xlsx", lines)).rows
    assert row.said["provider"] == "某云公司" and row.said["contract_no"] == "H-1" and row.case == "S-1"
    assert row.said["starts_on"] == datetime.date(2026, 5, 1)
    assert row.said["ends_on"] == datetime.date(2027, 4, 30)
    assert row.said["contract_amount"] == 800_500_000 and row.extra == {
        "服务机构/统一社会信用代码": "91440300MA50055550"
    }


def test_two_sheets_are_one_file(tmp_path: Path) -> None:
    other = table(application(3), headings=dict(reversed(HEADINGS.items())))
    guide = [["填报指南"], ["请逐项填写"]]
    file = reader.portal(
        workbook(tmp_path / "a.xlsx", guide, table(application(1)), other, table(application(1)))
    )
    assert [(row.sheet, row.row, row.case) for row in file.rows] == [
        ("Sheet2", 2, "T0001"),
        ("Sheet3", 2, "T0003"),
    ]
    assert [(again.sheet, again.row) for again in file.repeats] == [("Sheet4", 2)]
    assert [sheet.heading_row for sheet in file.sheets] == [0, 1, 1, 1] and file.sheets[0].height == 2


def test_the_unit_of_a_note_counts_where_the_heading_names_none(tmp_path: Path) -> None:
    bare = {**HEADINGS, "contract_amount": "合同金额", "leased_in_year": "本年度累计租用金额（元）"}
    lines = [["金额单位：万元"], *table(application(1, contract_amount=800, leased_in_year=5), headings=bare)]
    (row,) = reader.portal(workbook(tmp_path / "a.xlsx", lines)).rows
    assert (row.said["contract_amount"], row.said["leased_in_year"]) == (800_000_000, 500)


def test_a_note_below_that_names_another_unit_stops_the_file(tmp_path: Path) -> None:
    bare = {**HEADINGS, "contract_amount": "合同金额"}
    lines = [*table(application(1), headings=bare), ["填表说明：金额以万元为单位。"]]
    with pytest.raises(Unreadable) as caught:
        reader.portal(workbook(tmp_path / "a.xlsx", lines))
    assert caught.value.code == "noted_unit" and "合同金额" in caught.value.say("zh")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_text_tables_in_their_encodings(encoding: str, mark: str, tmp_path: Path) -> None:
    path = tmp_path / "round.csv"
    name = "深圳市镕垚𬭚科技有限公司"
    row = application(1, applied_at="2026-05-07 14:19", founded_on="2024-01-13", starts_on="", ends_on="")
    row |= {
        "applicant_name": name,
        "contract_amount": '"8,000,000.00"',
        "account": "6599188127527645161",
    }
    lines = [mark.join(HEADINGS.values()), "", mark.join(str(value or "") for value in row.values())]
    path.write_text("\r\n".join(lines) + "\r\n", encoding=encoding)
    (found,) = reader.portal(path).rows
    assert (found.row, found.said["applicant_name"], found.said["contract_amount"]) == (3, name, 800_000_000)
    assert found.said["account"] == "6599188127527645161" and found.said["applied_at"].minute == 19


def test_traps_of_text_tables_are_rejects(tmp_path: Path) -> None:
    path = tmp_path / "round.csv"
    rows = [
        application(1, account="6.59919E+18"),
        application(2, contract_no="1.2E+10"),
        application(3, contract_amount="8,000,000.00"),
        application(4, applicant='"=""' + code(4) + '"""'),
    ]
    lines = [
        ",".join(HEADINGS.values()),
        *(",".join("" if v is None else str(v) for v in r.values()) for r in rows),
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    file = reader.portal(path)
    assert [fault for fault in faults(file) if fault[0] < 4] == [
        (2, "account_as_number", ""),
        (3, "id_as_number", ""),
    ]
    assert (4, "columns", "") in faults(file), "an amount with commas and no quotes moves what follows"
    assert [row.said["applicant"] for row in file.rows] == [code(4)]


def test_an_open_quote_does_not_swallow_rows(tmp_path: Path) -> None:
    path = tmp_path / "round.csv"
    rows = [application(1, applicant_name='"甲公司'), application(2)]
    lines = [",".join(HEADINGS.values()), *(",".join(str(v or "") for v in row.values()) for row in rows)]
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(Unreadable) as caught:
        reader.portal(path)
    assert caught.value.code == "csv"


def test_numbers_for_ids_keep_the_files_digits(tmp_path: Path) -> None:
    good = application(1, case=2026050001, contract_no=99000001)
    lost = application(2, case=6710895647149976123, contract_no=1.5)
    file = read(tmp_path, good, lost, application(3, account=6710895647149976123))
    assert [(row.case, row.said["contract_no"]) for row in file.rows] == [("2026050001", "99000001")]
    assert faults(file) == [(3, "id_as_number", ""), (3, "id_as_number", ""), (4, "account_as_number", "")]
    assert file.rejects[2].value == "6.71089564714998E+18"


def test_what_can_not_be_told_is_rejected_with_its_reason(tmp_path: Path) -> None:
    file = read(
        tmp_path,
        application(1, applicant="91440300MA50050550"),
        application(2, contract_amount="待定"),
        application(3, contract_amount=1234.567),
        application(4, applied_at="五月七日"),
        application(5, applicant_kind="外星人"),
        application(6, related_party="也许"),
        application(7, applicant_name="长" * 201),
        application(8, applicant_name="a\x01b"),
        application(9, ends_on="2026-01-01"),
        application(10, applicant_name=None),
        application(11, founded_on="2026-02-30"),
    )
    assert file.rows == ()
    assert faults(file) == [
        (2, "credit_code", "check_digit"),
        (3, "amount", "letter"),
        (4, "amount", "decimals"),
        (5, "date", ""),
        (6, "kind", ""),
        (7, "yes_no", ""),
        (8, "too_long", "200"),
        (9, "control", ""),
        (10, "date_order", ""),
        (11, "missing", ""),
        (12, "date", ""),
    ]


def test_unknown_stays_unknown(tmp_path: Path) -> None:
    (row,) = read(tmp_path, application(1, related_party="无法判断", provider_admitted=None)).rows
    for name in ("related_party", "provider_admitted", "leased_in_year"):
        assert row.said[name] is None


@pytest.mark.parametrize(
    ("related", "admitted", "expected"),
    [
        ("有", "有", (True, True)),
        ("不存在", "未入库", (False, False)),
        ("无关联关系", "已入库", (False, True)),
        (True, False, (True, False)),
    ],
)
def test_yes_and_no_in_their_dresses(
    related: object, admitted: object, expected: tuple[bool, bool], tmp_path: Path
) -> None:
    (row,) = read(tmp_path, application(1, related_party=related, provider_admitted=admitted)).rows
    assert (row.said["related_party"], row.said["provider_admitted"]) == expected


def test_none_of_other_money_is_zero_and_levels_add_up(tmp_path: Path) -> None:
    (row,) = read(tmp_path, application(1, other_support="无")).rows
    assert row.said["other_support"] == 0
    lines = table(application(1))
    lines[0][15:16] = ["其他财政资金（国家）", "其他财政资金（市）", "其他财政资金（区）"]
    lines[1][15:16] = [None, 100.5, "200"]
    (row,) = reader.portal(workbook(tmp_path / "b.xlsx", lines)).rows
    levels = [row.said[f"other_{level}"] for level in ("national", "city", "district")]
    assert levels == [None, 10050, 20000]
    assert row.said["other_support"] == 30050


def test_the_same_case_again(tmp_path: Path) -> None:
    file = read(tmp_path, application(1), application(2), application(1), application(2, contract_amount=1))
    assert [row.row for row in file.rows] == [2, 3]
    assert [(again.row, again.first_row) for again in file.repeats] == [(4, 2)]
    assert faults(file) == [(5, "duplicate_case", "3")] and file.count == 4
    assert "第 3 行" in file.rejects[0].say("zh")


def test_other_columns_are_kept_as_facts(tmp_path: Path) -> None:
    lines = table(application(1))
    lines[0] += ["是否国产\n算力", "备注", "卡时"]
    lines[1] += ["是", "多行\n备注", 12345.5]
    (row,) = reader.portal(workbook(tmp_path / "a.xlsx", lines)).rows
    assert row.extra == {"是否国产 算力": "是", "备注": "多行 备注", "卡时": "12345.5"}


def test_what_is_taught_is_read(tmp_path: Path) -> None:
    strange = {**HEADINGS, "applicant_name": "用户名", "contract_amount": "标的（万元）"}
    path = workbook(tmp_path / "a.xlsx", table(application(1, contract_amount=800), headings=strange))
    with pytest.raises(Unreadable) as caught:
        reader.portal(path)
    assert caught.value.code == "missing_columns" and "单位名称、合同金额" in caught.value.say("zh")
    (row,) = reader.portal(path, {"用户名": "applicant_name", "标的（万元）": "contract_amount"}).rows
    assert row.said["contract_amount"] == 800_000_000 and row.said["applicant_name"].startswith("深圳市试验")


def test_a_table_without_known_headings_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as caught:
        reader.portal(workbook(tmp_path / "a.xlsx", [["甲", "乙"], [1, 2]]))
    assert caught.value.code == "no_headings"


def test_every_reason_has_its_sentence() -> None:
    reasons = """credit_code account_as_number id_as_number amount date date_order missing duplicate_case kind
        yes_no too_long control cell_error formula merged columns recused"""
    for lang in ("zh", "en"):
        for reason in reasons.split():
            said = Reject("", 7, "合同金额", "abc", reason, "12").say(lang)
            assert "7" in said and said.endswith(("。", "."))
    said = Reject("", 7, "合同金额", "1.005", "amount", "decimals").say("zh")
    assert said != Reject("", 7, "合同金额", "1.005", "amount", "letter").say("zh")


def test_packing_is_there_and_back() -> None:
    moment = datetime.datetime(2026, 5, 7, 14, 19, 59)
    values: list[object] = [None] * len(portal.NAMES)
    values[portal.SLOTS["applied_at"]] = portal.packed_moment(moment)
    values[portal.SLOTS["ends_on"]] = datetime.date(2027, 4, 30).toordinal()
    (row,) = portal.unpack([("s", 2, values, {"a": "b"})])
    days = [row.said[name] for name in ("applied_at", "ends_on", "signed_on")]
    assert days == [moment, datetime.date(2027, 4, 30), None]
    assert (row.sheet, row.row, row.extra) == ("s", 2, {"a": "b"})
