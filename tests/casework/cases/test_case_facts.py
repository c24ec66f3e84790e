"""The facts of a case: what the application says and what the office knows."""

import datetime

from casework.cases import providers
from casework.cases.case_facts import _DECLARABLE, Register, current, facts_of
from casework.cases.field_table import COLUMNS, FIELDS
from casework.intake import rounds
from casework.review import checking
from papers.reading.portal_headings import table
from rules.check_text import KEPT_AMOUNTS, NOT_FOR_RULES
from rules.facts import Value
from tests.casework.desk import PROVIDER, SERVICE, Desk

SIGNED = datetime.date(2026, 4, 1)


def facts(desk: Desk) -> dict[str, Value]:
    with desk.office.read() as session:
        return facts_of(session.execute(current()).one(), Register(session))


def test_an_application_s_facts(desk: Desk) -> None:
    case = desk.submit(other_support=5)
    found = facts(desk)
    assert found["case"] == case
    assert found["applied_at"] == datetime.datetime(2026, 5, 20, 9, 30)
    assert (found["contract_amount"], found["other_support"], found["leased_in_year"]) == (
        800_000_000,
        5,
        None,
    )
    assert found["window_from"] == datetime.datetime(2026, 5, 6)
    assert found["window_until"] == datetime.datetime(2026, 6, 6)
    assert found["applicant"] == "91440300MA50050230"


def test_amounts_that_a_pack_may_declare_are_there_by_their_names(desk: Desk) -> None:
    desk.submit(net_amount=700_000_000, other_city=5_000_000)
    found = facts(desk)
    assert (found["net_amount"], found["other_city"]) == (700_000_000, 5_000_000)
    assert found["other_district"] is None


def test_the_register_goes_before_what_the_applicant_says(desk: Desk) -> None:
    desk.submit(provider_admitted=False)
    assert facts(desk)["provider_admitted"] is True


def test_what_the_register_does_not_know_is_what_the_applicant_says(desk: Desk) -> None:
    desk.submit(provider="别处机构", provider_admitted=None)
    assert facts(desk)["provider_admitted"] is None


def test_an_officer_s_verified_answer_goes_before_the_register(desk: Desk) -> None:
    case = desk.submit()
    checking.verify_facts(desk.office, "officer", case, {"provider_admitted": False}, "核对批次后认定")
    assert facts(desk)["provider_admitted"] is False


def test_an_admission_holds_from_its_first_day_until_before_its_end(desk: Desk) -> None:
    until = datetime.date(2026, 3, 1)
    providers.admit_provider(
        desk.office, "officer", "乙机构", "一", SERVICE, "名单", datetime.date(2025, 3, 1), until
    )
    with desk.office.read() as session:
        register = Register(session)
    day = datetime.timedelta(days=1)
    answers = [
        register.admitted("乙机构", SERVICE, on)
        for on in (datetime.date(2025, 2, 28), datetime.date(2025, 3, 1), until - day, until)
    ]
    assert answers == [False, True, True, False]
    assert register.admitted("乙机构", "数据存储", until - day) is False
    assert register.admitted("乙机构", None, until - day) is True
    assert register.admitted(PROVIDER, SERVICE, None) is None
    assert register.admitted("丙机构", SERVICE, SIGNED) is None


def test_a_round_without_a_window_leaves_the_pack_s(desk: Desk) -> None:
    rounds.close_round(desk.office, "officer", 1)
    rounds.open_round(desk.office, "officer", "第二批", 2026)
    desk.submit()
    assert "window_from" not in facts(desk)


def test_what_no_rule_is_told_is_what_the_check_names() -> None:
    told = {name for name in COLUMNS if FIELDS[name].rules} | {"case", "applicant"}
    assert set(NOT_FOR_RULES) == table().keys() - told
    assert set(KEPT_AMOUNTS) == _DECLARABLE.keys()
