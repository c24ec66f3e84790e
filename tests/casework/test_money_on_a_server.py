"""What was asked of an office in a file is asked of one on PostgreSQL: the same days, each in its database.

The queries of what rests on a hold, of what a letter tells of a cap, and of what cases share are long; each
engine has its own mind of them.
"""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from casework.core.office import Office
from casework.people import accounts
from tests.casework.award.test_closed_budgets import (
    test_only_the_decision_that_stands_counts,
    test_what_is_added_is_open_until_it_is_taken,
)
from tests.casework.award.test_cut_and_come_back import (
    test_a_share_that_comes_back_is_told_by_what_was_awarded,
    test_an_award_that_was_returned_is_waited_for,
    test_what_is_free_again_is_first_of_those_who_were_ranked_before,
    test_what_one_tier_was_awarded_has_taken_nothing_of_anothers_cap,
    test_what_others_of_a_shared_round_asked_for_was_not_awarded,
    test_what_was_awarded_and_given_back_cut_nobody,
)
from tests.casework.award.test_resting_on_holds import (
    test_an_award_of_another_years_budget_took_nothing_that_was_held,
    test_one_freed_share_is_given_out_once,
    test_two_holds_that_only_together_make_the_difference,
)
from tests.casework.boards.test_chart_data import (
    test_an_award_that_was_returned_is_none_until_it_is_decided_again,
)
from tests.casework.cases.test_elsewhere import (
    test_a_near_miss_is_another_number_of_the_same_provider_amount_and_day,
    test_others_with_the_same_contract_are_all_told_in_the_order_of_their_numbers,
)
from tests.casework.cases.test_judged_of import (
    test_the_other_case_s_change_asks_anew_too,
    test_two_numbers_that_may_be_two_were_cleared_as_two,
)
from tests.casework.cases.test_round_windows import (
    early,
    test_a_case_whose_moment_is_corrected_into_a_round_goes_into_it,
)
from tests.casework.core.test_case_numbers import (
    test_a_number_that_only_marks_tell_apart_is_asked_about,
    test_what_was_stored_in_a_dress_is_found_in_any,
)
from tests.casework.desk import Clock, Desk
from tests.casework.issuing.test_letter_needs import (
    test_a_letter_tells_what_is_held_from_what_was_awarded,
)
from tests.models.server import server

__all__ = [
    "early",
    "server",
    "test_a_case_whose_moment_is_corrected_into_a_round_goes_into_it",
    "test_a_letter_tells_what_is_held_from_what_was_awarded",
    "test_a_near_miss_is_another_number_of_the_same_provider_amount_and_day",
    "test_a_number_that_only_marks_tell_apart_is_asked_about",
    "test_a_share_that_comes_back_is_told_by_what_was_awarded",
    "test_an_award_of_another_years_budget_took_nothing_that_was_held",
    "test_an_award_that_was_returned_is_none_until_it_is_decided_again",
    "test_an_award_that_was_returned_is_waited_for",
    "test_one_freed_share_is_given_out_once",
    "test_only_the_decision_that_stands_counts",
    "test_others_with_the_same_contract_are_all_told_in_the_order_of_their_numbers",
    "test_the_other_case_s_change_asks_anew_too",
    "test_two_holds_that_only_together_make_the_difference",
    "test_two_numbers_that_may_be_two_were_cleared_as_two",
    "test_what_is_added_is_open_until_it_is_taken",
    "test_what_is_free_again_is_first_of_those_who_were_ranked_before",
    "test_what_one_tier_was_awarded_has_taken_nothing_of_anothers_cap",
    "test_what_others_of_a_shared_round_asked_for_was_not_awarded",
    "test_what_was_awarded_and_given_back_cut_nobody",
    "test_what_was_stored_in_a_dress_is_found_in_any",
]


pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def databases(server: str) -> Iterator[sa.Connection]:
    """A connection that makes databases, with one of a prepared office to copy."""
    with sa.create_engine(server, isolation_level="AUTOCOMMIT").connect() as connection:
        connection.exec_driver_sql("CREATE DATABASE prepared")
        clock = Clock()
        office = Office.create(_beside(server, "prepared"), name="测试", clock=clock)
        accounts.found(office, accounts.DEMO_PEOPLE, "demo")
        Desk.prepare(office, clock)
        office.close()
        yield connection


def _beside(url: str, name: str) -> str:
    return f"{url.rpartition('/')[0]}/{name}"


@pytest.fixture
def desk(databases: sa.Connection, server: str) -> Iterator[Desk]:
    """A desk in an office of its own on the server."""
    databases.exec_driver_sql("CREATE DATABASE today TEMPLATE prepared")
    clock = Clock()
    try:
        with Office.open(_beside(server, "today"), clock=clock).closing() as office:
            yield Desk(office, clock)
    finally:
        databases.exec_driver_sql("DROP DATABASE today WITH (FORCE)")
