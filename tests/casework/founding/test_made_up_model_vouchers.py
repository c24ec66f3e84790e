"""The second scheme of the demonstration: its own budget to the fen, its round, its terms, its stages."""

from sqlalchemy import select
from sqlmodel import col

from casework.award.standing_decision import standing_decision
from casework.boards import chart_data, round_board
from casework.founding.made_up_model_vouchers import BUDGET, BUDGET_FEN, DAYS, PACK, SCHEME
from casework.money import budgets, ledger
from casework.outgoing import chart_export
from models import Application, Decision, Letter, Round
from tests.casework.founding.conftest import Living

CAP, OVERRUN = 100_000_000, 200_000_000
AWARDS = {
    "860000.00": 25_800_000,
    "2450000.00": 73_500_000,
    "4600000.00": CAP,
    "1980000.00": 59_400_000,
    "3280000.80": 98_400_024,
    "3600000.00": CAP,
    "2960000.00": 88_800_000,
    "6200000.00": 186_000_000,
}
"""What 30 per cent of each contract comes to, in fen: at most a million yuan, two with a reason verified."""


def cases(living: Living) -> list[tuple[Application, Decision | None]]:
    with living.office.read() as session:
        rows = session.execute(
            select(Application).where(col(Application.scheme) == SCHEME).order_by(col(Application.id))
        ).scalars()
        return [(row, standing_decision(session, row.id)) for row in rows]


def test_each_award_is_that_of_its_contract(living: Living) -> None:
    prices = [price for _, some in DAYS for price in some]
    found = {
        price: decision.award_fen
        for price, (_, decision) in zip(prices, cases(living), strict=True)
        if decision is not None and decision.status == "awarded"
    }
    assert found == AWARDS


def test_its_money_is_to_the_fen_what_its_cases_hold(living: Living) -> None:
    held: dict[str, int] = {}
    for application, decision in cases(living):
        if decision is not None and decision.award_fen:
            held[application.state] = held.get(application.state, 0) + decision.award_fen
    assert held == {
        "issued": 25_800_000 + 73_500_000 + CAP,
        "publicity": 59_400_000 + 98_400_024 + CAP,
        "calculated": 88_800_000 + 186_000_000,
    }
    with living.office.read() as session:
        row = budgets.find(session, BUDGET)
        assert row is not None
        money = ledger.balance(session, row.id)
    assert (money.appropriation_fen, money.paid_fen) == (BUDGET_FEN, 0)
    assert money.committed_fen == held["issued"]
    assert money.reserved_fen == held["publicity"] + held["calculated"] == 532_600_024
    assert money.available_fen == BUDGET_FEN - 199_300_000 - 532_600_024
    told = living.summary["budgets"][BUDGET]
    assert told == {
        "reserved": "5326000.24", "committed": "1993000.00", "paid": "0.00", "left": "52680999.76",
    }  # fmt: skip


def test_the_sums_of_the_summary_are_those_of_both_budgets(living: Living) -> None:
    both = living.summary["budgets"]
    assert set(both) == {BUDGET, "shenzhen-training-voucher/2026"}
    for name in ("reserved", "committed", "paid", "left"):
        fen = [int(money[name].replace(".", "")) for money in both.values()]
        assert sum(fen) == int(living.summary[name].replace(".", ""))


def test_its_cases_stand_at_different_stages(living: Living) -> None:
    states = [row.state for row, _ in cases(living)]
    assert states == [
        *("issued", "issued", "issued", "refused", "withdrawn"),
        *("publicity", "publicity", "publicity"),
        *("calculated", "calculated", "eligibility", "correction", "submitted", "submitted"),
    ]
    with living.office.read() as session:
        (row,) = session.execute(select(Round).where(col(Round.scheme) == SCHEME)).scalars()
    (view,) = (one for one in round_board.board(living.office, "officer").rounds if one.id == row.id)
    assert view.pack is not None and view.pack.ref == PACK and view.unset is None and view.without is None
    over, ended = view.lists
    assert over.acts(living.office.today()) == ("end_publicity",) and ended.state == "ended"


def test_its_papers_name_its_own_scheme(living: Living) -> None:
    import subprocess

    with living.office.read() as session:
        named = session.execute(
            select(col(Letter.numbered), col(Letter.kind), col(Letter.number))
            .join(Application, col(Application.id) == col(Letter.application_id))
            .where(col(Application.scheme) == SCHEME)
        ).all()
    kinds = [kind for _, kind, _ in named]
    assert sorted(kinds) == ["approval", "approval", "approval", "correction", "refusal"]
    first = next(number for _, kind, number in named if kind == "approval")
    (path,) = (living.papers / "letters").glob(f"approval-*{first:05d}.pdf")
    done = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True)
    text = done.stdout.decode()
    assert "模型券" in text and "训力券" not in text and "演示" in text


def test_the_overview_tells_the_money_of_both_schemes_apart(living: Living) -> None:
    (chart,) = (one for one in chart_data.charts(living.office, 2026) if one.name == "budgets")
    told = {chart_export.label(chart, name, "zh"): values for name, values in chart.rows}
    assert told["已下达 深圳市模型券（购买）"] == (BUDGET_FEN,)
    assert told["可用余额 深圳市模型券（购买）"] == (5_268_099_976,)
    assert len([name for name in told if name.endswith("深圳市训力券（2026年度）")]) == 3
