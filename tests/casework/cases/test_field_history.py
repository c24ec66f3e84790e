"""A field's history: what the applicant gave, what the officer verified, what a correction changed."""

from casework.boards.case_view import view
from casework.cases.field_history import FieldView
from casework.review import checking, corrections
from tests.casework.desk import Desk


def field(desk: Desk, case: str, name: str) -> FieldView:
    found = view(desk.office, "officer", case)
    assert found is not None
    said = found.field(name)
    assert said is not None
    return said


def test_what_was_given_and_what_was_verified_stand_side_by_side(desk: Desk) -> None:
    case = desk.submit()
    checking.verify_facts(desk.office, "officer", case, {"contract_amount": 750_000_000}, "发票合计")
    amount = field(desk, case, "contract_amount")
    assert amount.given is not None and amount.given.value == 800_000_000
    assert amount.verified is not None and amount.verified.value == 750_000_000
    assert (amount.verified.person, amount.verified.reason) == ("陈知远", "发票合计")
    untouched = field(desk, case, "signed_on")
    assert untouched.verified is None
    assert len(untouched.history) == 1


def test_a_correction_after_verifying_is_what_was_given_last(desk: Desk) -> None:
    desk.set_terms()
    case = desk.submit(related_party=None)
    checking.verify_facts(desk.office, "officer", case, {"contract_amount": 750_000_000}, "发票合计")
    desk.corrected(case)
    corrections.answer_correction(desk.office, "officer", case, {"related_party": False})
    amount, related = field(desk, case, "contract_amount"), field(desk, case, "related_party")
    assert amount.verified is not None and amount.verified.value == 750_000_000
    assert amount.given is not None and amount.given.value == 800_000_000
    assert [(said.value, said.source) for said in related.history] == [(None, "entry"), (False, "correction")]


def test_facts_of_a_pack_and_the_account_are_fields_too(desk: Desk) -> None:
    case = desk.submit(
        "hangzhou-compute-voucher",
        domestic_compute=True,
        account="6222000000000000001",
        bank="湾畔银行",
        contact="李四",
    )
    assert field(desk, case, "domestic_compute").now.value is True
    assert field(desk, case, "account").now.value == "6222000000000000001"
    assert field(desk, case, "contact").now.value == "李四"
