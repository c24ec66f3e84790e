"""``scenario``: three orders side by side."""

from pathlib import Path

from casework.core.office import Office
from casework.intake import portal_import
from tests.casework.desk import Clock, write_portal
from tests.casework.desk import Desk as OfficeDesk
from tests.commandline import Desk


def test_three_orders_of_a_round(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "office.db"
    assert desk("init", path, "--demo-people").status == 0
    assert desk("--office", path, "scenario").status == 2
    clock = Clock()
    write_portal(tmp_path / "portal.xlsx", 20)
    with Office.open(path, clock=clock).closing() as office:
        OfficeDesk.prepare(office, clock)
        portal_import.import_file(office, "officer", tmp_path / "portal.xlsx")
    found = desk("--json", "--office", path, "scenario", "--round", "1").json
    assert found["simulation"] is True
    orders = found["budgets"][0]["orders"]
    assert list(orders) == ["first_come", "ranked", "pro_rata"]
    assert orders["first_come"]["own"] and not orders["ranked"]["own"]
    assert len(found["budgets"][0]["cases"]) == sum(
        orders["pro_rata"][name] for name in ("awarded", "refused", "blocked")
    )
    shown = desk("--lang", "en", "--office", path, "scenario", "--rank-by", "founded_on", "--rising")
    assert shown.status == 0 and "simulation" in shown.out
    assert desk("--office", path, "scenario", "--unfit", "never").status == 2
