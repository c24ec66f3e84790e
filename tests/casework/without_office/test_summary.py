"""What a calculation tells beside its rows: columns that no rule asks, facts that the file does not have."""

from collections import Counter
from pathlib import Path

from casework.without_office.calculation import calculate
from casework.without_office.summary import Summary
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


def test_a_fact_of_the_pack_that_the_file_does_not_have_is_named(tmp_path: Path) -> None:
    found = told(tmp_path, "case,applied_at,contract_amount", "1,2026-05-06,100")
    assert (found.blocked, found.unread, found.lacking) == (1, (), ("使用卡时 (used_hours)",))
    assert found.as_json()["lacking"] == ["使用卡时 (used_hours)"]


def test_what_there_is_nothing_to_say_of_is_not_said() -> None:
    assert set(Summary(by_code=Counter()).as_json()) == {
        "rows", "awarded", "refused", "blocked", "unreadable", "award", "seconds",
    }  # fmt: skip
