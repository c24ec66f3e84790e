"""``books``: what stands in the accounts at a date, for a script and in words."""

from pathlib import Path

from tests.casework.desk import BUDGET
from tests.commandline import Desk


def test_the_balances_by_day_and_the_allotments(desk: Desk, office: Path) -> None:
    ours = ("--json", "--office", office, "--user")
    told = desk(*ours, "auditor", "books")
    assert (told.status, told.json["at"], told.json["by"], told.json["closed_until"]) == (
        0,
        None,
        "day",
        None,
    )
    (one,) = told.json["budgets"]
    accounts = ("appropriation", "available", "reserved", "committed", "paid", "lapsed")
    figures = [one[name] for name in accounts]
    assert figures == ["500000000.00", "496000000.00", "0.00", "4000000.00", "0.00", "0.00"]
    assert (one["budget"], one["year"], one["treasury"], one["funders"]) == (BUDGET, 2026, "0.00", [])
    assert [each["amount"] for each in told.json["allotments"]] == ["500000000.00"]
    before = desk(*ours, "auditor", "books", "--at", "2026-05-19", "--by", "recorded").json
    assert (before["budgets"], before["allotments"]) == ([], [])


def test_a_mistake_is_taken_back_and_a_month_closed_on_the_command_line(desk: Desk, office: Path) -> None:
    ours = ("--json", "--office", office, "--user", "finance")
    given = ("--set", f"budget={BUDGET}", "--set", "allotment_no=财指〔2026〕9号", "--set", "amount=-0.01")
    assert desk(*ours, "act", "appropriate", *given, "--reason", "调减一分").status == 0
    back = desk(*ours, "act", "reverse_appropriation", "--set", "entry=2", "--reason", "文号填写有误").json
    assert (back["amount"], back["available"]) == ("0.01", "496000000.00")
    moved = ["--set", f"budget={BUDGET}", "--set", "to_budget=shenzhen-model-voucher/2026"]
    moved += ("--set", "allotment_no=财指〔2026〕10号", "--set", "amount=1.23", "--reason", "年中调剂")
    told = desk(*ours, "act", "move_appropriation", *moved).json
    assert (told["from_budget"], told["appropriation"]) == (BUDGET, "1.23")
    closed = desk(*ours, "act", "close_period", "--set", "month=2026-05").json
    assert closed["until_on"] == "2026-05-31"
    assert desk("--json", "--office", office, "verify").status == 0
    shown = desk("--office", office, "--user", "finance", "books")
    assert "账已结至 2026-05-31" in shown.out and "按分录归属日期" in shown.out
    assert (
        desk(*ours, "act", "close_period", "--set", "month=2026-05").json["error"] == "refused.month_closed"
    )


def test_what_can_not_be_asked(desk: Desk, office: Path) -> None:
    ours = ("--json", "--office", office, "--user", "auditor", "books")
    assert desk(*ours, "--at", "yesterday").json["error"] == "cli.bad_value"
    assert desk(*ours, "--by", "month").json["error"] == "refused.no_such_time"
    assert desk("--json", "--office", office, "--user", "system", "books").status == 2
