"""Letters: numbered without gaps, kept as issued, voided and never lost."""

import hashlib
from pathlib import Path

import pytest

from casework.award import deciding
from casework.boards.case_view import view
from casework.core import files_out, numbers, office_settings
from casework.core.act import By
from casework.core.refused import Refused
from casework.issuing import letters, withdraw_suspend_revoke
from casework.people import accounts
from models import Content, Letter
from papers.drawing.pdfa import check
from tests.casework.desk import OTHER_CODE, Desk
from tests.casework.stored_letter import stored


def text_of(pdf: bytes) -> str:
    import subprocess

    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return "".join(done.stdout.decode().split())


def test_the_approval_letter_says_the_decision_and_is_kept(desk: Desk) -> None:
    case = desk.issued()
    change = letters.issue_approval(desk.office, "officer", case)
    letter = next(each for each in desk.rows(Letter) if each.kind == "approval")
    assert letter.numbered == change.facts["number"] == "深科创券发〔2026〕1号"
    with desk.office.read() as session:
        body = stored(session, letter.id)
    assert hashlib.sha256(body).hexdigest() == letter.content_sha256
    check(body)
    said = text_of(body)
    for words in ("肆佰万元整", "4,000,000.00", case, "HT-2026-001", letter.code, "50%"):
        assert words in said
    assert numbers.is_voucher_code(letter.code)


def test_a_letter_says_every_sum_that_led_to_the_award(desk: Desk) -> None:
    case = desk.issued(contract_amount=3_000_000_000, founded_on=None)  # capped in either tier
    letters.issue_approval(desk.office, "officer", case)
    with desk.office.read() as session:
        said = text_of(stored(session, desk.rows(Letter)[-1].id))
    assert "18,000,000.00元" in said and "15,000,000.00元" in said
    assert "计算额0.00元" not in said
    assert "壹仟万元整" in said


def test_no_letter_before_the_voucher(desk: Desk) -> None:
    with pytest.raises(Refused, match="no_voucher"):
        letters.issue_approval(desk.office, "officer", desk.approved())
    assert not [each for each in desk.rows(Letter) if each.kind == "approval"]


def test_a_letter_is_issued_once_and_exported_as_it_was(desk: Desk, tmp_path: Path) -> None:
    case = desk.issued()
    letters.issue_approval(desk.office, "officer", case)
    with pytest.raises(Refused, match="letter_exists"):
        letters.issue_approval(desk.office, "officer", case)
    first, second = (files_out.save_letters(desk.office, "auditor", tmp_path / name) for name in ("a", "b"))
    assert [path.name for path in first] == ["approval-2026-00001.pdf"]
    assert first[0].read_bytes() == second[0].read_bytes() == desk.rows(Content)[-1].body
    assert files_out.save_letters(desk.office, "officer", tmp_path / "c", decision=7) == []


def test_a_void_letter_keeps_its_number_and_the_next_takes_the_next(desk: Desk, tmp_path: Path) -> None:
    case = desk.issued()
    issued = letters.issue_approval(desk.office, "officer", case).facts["letter"]
    with pytest.raises(Refused, match="reason_missing"):
        letters.void_letter(desk.office, "approver", issued, " ")
    letters.void_letter(desk.office, "approver", issued, "单位名称有误")
    with pytest.raises(Refused, match="letter_void"):
        letters.void_letter(desk.office, "approver", issued, "再作废")
    again = letters.issue_approval(desk.office, "officer", case)
    assert again.facts["number"] == "深科创券发〔2026〕2号"
    kept = [each for each in desk.rows(Letter) if each.kind == "approval"]
    assert [(each.number, each.void_reason) for each in kept] == [(1, "单位名称有误"), (2, None)]
    assert [path.name for path in files_out.save_letters(desk.office, "officer", tmp_path)] == [
        "approval-2026-00002.pdf"
    ]


def test_a_letter_is_not_voided_on_a_case_that_changed_or_is_somebodys_conflict(desk: Desk) -> None:
    case = desk.issued()
    letter = letters.issue_approval(desk.office, "officer", case).facts["letter"]
    before = view(desk.office, "approver", case)
    assert before is not None and before.about["void_letter"] == {letter} and "void_letter" in before.may
    own = view(desk.office, "officer", case)
    assert own is not None and "void_letter" not in own.about
    withdraw_suspend_revoke.revoke(desk.office, "approver2", case, "提供虚假材料")
    with pytest.raises(Refused, match=r"refused\.changed_meanwhile"):
        letters.void_letter(desk.office, By("approver", None, before.seen), letter, "名称有误")
    accounts.recuse(desk.office, "approver2", desk.application(case).applicant_id, "曾任职")
    with pytest.raises(Refused, match=r"refused\.recused"):
        letters.void_letter(desk.office, "approver2", letter, "名称有误")
    letters.void_letter(desk.office, "approver", letter, "名称有误")


