"""The stand-alone calculation, asserted to the fen: the rules' worked examples, and every dress of a file."""

import csv
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from casework.rulebook.shipped_packs import DEFAULT, shipped
from casework.without_office.calculation import OUTPUT, calculate
from casework.without_office.summary import Summary
from papers.reading.text_rows import UnreadableFile
from papers.reading.unreadable import Unreadable
from rules.pack import load
from tests.rules.desk import small_text

PLAIN = {
    "case": "1",
    "applied_at": "2026-05-10",
    "applicant": "91440300MA5EXAMP0C",
    "applicant_kind": "enterprise",
    "founded_on": "2023-05-10",
    "contract_no": "HT-1",
    "signed_on": "2026-02-01",
    "starts_on": "2026-02-01",
    "ends_on": "2027-01-31",
    "contract_amount": "8000000",
    "leased_in_year": "",
    "related_party": "no",
    "provider_admitted": "yes",
    "other_support": "",
    "awarded_before": "",
}


def run(
    folder: Path,
    *changes: Mapping[str, str],
    encoding: str = "utf-8",
    headings: Mapping[str, str] | None = None,
    pack: str = DEFAULT,
) -> tuple[list[dict[str, str]], Summary]:
    """Calculates a row for each set of changes to a plain case; numbers and applicants differ unless said."""
    rows = [
        {**PLAIN, "case": str(number), "applicant": f"A{number}", **change}
        for number, change in enumerate(changes, 1)
    ]
    names = list(dict.fromkeys(name for row in rows for name in row))
    source, target = folder / "cases.csv", folder / "awards.csv"
    with source.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file)
        writer.writerow([(headings or {}).get(name, name) for name in names])
        writer.writerows([[row.get(name, "") for name in names] for row in rows])
    summary = calculate(source, target, shipped(), pack)
    with target.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file)), summary


def one(folder: Path, **change: str) -> dict[str, str]:
    rows, _ = run(folder, change)
    return rows[0]


@pytest.mark.parametrize(
    ("change", "award", "binding"),
    [
        ({}, "4000000.00", "rate"),
        ({"contract_amount": "30000000"}, "10000000.00", "applicant_year"),
        ({"founded_on": "2025-09-10"}, "4800000.00", "rate"),
        ({"founded_on": "2025-09-10", "contract_amount": "20000000"}, "10000000.00", "applicant_year"),
        ({"contract_amount": "500000.00", "leased_in_year": "500000.00"}, "250000.00", "rate"),
        ({"contract_amount": "6000000", "awarded_before": "8000000"}, "2000000.00", "applicant_year"),
        ({"contract_amount": "10000000", "other_support": "3000000"}, "2000000.00", "other_support"),
        ({"contract_amount": "20000000"}, "10000000.00", "rate"),
        ({"founded_on": "2025-09-10", "contract_amount": "16666666.67"}, "10000000.00", "rate"),
        ({"founded_on": "2025-09-10", "contract_amount": "16666666.65"}, "9999999.99", "rate"),
    ],
)
def test_the_worked_examples(tmp_path: Path, change: dict[str, str], award: str, binding: str) -> None:
    row = one(tmp_path, **change)
    assert (row["status"], row["award"], row["binding"]) == ("awarded", award, binding)
    assert row["reasons"] == row["readings"] == ""


def test_a_threshold_missed_by_a_fen_refuses(tmp_path: Path) -> None:
    row = one(tmp_path, leased_in_year="499999.99")
    assert (row["status"], row["award"], row["reasons"]) == ("refused", "", "threshold")


def test_an_unset_ceiling_blocks_and_shows_both_readings(tmp_path: Path) -> None:
    row = one(tmp_path, founded_on="2025-09-10", contract_amount="10000000", other_support="3000000")
    assert (row["status"], row["award"], row["reasons"]) == ("blocked", "", "startup_ceiling")
    assert row["readings"] == "startup_ceiling=50:2000000.00;startup_ceiling=60:3000000.00"


def test_the_inputs_columns_stand_first_and_untouched(tmp_path: Path) -> None:
    rows, _ = run(tmp_path, {"备注": " 原样，保留 ", "contract_amount": "8,000,000.00"})
    assert list(rows[0]) == [*PLAIN, "备注", *OUTPUT]
    assert rows[0]["备注"] == " 原样，保留 "
    assert rows[0]["contract_amount"] == "8,000,000.00"
    assert rows[0]["pack"] == "shenzhen-training-voucher@2026"
    assert (rows[0]["tier"], rows[0]["rate"]) == ("general", "0.5")
    assert (rows[0]["computed"], rows[0]["base"]) == ("4000000.00", "8000000.00")


