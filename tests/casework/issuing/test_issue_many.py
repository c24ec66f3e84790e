"""Vouchers and letters of many cases: each by its own act, stopped between two, refused ones named."""

from collections.abc import Callable

import pytest

from casework.award import deciding
from casework.core import look_ahead, office_fonts
from casework.core.office import Office
from casework.core.refused import Refused
from casework.issuing import issue_many, letters
from models import Letter, Voucher
from papers.drawing.fonts import FontSet
from tests.casework.desk import MINUTES, OTHER_CODE, YOUNG_CODE, Desk


def approved(desk: Desk) -> list[str]:
    from casework.issuing import approval

    cases = [
        desk.submit(applicant=code, applicant_name=f"湾畔{at}号有限公司", contract_no=f"HT-{at}")
        for at, code in enumerate((OTHER_CODE, YOUNG_CODE), 1)
    ]
    for case in cases:
        desk.decide(case)
    desk.publish_and_end(*cases)
    for case in cases:
        approval.approve(desk.office, "approver", case, MINUTES)
    return cases


def test_each_case_gets_its_voucher_and_its_letter(desk: Desk) -> None:
    first, second = approved(desk)
    waits = issue_many.waiting(desk.office, 1)
    assert waits == issue_many.ToIssue((first, second), (), ())
    steps: list[tuple[int, int]] = []
    change, told = issue_many.issue(desk.office, "officer", waits, lambda *at: steps.append(at))
    assert [(one.case, one.refused) for one in told] == [(first, None), (second, None)] * 2
    assert steps == [(0, 4), (1, 4), (2, 4), (3, 4)]
    assert {"voucher", "letter", "application"} <= change.kinds
    assert len(desk.rows(Voucher)) == len([row for row in desk.rows(Letter) if row.kind == "approval"]) == 2
    assert issue_many.waiting(desk.office, 1) == issue_many.ToIssue((), (), ())


def test_stopping_keeps_what_is_done(desk: Desk) -> None:
    first, second = approved(desk)
    change, told = issue_many.issue(
        desk.office, "officer", issue_many.waiting(desk.office), lambda done, of: done < 2
    )
    assert len(told) == 2 and "voucher" in change.kinds
    assert issue_many.waiting(desk.office) == ((), (first, second), ())


def test_a_voided_letter_waits_again(desk: Desk) -> None:
    first, _ = approved(desk)
    issue_many.issue(desk.office, "officer", issue_many.waiting(desk.office))
    letter = next(row for row in desk.rows(Letter) if row.kind == "approval")
    letters.void_letter(desk.office, "approver", letter.id, "名称有误")
    assert issue_many.waiting(desk.office) == ((), (first,), ())


def test_notices_of_refusal_are_signed_by_another(desk: Desk) -> None:
    case = desk.submit(related_party=True)
    assert desk.decide(case).status == "refused"
    waits = issue_many.waiting(desk.office)
    assert waits.refusals == (case,)
    desk.cite()
    _, (told,) = issue_many.send_refusals(desk.office, "approver", waits)
    assert told.refused is None
    assert issue_many.waiting(desk.office).refusals == ()


def test_one_that_is_refused_stops_no_other(desk: Desk) -> None:
    first, second = approved(desk)
    gone = issue_many.ToIssue(("T-none", first), (), ())
    _, told = issue_many.issue(desk.office, "officer", gone)
    assert [(one.case, one.refused and one.refused.code) for one in told] == [
        (first, None),
        ("T-none", "refused.no_such_case"),
        (first, None),
    ]
    assert issue_many.waiting(desk.office).vouchers == (second,)


def test_a_name_that_no_font_draws_stops_no_other_letter(desk: Desk) -> None:
    undrawn = desk.submit(
        contract_amount=49_999_999,
        applicant=OTHER_CODE,
        applicant_name="湾畔\U0003134f公司",
        contract_no="HT-2",
    )
    deciding.decide(desk.office, "officer", undrawn, "字体待补，先行决定")
    good = desk.submit(contract_amount=49_999_999)
    desk.decide(good)
    desk.cite()
    waits = issue_many.waiting(desk.office)
    assert waits.refusals == (undrawn, good)
    _, effects = issue_many.send_refusals(desk.office, "approver", waits)
    refused = {one.case: one.refused and one.refused.code for one in effects}
    assert refused == {undrawn: "refused.uncovered", good: None}
    assert [row.kind for row in desk.rows(Letter)] == ["refusal"]


def test_nobody_waits_while_a_preview_draws_letters(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    cases = [desk.submit(contract_amount=49_999_999, contract_no=f"HT-{at}") for at in (1, 2)]
    for case in cases:
        desk.decide(case)
    desk.cite()
    times: list[str] = []

    def watched(office: Office, paper: Callable[[FontSet], bytes]) -> bytes:
        times.append(desk.submit(contract_no=f"HT-{len(times) + 9}"))  # an act of somebody else
        if len(times) == 2:
            raise Refused("refused.uncovered", characters="?", folder="")
        return b""

    monkeypatch.setattr(office_fonts, "draw", watched)
    told = look_ahead.on_cases(desk.office, "approver", "issue_refusal", cases)
    assert [one.case for one in told] == cases and len(times) == 2
    assert told[0].refused is None and told[0].told["number"]
    assert told[1].refused is not None and told[1].refused.code == "refused.uncovered"
    assert desk.rows(Letter) == []
