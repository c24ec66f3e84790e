"""What money rests on: the entry of an act that moves money holds what the act had read."""

import json
from typing import Any

from casework.core import log, rested_on
from casework.issuing import approval
from models import metadata
from tests.casework.desk import MINUTES, Desk


def rests(desk: Desk, act: str) -> list[list[Any]]:
    """What the last entry of an act says that it rested on."""
    with desk.office.read() as session:
        payloads = [row[-1] for row in log._stored(session) if row[5] == act]
    found: list[list[Any]] = json.loads(payloads[-1]).get("rests", [])
    return found


def tables(found: list[list[Any]]) -> set[str]:
    return {table for _, _, hashes in found for table in hashes}


def test_an_approval_rests_on_all_that_it_read(desk: Desk) -> None:
    case = desk.published()
    approval.approve(desk.office, "approver", case, MINUTES)
    found = rests(desk, "approve")
    assert tables(found) == {
        "admission",
        "application",
        "application_version",
        "budget",
        "contract",
        "correction",
        "decision",
        "finding",
        "ledger_entry",
        "objection",
        "pack",
        "person",
        "person_role",
        "provider",
        "publicity",
        "publicity_item",
        "recusal",
        "refusal",
        "round",
        "supplement",
    }
    assert [values for column, values, _ in found if column] == [[1]] * 4
    hashes = {table: hashed for _, _, each in found for table, hashed in each.items()}
    assert (hashes["objection"], len(hashes["contract"])) == ("", 32)


def test_a_decision_rests_on_the_registers_too(desk: Desk) -> None:
    desk.decide(desk.submit())
    registers = {"admission", "pack", "provider", "round", "supplement"}
    assert tables(rests(desk, "decide")) >= registers


def test_what_moves_no_money_rests_on_nothing(desk: Desk) -> None:
    desk.set_terms()
    desk.corrected(desk.submit())
    assert rests(desk, "ask_correction") == rests(desk, "submit") == []


def test_every_table_it_names_is_there() -> None:
    named = {*rested_on.MONEY, *rested_on.UNRESTED}
    assert named <= metadata.tables.keys()
