"""A row comes again: what the applicant changed counts, on top of what was verified and corrected since."""

from pathlib import Path

import pytest

from casework.boards.case_view import view
from casework.core.refused import Refused
from casework.review import checking, corrections
from models import Application, ApplicationVersion, Finding
from tests.casework.desk import Desk
from tests.casework.portal_rows import ROW, bring_in

CASE = ROW["申报编号"]
AMOUNT = "合同金额（元）"


def now(desk: Desk) -> ApplicationVersion:
    found: ApplicationVersion = desk.rows(ApplicationVersion)[-1]
    return found


def open_findings(desk: Desk) -> list[tuple[str, str | None]]:
    return [(one.code, one.with_text) for one in desk.rows(Finding) if one.state == "open"]


def test_another_telephone_does_not_throw_the_verified_figure_away(desk: Desk, tmp_path: Path) -> None:
    bring_in(desk, tmp_path, {})
    checking.verify_facts(desk.office, "officer", CASE, {"contract_amount": 600_000_000}, "按发票核减")
    assert bring_in(desk, tmp_path, {"联系电话": "075500000002"}).changed == 1
    assert (now(desk).source, now(desk).contract_amount_fen) == ("import", 600_000_000)
    assert desk.decide(CASE).award_fen == 300_000_000
    assert ("verified_changed", "contract_amount") not in open_findings(desk)


def test_a_new_word_on_a_verified_field_is_a_finding_and_the_verified_value_stands(
    desk: Desk, tmp_path: Path
) -> None:
    bring_in(desk, tmp_path, {})
    checking.verify_facts(desk.office, "officer", CASE, {"contract_amount": 600_000_000}, "按发票核减")
    found = bring_in(desk, tmp_path, {AMOUNT: "7000000.00"})
    assert (CASE, "verified_changed", "contract_amount") in found.findings
    assert now(desk).contract_amount_fen == 600_000_000
    checking.check(desk.office, "officer", CASE)
    assert ("verified_changed", "contract_amount") in open_findings(desk)
    shown = view(desk.office, "officer", CASE)
    assert shown is not None
    amount = shown.field("contract_amount")
    assert amount is not None and amount.given is not None and amount.verified is not None
    assert (amount.given.value, amount.now.value, amount.verified.value) == (
        700_000_000,
        600_000_000,
        600_000_000,
    )
    assert [(said.value, said.source) for said in amount.history] == [
        (800_000_000, "import"),
        (600_000_000, "review"),
        (700_000_000, "import"),
    ]
    checking.verify_facts(desk.office, "officer", CASE, {"contract_amount": 700_000_000}, "补充协议")
    checking.check(desk.office, "officer", CASE)
    assert ("verified_changed", "contract_amount") not in open_findings(desk)
    assert desk.decide(CASE).award_fen == 350_000_000


def test_the_same_file_again_after_a_correction_adds_nothing(desk: Desk, tmp_path: Path) -> None:
    """The portal says what it said: the answer that came on paper stays."""
    desk.set_terms()
    bring_in(desk, tmp_path, {})
    desk.corrected(CASE, "contract_amount")
    corrections.answer_correction(desk.office, "officer", CASE, {"contract_amount": 500_000_000})
    again = bring_in(desk, tmp_path, {})
    assert (again.unchanged, again.accepted) == (1, 0)
    assert bring_in(desk, tmp_path, {"联系电话": "075500000002"}).changed == 1
    assert now(desk).contract_amount_fen == 500_000_000


def test_a_row_that_says_what_the_correction_said_is_nothing_new(desk: Desk, tmp_path: Path) -> None:
    desk.set_terms()
    bring_in(desk, tmp_path, {})
    desk.corrected(CASE, "contract_amount")
    corrections.answer_correction(desk.office, "officer", CASE, {"contract_amount": 500_000_000})
    desk.decide(CASE)  # it takes no corrections any more, and a row with nothing new is no fault
    assert bring_in(desk, tmp_path, {AMOUNT: "5000000.00"}).unchanged == 1
    refused = bring_in(desk, tmp_path, {AMOUNT: "5000000.01"})
    assert [each.reason for each in refused.rejected] == ["duplicate_case"]


def test_what_is_emptied_is_emptied_and_a_verified_no_stays(desk: Desk, tmp_path: Path) -> None:
    bring_in(desk, tmp_path, {"所属区": "南山区"})
    checking.verify_facts(desk.office, "officer", CASE, {"related_party": True}, "同一实际控制人")
    bring_in(desk, tmp_path, {"所属区": ""})
    assert (now(desk).district, now(desk).related_party) == (None, True)
    assert desk.decide(CASE).reasons == "related_party"


def test_an_answer_to_a_correction_does_not_overrule_what_was_verified(desk: Desk, tmp_path: Path) -> None:
    desk.set_terms()
    bring_in(desk, tmp_path, {})
    checking.verify_facts(desk.office, "officer", CASE, {"contract_amount": 600_000_000}, "按发票核减")
    desk.corrected(CASE, "contract_amount")
    change = corrections.answer_correction(desk.office, "officer", CASE, {"contract_amount": 750_000_000})
    assert change.facts["fields"] == ["contract_amount"]
    assert open_findings(desk)[-1] == ("verified_changed", "contract_amount")
    assert now(desk).contract_amount_fen == 600_000_000
    assert desk.rows(Application)[0].version == now(desk).version == 3
    desk.corrected(CASE, "contract_amount")
    with pytest.raises(Refused, match="nothing_changed"):
        corrections.answer_correction(desk.office, "officer", CASE, {"contract_amount": 750_000_000})


def test_an_answer_that_says_what_was_verified_needs_nobody(desk: Desk, tmp_path: Path) -> None:
    desk.set_terms()
    bring_in(desk, tmp_path, {})
    checking.verify_facts(desk.office, "officer", CASE, {"contract_amount": 600_000_000}, "按发票核减")
    desk.corrected(CASE, "contract_amount")
    corrections.answer_correction(desk.office, "officer", CASE, {"contract_amount": 600_000_000})
    assert "verified_changed" not in dict(open_findings(desk))
