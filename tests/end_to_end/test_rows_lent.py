"""A row taken away, or put in, for one act and put back afterwards: found whatever the act does."""

import contextlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlmodel import col

from casework.audit.verify import checks
from casework.core import many_rows, people_check, row_images
from casework.core.office import Office
from casework.core.refused import Refused
from casework.intake import portal_import
from casework.issuing import approval, publicity, withdraw_suspend_revoke
from casework.people import accounts
from casework.review import checking, corrections
from models import Person, images, sqlite
from models.faults import OfficeFault
from tests.casework.desk import MINUTES, Desk, write_portal
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
        lambda desk, case: withdraw_suspend_revoke.suspend(desk.office, "officer", case, "等候税务核查结果"),
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


INDEX = "CREATE INDEX ix_recusal_person_id ON recusal (person_id)"


def test_an_index_that_missed_a_recusal_bars_the_act(desk: Desk) -> None:
    """It was made over something else for a while: the table has the row, a reader by the index does not."""
    case = desk.submit()
    recuse(desk)
    odd = INDEX.replace("(person_id)", "(person_id + 1000)")
    for number, sql in ((7777, odd), (7778, INDEX)):
        with contextlib.closing(
            sqlite.driver().connect(str(desk.office.store.path), isolation_level=None)
        ) as connection:
            if sql == INDEX:
                connection.execute("REINDEX ix_recusal_person_id")
            connection.execute("PRAGMA writable_schema = ON")
            connection.execute("UPDATE sqlite_master SET sql = ? WHERE name = 'ix_recusal_person_id'", (sql,))
            connection.execute(f"PRAGMA schema_version = {number}")
    office = Office.open(str(desk.office.store.path), clock=desk.clock)
    with office.closing(), pytest.raises(OfficeFault, match=r"office\.broken"):
        checking.accept(office, "officer", case)
    assert desk.state(case) == "submitted"


def test_a_role_that_was_lent_with_an_entry_of_the_log_does_no_act(desk: Desk) -> None:
    case = desk.published()
    with desk.office.read() as session:
        secret = row_images.secret_of(session)
        person = session.execute(select(Person).where(col(Person.name) == "finance")).scalar_one()
    by_hand(
        desk,
        "INSERT INTO person_role (id, person_id, role, side, given_at) "
        f"SELECT 99, {person.id}, role, side, given_at FROM person_role WHERE role = 'approver' LIMIT 1",
    )
    with desk.office.read() as session:
        table = images.of(session.connection())["person_role"]
        added = row_images.over([row_images.digested(session, table, secret)[99]])
    said = json.dumps({"images": {"person_role": {"added": [99, 99, added]}}})
    by_hand(
        desk,
        "INSERT INTO log_entry (seq, prev_hash, hash, at, person, act, subject, payload) "
        f"SELECT 1000000, hash, '{'f' * 64}', at, person, act, 'people', '{said}' "
        "FROM log_entry WHERE seq = 1",
    )
    with pytest.raises(OfficeFault, match=r"office\.people"):
        approval.approve(desk.office, "finance", case, MINUTES)


def test_a_counter_that_was_full_for_one_decision(desk: Desk) -> None:
    """Nothing was awarded, so that the act added nothing to it."""
    desk.decide(desk.submit())
    case = desk.submit(contract_no="HT-2", contract_amount=700_000_000)
    by_hand(desk, "UPDATE cap_use SET used_fen = used_fen + 900000000")
    assert desk.decide(case).status == "refused"
    by_hand(desk, "UPDATE cap_use SET used_fen = used_fen - 900000000")
    assert differing(desk) == {"cap_use"}


def test_an_office_that_was_a_demonstration_as_it_was_opened_is_only_read(desk: Desk) -> None:
    by_hand(desk, "UPDATE office SET demonstration = 1")
    with Office.open(str(desk.office.store.path)).closing() as office:
        by_hand(desk, "UPDATE office SET demonstration = 0")
        people_check.look(office)
        assert office.nobody_known


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
