"""The counters of the caps: what is used and given back, never below nothing."""

import pytest

from casework.core.office import Office
from casework.core.refused import Refused
from casework.money import books_check, cap_counters
from tests.casework.books import do


def test_caps_count_what_was_used_and_given_back(office: Office) -> None:
    keys = ["scheme/applicant_year/a/2026", "scheme/contract/c1"]
    do(office, lambda turn: cap_counters.use_caps(turn, keys, 300))
    do(office, lambda turn: cap_counters.use_caps(turn, keys[:1], 200))
    do(office, lambda turn: cap_counters.use_caps(turn, keys, -100))
    with office.read() as session:
        assert cap_counters.cap_used(session, [keys[1], "never", keys[0]]) == (200, 0, 400)
        assert books_check.check(session).faults == ()
    with pytest.raises(Refused, match=r"refused\.cap"):
        do(office, lambda turn: cap_counters.use_caps(turn, keys, -201))
    with pytest.raises(Refused, match=r"refused\.cap"):
        do(office, lambda turn: cap_counters.use_caps(turn, ["never"], -1))
    with office.read() as session:
        assert cap_counters.cap_used(session, keys) == (400, 200)
