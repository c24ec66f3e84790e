"""What the office holds besides one case: the same thing claimed by others, and near misses."""

from casework.cases.elsewhere import InOffice
from casework.cases.looked_for import Other, Subject
from casework.review import checking
from models import BankAccount, Finding
from tests.casework.desk import CODE, OTHER_CODE, PROVIDER, YOUNG_CODE, Desk
from tests.casework.said import SAID


def test_others_with_the_same_contract_are_all_told_in_the_order_of_their_numbers(desk: Desk) -> None:
    for at, code in enumerate((CODE, OTHER_CODE, CODE)):
        desk.submit(applicant=code, contract_no="ht 9", contract_amount=1_000_000 + at)
    one = Subject("SL2026000003", {**SAID, "applicant": CODE, "contract_no": "HT—9"}, number=3)
    with desk.office.read() as session:
        others = InOffice(session).same_contract(one)
    assert others == [Other(1, "SL2026000001"), Other(2, "SL2026000002")]


def test_a_near_miss_is_another_number_of_the_same_provider_amount_and_day(desk: Desk) -> None:
    desk.submit()
    desk.submit(applicant=OTHER_CODE, contract_no="HT-2026-002")
    desk.submit(applicant=OTHER_CODE, contract_no="HT-2026-003", contract_amount=1)
    said = {
        "applicant": OTHER_CODE,
        "provider": PROVIDER,
        "contract_amount": 800_000_000,
        "signed_on": None,
        "contract_no": "HT-2026-002",
    }
    with desk.office.read() as session:
        office = InOffice(session)
        assert office.similar_contract(Subject("SL2026000002", said, number=2)) == ()
        said["signed_on"] = desk.application("SL2026000001").applied_at.date().replace(month=4, day=1)
        assert office.similar_contract(Subject("SL2026000002", said, number=2)) == [Other(1, "SL2026000001")]


def test_a_case_that_was_typed_has_no_neighbours(desk: Desk) -> None:
    desk.submit()
    with desk.office.read() as session:
        assert not InOffice(session).mostly_below(
            Subject("SL2026000001", SAID, number=1), "contract_amount", 10**15
        )


def test_one_account_is_one_however_its_figures_are_parted(desk: Desk) -> None:
    """Hyphens made two accounts of one, and two firms drew on it unseen."""
    desk.submit(account="6222000011112200001")
    desk.submit(applicant=OTHER_CODE, account="6222-0000-1111-2200001", contract_no="HT-2")
    desk.submit(applicant=YOUNG_CODE, account="6222000011112200002", contract_no="HT-3")
    found = [one for one in desk.rows(Finding) if one.code == "same_account"]
    assert [(one.application_id, one.with_text) for one in found] == [(2, CODE)]
    for case, other in (("SL2026000001", OTHER_CODE), ("SL2026000002", CODE), ("SL2026000003", None)):
        checking.check(desk.office, "officer", case)
        standing = [
            one.with_text
            for one in desk.rows(Finding)
            if one.code == "same_account"
            and one.state == "open"
            and case == f"SL202600000{one.application_id}"
        ]
        assert standing == ([other] if other else []), case
    assert [one.number for one in desk.rows(BankAccount)] == [
        "6222000011112200001",
        "6222-0000-1111-2200001",
        "6222000011112200002",
    ], "printed as it was written"
