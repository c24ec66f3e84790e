"""Replay: what was stored, calculated again (faults are planted in
tests/end_to_end/test_planted_faults.py)."""

import datetime

from casework.audit.replay import replay
from casework.award import deciding
from tests.casework.desk import Desk


def test_an_office_without_decisions(desk: Desk) -> None:
    answer = replay(desk.office)
    assert {name: answer[name] for name in ("decisions", "awards", "same", "differ")} == {
        "decisions": 0,
        "awards": 0,
        "same": 0,
        "differ": [],
    }


def test_every_kind_of_decision_comes_out_the_same(desk: Desk) -> None:
    young = datetime.date(2026, 1, 15)
    desk.decide(desk.submit())
    desk.decide(desk.submit(contract_no="2", contract_amount=1))
    blocked = desk.submit(
        contract_no="3", founded_on=young, contract_amount=600_000_000, other_support=100_000_000
    )
    desk.decide(blocked)
    desk.decide(desk.submit(contract_no="4", related_party=None))
    desk.decide(desk.submit(contract_no="5", applied_at=datetime.datetime(2023, 1, 1)))
    desk.set("startup_ceiling", "60")
    deciding.decide_again(desk.office, "officer", blocked, "已设定")
    answer = replay(desk.office)
    assert (answer["decisions"], answer["awards"], answer["same"], answer["differ"]) == (6, 2, 6, [])


def test_a_later_supplement_does_not_change_what_was_decided(desk: Desk) -> None:
    young = datetime.date(2026, 1, 15)
    desk.decide(desk.submit(founded_on=young, contract_amount=600_000_000, other_support=100_000_000))
    desk.set("startup_ceiling", "50")
    assert replay(desk.office)["differ"] == []


def test_stopping_answers_for_what_was_done(desk: Desk) -> None:
    desk.decide(desk.submit())
    seen: list[tuple[int, int]] = []

    def stop(done: int, of: int) -> bool:
        seen.append((done, of))
        return False

    assert replay(desk.office, progress=stop)["decisions"] == 1
    assert seen == [(1, 1)]
