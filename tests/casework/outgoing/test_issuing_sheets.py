"""The copy that stays in the house says who did what; the letter that leaves it does not."""

import json
from pathlib import Path

from casework.award import refusals
from casework.core import office_settings
from casework.core.files_out import save_letters
from casework.issuing import letters, procedural_letters
from casework.outgoing.issuing_sheets import save_sheets
from casework.people import accounts
from casework.review import checking
from models import Letter, LogEntry
from papers.drawing.pdfa import check
from tests.casework.desk import MINUTES, Desk
from tests.papers import poppler


def test_a_sheet_names_the_people_the_minutes_and_the_log(desk: Desk, tmp_path: Path) -> None:
    case = desk.issued()
    letters.issue_approval(desk.office, "officer", case)
    row = next(one for one in desk.rows(Letter) if one.kind == "approval")
    (path,) = save_sheets(desk.office, "officer", tmp_path, decision=row.decision_seq)
    assert path.name == "approval-2026-00001.sheet.pdf"
    body = path.read_bytes()
    check(body)
    text = poppler.text(body)
    entry = next(
        one for one in desk.rows(LogEntry)
        if one.act == "issue_letter" and json.loads(one.payload)["letter"]["sha256"] == row.content_sha256
    )  # fmt: skip
    for said in (
        "文书签批单", row.numbered, case, MINUTES, row.code, row.content_sha256,
        f"第{entry.seq}条", entry.hash, "经办陈知远", "印发陈知远", "审定",
    ):  # fmt: skip
        assert said in text, said
    (letter,) = save_letters(desk.office, "officer", tmp_path, decision=row.decision_seq)
    outside = poppler.text(letter.read_bytes())
    for inside in (entry.hash[:16], MINUTES, "审定人", "经办：", row.content_sha256):
        assert inside not in outside, inside


def test_a_refusal_outside_the_rules_names_who_proposed_and_who_confirmed_it(
    desk: Desk, tmp_path: Path
) -> None:
    accounts.add_person(desk.office, "system", "second", "李审定", "casework")
    accounts.give_role(desk.office, "rights", "second", "approver")
    desk.set_terms()
    case = desk.submit()
    desk.decide(case)
    said = ("发票系伪造", "骗取资助资金", "某规〔2026〕1号", "第八条")
    refusals.propose_refusal(desk.office, "officer", case, *said)
    desk.days(1)
    refusals.confirm_refusal(desk.office, "approver", case)
    desk.days(1)
    letters.issue_refusal(desk.office, "second", case)
    (path,) = save_sheets(desk.office, "officer", tmp_path)
    text = poppler.text(path.read_bytes())
    for step in (
        "提交陈知远，2026年5月20日（某规〔2026〕1号第八条）",
        "确认周明轩，2026年5月21日",
        "印发李审定，2026年5月22日",
    ):
        assert step in text, text
    assert text.index("提交陈") < text.index("确认") < text.index("印发")


def test_a_letter_of_no_decision_has_its_issuing_alone(desk: Desk, tmp_path: Path) -> None:
    desk.set("correction_days", "5")
    case = desk.submit(related_party=None)
    desk.corrected(case)
    letters.issue_correction(desk.office, "officer", case)
    (path,) = save_sheets(desk.office, "officer", tmp_path)
    text = poppler.text(path.read_bytes())
    assert "核算单号" not in text and "印发陈知远" in text and "补正通知书" in text


def test_a_sheet_names_the_logs_entry_of_any_kind_of_letter_and_the_office_as_it_is_called_now(
    desk: Desk, tmp_path: Path
) -> None:
    office_settings.set_office(desk.office, "system", {"name": "湾畔市科技和产业局"}, "机构改革")
    case = desk.submit()
    checking.accept(desk.office, "officer", case)
    procedural_letters.issue_acceptance(desk.office, "officer", case)
    (path,) = save_sheets(desk.office, "officer", tmp_path)
    text = poppler.text(path.read_bytes())
    entry = next(one for one in desk.rows(LogEntry) if one.act == "issue_acceptance")
    assert "受理通知书" in text and f"第{entry.seq}条" in text and entry.hash in text
    assert "湾畔市科技和产业局" in text
