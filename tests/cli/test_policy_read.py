"""``policy list``, ``show`` and ``check``, of the office that is named and without one."""

import csv
import tomllib
from pathlib import Path

import pytest

from casework.award import deciding
from casework.core.office import Office
from casework.rulebook import packs
from casework.rulebook.shipped_packs import POLICIES
from tests.casework.desk import PACK, Clock
from tests.casework.desk import Desk as OfficeDesk
from tests.commandline import Desk

TRAINING = POLICIES / "shenzhen" / "training-voucher-2026.toml"


@pytest.fixture
def office(desk: Desk, tmp_path: Path) -> Path:
    """An office in which one case waits for a reading, and one supplement is in force."""
    import datetime

    path = tmp_path / "office.db"
    assert desk("init", path, "--demo-people").status == 0
    clock = Clock()
    with Office.open(path, clock=clock).closing() as opened:
        at_work = OfficeDesk.prepare(opened, clock)
        founded = datetime.date(2026, 1, 15)
        case = at_work.submit(contract_amount=1_000_000_000, founded_on=founded, other_support=300_000_000)
        deciding.decide(opened, "officer", case)
        at_work.set("publicity_days", "5", from_on=datetime.date(2026, 5, 1))
    return path


def test_an_office_s_list_says_how_each_pack_stands(desk: Desk, office: Path) -> None:
    rows = desk("--json", "--office", office, "policy", "list").json["packs"]
    found = {f"{row['id']}@{row['version']}": row for row in rows}
    assert (found[PACK]["state"], found[PACK]["withdrawn_on"]) == ("confirmed", None)
    assert "startup_ceiling" in found[PACK]["unset"]
    assert desk("--office", office, "policy", "list").status == 0


def test_show_says_what_is_set_and_who_waits_and_what_it_would_cost(desk: Desk, office: Path) -> None:
    (row,) = desk("--json", "--office", office, "policy", "show", PACK).json["packs"]
    (given,) = row["supplements"]
    assert (given["parameter"], given["value"], given["from"]) == ("publicity_days", "5", "2026-05-01")
    assert (given["source"], given["state"], given["in_force"]) == ("局长办公会纪要", "confirmed", True)
    assert "startup_ceiling" in row["unset"] and "publicity_days" not in row["unset"]
    (waits,) = row["waits"]
    assert waits == {
        "parameter": "startup_ceiling",
        "cases": ["SL2026000001"],
        "readings": {"50": "2000000.00", "60": "3000000.00"},
    }
    assert len(row["examples_sha256"]) == 64


def test_what_show_prints_of_an_office_is_still_a_pack(desk: Desk, office: Path) -> None:
    shown = desk("--office", office, "--lang", "en", "policy", "show", PACK).out
    assert tomllib.loads(shown)["version"] == "2026"
    assert "SL2026000001" in shown and "2,000,000.00" in shown and "局长办公会纪要" in shown


def test_a_stored_pack_is_checked_with_the_examples_kept_beside_it(desk: Desk, office: Path) -> None:
    answer = desk("--json", "--office", office, "policy", "check", PACK)
    assert (answer.status, answer.json["faults"]) == (0, [])
    assert desk("--office", office, "policy", "check", "no-such@1").status == 2


def test_a_file_is_checked_beside_what_the_office_has_in_force(desk: Desk, office: Path) -> None:
    import datetime

    file = office.with_name("mine.toml")
    text = TRAINING.read_text(encoding="utf-8").replace('version = "2026"', 'version = "2026b"')
    file.write_text(text.replace("from = 2026-01-01", "from = 2026-09-01"), encoding="utf-8")
    found = desk("--json", "--office", office, "policy", "check", file).json["faults"]
    assert [fault["code"] for fault in found] == ["check.overlap"]
    with Office.open(office).closing() as opened:
        packs.withdraw_pack(opened, "approver", PACK, datetime.date(2026, 9, 1), "停止")
    assert desk("--office", office, "policy", "check", file).status == 0


def test_the_case_of_a_fault_is_written_for_calculate_and_comes_out_as_said(
    desk: Desk, tmp_path: Path
) -> None:
    text = TRAINING.read_text(encoding="utf-8").replace("shenzhen-training-voucher", "mine")
    broken = text.replace('rate = "0.6"', 'fixed = "9000000.00"')
    assert broken != text
    pack, cases, out = tmp_path / "mine.toml", tmp_path / "cases.csv", tmp_path / "out.csv"
    pack.write_text(broken, encoding="utf-8")
    answer = desk("--json", "policy", "check", pack, "--cases", cases)
    assert answer.status == 1 and answer.json["cases"]["rows"] >= 1
    assert desk("calculate", cases, "--policy", pack, "-o", out).status == 0
    with out.open(encoding="utf-8", newline="") as file:
        rows = {row["case"]: row for row in csv.DictReader(file)}
    above = next(row for name, row in rows.items() if "above_base" in name)
    assert above["status"] == "awarded" and float(above["award"]) > float(above["base"])


def test_the_cases_are_not_written_over_the_pack(desk: Desk, tmp_path: Path) -> None:
    pack = tmp_path / "mine.toml"
    pack.write_text(TRAINING.read_text(encoding="utf-8"), encoding="utf-8")
    answer = desk("policy", "check", pack, "--cases", pack)
    assert answer.status == 2 and "mine.toml" in answer.err
    assert pack.read_text(encoding="utf-8") == TRAINING.read_text(encoding="utf-8")


def test_the_check_of_a_file_counts_working_days(desk: Desk) -> None:
    file = Path(__file__).parents[1] / "rules" / "made_up" / "repair-deadline.toml"
    found = desk("--json", "policy", "check", file).json
    assert (found["faults"], found["warnings"]) == ([], [])
