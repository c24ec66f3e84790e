"""What was verified counts field by field, at every door and in offices of old."""

import datetime
from typing import Any

import pytest
from sqlalchemy import select, update

from casework.audit.replay import replay
from casework.audit.verify import checks
from casework.boards.case_view import view
from casework.cases import providers, verified_values
from casework.cases.case_facts import Register, current, facts_of
from casework.cases.verified_values import (
    Merged,
    Word,
    each_verified,
    hear,
    of_text,
    text_of,
    unanswered,
    verified_of,
)
from casework.core.refused import Refused
from casework.review import checking
from models import ApplicationVersion, Finding
from tests.casework.desk import MODEL, SERVICE, Desk

LAPSED = "潮汐智算"


def lapsed(desk: Desk, scheme: str = "", **facts: Any) -> str:
    """A contract of 1 April with a provider that was admitted until 1 January; the applicant says it is."""
    first, until = datetime.date(2025, 3, 29), datetime.date(2026, 1, 1)
    providers.admit_provider(desk.office, "officer", LAPSED, "第一批", SERVICE, "名单", first, until)
    return desk.submit(scheme, provider=LAPSED, provider_admitted=True, **facts)


def admitted(desk: Desk) -> object:
    with desk.office.read() as session:
        return facts_of(session.execute(current()).one(), Register(session))["provider_admitted"]


def test_a_review_of_one_field_does_not_set_the_applicants_word_above_the_register(desk: Desk) -> None:
    case = lapsed(desk)
    assert admitted(desk) is False
    checking.verify_facts(desk.office, "officer", case, {"district": "南山区"}, "核对营业执照")
    assert admitted(desk) is False
    decision = desk.decide(case)
    assert (decision.status, decision.reasons) == ("refused", "provider_admitted")


def test_an_officer_may_verify_what_the_applicant_says(desk: Desk) -> None:
    """The same value, and yet another thing: now it is the officer's."""
    case = lapsed(desk)
    checking.verify_facts(desk.office, "officer", case, {"provider_admitted": True}, "延期批文")
    assert admitted(desk) is True
    assert desk.decide(case).award_fen == 400_000_000
    shown = view(desk.office, "officer", case)
    assert shown is not None
    field = shown.field("provider_admitted")
    assert field is not None and field.verified is not None and field.verified.reason == "延期批文"


def test_what_is_verified_already_is_not_verified_again(desk: Desk) -> None:
    case = lapsed(desk)
    checking.verify_facts(desk.office, "officer", case, {"provider_admitted": True}, "延期批文")
    with pytest.raises(Refused, match="nothing_changed"):
        checking.verify_facts(desk.office, "officer", case, {"provider_admitted": True}, "延期批文")


def test_it_is_kept_as_text_and_comes_back_with_its_types() -> None:
    verified = {
        "contract_amount": Word(800_000_000, since=True),
        "signed_on": Word(datetime.date(2026, 4, 1)),
        "applied_at": Word(datetime.datetime(2026, 5, 20, 9, 30)),
        "related_party": Word(None),
        "provider_admitted": Word(False),
    }
    assert of_text(text_of(verified)) == verified
    assert of_text(text_of({})) == {}


def test_a_later_word_is_kept_beside_until_it_agrees() -> None:
    values, verified = {"a": 6, "b": 1}, {"a": Word(8)}
    first = hear(values, verified, {"a": 7, "b": 2})
    assert first == Merged({"a": 6, "b": 2}, {"a": Word(7, since=True)})
    assert hear(first.values, first.verified, {"a": 7}).verified == {"a": Word(7, since=True)}
    assert hear(first.values, first.verified, {"a": 6}).verified == {"a": Word(6)}
    assert unanswered(first.verified) == ["a"]
    assert verified_values.verify(first.values, first.verified, {"a": 7}) == {"a": Word(7)}


# -- offices of old, whose versions do not say what was verified -------------------------------------------


def as_of_old(desk: Desk) -> None:
    """Take out of the versions what an earlier version of the program did not write."""
    with desk.office.write() as session:
        connection = session.connection()
        triggers = connection.exec_driver_sql(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'application_version'"
        ).all()
        for name, _ in triggers:
            connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
        session.execute(update(ApplicationVersion).values(verified=None))
        for _, ddl in triggers:
            connection.exec_driver_sql(ddl)


def test_in_an_office_of_old_what_a_review_changed_was_verified(desk: Desk) -> None:
    case = lapsed(desk, scheme=MODEL, district="福田区", model_filed=True)
    checking.verify_facts(desk.office, "officer", case, {"district": "南山区", "model_filed": False}, "执照")
    as_of_old(desk)
    assert admitted(desk) is False  # it was not in what the review changed
    checking.verify_facts(desk.office, "officer", case, {"contract_amount": 600_000_000}, "按发票核减")
    with desk.office.read() as session:
        rows = list(session.execute(select(ApplicationVersion)).scalars())
        assert verified_of(session, rows[-1]) == {
            "district": Word("福田区"),
            "model_filed": Word(True),
            "contract_amount": Word(800_000_000),
        }
        assert [sorted(each) for each in each_verified(rows)] == [
            [],
            ["district", "model_filed"],
            ["contract_amount", "district", "model_filed"],
        ]


def test_in_an_office_of_old_a_verified_admission_still_goes_before_the_register(desk: Desk) -> None:
    case = desk.submit()
    checking.verify_facts(desk.office, "officer", case, {"provider_admitted": False}, "核对批次后认定")
    as_of_old(desk)
    assert admitted(desk) is False
    assert replay(desk.office)["differ"] == []


def test_a_new_version_is_imaged_in_the_log_with_what_was_verified(desk: Desk) -> None:
    case = desk.submit()
    checking.verify_facts(desk.office, "officer", case, {"contract_amount": 600_000_000}, "按发票核减")
    assert [check.name for check in checks(desk.office) if not check.ok] == []
    as_of_old(desk)
    assert [check.name for check in checks(desk.office) if not check.ok] == ["rows"]
    assert [one.code for one in desk.rows(Finding)] == []
