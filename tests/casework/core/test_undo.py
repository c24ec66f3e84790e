"""An act taken back leaves the office as it was, and both acts stand in the log."""

from sqlalchemy import select
from sqlmodel import col

from casework.core import act_table
from casework.core.act_table import ACTS
from casework.core.office import Office
from casework.core.undo import OPPOSITE, undo_of
from casework.people import accounts
from casework.people.staff import staff
from models import LogEntry

MONEY = ("decide", "decide_again", "approve", "return", "revoke", "appropriate", "issue_voucher", "withdraw")


def test_a_role_given_by_mistake_is_taken_back(office: Office) -> None:
    before = staff(office)
    change = accounts.give_role(office, "rights", "officer", "approver")
    assert staff(office) != before
    undo = undo_of(change.act, ("officer", "approver"))
    assert undo is not None
    act_table.function(undo.act)(office, "rights", *undo.args)
    assert staff(office) == before
    with office.read() as session:
        acts = session.execute(
            select(col(LogEntry.act)).order_by(col(LogEntry.seq).desc()).limit(2)
        ).scalars()
        assert list(acts) == ["end_role", "give_role"]


def test_a_lock_is_taken_back_by_who_may(office: Office) -> None:
    accounts.lock_person(office, "rights", "officer2")
    undo = undo_of("lock_person", ("officer2",))
    assert undo is not None
    act_table.function(undo.act)(office, "rights", *undo.args)
    assert not any(member.locked for member in staff(office))


def test_what_moves_money_is_never_undone_but_reversed() -> None:
    assert not set(OPPOSITE) & set(MONEY)
    assert all(undo_of(name, ("1",)) is None for name in MONEY)


def test_every_opposite_is_an_act_of_the_table() -> None:
    for name, (opposite, _) in OPPOSITE.items():
        assert name in ACTS and opposite in ACTS