def test_a_code_that_a_spreadsheet_took_for_a_number_is_nobody_s(tmp_path: Path) -> None:
    lost = {"applicant": "9.12345678901235E+17", "contract_amount": "12000000"}
    rows, _ = run(tmp_path, lost, lost)
    assert [(row["status"], row["reasons"]) for row in rows] == [("blocked", "applicant")] * 2


def test_the_cap_of_an_applicant_runs_through_the_file_and_the_year(tmp_path: Path) -> None:
    same = {"applicant": "91440300MA5EXAMP0C", "contract_amount": "12000000"}
    spelled = {**same, "applicant": " ９１440300ma5examp0c "}
    rows, summary = run(tmp_path, same, spelled, {}, {**same, "awarded_before": "1"})
    assert [row["award"] for row in rows] == ["6000000.00", "4000000.00", "4000000.00", ""]
    assert (rows[3]["status"], rows[3]["reasons"], rows[3]["binding"]) == (
        "refused",
        "applicant_year",
        "applicant_year",
    )
    assert summary.award_fen == 1_400_000_000


def test_years_have_their_own_cap_and_budget(tmp_path: Path) -> None:
    full = {"applicant": "A", "contract_amount": "20000000"}
    rows, _ = run(
        tmp_path,
        {**full, "applied_at": "2025-12-31"},
        {**full, "applied_at": "2026-05-06"},
        {**full, "applied_at": "2025-01-01"},
    )
    assert [row["pack"][-4:] for row in rows] == ["2025", "2026", "2025"]
    assert [row["award"] for row in rows] == ["10000000.00", "10000000.00", ""]


def test_the_budget_is_first_come_first_served(tmp_path: Path) -> None:
    """Fifty awards of ten million use the year's budget up to the fen; then nothing is left to award."""
    rows, summary = run(
        tmp_path, *[{"contract_amount": "20000000"}] * 49, {"contract_amount": "19999999.98"}, {}, {}
    )
    assert summary.award_fen == 500_000_000_00 - 1
    assert (rows[50]["status"], rows[50]["reasons"]) == ("blocked", "budget_exceeded")
    assert rows[50]["readings"] == "budget_exceeded=rest:0.01;budget_exceeded=nothing:0.00"
    assert rows[51]["readings"] == rows[50]["readings"], "a blocked case uses nothing"


def test_a_budget_used_up_refuses(tmp_path: Path) -> None:
    rows, _ = run(tmp_path, *[{"contract_amount": "20000000"}] * 51)
    assert (rows[50]["status"], rows[50]["reasons"], rows[50]["binding"]) == ("refused", "budget", "budget")


def test_refused_and_blocked_rows_use_nothing(tmp_path: Path) -> None:
    same = {"applicant": "A", "contract_amount": "20000000"}
    rows, _ = run(tmp_path, {**same, "related_party": "yes"}, {**same, "provider_admitted": ""}, same)
    assert [row["status"] for row in rows] == ["refused", "blocked", "awarded"]
    assert rows[1]["reasons"] == "provider_admitted"
    assert rows[2]["award"] == "10000000.00"


@pytest.mark.parametrize(
    ("applied", "status", "reasons"),
    [
        ("2026-05-05 23:59:59", "refused", "window"),
        ("2026-05-06", "awarded", ""),
        ("2026-06-05 23:59:59", "awarded", ""),
        ("2026-06-06", "refused", "window"),
        ("2026-06-05T15:59:59Z", "awarded", ""),
        ("2026-06-05T16:00:00Z", "refused", "window"),
        ("2026-06-05T17:59:59+02:00", "awarded", ""),
        ("2026/5/6 09:30", "awarded", ""),
        ("2026年5月6日", "awarded", ""),
        ("2024-12-17", "blocked", "no_pack"),
        ("2026-12-18", "blocked", "no_pack"),
        ("2026-12-17T16:00:00Z", "blocked", "no_pack"),
        ("", "blocked", "applied_at"),
        ("昨天", "blocked", "applied_at"),
        ("2026-02-30", "blocked", "applied_at"),
    ],
)
def test_moments_are_shanghais(tmp_path: Path, applied: str, status: str, reasons: str) -> None:
    row = one(tmp_path, applied_at=applied, founded_on="2020-01-01")
    assert (row["status"], row["reasons"]) == (status, reasons)
    if reasons in ("no_pack", "applied_at"):
        assert row["pack"] == ""


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("contract_amount", "8000000.001"), ("contract_amount", "八百万"), ("contract_amount", "1e6"),
        ("contract_amount", "-1"), ("contract_amount", "1,00"), ("founded_on", "2023-13-01"),
        ("related_party", "也许"), ("provider_admitted", "maybe"), ("other_support", "#N/A"),
        ("ends_on", "2027-02-29"), ("awarded_before", "十"),
    ],
)  # fmt: skip
def test_a_cell_that_cannot_be_read_blocks_its_row_with_the_column(
    tmp_path: Path, column: str, text: str
) -> None:
    rows, summary = run(tmp_path, {column: text}, {})
    assert (rows[0]["status"], rows[0]["reasons"], rows[0]["award"]) == ("blocked", column, "")
    assert rows[0][column] == text
    assert rows[1]["status"] == "awarded"
    assert (summary.rows, summary.unreadable, summary.blocked) == (2, 1, 1)


