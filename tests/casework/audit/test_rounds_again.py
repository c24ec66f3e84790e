"""A round decided together is decided again from its witnesses, and a share that was moved is found."""

import functools

import pytest

from casework.audit.rounds_again import rounds_again
from casework.award import deciding, deciding_bench
from models import Decision
from models.guards import KEPT
from rules.round import AsOnce, decide_round
from tests.casework.adopted import adopt
from tests.casework.award.test_deciding_bench import RANKED, SHARED, submit
from tests.casework.desk import Desk
from tests.rules.round_packs import FLOOR, READINGS, pack_text

AMOUNTS = (70_000_000, 60_000_000, 50_000_000)


def looked(desk: Desk) -> tuple[int, tuple[str, ...]]:
    with desk.office.read() as session:
        return rounds_again(session)


def as_on_that_day(**otherwise: bool) -> object:
    """The round as it was decided once; what was mended before then held already."""
    days = {"every_counter": True, "taken_back_after": True, **otherwise}
    return functools.partial(decide_round, as_once=AsOnce(**days))


@pytest.mark.parametrize(
    "text",
    [
        pack_text(SHARED),
        pack_text(SHARED, rate='{ unset = "rate" }', more=READINGS),
        pack_text(RANKED % "next"),
        pack_text(RANKED % "rest", rate='{ unset = "rate" }', more=READINGS),
    ],
)
def test_a_round_comes_out_again(desk: Desk, text: str) -> None:
    adopt(desk.office, text)
    submit(desk, AMOUNTS, (1, None, 3))
    assert looked(desk) == (0, ())
    deciding.decide_round(desk.office, "officer")
    assert looked(desk) == (1, ())


def test_a_share_given_to_another_is_found(desk: Desk) -> None:
    """Each decision still follows from its own witness; together they don't."""
    adopt(desk.office, pack_text(SHARED))
    submit(desk, AMOUNTS)
    deciding.decide_round(desk.office, "officer")
    assert "decision" in KEPT
    with desk.office.write() as session:
        connection = session.connection()
        triggers = connection.exec_driver_sql(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'decision'"
        ).all()
        for name, _ in triggers:
            connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
        for seq, old, new in ((1, 38_888_889, 38_888_890), (2, 33_333_333, 33_333_332)):
            changed = connection.exec_driver_sql(
                f"UPDATE decision SET witness = replace(witness, '{old}', '{new}') WHERE seq = {seq}"
            )
            assert changed.rowcount == 1
        for _, ddl in triggers:
            connection.exec_driver_sql(ddl)
    assert looked(desk) == (1, ("1-3",))


def test_a_round_of_old_in_which_one_left_out_held_something_comes_out_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stored round stays sound: what its left-out case held then is no fault now."""
    adopt(
        desk.office,
        pack_text(
            SHARED.replace("largest_remainder", "left_over").replace("0.01", "300000.00"),
            rate='{ unset = "rate" }',
            more=READINGS + FLOOR.format(least="50000.00"),
        ),
    )
    submit(desk, (6_000_000, 74_000_000, 74_000_000))
    monkeypatch.setattr(deciding_bench, "decide_round", as_on_that_day(out_holds=True))
    deciding.decide_round(desk.office, "officer")
    monkeypatch.undo()
    assert [one.holds_fen for one in desk.rows(Decision)] == [4_999_999, 30_000_000, 30_000_000]
    assert looked(desk) == (1, ())


def test_a_round_of_old_in_which_a_floor_was_told_as_the_budget_comes_out_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stored round stays sound: the case below the floor was once said to have no share of the budget."""
    adopt(desk.office, pack_text(SHARED, more=FLOOR.format(least="50000.00")))
    submit(desk, (4_000_000, 74_000_000))
    monkeypatch.setattr(deciding_bench, "decide_round", as_on_that_day(cut_refused=True))
    deciding.decide_round(desk.office, "officer")
    monkeypatch.undo()
    assert [one.reasons for one in desk.rows(Decision)] == ["budget", ""]
    assert looked(desk) == (1, ())


def test_a_round_of_old_that_took_a_rounding_back_below_the_floor_comes_out_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three of 740,000 from a million, in 200,000s, half up: 400,000 each is 200,000 too much, and whom it
    was taken from had once less than the least, and nothing."""
    shared = SHARED.replace("largest_remainder", "largest").replace("0.01", "200000.00")
    text = pack_text(shared + '\nshare_mode = "half_up"', more=FLOOR.format(least="250000.00"))
    adopt(desk.office, text)
    submit(desk, (74_000_000,) * 3)
    monkeypatch.setattr(deciding_bench, "decide_round", as_on_that_day())
    deciding.decide_round(desk.office, "officer")
    monkeypatch.undo()
    assert [one.holds_fen for one in desk.rows(Decision)] == [0, 40_000_000, 40_000_000]
    assert looked(desk) == (1, ())
