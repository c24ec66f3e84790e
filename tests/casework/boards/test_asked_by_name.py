"""What a list is asked for by name: what there is, and a number that no decision has."""

import pytest

from casework.boards.asked_by_name import must_be_decided, there_are
from casework.core.refused import Refused
from tests.casework.desk import Desk


def test_the_names_that_there_are(desk: Desk) -> None:
    found = there_are(desk.office)
    assert "shenzhen-training-voucher" in found.schemes and list(found.schemes) == sorted(found.schemes)
    assert found.rounds == ("第一批",)
    assert {"same_contract", "similar_contract"} <= set(found.findings)


def test_a_number_that_no_decision_has_is_told_with_the_last_one(desk: Desk) -> None:
    with pytest.raises(Refused) as none:
        must_be_decided(desk.office, 1)
    assert none.value.params["last"] == 0
    desk.decide(desk.submit())
    must_be_decided(desk.office, 1)
    with pytest.raises(Refused) as beyond:
        must_be_decided(desk.office, 2)
    assert (beyond.value.code, beyond.value.params["last"]) == ("refused.no_such_decision", 1)
