"""A round from the portal's file on the command line: who may do what, and what comes out."""

import csv
from pathlib import Path

from openpyxl import load_workbook

from tests.commandline import Answer, Desk
from tests.end_to_end.conftest import Shown

PORTAL = Path(__file__).resolve().parents[2] / "resources" / "demo" / "portal-2026.xlsx"


class Desks:
    """The office's people at their desks."""

    def __init__(self, desk: Desk, office: Path) -> None:
        self.desk, self.office = desk, office

    def __call__(self, user: str, *arguments: object) -> Answer:
        return self.desk("--json", "--office", self.office, "--user", user, *arguments)


def test_a_round_on_the_command_line(desk: Desk, tmp_path: Path) -> None:
    office = Desks(desk, tmp_path / "office.db")
    assert desk("init", office.office, "--demo-people").status == 0

    tried = office("officer", "import", PORTAL, "--dry-run")
    found = office("officer", "import", PORTAL, "--rejects", tmp_path / "rejects.csv")
    assert (tried.status, found.status) == (1, 1)
    assert tried.json["accepted"] == found.json["accepted"]
    assert found.json["rows"] == found.json["accepted"] + len(found.json["rejected"])
    with (tmp_path / "rejects.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) == len(found.json["rejected"])
    assert found.status == 1, "rows were rejected"
    again = office("officer", "import", PORTAL)
    assert (again.status, again.json["accepted"], again.json["unchanged"]) == (0, 0, found.json["accepted"])

    case = "YS2026000001"
    assert office("approver", "act", "accept", "--case", case).json["error"] == "refused.not_allowed"
    assert office("officer", "act", "accept", "--case", case).status == 0
    assert office("officer", "act", "check", "--case", case).status == 0
    told = ("budget=shenzhen-training-voucher/2026", "allotment_no=演财〔2026〕1号", "amount=300000000")
    given = office("finance", "act", "appropriate", *(part for each in told for part in ("--set", each)))
    assert given.status == 0, given.err
    decided = office("officer", "act", "decide", "--case", case)
    assert decided.json["status"] == "awarded", decided.err
    early = office("approver", "act", "approve", "--case", case, "--set", "minutes=〔2026〕1号")
    assert (early.status, early.json["error"]) == (2, "refused.state")
    assert office("officer", "act", "withdraw", "--case", case, "--reason", "申请单位撤回").status == 0
    assert office("officer", "act", "decide", "--case", case).json["error"] == "refused.state"

    assert office("auditor", "replay").json["same"] == 1
    assert office("auditor", "verify").status == 0


def test_all_or_nothing_stores_nothing_where_a_row_is_rejected(desk: Desk, tmp_path: Path) -> None:
    office = Desks(desk, tmp_path / "office.db")
    assert desk("init", office.office, "--demo-people").status == 0
    assert office("officer", "import", PORTAL, "--all-or-nothing").status == 1
    assert office("officer", "import", PORTAL).json["unchanged"] == 0


def test_a_file_that_is_no_workbook_ends_with_2_and_stores_nothing(desk: Desk, tmp_path: Path) -> None:
    office = Desks(desk, tmp_path / "office.db")
    assert desk("init", office.office, "--demo-people").status == 0
    before = office("auditor", "verify").json
    no_table = tmp_path / "a.xlsx"
    no_table.write_bytes(b"%PDF-1.7 ...")
    refused = office("officer", "import", no_table)
    assert refused.status == 2
    assert refused.err == refused.json["say"] + "\n"
    assert office("auditor", "verify").json == before


def test_papers_out_of_the_office(desk: Desk, shown: Shown, tmp_path: Path) -> None:
    office = Desks(desk, shown.office)
    letters = office("auditor", "letters", "-o", tmp_path / "letters")
    assert letters.json["letters"] == shown.summary["letters"] > 0
    for path in (tmp_path / "letters").iterdir():
        assert path.read_bytes() == (shown.papers / "letters" / path.name).read_bytes(), (
            "the same bytes again"
        )
    ledger = office("auditor", "ledger", "voucher", "-o", tmp_path / "voucher.xlsx")
    assert ledger.json["rows"] == shown.summary["vouchers"]
    sheet = load_workbook(tmp_path / "voucher.xlsx").active
    assert sheet is not None and sheet.max_row > shown.summary["vouchers"]
    assert office("auditor", "ledger", "nonsense", "-o", tmp_path / "x.xlsx").status == 2
