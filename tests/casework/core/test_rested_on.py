"""What an act rests on: the entry of every person's act holds what the act had read."""

import json
from pathlib import Path
from typing import Any

import pytest

from casework.core import log, rested_on
from casework.intake import portal_import
from casework.issuing import approval
from casework.review import checking
from models import metadata
from tests.casework.desk import MINUTES, Desk, write_portal


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
        "application_version",
        "budget",
        "contract",
        "correction",
        "decision",
        "finding",
        "ledger_entry",
        "objection",
        "office",
        "pack",
        "period",
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
    assert [values for column, values, _ in found if column] == [[1]] * 3
    hashes = {table: hashed for _, _, each in found for table, hashed in each.items()}
    assert (hashes["objection"], len(hashes["contract"])) == ("", 32)


def test_a_decision_rests_on_the_registers_too(desk: Desk) -> None:
    desk.decide(desk.submit())
    registers = {"admission", "pack", "provider", "round", "supplement"}
    assert tables(rests(desk, "decide")) >= registers


def test_what_moves_no_money_rests_on_what_let_it_happen(desk: Desk) -> None:
    """A case is taken in by somebody with a role whom nothing keeps from it."""
    case = desk.submit()
    checking.accept(desk.office, "officer", case)
    whole, of_applicant = rests(desk, "accept")
    assert (whole[:2], set(whole[2])) == (["", []], {"office", "person", "person_role"})
    assert of_applicant == ["applicant_id", [1], {"recusal": ""}]
    assert tables(rests(desk, "submit")) >= {"application", "recusal", "round", "supplement", "provider"}
    desk.set_terms()
    people = {"office", "person", "person_role"}
    assert tables(rests(desk, "confirm_supplement")) == {"pack", "supplement", *people}


def test_what_the_office_does_by_itself_rests_on_nobody(desk: Desk) -> None:
    assert rests(desk, "ship_packs") == rests(desk, "found") == []


@pytest.mark.parametrize(("most", "columns"), [(9, {"", "id", "application_id", "applicant_id"}), (4, {""})])
def test_a_file_of_many_rests_on_no_single_case(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int, columns: set[str]
) -> None:
    """But on all recusals."""
    monkeypatch.setattr(rested_on, "MANY", most)
    write_portal(tmp_path / "portal.xlsx", 5)
    portal_import.import_file(desk.office, "officer", tmp_path / "portal.xlsx")
    found = rests(desk, "import")
    assert {column for column, _, _ in found} == columns
    of = {table: column for column, _, each in found for table in each}
    assert of["recusal"] == ("applicant_id" if most == 9 else "")
    assert of["provider"] == of["round"] == ""


def test_every_table_it_names_is_there() -> None:
    named = {*rested_on.MONEY, *rested_on.UNRESTED}
    assert named <= metadata.tables.keys()
