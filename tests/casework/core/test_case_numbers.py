"""A case that comes in twice by two doors is the same case, however its number is written."""

from pathlib import Path

import pytest

from casework.core import case_numbers
from casework.core.office import Office
from casework.core.refused import Refused
from casework.intake import counter_entry
from casework.people import accounts
from casework.review import checking
from models import Application, ApplicationVersion, Finding
from tests.casework.desk import CODE, OTHER_CODE, Clock, Desk
from tests.casework.portal_rows import bring_in
from tests.models.server import server

__all__ = ["server"]

FIRST = "FL2026000101"
SPELLED = ("fl2026000101", "FL 2026000101", "FL-2026000101", "FL2026000101.", "ＦＬ２０２６０００１０１")


def row(case: str, **said: str) -> dict[str, str]:
    return {"申报编号": case, **said}


def cases(desk: Desk) -> list[str]:
    return [each.case_no for each in desk.rows(Application)]


@pytest.mark.parametrize("spelled", SPELLED)
def test_a_row_of_a_known_case_is_that_case(desk: Desk, tmp_path: Path, spelled: str) -> None:
    """Each became an application of its own beside the first."""
    bring_in(desk, tmp_path, row(FIRST))
    same = bring_in(desk, tmp_path, row(spelled))
    assert (same.accepted, same.unchanged, same.rejected) == (0, 1, ())
    other = bring_in(desk, tmp_path, row(spelled, **{"联系电话": "075500000002"}))
    assert other.accepted == 1 and cases(desk) == [FIRST], (
        "the next version of the case, as it was first written"
    )
    assert [each.version for each in desk.rows(ApplicationVersion)] == [1, 2]
    with pytest.raises(Refused, match="case_exists") as refused:
        counter_entry.submit(desk.office, "officer", {"applicant": CODE} | entered(), spelled)
    assert refused.value.params["case"] == FIRST
    strange = bring_in(desk, tmp_path, row(spelled, **{"统一社会信用代码": OTHER_CODE}))
    assert [(each.reason, each.value) for each in strange.rejected] == [("duplicate_case", FIRST)]
    checking.accept(desk.office, "officer", spelled)
    assert desk.state(FIRST) == "accepted"


def entered() -> dict[str, str]:
    return {
        "applicant_name": "湾畔公司", "applicant_kind": "企业", "contract_amount": "8000000",
        "contract_no": "HT-7", "signed_on": "2026-04-01",
    }  # fmt: skip


def test_what_was_stored_in_a_dress_is_found_in_any(desk: Desk, tmp_path: Path) -> None:
    """An older office holds numbers as the portal wrote them."""
    counter_entry.submit(desk.office, "officer", {"applicant": CODE} | entered(), "sz-2026-000101")
    imported = bring_in(desk, tmp_path, row("SZ2026-000101."))
    assert imported.accepted == 1 and cases(desk) == ["sz-2026-000101"]
    with desk.office.read() as session:
        assert case_numbers.stored(session, "SZ 2026-000101") == "sz-2026-000101"
        assert case_numbers.stored(session, "SZ20260-00101") is None
        assert case_numbers.as_first_written(session, ["A1", "a1", "a-1"]) == dict.fromkeys(
            ("A1", "a1", "a-1"), "A1"
        )


@pytest.mark.parametrize("spelled", SPELLED)
def test_in_one_file_a_case_stands_once(desk: Desk, tmp_path: Path, spelled: str) -> None:
    again = bring_in(desk, tmp_path, row(FIRST), row(spelled))
    assert (again.accepted, again.rejected) == (1, ()) and cases(desk) == [FIRST]
    other = bring_in(desk, tmp_path, row("X1"), row("x-1", **{"联系电话": "0755"}), row("X2"))
    assert [(each.reason, each.value) for each in other.rejected] == [("duplicate_case", "x-1")]


def test_a_number_that_only_marks_tell_apart_is_asked_about(desk: Desk, tmp_path: Path) -> None:
    """In a file, in a later file, typed at the counter, and by each check; of one applicant alone."""
    more = {"合同金额（元）": "1000001", "合同编号": "HT-1"}
    stranger = {"统一社会信用代码": OTHER_CODE, "单位名称": "他单位", "合同编号": "HT-9"}
    bring_in(desk, tmp_path, row("FL-1-11"), row("FL-11-1", **more), row("FL/111", **stranger))
    bring_in(desk, tmp_path, row("FL111", **{"合同金额（元）": "1000002", "合同编号": "HT-3"}))
    typed = counter_entry.submit(desk.office, "officer", {"applicant": CODE} | entered(), "FL1_11")
    assert "near_case_no" in typed.facts["findings"]

    def asked(case: str) -> set[str]:
        number = desk.application(case).id
        return {
            str(each.with_text)
            for each in desk.rows(Finding)
            if (each.application_id, each.code, each.state) == (number, "near_case_no", "open")
        }

    assert asked("FL-1-11") == {"FL-11-1"} and asked("FL-11-1") == {"FL-1-11"}
    assert asked("FL111") == {"FL-1-11"} and asked("FL/111") == set()
    for case in cases(desk):
        checking.check(desk.office, "officer", case)
    mine = {"FL-1-11", "FL-11-1", "FL111", "FL1_11"}
    assert {case: asked(case) for case in cases(desk)} == {
        **{case: mine - {case} for case in mine}, "FL/111": set()
    }  # fmt: skip


def test_it_is_so_on_a_server_too(server: str, tmp_path: Path) -> None:
    """Numbers are compared by what each engine makes of small letters and hyphens."""
    clock = Clock()
    office = Office.create(server, name="测试", clock=clock)
    accounts.found(office, accounts.DEMO_PEOPLE, "demo")
    desk = Desk.prepare(office, clock)
    stranger = {
        "统一社会信用代码": OTHER_CODE,
        "单位名称": "他单位",
        "合同编号": "HT-9",
        "合同金额（元）": "77",
    }
    bring_in(desk, tmp_path, row("sz-2026-000101", **{"银行账号": "nra6222-0000-1111"}))
    bring_in(desk, tmp_path, row("SZ2026-000101.", **{"银行账号": "nra6222-0000-1111"}))
    assert cases(desk) == ["sz-2026-000101"]
    bring_in(desk, tmp_path, row("X9", **stranger, **{"银行账号": "NRA622200001111"}))
    bring_in(desk, tmp_path, row("SZ20260-00101", **{"合同编号": "HT-8", "合同金额（元）": "99"}))

    def found() -> set[tuple[int, str, str]]:
        open_ = [each for each in desk.rows(Finding) if each.state == "open"]
        wanted = ("same_account", "near_case_no")
        return {
            (each.application_id, each.code, str(each.with_text)) for each in open_ if each.code in wanted
        }

    in_files = {(2, "same_account", CODE), (3, "near_case_no", "sz-2026-000101")}
    assert found() == in_files
    for case in cases(desk):
        checking.check(office, "officer", case)
    assert found() == in_files | {(1, "same_account", OTHER_CODE), (1, "near_case_no", "SZ20260-00101")}
    office.close()