def test_every_column_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    assert one(tmp_path, contract_amount="x", founded_on="y")["reasons"] == "founded_on;contract_amount"


@pytest.mark.parametrize("blank", ["", " ", "\t", "　", "\xa0"])
def test_blanks_are_not_known(tmp_path: Path, blank: str) -> None:
    row = one(tmp_path, other_support=blank, awarded_before=blank, leased_in_year=blank)
    assert row["award"] == "4000000.00"
    assert one(tmp_path, contract_amount=blank)["reasons"] == "threshold"
    assert one(tmp_path, related_party=blank)["reasons"] == "related_party"


def test_a_number_that_is_there_already_blocks_the_later_row(tmp_path: Path) -> None:
    rows, _ = run(tmp_path, {"case": "7"}, {"case": "7"}, {"case": ""})
    assert [row["status"] for row in rows] == ["awarded", "blocked", "blocked"]
    assert [row["reasons"] for row in rows] == ["", "case", "case"]


def test_rows_out_are_rows_in_and_in_their_order(tmp_path: Path) -> None:
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    rest = ",".join(list(PLAIN.values())[1:])
    lines = [",".join(PLAIN), "3,2026-05-10,A", "", f"1,{rest},more", "," * 14, f"2,{rest},", ""]
    source.write_text("\n".join(lines), encoding="utf-8")
    summary = calculate(source, target, shipped(), DEFAULT)
    with target.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert summary.rows == len(rows) == 4
    assert [row["case"] for row in rows] == ["3", "1", "", "2"]
    assert [row["status"] for row in rows] == ["blocked", "blocked", "blocked", "awarded"]
    assert rows[1]["reasons"] == "more_cells"