def test_a_refusal_is_signed_by_another_and_names_the_reason_and_the_remedies(desk: Desk) -> None:
    case = desk.submit(contract_amount=49_999_999)
    desk.decide(case)
    desk.cite()
    letters.issue_refusal(desk.office, "approver", case)
    with desk.office.read() as session:
        said = text_of(stored(session, desk.rows(Letter)[0].id))
    for words in ("不予", "本年度非关联租用金额", "行政复议", "行政诉讼", case):
        assert words in said


def test_a_notice_of_correction_lists_its_defects_and_the_day(desk: Desk) -> None:
    desk.set("correction_days", "5")
    case = desk.submit(related_party=None)
    desk.corrected(case)
    change = letters.issue_correction(desk.office, "officer", case)
    assert change.facts["number"] == "深科创券补〔2026〕1号"
    with desk.office.read() as session:
        said = text_of(stored(session, change.facts["letter"]))
    for words in ("关联关系", "未填写", "2026年5月27日"):
        assert words in said


def test_a_list_of_defects_has_one_notice_and_the_next_list_its_own(desk: Desk) -> None:
    desk.set("correction_days", "5")
    desk.corrected(case := desk.submit(related_party=None))
    letters.issue_correction(desk.office, "officer", case)
    with pytest.raises(Refused, match="letter_exists") as refused:
        letters.issue_correction(desk.office, "officer", case)
    assert refused.value.params["number"] == "深科创券补〔2026〕1号"
    desk.days(1)
    desk.corrected(case)
    assert letters.issue_correction(desk.office, "officer", case).facts["number"] == "深科创券补〔2026〕2号"


def test_a_notice_of_correction_rests_on_the_document_that_the_office_recorded(desk: Desk) -> None:
    desk.set("correction_days", "5")
    desk.cite()
    desk.corrected(case := desk.submit(related_party=None))
    change = letters.issue_correction(desk.office, "officer", case)
    with desk.office.read() as session:
        said = text_of(stored(session, change.facts["letter"]))
    assert "依据《2026年度训力券申报指南》（示例科创〔2026〕9号）" in said and "先锋城市" not in said


def test_a_refused_act_gives_its_number_back(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from papers.drawing.pdfa import NotArchivable

    case = desk.submit(contract_amount=49_999_999)
    desk.decide(case)

    def spoilt(body: bytes) -> None:
        raise NotArchivable(("no fonts",))

    with monkeypatch.context() as patch:
        patch.setattr("casework.issuing.numbered_paper.check", spoilt)
        desk.cite()
        with pytest.raises(Refused, match="not_pdfa"):
            desk.cite()
            letters.issue_refusal(desk.office, "approver", case)
    assert letters.issue_refusal(desk.office, "approver", case).facts["number"] == "深科创券不予〔2026〕1号"


def test_a_name_that_no_font_holds_is_refused_in_words(desk: Desk) -> None:
    case = desk.submit(contract_amount=49_999_999, applicant=OTHER_CODE, applicant_name="湾畔\U00016a38公司")
    deciding.decide(desk.office, "officer", case, "字体待补，先行决定")
    desk.cite()
    with pytest.raises(Refused, match="uncovered"):
        letters.issue_refusal(desk.office, "approver", case)


def test_a_letter_says_whether_it_is_public_and_who_gets_a_copy_of_a_decision(desk: Desk) -> None:
    said = {
        "disclosure": "依申请公开",
        "copies_to": "湾畔市财政局、湾畔市审计局",
        "claim_papers": "结算单和发票",
        "enclosures": "兑付申请表、材料清单",
    }
    office_settings.set_office(desk.office, "system", said, "公开办法")
    change = letters.issue_approval(desk.office, "officer", desk.issued())
    desk.set("correction_days", "5")
    asked = desk.submit(applicant=OTHER_CODE, contract_no="HT-2", related_party=None)
    desk.corrected(asked)
    notice = letters.issue_correction(desk.office, "officer", asked)
    with desk.office.read() as session:
        decided, correcting = (text_of(stored(session, each.facts["letter"])) for each in (change, notice))
    assert "公开属性：依申请公开抄送：湾畔市财政局，湾畔市审计局。" in decided
    assert "凭结算单和发票向我局申请兑付，资金按照国库集中支付的规定拨付" in decided
    assert "附件：1.兑付申请表2.材料清单" in decided and "附件" not in correcting
    assert "公开属性：依申请公开" in correcting and "抄送" not in correcting
