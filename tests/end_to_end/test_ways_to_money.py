"""Ways to public money by one changed row, by someone with the file in hand: each is found, or refused."""

import contextlib
import datetime
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from casework.audit.verify import checks
from casework.core import many_rows
from casework.core.office import Office
from casework.core.office_fonts import draw_ahead
from casework.issuing import approval, letters, publicity, vouchers, withdraw_suspend_revoke
from casework.people import accounts
from models import sqlite
from models.faults import OfficeFault
from papers.drawing.fonts import FontSet
from tests.casework.desk import MINUTES, SERVICE, Clock, Desk
from tests.casework.stored_letter import stored
from tests.papers.poppler import text as text_of


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    clock = Clock()
    with Office.create(tmp_path / "our.office", name="测试", clock=clock).closing() as office:
        accounts.found(office, accounts.DEMO_PEOPLE, "demo")
        yield Desk.prepare(office, clock)


def by_hand(desk: Desk, *statements: str) -> None:
    """The guards are away meanwhile, and stand again afterwards as they were."""
    with contextlib.closing(sqlite.driver().connect(str(desk.office.store.path))) as connection:
        guards = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            assert connection.execute(statement).rowcount != 0
        for _, ddl in guards:
            connection.execute(ddl)
        connection.commit()


def broken(desk: Desk) -> dict[str, tuple[str, ...]]:
    return {check.name: check.faults for check in checks(desk.office) if not check.ok}


PLANTED = (
    "INSERT INTO provider (id, name) VALUES (99, '他处云')",
    "INSERT INTO admission (id, provider_id, batch, service, source) "
    f"VALUES (99, 99, '第一批', '{SERVICE}', '名单')",
)
TAKEN_AWAY = ("DELETE FROM admission WHERE id = 99", "DELETE FROM provider WHERE id = 99")


def test_an_admission_that_was_there_for_one_decision(desk: Desk) -> None:
    refused = desk.submit(provider="他处云")
    assert desk.decide(refused).status != "awarded"
    case = desk.submit(provider="他处云", contract_no="HT-2026-002")
    assert broken(desk) == {}
    by_hand(desk, *PLANTED)
    assert desk.decide(case).status == "awarded"
    by_hand(desk, *TAKEN_AWAY)
    found = broken(desk)
    assert found.keys() == {"rows"}
    assert {fault.split(" ")[0] for fault in found["rows"]} == {"admission", "provider"}


def test_an_admission_that_was_valid_for_one_decision(desk: Desk) -> None:
    """One that the office itself had entered, and that had ended."""
    case = desk.submit(signed_on=datetime.date(2025, 1, 5))
    by_hand(desk, "UPDATE admission SET from_on = '2024-01-01'")
    desk.decide(case)
    by_hand(desk, "UPDATE admission SET from_on = '2025-03-29'")
    assert broken(desk) == {"rows": ("admission 1",)}


def listed(desk: Desk) -> tuple[str, int]:
    """A case whose list is running, with an objection that was upheld."""
    case = desk.submit()
    desk.decide(case)
    desk.set_terms()
    number = publicity.publish(desk.office, "officer", cases=[case]).facts["publicity"]
    objected = publicity.take_objection(desk.office, "officer", case, "湾畔某科技企业", "用途不符")
    publicity.settle_objection(desk.office, "approver2", objected.facts["objection"], "upheld", "属实")
    with desk.office.read() as session:
        last = session.connection().exec_driver_sql("SELECT max(until_on) FROM publicity").scalar_one()
    desk.clock.at = datetime.datetime.fromisoformat(f"{last}T09:00:00+08:00")
    desk.days(1)
    publicity.end_publicity(desk.office, "officer", number)
    return case, number


@pytest.mark.parametrize("back", [False, True], ids=["for good", "for one approval"])
@pytest.mark.parametrize("way", ["dismissed", "gone"])
def test_an_upheld_objection_out_of_the_way(desk: Desk, way: str, back: bool) -> None:
    case, _ = listed(desk)
    with contextlib.closing(sqlite.driver().connect(str(desk.office.store.path))) as connection:
        connection.execute("ATTACH ? AS kept", (str(desk.office.store.path) + ".kept",))
        connection.execute("CREATE TABLE kept.objection AS SELECT * FROM objection")
        connection.commit()
    assert broken(desk) == {}
    changed = "UPDATE objection SET state = 'dismissed'" if way == "dismissed" else "DELETE FROM objection"
    by_hand(desk, changed)
    approval.approve(desk.office, "approver", case, MINUTES)
    if back:
        kept = f"ATTACH '{desk.office.store.path}.kept' AS kept"
        with contextlib.closing(sqlite.driver().connect(str(desk.office.store.path))) as connection:
            rows = connection.execute(kept).execute("SELECT * FROM kept.objection").fetchall()
        values = ", ".join("NULL" if value is None else repr(value) for value in rows[0])
        by_hand(
            desk,
            "UPDATE objection SET state = 'upheld'"
            if way == "dismissed"
            else f"INSERT INTO objection VALUES ({values})",
        )
    found = broken(desk)
    assert {fault.split(" ")[0] for fault in found["rows"]} == {"objection"}


def test_a_revoked_voucher_set_back_to_issued(desk: Desk) -> None:
    case = desk.issued()
    withdraw_suspend_revoke.revoke(desk.office, "approver", case, "提供虚假材料")
    assert broken(desk) == {}
    by_hand(desk, "UPDATE voucher SET state = 'issued'")
    assert broken(desk) == {"rows": ("voucher 1",)}


