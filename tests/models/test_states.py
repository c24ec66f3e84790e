"""The words that rows hold."""

from models import states


def test_the_separated_powers_share_no_side() -> None:
    assert {states.SIDE_OF_ROLE[role] for role in ("system", "rights", "auditor")} == {
        "system",
        "rights",
        "audit",
    }
    assert {states.SIDE_OF_ROLE[role] for role in ("officer", "approver", "finance")} == {"casework"}


def test_every_state_of_an_application_is_there_once() -> None:
    assert len(states.APPLICATION) == len(set(states.APPLICATION)) == 16


def test_counted_accounts_are_accounts() -> None:
    assert set(states.COUNTED) < set(states.ACCOUNTS)