CHINESE = {
    "case": "申报编号",
    "applied_at": "申报时间",
    "applicant": "统一社会信用代码",
    "applicant_kind": "单位类型",
    "founded_on": "成立日期",
    "contract_no": "合同编号",
    "signed_on": "签订日期",
    "contract_amount": "合同金额（万元）",
    "related_party": "是否关联方",
    "provider_admitted": "服务机构是否入库",
    "other_support": "其他财政资金（元）",
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_chinese_headings_units_and_encodings(tmp_path: Path, encoding: str) -> None:
    rows, _ = run(
        tmp_path,
        {
            "contract_amount": "800",
            "applicant_kind": "企业",
            "related_party": "否",
            "provider_admitted": "是",
        },
        {
            "contract_amount": "1234.5678",
            "applicant_kind": "高等院校",
            "related_party": "否",
            "provider_admitted": "是",
        },
        {
            "contract_amount": "800",
            "applicant_kind": "个人",
            "related_party": "是",
            "provider_admitted": "是",
        },
        encoding=encoding,
        headings=CHINESE,
    )
    assert [row["award"] for row in rows] == ["4000000.00", "6172839.00", ""]
    assert rows[2]["reasons"] == "kind;related_party"
    assert rows[0]["申报编号"] == "1", "no byte order mark is left in the heading"


def test_the_english_name_goes_before_a_chinese_heading(tmp_path: Path) -> None:
    rows, _ = run(tmp_path, {"申请单位": "某某公司", "合同金额": "1"})
    assert rows[0]["award"] == "4000000.00"


def test_other_packs_take_their_own_facts(tmp_path: Path) -> None:
    rows, _ = run(
        tmp_path,
        {"through_exchange": "yes"},
        {"through_exchange": ""},
        {"through_exchange": "?"},
        pack="shenzhen-corpus-voucher",
    )
    assert [row["award"] for row in rows] == ["2000000.00", "", ""]
    assert [row["reasons"] for row in rows] == ["", "through_exchange", "through_exchange"]


def test_what_a_pack_calls_its_own_is_not_taken_for_a_field_too(tmp_path: Path) -> None:
    """`total_amount` alone once stood for the contract's amount as well; an import asks for that."""
    pack = load(
        small_text(
            '\n[[fact]]\nid = "total_amount"\ntype = "money"\n'
            '\n[base]\nsmallest_of = ["contract_amount", "total_amount"]\narticle = "a"\n'
        )
    )
    source = tmp_path / "cases.csv"
    source.write_text("case,applied_at,applicant,total_amount\n1,2026-05-06,A1,100\n", encoding="utf-8")
    calculate(source, tmp_path / "awards.csv", [pack], pack.id)
    with (tmp_path / "awards.csv").open(encoding="utf-8") as file:
        assert [row["reasons"] for row in csv.DictReader(file)] == ["contract_amount"]


def test_funders_have_a_column_each(tmp_path: Path) -> None:
    shared = next(pack for pack in shipped() if pack.ref == f"{DEFAULT}@2026").canonical.decode()
    halves = "".join(
        f'\n[[funder]]\nid = "{name}"\nshare = "0.5"\n{odd}article = "1"\ngrade = "made-up"\n'
        for name, odd in (("province", "odd = true\n"), ("city", ""))
    )
    pack = load(shared + halves)
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    row = {**PLAIN, "contract_amount": "1000000.02"}
    source.write_text("\n".join((",".join(row), ",".join(row.values()))), encoding="utf-8")
    calculate(source, target, [pack], pack.id)
    with target.open(encoding="utf-8", newline="") as file:
        (found,) = csv.DictReader(file)
    assert (found["award"], found["award_province"], found["award_city"]) == (
        "500000.01",
        "250000.01",
        "250000.00",
    )


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\r\n\r\n", "calculate.empty"),
        (b" \r\n", "calculate.no_columns"),
        (b"\xff\xfe1\x00,\x002\x00", "calculate.no_columns"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "no_table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_workbook"),
        (b"a,b\n1,2\n", "calculate.no_columns"),
        (b'case,applied_at\n1,"2026-05-10\n2,2026-05-10\n', "csv"),
        (b"case,case,applied_at\n1,1,2026-05-10\n", "calculate.twice"),
        (b"case,applied_at\n1,\xff\xff\n", "encoding"),
    ],
)
def test_a_file_that_is_none_is_refused_and_nothing_is_written(
    tmp_path: Path, content: bytes, code: str
) -> None:
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_bytes(content)
    with pytest.raises((UnreadableFile, Unreadable)) as refused:
        calculate(source, target, shipped(), DEFAULT)
    assert getattr(refused.value, "code") == code  # noqa: B009  two kinds of refusal, and each has a code
    assert list(tmp_path.iterdir()) == [source]


def test_the_input_is_never_overwritten(tmp_path: Path) -> None:
    source = tmp_path / "in.csv"
    source.write_text("case\n1\n", encoding="utf-8")
    with pytest.raises(UnreadableFile, match=r"calculate\.same_file"):
        calculate(source, tmp_path / "." / "in.csv", shipped(), DEFAULT)
    assert source.read_text(encoding="utf-8") == "case\n1\n"


def test_an_interrupted_calculation_leaves_nothing(tmp_path: Path) -> None:
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text(",".join(PLAIN) + "\n" + (",".join(PLAIN.values()) + "\n") * 5_000, encoding="utf-8")
    target.write_text("as it was", encoding="utf-8")

    def stop(done: int, total: int) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        calculate(source, target, shipped(), DEFAULT, stop)
    assert target.read_text(encoding="utf-8") == "as it was"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "out.csv"]


