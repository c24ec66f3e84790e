"""The voucher ledger: what stood at the end of a day."""

import datetime
from pathlib import Path

import openpyxl
import pytest

from casework.core.office import Office
from casework.core.refused import Refused
from casework.issuing import withdraw_suspend_revoke
from casework.outgoing import ledger_export
from tests.casework.desk import Desk


def cells(path: Path) -> set[object]:
    return {value for row in openpyxl.load_workbook(path).worksheets[0].values for value in row}


def test_a_voucher_s_line_says_the_whole_way(desk: Desk, tmp_path: Path) -> None:
    case = desk.issued(district="南山区", other_district=0, other_support=0)
    path = tmp_path / "ledger.xlsx"
    assert ledger_export.write_ledger(desk.office, "finance", "voucher", path) == 1
    said = cells(path)
    assert {"湾畔语言模型有限公司", "91440300MA50050230", "南山区", "HT-2026-001", "第一批", "企业"} <= said
    assert {8_000_000, 4_000_000, 10_000_000} <= {value for value in said if isinstance(value, int | float)}
    assert "shenzhen-training-voucher@2026" in said
    assert desk.state(case) == "issued"


def test_a_voucher_is_not_in_the_ledger_of_the_day_before(desk: Desk, tmp_path: Path) -> None:
    desk.issued()
    path = tmp_path / "ledger.xlsx"
    before = desk.office.today() - datetime.timedelta(days=1)
    assert ledger_export.write_ledger(desk.office, "finance", "voucher", path, at=before) == 0


def test_a_revoked_voucher_has_nothing_left_from_its_day_on(desk: Desk, tmp_path: Path) -> None:
    case = desk.issued()
    issued_on = desk.office.today()
    desk.days(3)
    withdraw_suspend_revoke.revoke(desk.office, "approver2", case, "合同终止")
    path = tmp_path / "ledger.xlsx"

    def states(on: datetime.date) -> tuple[object, object, object]:
        ledger_export.write_ledger(desk.office, "finance", "voucher", path, at=on)
        rows = list(openpyxl.load_workbook(path).worksheets[0].values)
        (heads,) = [row for row in rows if "券编号" in row]
        (line,) = [row for row in rows if "湾畔语言模型有限公司" in row]
        return line[heads.index("核定额度")], line[heads.index("剩余额度")], line[heads.index("状态")]

    assert states(issued_on) == (4_000_000, 4_000_000, "已发放")
    assert states(desk.office.today()) == (4_000_000, 0, "已撤销")
    assert desk.budget()[3] == 0


def test_the_same_day_gives_the_same_bytes(desk: Desk, tmp_path: Path) -> None:
    desk.issued()
    on = desk.office.today()
    for name in ("a.xlsx", "b.xlsx"):
        ledger_export.write_ledger(desk.office, "auditor", "voucher", tmp_path / name, at=on)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_a_ledger_that_there_is_not(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="ledger_kind"):
        ledger_export.write_ledger(desk.office, "finance", "cake", tmp_path / "x.xlsx")


def test_a_folder_that_is_not_there_is_named(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        ledger_export.write_ledger(desk.office, "finance", "voucher", tmp_path / "nowhere" / "x.xlsx")
    assert (refused.value.code, refused.value.params["file"]) == ("refused.not_written", "x.xlsx")
    (why,) = refused.value.params["each"]
    assert (why.code, why.params["folder"]) == ("office.no_folder", str(tmp_path / "nowhere"))


def test_a_demonstration_s_ledger_says_so(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Office, "demonstration", True)
    ledger_export.write_ledger(desk.office, "finance", "voucher", tmp_path / "x.xlsx")
    page = openpyxl.load_workbook(tmp_path / "x.xlsx").active
    assert "演示" in page["A1"].value and page["A2"].value == "算力券台账" and page.freeze_panes == "E6"


def test_the_totals_say_what_of_them_was_revoked(desk: Desk, tmp_path: Path) -> None:
    """The ledger is a register of what was issued; its totals are of all lines, and say so."""
    case = desk.issued()
    issued_on = desk.office.today()
    desk.days(3)
    withdraw_suspend_revoke.revoke(desk.office, "approver2", case, "合同终止")
    path = tmp_path / "ledger.xlsx"
    told = "合计包含已撤销、已失效的券1张，其核定额度合计4,000,000.00元；剩余额度已按零计。"
    ledger_export.write_ledger(desk.office, "finance", "voucher", path)
    assert any(told in str(cell) for cell in cells(path))
    ledger_export.write_ledger(desk.office, "finance", "voucher", path, at=issued_on)
    assert not any("已撤销、已失效" in str(cell) for cell in cells(path))
