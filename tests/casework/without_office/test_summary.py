"""What a calculation tells beside its rows: columns that no rule asks, facts that the file does not have."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from casework.without_office.calculation import OUTPUT, calculate
from casework.without_office.summary import Summary
from rules.check_text import COLUMNS
from rules.pack import load
from tests.rules.desk import small_text

OWN = """
[[fact]]
id = "used_hours"
type = "integer"
title = "使用卡时"

[[condition]]
id = "used"
title = "使用不少于一千卡时"
fact = "used_hours"
at_least = 1000
article = "第2条"
"""


def told(folder: Path, headings: str, cells: str) -> Summary:
    source = folder / "cases.csv"
    source.write_text(f"{headings}\n{cells}\n", encoding="utf-8")
    pack = load(small_text(OWN))
    return calculate(source, folder / "out.csv", [pack], pack.id)


def test_a_column_that_no_rule_asks_is_named(tmp_path: Path) -> None:
    found = told(
        tmp_path, "case,applied_at,合同金额,签订日期,使用卡时,备注一", "1,2026-05-06,100,2026-05-01,1000,x"
    )
    assert (found.awarded, found.unread, found.unknown, found.lacking) == (1, ("签订日期",), ("备注一",), ())
    assert found.as_json()["unread"] == ["签订日期"]


def test_a_declared_column_that_no_rule_asks_is_named_like_any_other(tmp_path: Path) -> None:
    source = tmp_path / "cases.csv"
    source.write_text("applied_at,contract_amount,colour\n2026-05-06,100,红\n", encoding="utf-8")
    pack = load(small_text('\n[[fact]]\nid = "colour"\ntype = "text"\ntitle = "颜色"\n'))
    found = calculate(source, tmp_path / "out.csv", [pack], pack.id)
    assert (found.awarded, found.unread, found.unknown) == (1, ("colour",), ())


def test_no_fact_is_called_as_a_column_of_the_result() -> None:
    assert set(OUTPUT) <= set(COLUMNS)


def test_a_fact_of_the_pack_that_the_file_does_not_have_is_named(tmp_path: Path) -> None:
    found = told(tmp_path, "case,applied_at,contract_amount", "1,2026-05-06,100")
    assert (found.blocked, found.unread, found.lacking) == (1, (), ("使用卡时 (used_hours)",))
    assert found.as_json()["lacking"] == ["使用卡时 (used_hours)"]


def test_what_there_is_nothing_to_say_of_is_not_said() -> None:
    assert set(Summary(by_code=Counter()).as_json()) == {
        "rows", "awarded", "refused", "blocked", "unreadable", "award", "seconds",
    }  # fmt: skip


def test_amounts_without_a_unit_are_named() -> None:
    assert Summary(unit_unsaid=("其他财政资金",)).as_json()["unit_unsaid"] == ["其他财政资金"]


IN_TIME = """
[[condition]]
id = "in_time"
title = "签订后五个工作日内申报"
fact = "applied_at"
after = "signed_on"
at_most_workdays = 5
article = "第2条"
"""


def test_a_year_whose_holidays_are_not_known_is_named(tmp_path: Path) -> None:
    source = tmp_path / "cases.csv"
    rows = "1,2026-05-06,2006-05-01,100\n2,2026-05-06,2026-04-30,100\n"
    source.write_text(f"case,applied_at,signed_on,contract_amount\n{rows}", encoding="utf-8")
    pack = load(small_text(IN_TIME))
    found = calculate(source, tmp_path / "out.csv", [pack], pack.id)
    assert (found.awarded, found.blocked) == (1, 1)
    assert found.as_json()["unknown_years"] == list(range(2006, 2024))


HELD = """
[[condition]]
id = "related"
title = "没有关联关系"
fact = "related_party"
is = "no"
article = "第2条"

[budget]
amount = "100.00"
exceeded = "rest"
%s
article = "第3条"
"""


@pytest.mark.parametrize(
    ("blocked", "awards"),
    [("", ["", "50.00"]), ('blocked = "hold"', ["", "20.00"]), ('blocked = "ignore"', ["", "50.00"])],
)
def test_a_blocked_case_keeps_money_back_in_a_file_where_the_pack_says_so(
    tmp_path: Path, blocked: str, awards: list[str]
) -> None:
    source = tmp_path / "cases.csv"
    rows = "1,2026-05-06,160,\n2,2026-05-06,100,no\n"
    source.write_text(f"case,applied_at,contract_amount,related_party\n{rows}", encoding="utf-8")
    pack = load(small_text(HELD.replace("%s", blocked)))
    calculate(source, tmp_path / "out.csv", [pack], pack.id)
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["award"] for row in csv.DictReader(file)] == awards