def workbook(path: Path, rows: Sequence[Sequence[object]]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    book.save(path)
    return path


def test_a_workbook_is_read_like_a_csv(tmp_path: Path) -> None:
    """Numbers, dates and truth values of a spreadsheet mean what their text would; blank rows are no rows."""
    dressed: dict[str, object] = {
        **{key: value or None for key, value in PLAIN.items()},
        "case": 1,
        "applied_at": datetime(2026, 5, 10, 9, 30),
        "founded_on": date(2025, 9, 10),
        "contract_amount": 8_000_000.55,
    }
    rows: list[list[object]] = [
        list(PLAIN),
        [],
        list(dressed.values()),
        [2, "2026-05-10", *list(dressed.values())[2:]],
        [],
    ]
    target = tmp_path / "out.csv"
    summary = calculate(workbook(tmp_path / "in.xlsx", rows), target, shipped(), DEFAULT)
    with target.open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    assert summary.rows == 2
    assert [row["case"] for row in found] == ["1", "2"]
    assert [row["award"] for row in found] == ["4800000.33", "4800000.33"]


def test_a_workbooks_broken_cells_block_their_row(tmp_path: Path) -> None:
    plain = dict.fromkeys(PLAIN) | PLAIN
    rows: list[list[object]] = [
        list(plain),
        [*plain.values()],
        [{**plain, "case": "2", "contract_amount": "#N/A"}[key] for key in plain],
    ]
    target = tmp_path / "out.csv"
    summary = calculate(workbook(tmp_path / "in.xlsx", rows), target, shipped(), DEFAULT)
    assert (summary.awarded, summary.unreadable) == (1, 1)


def test_a_zip_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "in.xlsx"
    source.write_bytes(b"PK\x03\x04 and nothing else")
    with pytest.raises(Unreadable):
        calculate(source, tmp_path / "out.csv", shipped(), DEFAULT)
    assert list(tmp_path.iterdir()) == [source]


def test_the_result_may_be_a_workbook_of_texts(tmp_path: Path) -> None:
    source = tmp_path / "in.csv"
    source.write_text("\n".join((",".join(PLAIN), ",".join(PLAIN.values()))), encoding="utf-8")
    first, second = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    for target in (first, second):
        calculate(source, target, shipped(), DEFAULT)
    assert first.read_bytes() == second.read_bytes()
    rows = list(openpyxl.load_workbook(first).active.iter_rows(values_only=True))
    assert [len(rows), rows[0][: len(PLAIN)], rows[0][len(PLAIN) :]] == [2, tuple(PLAIN), OUTPUT]
    found = dict(zip(rows[0], rows[1], strict=True))
    assert (found["award"], found["case"], found["readings"]) == ("4000000.00", "1", None)


def test_a_portal_s_headings_titles_and_marks_are_read_as_import_reads_them(tmp_path: Path) -> None:
    source, target = tmp_path / "in.txt", tmp_path / "out.csv"
    headings = (
        "申报编号;申报时间;统一社会信用代码;主体类别;设立日期;签约日期;合同总价;是否关联方;是否在库服务机构"
    )
    row = "C1;2026-05-10 09:00;91440300MA5000001K;企业;2019-03-01;2026-04-01;100;否;是"
    source.write_text(f"训力券测算,一,二,三\n金额单位：万元\n{headings}\n{row}\n", encoding="utf-16")
    summary = calculate(source, target, shipped(), DEFAULT)
    assert (summary.rows, summary.awarded, summary.award_fen) == (1, 1, 50_000_000)


def test_what_was_never_calculated_or_is_an_error_blocks_its_row_whatever_it_holds(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "in.xlsx"))
    page = book.add_worksheet()
    page.write_row(0, 0, list(PLAIN))
    for row in range(1, 5):
        page.write_row(
            row, 0, [{**PLAIN, "case": f"C{row}", "contract_no": f"K{row}"}[name] for name in PLAIN]
        )
    for row, name in ((2, "other_support"), (3, "contract_amount"), (4, "applicant")):
        page.write_formula(row, list(PLAIN).index(name), "=1+1", None, 0)
    book.close()
    calculate(tmp_path / "in.xlsx", tmp_path / "out.csv", shipped(), DEFAULT)
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        found = [(row["status"], row["reasons"]) for row in csv.DictReader(file)]
    blocked = [("blocked", name) for name in ("other_support", "contract_amount", "applicant")]
    assert found == [("awarded", ""), *blocked]


def test_an_error_of_a_spreadsheet_in_a_text_blocks_its_row(tmp_path: Path) -> None:
    lines = [list(PLAIN), [{**PLAIN, "applicant": "#N/A"}[name] for name in PLAIN]]
    (tmp_path / "in.csv").write_text("\n".join(",".join(line) for line in lines), encoding="utf-8")
    calculate(tmp_path / "in.csv", tmp_path / "out.csv", shipped(), DEFAULT)
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["status"], row["reasons"]) == ("blocked", "applicant")


