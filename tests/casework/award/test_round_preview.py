"""What a round would bring is what it brings, to the fen; and looking leaves nothing behind."""

from pathlib import Path

import pytest
from sqlalchemy import select
from sqlmodel import col

from casework.award import deciding, round_preview
from casework.core.refused import Refused
from casework.intake import portal_import
from casework.people.accounts import recuse
from models import Application, CapUse, Decision, LedgerEntry, LogEntry
from tests.casework.desk import BUDGET, BUDGET_FEN, CODE, GONE_ON, Desk, write_portal


def decided(desk: Desk) -> list[tuple[str, str, str, int | None, int, tuple[str, ...]]]:
    with desk.office.read() as session:
        rows = session.execute(
            select(Decision, col(Application.case_no))
            .join(Application, col(Application.id) == col(Decision.application_id))
            .order_by(col(Decision.seq))
        ).all()
    return [
        (
            case,
            row.status,
            row.tier,
            row.award_fen,
            row.holds_fen,
            tuple(filter(None, row.reasons.split(";"))),
        )
        for row, case in rows
    ]


def would(seen: round_preview.Outlook) -> list[tuple[str, str, str, int | None, int, tuple[str, ...]]]:
    return [(one.case, one.status, one.tier, one.award_fen, one.holds_fen, one.reasons) for one in seen.cases]


def test_a_round_brings_what_was_foreseen(desk: Desk, tmp_path: Path) -> None:
    write_portal(tmp_path / "portal.xlsx", 60)
    portal_import.import_file(desk.office, "officer", tmp_path / "portal.xlsx")
    desk.budget_of(5_000_000_000)
    seen = round_preview.decide_round(desk.office, "officer", 1)
    assert not desk.rows(Decision)
    done = deciding.decide_round(desk.office, "officer", 1, reason=GONE_ON)
    assert would(seen) == decided(desk)
    assert (seen.counted("awarded"), seen.counted("refused"), seen.counted("blocked")) == (
        done.awarded, done.refused, done.blocked,
    )  # fmt: skip
    assert seen.award_fen == done.award_fen > 0
    assert done.awarded and done.refused and done.blocked
    (spent,) = seen.budgets
    assert (spent.key, spent.before_fen) == (BUDGET, 5_000_000_000)
    assert spent.after_fen == desk.available()
    assert spent.after_fen < 1_000_000_000, "the budget binds some of them"


def test_the_caps_of_one_applicant_run_through_its_cases(desk: Desk) -> None:
    for number in range(1, 5):
        desk.submit(contract_no=f"HT-{number}", contract_amount=1_200_000_000)
    seen = round_preview.decide_round(desk.office, "officer")
    deciding.decide_round(desk.office, "officer", reason=GONE_ON)
    assert would(seen) == decided(desk)
    assert desk.cap_used(CODE) == sum(one.award_fen or 0 for one in seen.cases)
    assert seen.cases[-1].award_fen != seen.cases[0].award_fen


def test_what_an_earlier_decision_holds_comes_back_first(desk: Desk) -> None:
    case = desk.submit()
    desk.decide(case)
    seen = round_preview.decide_round(desk.office, "officer", states=("calculated",))
    (spent,) = seen.budgets
    assert spent.after_fen == desk.available()
    deciding.decide_round(desk.office, "officer", states=("calculated",))
    assert would(seen) == decided(desk)[-1:]


def test_looking_writes_nothing(desk: Desk) -> None:
    desk.submit()
    log = len(desk.rows(LogEntry))
    round_preview.decide_round(desk.office, "officer")
    for model in (Decision, CapUse):
        assert not desk.rows(model)
    assert desk.available() == BUDGET_FEN
    assert {entry.act for entry in desk.rows(LedgerEntry)} == {"appropriate"}
    assert len(desk.rows(LogEntry)) == log
    assert desk.rows(Application)[0].state == "submitted"


def test_a_case_of_a_recused_officer_is_named_and_left_out(desk: Desk) -> None:
    case = desk.submit()
    recuse(desk.office, "officer", desk.application(case).applicant_id, "亲属任职")
    (one,) = round_preview.decide_round(desk.office, "officer").cases
    assert (one.case, one.skipped, one.status) == (case, "refused.recused", "")
    assert round_preview.decide_round(desk.office, "officer2").cases[0].status == "awarded"


def test_looking_can_be_stopped(desk: Desk) -> None:
    desk.submit()

    def stop(done: int, of: int) -> None:
        raise Refused("refused.stopped")

    with pytest.raises(Refused):
        round_preview.decide_round(desk.office, "officer", progress=stop)
