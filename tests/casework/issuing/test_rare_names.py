"""A name of rare characters goes through every paper of an office: each is kept, and reads as written."""

from pathlib import Path

import pytest

from casework.issuing import (
    approval,
    letters,
    procedural_letters,
    publicity,
    vouchers,
    withdraw_suspend_revoke,
)
from casework.outgoing.issuing_sheets import save_sheets
from casework.review import checking
from models import Letter
from papers.drawing.pdfa import check
from tests.casework.desk import MINUTES, OTHER_CODE, YOUNG_CODE, Desk
from tests.casework.issuing.test_letters import text_of
from tests.casework.stored_letter import stored
from tests.papers.drawing.test_rare_characters import NAMES

BASIS = "《湾畔市专项资金管理办法》（湾府规〔2025〕3号）第二十一条"


@pytest.mark.parametrize("name", NAMES)
def test_every_paper_to_a_rare_name_is_kept_and_reads_so(desk: Desk, tmp_path: Path, name: str) -> None:
    """Each of these was refused (`refused.not_pdfa`), and with it the whole list."""
    office = desk.office
    desk.set("correction_days", "5")
    desk.set_terms()
    granted = desk.submit(applicant_name=name)
    checking.accept(office, "officer", granted)
    procedural_letters.issue_acceptance(office, "officer", granted)
    refused = desk.submit(
        applicant_name=name, applicant=OTHER_CODE, contract_no="HT-2", contract_amount=49_999_999
    )
    asked = desk.submit(applicant_name=name, applicant=YOUNG_CODE, contract_no="HT-3", related_party=None)
    desk.corrected(asked)
    letters.issue_correction(office, "officer", asked)
    desk.decide(refused)
    letters.issue_refusal(office, "approver", refused)
    desk.decide(granted)
    until = publicity.publish(office, "officer", cases=[granted]).facts["until_on"]
    taken = publicity.take_objection(office, "officer", granted, "某公司（签名）", "合同虚假")
    publicity.settle_objection(office, "approver", taken.facts["objection"], "dismissed", "经核查不属实")
    procedural_letters.issue_objection_answer(office, "officer", taken.facts["objection"])
    desk.days((until - desk.office.now().date()).days + 2)
    publicity.end_publicity(office, "officer", 1)
    approval.approve(office, "approver", granted, MINUTES)
    vouchers.issue_voucher(office, "officer", granted)
    letters.issue_approval(office, "officer", granted)
    letters.void_letter(office, "approver2", (paper := desk.rows(Letter)[-1].id), "金额大写有误")
    procedural_letters.issue_void_notice(office, "officer", paper)
    withdraw_suspend_revoke.revoke(office, "approver2", granted, "弄虚作假")
    procedural_letters.issue_revocation(office, "approver", granted, BASIS)
    kinds = set()
    for letter in desk.rows(Letter):
        with office.read() as session:
            body = stored(session, letter.id)
        check(body)
        kinds.add(letter.kind)
        if letter.kind != "objection_answer":
            assert name in text_of(body), letter.kind
    assert len(kinds) == 8, kinds
    sheets = save_sheets(office, "officer", tmp_path)
    assert sheets
    for path in sheets:
        check(path.read_bytes())
        assert name in text_of(path.read_bytes()), path.name
