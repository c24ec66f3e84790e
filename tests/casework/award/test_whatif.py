"""A draft is tried on the office's past cases, and nothing but a line in the log remembers it."""

import hashlib
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import text

from casework.award.whatif import changed, named, whatif
from casework.award.whatif_workbook import as_json
from casework.core.refused import Refused
from casework.rulebook.shipped_packs import shipped
from models import LogEntry
from rules.pack import Pack
from rules.whatif import variant
from tests.casework.desk import CODE, OTHER_CODE, PACK, Desk

TRAINING = next(pack for pack in shipped() if pack.ref == PACK)
MAY_CHANGE = {"log_entry", "log_head"}


def draft(**figures: str) -> Pack:
    return variant(TRAINING, {name.replace("__", "."): value for name, value in figures.items()})


def tables(desk: Desk) -> dict[str, str]:
    """A hash of the contents of every table."""
    with desk.office.read() as session:
        names = session.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars().all()
        return {
            name: hashlib.sha256(
                repr(session.execute(text(f'SELECT * FROM "{name}"')).all()).encode()
            ).hexdigest()
            for name in names
        }


def two_cases(desk: Desk) -> None:
    for number, applicant in enumerate((CODE, OTHER_CODE)):
        case = desk.submit(
            applicant=applicant, contract_no=f"HT-{number}", contract_amount=800_000_000 << number
        )
        desk.decide(case)


def test_a_lower_rate_shows_who_loses(desk: Desk) -> None:
    two_cases(desk)
    found = whatif(desk.office, "officer", draft(general__rate="0.4"))
    assert [(one.then_fen, one.now_fen) for one in found.lines] == [
        (400_000_000, 320_000_000),
        (800_000_000, 640_000_000),
    ]
    told = as_json(found)
    assert told["simulation"] is True and told["lose"] == {"cases": 2, "sum": "2400000.00"}
    assert (told["then"]["total"], told["now"]["total"]) == ("12000000.00", "9600000.00")


def test_the_same_pack_changes_nothing(desk: Desk) -> None:
    two_cases(desk)
    found = whatif(desk.office, "auditor", TRAINING)
    assert found.gainers == () and found.losers == ()
    assert found.then.total_fen == found.now.total_fen == 1_200_000_000


def test_nothing_is_written_but_the_line_in_the_log(desk: Desk, tmp_path: Path) -> None:
    two_cases(desk)
    before, lines = tables(desk), len(desk.rows(LogEntry))
    whatif(desk.office, "officer", draft(budget__amount="5000000.00"), path=tmp_path / "draft.xlsx")
    after = tables(desk)
    assert {name for name in after if after[name] != before[name]} <= MAY_CHANGE
    assert len(desk.rows(LogEntry)) == lines + 1
    assert desk.rows(LogEntry)[-1].act == "whatif"


def test_the_hash_of_the_tables_notices_a_change(desk: Desk) -> None:
    before = tables(desk)
    desk.submit()
    after = tables(desk)
    assert {name for name in after if after[name] != before[name]} - MAY_CHANGE


def test_a_budget_that_would_run_out_says_when(desk: Desk) -> None:
    two_cases(desk)
    found = whatif(desk.office, "officer", draft(budget__amount="5000000.00"))
    assert [one.now_status for one in found.lines] == ["awarded", "blocked"]
    assert found.now.runs_out == (("shenzhen-training-voucher/2026", desk.office.today()),), (
        "the day it was decided"
    )
    later = whatif(desk.office, "officer", draft(budget__amount="5000000.00"), months=1)
    ((_, day),) = later.now.runs_out
    assert (day.month, day.day) == (desk.office.today().month + 1, desk.office.today().day)
    settled = whatif(
        desk.office, "officer", draft(budget__amount="5000000.00"), settings={"budget_exceeded": "rest"}
    )
    assert [one.now_fen for one in settled.lines] == [400_000_000, 100_000_000]


def test_what_the_office_has_set_holds_for_the_draft(desk: Desk) -> None:
    two_cases(desk)
    desk.set("budget_exceeded", "nothing")
    found = whatif(desk.office, "officer", draft(budget__amount="5000000.00"))
    assert [one.now_status for one in found.lines] == ["awarded", "refused"]


def test_only_the_year_that_was_asked_for(desk: Desk) -> None:
    two_cases(desk)
    assert len(whatif(desk.office, "officer", TRAINING, year=2026).lines) == 2
    assert whatif(desk.office, "officer", TRAINING, year=2025).lines == ()


def test_a_draft_of_another_scheme_is_tried_on_all_cases(desk: Desk) -> None:
    two_cases(desk)
    henan = next(pack for pack in shipped() if pack.id == "henan-compute-voucher")
    found = whatif(desk.office, "officer", henan)
    assert [one.now_fen for one in found.lines] == [100_000_000, 100_000_000]


def test_the_last_decision_of_a_case_counts(desk: Desk) -> None:
    from casework.award import deciding

    case = desk.submit()
    desk.decide(case)
    deciding.decide_again(desk.office, "officer", case, "材料更正")
    assert len(whatif(desk.office, "officer", TRAINING).lines) == 1


def test_the_workbook_says_that_it_is_a_simulation(desk: Desk, tmp_path: Path) -> None:
    two_cases(desk)
    path = tmp_path / "draft.xlsx"
    whatif(desk.office, "officer", draft(general__rate="0.4"), path=path)
    sheet = openpyxl.load_workbook(path).active
    cells = [cell for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None]
    assert any("试算" in str(cell) for cell in cells[:3])
    assert 3_200_000 in [float(cell) for cell in cells if isinstance(cell, int | float)]


def test_who_may_not_is_refused_and_an_unknown_setting_too(desk: Desk) -> None:
    with pytest.raises(Refused, match="not_allowed"):
        whatif(desk.office, "finance", TRAINING)
    with pytest.raises(Refused, match="no_such_value") as refused:
        whatif(desk.office, "officer", TRAINING, settings={"startup_ceiling": "many"})
    said = refused.value.say("zh")
    assert "多方资助" not in said and "many" in said and "50" in said and "60" in said, said
    with pytest.raises(Refused, match="no_such_parameter"):
        whatif(desk.office, "officer", TRAINING, settings={"ceiling": "50"})


def test_a_case_is_tried_on_the_facts_that_it_was_decided_on(desk: Desk) -> None:
    from casework.review import checking

    case = desk.submit()
    desk.decide(case)
    checking.verify_facts(desk.office, "officer", case, {"contract_amount": 100_000_000}, "合同复核")
    (line,) = whatif(desk.office, "officer", TRAINING).lines
    assert line.then_fen == line.now_fen == 400_000_000


def test_other_figures_of_a_pack_that_the_office_holds(desk: Desk) -> None:
    two_cases(desk)
    held = named(desk.office, PACK)
    assert held is not None and named(desk.office, "shenzhen-training-voucher") == held
    assert named(desk.office, "no-such") is None
    found = whatif(desk.office, "officer", changed(held, {"applicant_year.limit": "1000000.00"}))
    assert [one.now_fen for one in found.lines] == [100_000_000, 100_000_000]
    assert changed(held, {}) is held
    for figure, code in (("general.colour", "no_such_figure"), ("none.rate", "no_such_figure")):
        with pytest.raises(Refused, match=code) as refused:
            changed(held, {figure: "1"})
        assert {"general.rate", "applicant_year.limit", "budget.amount"} <= set(refused.value.params["known"])
    with pytest.raises(Refused, match="pack_faults"):
        changed(held, {"general.rate": "many"})
