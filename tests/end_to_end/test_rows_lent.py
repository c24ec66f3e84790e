"""A row taken away, or put in, for one act and put back afterwards: found whatever the act does."""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from casework.audit.verify import checks
from casework.core import many_rows
from casework.core.refused import Refused
from casework.intake import portal_import
from casework.issuing import approval, publicity, withdraw_suspend_revoke
from casework.people import accounts
from casework.review import checking, corrections
from models import sqlite
from tests.casework.desk import Desk, write_portal
from tests.end_to_end.test_ways_to_money import by_hand, desk

__all__ = ["desk"]


@contextlib.contextmanager
def away(desk: Desk, table: str) -> Iterator[None]:
    """Within the block a table has no rows."""
    with contextlib.closing(sqlite.driver().connect(str(desk.office.store.path))) as connection:
        rows = connection.execute(f"SELECT * FROM {table}").fetchall()
    by_hand(desk, f"DELETE FROM {table}")
    yield
    literals = [", ".join(map(many_rows.literal, row)) for row in rows]
    by_hand(desk, *(f"INSERT INTO {table} VALUES ({each})" for each in literals))


def differing(desk: Desk) -> set[str]:
    """The tables that verifying names, and nothing else is wrong."""
    faults = {check.name: check.faults for check in checks(desk.office) if not check.ok}
    assert faults.keys() <= {"rows"}
    return {fault.split(" ")[0] for fault in faults.get("rows", ())}


def recuse(desk: Desk) -> None:
    for person in ("officer", "approver"):
        accounts.recuse(desk.office, person, 1, "亲属在该企业任职")


def _objected(desk: Desk) -> int:
    case = desk.submit()
    desk.decide(case)
    desk.set_terms()
    publicity.publish(desk.office, "officer", cases=[case])
    return int(
        publicity.take_objection(desk.office, "officer", case, "湾畔某科技企业", "用途不符").facts[
            "objection"
        ]
    )


def _settle(desk: Desk, objection: int) -> None:
    publicity.settle_objection(desk.office, "approver", objection, "dismissed", "查无实据")


def _answer(desk: Desk, case: str) -> None:
    corrections.answer_correction(desk.office, "officer", case, {"related_party": "是"})


def _termed(desk: Desk) -> str:
    desk.set_terms()
    return desk.submit()


def _asked(desk: Desk) -> str:
    case = _termed(desk)
    desk.corrected(case)
    return case


ACTS: dict[str, tuple[Callable[[Desk], object], Callable[..., object]]] = {
    "accept": (Desk.submit, lambda desk, case: checking.accept(desk.office, "officer", case)),
    "review": (
        Desk.submit,
        lambda desk, case: checking.review(desk.office, "officer", case, "eligibility"),
    ),
    "verify_facts": (
        Desk.submit,
        lambda desk, case: checking.verify_facts(
            desk.office, "officer", case, {"contract_amount": "900000.00"}, "见合同"
        ),
    ),
    "ask_correction": (_termed, Desk.corrected),
    "answer_correction": (_asked, _answer),
    "suspend": (
        Desk.submit,
        lambda desk, case: withdraw_suspend_revoke.suspend(desk.office, "officer", case, "待查"),
    ),
    "return": (
        Desk.published,
        lambda desk, case: approval.send_back(desk.office, "approver", case, "重新核实"),
    ),
    "settle_objection": (_objected, _settle),
}


@pytest.mark.parametrize("act", ACTS)
def test_a_recusal_that_was_away_for_one_act(desk: Desk, act: str) -> None:
    before, do = ACTS[act]
    about = before(desk)
    recuse(desk)
    with pytest.raises(Refused, match=r"refused\.recused"):
        do(desk, about)
    assert differing(desk) == set()
    with away(desk, "recusal"):
        do(desk, about)
    assert differing(desk) == {"recusal"}


@pytest.mark.parametrize("most", [100, 2])
def test_a_recusal_that_was_away_for_an_import(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr("casework.core.rested_on.MANY", most)
    rows = write_portal(tmp_path / "portal.xlsx", 5)
    code = next(value for value in rows[0].values() if isinstance(value, str) and len(value) == 18)
    desk.submit(applicant=code)
    accounts.recuse(desk.office, "officer", 1, "亲属在该企业任职")
    with away(desk, "recusal"):
        done = portal_import.import_file(desk.office, "officer", tmp_path / "portal.xlsx")
    assert done.accepted == 5
    assert differing(desk) == {"recusal"}
