"""What does not fit within one application, at every door the same."""

import datetime

from casework.cases.case_facts import Register
from casework.cases.oddities import Oddity, oddities
from tests.casework.desk import PROVIDER, SERVICE, Desk

day = datetime.date


def codes(facts: dict[str, object], register: Register | None = None) -> list[str]:
    return [odd.code for odd in oddities(facts, register)]


def test_what_does_not_fit_within_one_application(desk: Desk) -> None:
    with desk.office.read() as session:
        register = Register(session)
    odd: dict[str, object] = {
        "founded_on": day(2026, 4, 2), "signed_on": day(2026, 4, 1), "contract_amount": 100,
        "net_amount": 101, "provider": "未知",
    }  # fmt: skip
    assert codes(odd, register) == ["signed_before_founding", "net_above_gross", "provider_unknown"]
    fits = {
        "signed_on": day(2026, 4, 1), "provider": PROVIDER, "service": SERVICE, "contract_amount": 100,
        "net_amount": 100,
    }  # fmt: skip
    assert codes(fits, register) == []


def test_a_provider_is_asked_of_the_register_on_the_day_of_signing(desk: Desk) -> None:
    with desk.office.read() as session:
        register = Register(session)
    early = {"provider": PROVIDER, "service": SERVICE, "signed_on": day(2025, 1, 1)}
    assert oddities(early, register) == [Oddity("provider_not_admitted", "provider", "provider", PROVIDER)]
    assert codes({**early, "signed_on": None}, register) == []
    assert codes(early) == []


def test_a_character_that_no_font_draws_is_seen_when_it_comes_in() -> None:
    for name in ("applicant_name", "provider", "contract_no"):
        assert oddities({name: "深圳\U0003134f科技"}) == [Oddity("undrawn", name, "field", name)]
    assert codes({"applicant_name": "深圳𬭚㐂𫚖䶮科技", "provider": "ＡＢ—《云》（深圳）· “计算”"}) == []


def test_fields_that_do_not_fit_each_other() -> None:
    facts: dict[str, object] = {
        "starts_on": day(2026, 5, 1),
        "ends_on": day(2026, 4, 1),
        "contract_amount": 1,
        "net_amount": 2,
    }
    assert {odd.field: odd.code for odd in oddities(facts)} == {
        "ends_on": "ends_before_starts",
        "contract_amount": "net_above_gross",
    }
    assert oddities({"signed_on": day(2026, 1, 1), "founded_on": day(2026, 1, 2)}) == [
        Oddity("signed_before_founding", "signed_on", "field", "signed_on")
    ]
    assert oddities({"signed_on": day(2026, 1, 2), "founded_on": day(2026, 1, 2)}) == []
