"""What is known of a case once its facts are read, from whatever door: what can't be so is not known.

It is decided here, where facts are read, so that the tests of months keep their meaning.
"""

from datetime import date

from rules.facts import Facts, Value


def as_known(facts: dict[str, Value]) -> dict[str, Value]:
    """The same facts, without what can't be so: a founding after the day of application is not known."""
    if founded_too_late(facts):
        facts["founded_on"] = None
    return facts


def founded_too_late(facts: Facts) -> bool:
    """Whether a founding is said that was after the day of application."""
    if not isinstance(founded := facts.get("founded_on"), date):
        return False
    return isinstance(applied := facts.get("applied_at"), date) and founded.toordinal() > applied.toordinal()