def test_rows_that_a_filter_hides_are_calculated_and_told(tmp_path: Path) -> None:
    path = workbook(tmp_path / "in.xlsx", [list(PLAIN), list(PLAIN.values())])
    book = openpyxl.load_workbook(path)
    book.active.row_dimensions[2].hidden = True
    book.save(path)
    summary = calculate(path, tmp_path / "out.csv", shipped(), DEFAULT)
    assert (summary.rows, summary.hidden, summary.as_json()["hidden"]) == (1, (2,), [2])


def test_a_file_says_no_window_of_a_round(tmp_path: Path) -> None:
    """A window is a round's or the pack's: a row could award itself by a column that no pack declares."""
    own = {"window_from": "2026-09-01", "批次申报截止": "2027-01-01"}
    late = {**PLAIN, **own, "case": "A", "applied_at": "2026-09-10"}
    rows = [late, {**late, "case": "B", "window_from": "no date at all"}, {**PLAIN, **own, "case": "C"}]
    lines = [list(rows[0]), *(list(row.values()) for row in rows)]
    (tmp_path / "in.csv").write_text("\n".join(",".join(line) for line in lines), encoding="utf-8")
    summary = calculate(tmp_path / "in.csv", tmp_path / "out.csv", shipped(), DEFAULT)
    assert summary.unknown == ("window_from", "批次申报截止")
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        found = [(row["case"], row["status"], row["reasons"]) for row in csv.DictReader(file)]
    assert found == [("A", "refused", "window"), ("B", "refused", "window"), ("C", "awarded", "")]


@pytest.mark.parametrize(
    "said", ["无", "/", "-", "否", "是", "N/A", "无超额", "未填写", "0.00", "[无]", "见附件"]
)
def test_a_word_that_gives_no_reason_doubles_no_cap(tmp_path: Path, said: str) -> None:
    model = {"contract_amount": "10000000", "model_filed": "是", "overrun_reason": said}
    rows, _ = run(tmp_path, model, {**model, "overrun_reason": "用量大"}, pack="shenzhen-model-voucher")
    assert [row["award"] for row in rows] == ["1000000.00", "2000000.00"]


@pytest.mark.parametrize(
    "said", ["无", "/", "—", "——", "-", "没有", "暂无", "不适用", "N/A", "未获得", "零元整"]
)
def test_words_for_none_are_no_other_support(tmp_path: Path, said: str) -> None:
    assert one(tmp_path, other_support=said, awarded_before=said)["award"] == "4000000.00"
    assert one(tmp_path, contract_amount=said)["reasons"] == "contract_amount", "a price must be said"


def test_a_company_is_one_however_its_code_is_spelled(tmp_path: Path) -> None:
    code = "91440300MA5EXAMP0C"
    first, last = code[:8], code[8:]
    unseen = (code + "\u202c", "\u200e" + code, f"{first}\u2060{last}", f"{first}\u00ad{last}")
    written = (code, *unseen, f"{first}-{last}", f"{first}—{last}", code.lower(), f'="{code}"')
    rows, summary = run(tmp_path, *({"applicant": each, "contract_amount": "30000000"} for each in written))
    assert summary.award_fen == 1_000_000_000
    assert [row["reasons"] for row in rows[1:]] == ["applicant_year"] * 8


@pytest.mark.parametrize("applicant", ["91440300MA5EXAMP04", "9144O300MA5EXAMP0C", "0" * 18])
def test_eighteen_characters_are_a_credit_code(tmp_path: Path, applicant: str) -> None:
    row = one(tmp_path, applicant=applicant)
    assert (row["status"], row["reasons"]) == ("blocked", "applicant")


def test_another_id_is_compared_without_case(tmp_path: Path) -> None:
    full = {"contract_amount": "30000000"}
    rows, _ = run(tmp_path, {**full, "applicant": "firm-a"}, {**full, "applicant": "FIRM–A\u200b"})
    assert [row["award"] or row["reasons"] for row in rows] == ["10000000.00", "applicant_year"]


def test_a_founding_after_the_application_is_as_if_it_were_not_said(tmp_path: Path) -> None:
    late, unsaid = one(tmp_path, founded_on="2026-05-11"), one(tmp_path, founded_on="")
    assert {**late, "founded_on": ""} == unsaid
    assert "founded_on" in unsaid["reasons"] and unsaid["status"] == "blocked"
    assert one(tmp_path, founded_on="2026-05-10", other_support="")["award"] == "4800000.00"
