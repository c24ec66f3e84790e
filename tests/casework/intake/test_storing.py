"""Storing in bulk leaves what one application at a time would leave."""

import datetime

from casework.cases.said_values import Arrival, said_of
from casework.core.act import Turn, carry_out
from casework.intake import rounds
from casework.intake.arrivals import Planner
from casework.intake.storing import Origin, Store
from models import Applicant, ApplicantName, ApplicationVersion, BankAccount, Contact, Contract, Provider
from models.columns import moment_text
from tests.casework.desk import CODE, OTHER_CODE, PROVIDER, Desk

AT = datetime.datetime(2026, 5, 20, 9, 30)


def take_in(desk: Desk, *rows: Arrival) -> tuple[list[int], list[int]]:
    told: list[tuple[list[int], list[int]]] = []

    def body(turn: Turn) -> None:
        scheme = "shenzhen-training-voucher"
        plan = Planner(turn.session, rows, scheme, turn.today).plan()
        at, places = moment_text(turn.at), rounds.places(turn.session, scheme)
        origin = Origin("import", None, turn.person.id, at, turn.today.isoformat(), places)
        told.append(Store(turn.session, origin).store(plan.taken))

    carry_out(desk.office, "officer", "import", body)
    return told[0]


def arrival(case: str, code: str = CODE, **said: object) -> Arrival:
    values = {
        "contract_no": "HT-1",
        "contact": "王某",
        "phone": "1",
        "account": "622",
        "bank": "某行",
        **said,
    }
    name = f"公司{code[-4:]}"
    values |= {"applied_at": AT, "applicant_name": name, "applicant": code, "provider": PROVIDER}
    return Arrival(1, case, said_of(values))


def test_parties_are_made_once_and_found_again(desk: Desk) -> None:
    assert take_in(desk, arrival("A"), arrival("B"), arrival("C", OTHER_CODE)) == ([1, 2, 3], [])
    assert take_in(desk, arrival("D"), arrival("E", contact="李某")) == ([4, 5], [])
    assert len(desk.rows(Applicant)) == len(desk.rows(ApplicantName)) == 2
    assert [(row.applicant_id, row.name) for row in desk.rows(Contact)] == [
        (1, "王某"),
        (2, "王某"),
        (1, "李某"),
    ]
    assert [(row.applicant_id, row.number) for row in desk.rows(BankAccount)] == [(1, "622"), (2, "622")]
    assert [row.applicant_id for row in desk.rows(Contract)] == [1, 2]
    assert {row.provider_id for row in desk.rows(Contract)} == {desk.rows(Provider)[0].id}


def test_a_changed_case_moves_on_to_its_next_version(desk: Desk) -> None:
    take_in(desk, arrival("A"))
    assert take_in(desk, arrival("A", contract_no="HT-2")) == ([], [1])
    application = desk.application("A")
    assert (application.version, application.contract_id) == (2, 2)
    assert [row.version for row in desk.rows(ApplicationVersion)] == [1, 2]


def test_what_says_nothing_is_stored_as_nothing(desk: Desk) -> None:
    take_in(desk, Arrival(1, "A", said_of({"applied_at": AT, "applicant_name": "甲", "applicant": CODE})))
    version = desk.rows(ApplicationVersion)[0]
    assert (version.contract_amount_fen, version.related_party, version.contact_id) == (None, None, None)
    assert desk.application("A").contract_id is None
    assert version.extra == "{}"
