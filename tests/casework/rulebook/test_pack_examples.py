"""A pack's examples in plain rows, and whether each still holds."""

import pytest

from casework.core.refused import Refused
from casework.rulebook import pack_examples
from rules.pack import load
from rules.policy import Policy
from tests.casework.desk import PACK, Desk
from tests.casework.rulebook.test_packs import EXAMPLES, NEXT


def test_every_kept_example_says_what_it_shows_and_holds(desk: Desk) -> None:
    found = pack_examples.told(desk.office, PACK)
    assert len(found) > 10
    first = found[0]
    assert (first.status, first.amount_fen, first.award_fen) == ("awarded", 800_000_000, 400_000_000)
    assert "50%" in first.note
    assert not any(one.differs for one in found)


def test_an_example_that_comes_out_otherwise_says_so() -> None:
    policy = Policy(load(NEXT))
    wrong = list(pack_examples.read(policy, EXAMPLES.replace("40.00", "41.00")))
    assert [one.differs for one in wrong] == [("expect_award: 41.00 / 40.00",), ()]
    assert (wrong[1].status, wrong[1].award_fen) == ("refused", None)


def test_of_a_pack_that_there_is_not_there_are_none(desk: Desk) -> None:
    with pytest.raises(Refused, match="no_such_pack"):
        pack_examples.told(desk.office, "no-such@1")
