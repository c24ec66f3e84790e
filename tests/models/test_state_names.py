"""The words that rows hold."""

from models import state_names


def test_the_separated_powers_share_no_side() -> None:
    assert {state_names.SIDE_OF_ROLE[role] for role in ("system", "rights", "auditor")} == {
        "system",
        "rights",
        "audit",
    }
    assert {state_names.SIDE_OF_ROLE[role] for role in ("officer", "approver", "finance")} == {"casework"}


def test_every_state_of_an_application_is_there_once() -> None:
    assert len(state_names.APPLICATION) == len(set(state_names.APPLICATION)) == 16


def test_counted_accounts_are_accounts() -> None:
    assert set(state_names.COUNTED) < set(state_names.ACCOUNTS)