def test_a_trigger_that_would_change_accounts_at_the_next_act(desk: Desk) -> None:
    case = desk.approved()
    trigger = (
        "CREATE TRIGGER t AFTER INSERT ON log_entry BEGIN UPDATE voucher SET valid_until = '2099-01-01'; "
        "UPDATE applicant SET name = 'x'; END"
    )
    by_hand(desk, trigger)
    with pytest.raises(OfficeFault, match=r"office\.foreign") as fault:
        vouchers.issue_voucher(desk.office, "officer", case)
    assert fault.value.params["names"] == ("trigger t",)
    assert desk.state(case) == "approved"
    found = broken(desk)
    assert found == {"schema": ("trigger t",)}


def test_a_role_lent_for_one_approval(desk: Desk) -> None:
    case = desk.published()
    by_hand(
        desk,
        "INSERT INTO person_role (id, person_id, role, side, given_at) SELECT 99, id, 'approver', side, "
        "'2026-05-20T01:00:00.000000Z' FROM person WHERE name = 'finance'",
    )
    with pytest.raises(OfficeFault, match=r"office\.people"):
        approval.approve(desk.office, "finance", case, MINUTES)
    assert {fault.split(" ")[0] for fault in broken(desk)["rows"]} == {"person_role"}
    by_hand(desk, "DELETE FROM person_role WHERE id = 99")
    assert desk.state(case) == "publicity" and broken(desk) == {}


FOR_ONE_ACT = {
    "approve": (
        ("application_version", "reason", "'换'"),
        ("contract", "number", "'换'"),
        ("decision", "left_fen", "1"),
        ("round", "name", "'换'"),
    ),
    "issue_voucher": (("supplement", "source", "'换'"), ("pack", "title", "'换'")),
    "issue_letter": (
        ("application_version", "applicant_name", "'换'"),
        ("office_setting", "value", "'换'"),
        ("provider", "name", "'换'"),
        ("voucher", "valid_until", "'2099-01-01'"),
    ),
}
"""Of some acts tables that they read and do not write; nobody has listed them for the program."""


@contextlib.contextmanager
def otherwise(desk: Desk, *changes: tuple[str, str, str]) -> Iterator[None]:
    """Within the block every row of these tables has another value in a column."""
    with contextlib.closing(sqlite.driver().connect(str(desk.office.store.path))) as connection:
        before = [
            (table, column, key, value)
            for table, column, _ in changes
            for key, value in connection.execute(f'SELECT rowid, "{column}" FROM "{table}"')
        ]
    by_hand(desk, *(f'UPDATE "{table}" SET "{column}" = {value}' for table, column, value in changes))
    yield
    by_hand(
        desk,
        *(
            f'UPDATE "{table}" SET "{column}" = {many_rows.literal(value)} WHERE rowid = {key}'
            for table, column, key, value in before
        ),
    )


@pytest.mark.parametrize("act", FOR_ONE_ACT)
def test_rows_that_were_otherwise_for_one_act(desk: Desk, act: str) -> None:
    case = desk.published()
    if act != "approve":
        approval.approve(desk.office, "approver", case, MINUTES)
    if act == "issue_letter":
        vouchers.issue_voucher(desk.office, "officer", case)
    assert broken(desk) == {}
    with otherwise(desk, *FOR_ONE_ACT[act]):
        if act == "approve":
            approval.approve(desk.office, "approver", case, MINUTES)
        elif act == "issue_voucher":
            vouchers.issue_voucher(desk.office, "officer", case)
        else:
            letters.issue_approval(desk.office, "officer", case)
    found = broken(desk)
    assert found.keys() == {"rows"}
    assert {fault.split(" ")[0] for fault in found["rows"]} >= {table for table, _, _ in FOR_ONE_ACT[act]}


@pytest.mark.parametrize("real_again", ["before the drawing", "after it"])
def test_a_letter_drawn_ahead_from_rows_that_were_otherwise_meanwhile(
    desk: Desk, real_again: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The act takes only what was drawn of what it sees itself, though a paper is drawn before it."""
    case = desk.issued()
    changed = contextlib.ExitStack()
    changed.enter_context(
        otherwise(desk, ("application_version", "applicant_name", "'他人'"), ("contract", "number", "'HT-9'"))
    )
    said = []

    def put_back(office: Office, paper: Callable[[FontSet], bytes]) -> bytes:
        if real_again == "before the drawing":
            changed.close()
        said.append(text_of(draw_ahead(office, paper)))
        changed.close()
        return b""

    monkeypatch.setattr("casework.core.act.draw_ahead", put_back)
    letter = letters.issue_approval(desk.office, "officer", case).facts["letter"]
    (ahead,) = said
    with desk.office.read() as session:
        kept = text_of(stored(session, letter))
    assert "他人" in ahead and "他人" not in kept
    assert "湾畔" in kept and "HT-9" not in kept
    assert broken(desk) == {}


def test_a_letter_drawn_ahead_before_its_rows_were_otherwise(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says then what the act has seen, and verifying finds what that was."""
    case = desk.issued()
    changed = contextlib.ExitStack()

    def change(office: Office, paper: Callable[[FontSet], bytes]) -> bytes:
        body = draw_ahead(office, paper)
        changed.enter_context(otherwise(desk, ("application_version", "applicant_name", "'他人'")))
        return body

    monkeypatch.setattr("casework.core.act.draw_ahead", change)
    letter = letters.issue_approval(desk.office, "officer", case).facts["letter"]
    changed.close()
    with desk.office.read() as session:
        assert "他人" in text_of(stored(session, letter))
    assert {fault.split(" ")[0] for fault in broken(desk)["rows"]} == {"application_version"}
