"""What can't be so is not known."""

from datetime import date, datetime

from rules.facts import Value
from rules.facts_known import as_known, founded_too_late


def test_a_founding_after_the_application_is_not_known() -> None:
    facts: dict[str, Value] = {"applied_at": datetime(2026, 5, 6, 10), "founded_on": date(2026, 5, 7)}
    assert founded_too_late(facts)
    assert as_known(facts)["founded_on"] is None


def test_one_on_the_day_itself_is() -> None:
    facts: dict[str, Value] = {"applied_at": datetime(2026, 5, 6, 10), "founded_on": date(2026, 5, 6)}
    assert as_known(dict(facts)) == facts
    assert as_known({"founded_on": date(2026, 5, 6)}) == {"founded_on": date(2026, 5, 6)}
